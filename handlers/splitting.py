"""Splitting an audience between offers, at random, before it is invited: drawn once, balanced, shown before sending."""

from collections import Counter
from collections.abc import Mapping, Sequence

import texts
from handlers import forms, offering
from handlers.audience_form import audience_of
from handlers.context import Context
from handlers.feature import Answers, Choice, Form, Step
from handlers.meeting_words import is_open
from handlers.naming import market
from handlers.reward_words import called
from handlers.rsvp_words import NOBODY, invitation
from handlers.saying import Saying
from rules.roles import COORDINATORS
from storage import arms, meetings
from storage import audience as audiences
from storage.arms import Trial
from storage.database import Reading, Writing
from storage.meetings import Meeting
from storage.rewards import offers
from storage.rewards.offers import Item

FEWEST, MOST = 2, 4
NAMES = "ABCD"
KEPT = ("meeting", "audience_picks", "count")


async def about_items(db: Reading, context: Context, answers: Answers) -> Mapping[str, object]:
    """How many people, and for which meeting."""
    return {"count": answers["count"], "meeting": await meetings.by_id(db, int(answers["meeting"]))}


async def about_sure(db: Reading, context: Context, answers: Answers) -> Mapping[str, object]:
    """The arms, each with what it offers; it is drawn once."""
    chosen = await _chosen(db, answers)
    lines = [_arm_line(name, called(item.words, context.language)) for name, item in zip(NAMES, chosen, strict=False)]
    return {"lines": texts.listed(lines, "lines"), "count": answers["count"], "arms": len(chosen)}


def _arm_line(name: str, what: str) -> texts.Words:
    return texts.words("split.arm", arm=name, what=what)


async def _chosen(db: Reading, answers: Answers) -> list[Item]:
    known = {str(item.id): item for item in await offers.catalogue(db)}
    return [known[pick] for pick in answers.get("items_picks", []) if pick in known]


async def draw(tx: Writing, context: Context, answers: Answers) -> list[Saying]:
    """Make the arms and draw who is in which; then the balance, and the question for the number again."""
    given = {name: answers[name] for name in KEPT if name in answers}
    chosen, meeting = await _chosen(tx, answers), await meetings.by_id(tx, int(answers["meeting"]))
    if meeting is None or not is_open(meeting, context.now):
        return [Saying("invite.gone")]
    if answers["sure"] == "no" or await arms.of_meeting(tx, meeting.id):
        return [await _send_question(tx, context, given)]
    if not FEWEST <= len(chosen) <= MOST:
        again = await forms.open_in(tx, context, SPLIT, {**given, "items_picks": [str(item.id) for item in chosen]})
        return [Saying("split.how_many", {"fewest": FEWEST, "most": MOST}), again]
    made = {name: await offering.freeze(tx, context, [item]) for name, item in zip(NAMES, chosen, strict=False)}
    trial = await arms.make(tx, meeting.id, "offer", made, context.person.id, context.now)
    people = await audiences.judged(tx, audience_of(context, answers), context.now)
    await arms.draw(tx, trial, people.get("", []), context.now)
    shown = await previews(tx, context, meeting)
    return [await balance(tx, context, trial), *shown, await _send_question(tx, context, given)]


async def _send_question(tx: Writing, context: Context, given: Answers) -> Saying:
    from handlers.invite import SEND  # noqa: PLC0415 - it imports this file

    return await forms.open_in(tx, context, SEND, given)


async def balance(db: Reading, context: Context, trial: Trial) -> Saying:
    """How many are in each arm, by market and by shift: what was drawn, to be looked at before anything is sent."""
    counts = await arms.balance(db, trial.id)
    lines = [_arm_line(arm, await _words_of(db, context, offer_id)) for arm, offer_id in trial.arms.items()]
    by_market = [_row(market(context.council, one), 0, one, counts, trial) for one in _members(counts, 0)]
    by_shift = [
        _row(texts.words(f"shift.{one}" if one else "value.none"), 1, one, counts, trial) for one in _members(counts, 1)
    ]
    total = _row(texts.words("split.all"), None, "", counts, trial)
    values = {
        "arms": texts.listed(lines, "lines"),
        "markets": texts.listed(by_market, "lines"),
        "shifts": texts.listed(by_shift, "lines"),
        "total": total,
        "seed": trial.seed[:8],
    }
    return Saying("split.balance", values)


async def _words_of(db: Reading, context: Context, offer_id: int) -> str:
    return offering.joined(await offers.items(db, offer_id), context.language)


def _members(counts: Counter[tuple[str, str, str]], place: int) -> Sequence[str]:
    return sorted({key[place] for key in counts})


def _row(
    what: object, place: int | None, member: str, counts: Counter[tuple[str, str, str]], trial: Trial
) -> texts.Words:
    sums = [
        sum(many for key, many in counts.items() if key[2] == arm and (place is None or key[place] == member))
        for arm in trial.arms
    ]
    parts = [texts.words("split.count", arm=arm, count=many) for arm, many in zip(trial.arms, sums, strict=True)]
    return texts.words("split.row", what=what, counts=texts.listed(parts))


async def previews(db: Reading, context: Context, meeting: Meeting) -> list[Saying]:
    """What people would get: one invite, or one for each arm."""
    trial = await arms.of_meeting(db, meeting.id)
    if trial is None or trial.what != "offer":
        offer = await offering.words(db, meeting, context.language)
        return [invitation(meeting, NOBODY, offer, context.council)]
    return [
        invitation(meeting, NOBODY, await _words_of(db, context, offer_id), context.council)
        for offer_id in trial.arms.values()
    ]


SPLIT = Form(
    "split",
    (
        Step("items", offering.items, about=about_items, many=True),
        Step("sure", (Choice("yes"), Choice("no")), about=about_sure),
    ),
    draw,
    offering.reply,
    COORDINATORS,
)
