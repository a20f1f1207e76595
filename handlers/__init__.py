"""What people can say to the program: one file per conversation, each a Feature in FEATURES.

The bot's handlers, the command menus, `/help` and docs/commands.md are derived from that list.
"""

from functools import cache

from handlers import (
    answers,
    approaches,
    board,
    certificate,
    claims,
    closing,
    coming,
    door,
    expense,
    export,
    feedback,
    free,
    help,  # noqa: A004 - the feature's own name
    here,
    imports,
    invite,
    join,
    log,
    me,
    meeting_capacity,
    meeting_more,
    meeting_moves,
    meeting_series,
    meeting_theme,
    meetings,
    mine,
    offering,
    organisation_code,
    organisation_people,
    organisation_stage,
    organisation_themes,
    organisations,
    other_market,
    people,
    placed,
    poll,
    pulse_page,
    queue,
    quotes,
    reach,
    reading,
    reopening,
    reward,
    rewards,
    roles,
    rsvp,
    share,
    staying,
    thanks,
    today,
    totals,
    typing_in,
    when,
)
from handlers.dispatch import telegram_handlers
from handlers.feature import Compose, Feature, Form
from handlers.menus import menu

__all__ = ["FEATURES", "composes", "form", "menu", "telegram_handlers"]

FEATURES: tuple[Feature, ...] = (
    join.FEATURE,
    rsvp.FEATURE,
    board.FEATURE,
    coming.FEATURE,
    free.FEATURE,
    here.FEATURE,
    me.FEATURE,
    other_market.FEATURE,
    mine.FEATURE,
    certificate.FEATURE,
    thanks.FEATURE,
    reward.FEATURE,
    expense.FEATURE,
    staying.FEATURE,
    share.FEATURE,
    feedback.FEATURE,
    help.FEATURE,
    today.FEATURE,
    meetings.FEATURE,
    meeting_moves.FEATURE,
    meeting_capacity.FEATURE,
    meeting_more.FEATURE,
    meeting_series.FEATURE,
    meeting_theme.FEATURE,
    invite.FEATURE,
    answers.FEATURE,
    when.FEATURE,
    poll.FEATURE,
    door.FEATURE,
    closing.FEATURE,
    reopening.FEATURE,
    queue.FEATURE,
    log.FEATURE,
    people.FEATURE,
    approaches.FEATURE,
    placed.FEATURE,
    typing_in.FEATURE,
    organisations.FEATURE,
    organisation_stage.FEATURE,
    organisation_code.FEATURE,
    organisation_people.FEATURE,
    organisation_themes.FEATURE,
    claims.FEATURE,
    rewards.FEATURE,
    offering.FEATURE,
    export.FEATURE,
    totals.FEATURE,
    imports.FEATURE,
    reach.FEATURE,
    pulse_page.FEATURE,
    reading.FEATURE,
    quotes.FEATURE,
    roles.FEATURE,
)


@cache
def _forms() -> dict[str, Form]:
    return {form.name: form for feature in FEATURES for form in feature.forms}


def form(name: str) -> Form | None:
    """The form of this name, or None when no feature has it (any more)."""
    return _forms().get(name)


def composes() -> dict[str, Compose]:
    """Which function finds the words of an attempt, by its reason."""
    return {reason: compose for feature in FEATURES for reason, compose in feature.composes.items()}
