"""What people can say to the program: one file per conversation, each a Feature in FEATURES.

The bot's handlers, the command menus, `/help` and docs/commands.md are derived from that list.
"""

from functools import cache

from handlers import form_buttons
from handlers.feature import Compose, Feature, Form

FEATURES: tuple[Feature, ...] = (Feature("forms", buttons=form_buttons.BUTTONS),)


@cache
def _forms() -> dict[str, Form]:
    return {form.name: form for feature in FEATURES for form in feature.forms}


def form(name: str) -> Form | None:
    """The form of this name, or None when no feature has it (any more)."""
    return _forms().get(name)


def composes() -> dict[str, Compose]:
    """Which function finds the words of an attempt, by its reason."""
    return {reason: compose for feature in FEATURES for reason, compose in feature.composes.items()}
