"""How far an organisation has come with us, and which moves follow from what was logged.

not approached → approached (an attempt was made) → replied (anything was heard) → engaged (one act of substance: a talk
logged as "spoke", somebody of theirs came or signed up, the code was passed on) → regular (acts on two dates at least
14 days apart) → left, which only a person can say. What a person says by hand holds; what was logged for later days
goes on from there. Source: the definitions of *engaged* and *sustained* in docs/decisions/0018-organisations.md.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

STAGES = ("not_approached", "approached", "replied", "engaged", "regular", "left")
COME_FAR = ("engaged", "regular")
APART = timedelta(days=14)
_KINDS = {"attempt": ("approached",), "reply": ("approached", "replied"), "act": ("approached", "replied", "engaged")}


@dataclass(frozen=True)
class Sign:
    """Something in the log of an organisation: an 'attempt', a 'reply' or an 'act', on a local day."""

    kind: str
    day: date


@dataclass(frozen=True)
class Said:
    """A stage that somebody gave by hand, and the local day it was reached."""

    stage: str
    day: date


def reached(said: Said | None, signs: Iterable[Sign]) -> tuple[Said, ...]:
    """The stages that the log adds to what was said by hand, the lowest first, one to a day; often none.

    Raises KeyError for a sign of another kind, ValueError for an unknown stage.
    """
    base = said.stage if said else STAGES[0]
    later = [sign for sign in signs if said is None or sign.day > said.day]
    if base == "left":
        later = [sign for sign in later if sign.kind != "attempt"]
        base = "approached"
    first = _first_days(later, said)
    days = {first[stage]: stage for stage in STAGES if stage in first and _rank(stage) > _rank(base)}
    return tuple(Said(stage, day) for day, stage in sorted(days.items(), key=lambda item: _rank(item[1])))


def _first_days(signs: list[Sign], said: Said | None) -> dict[str, date]:
    found: dict[str, date] = {}
    for sign in signs:
        for stage in _KINDS[sign.kind]:
            found[stage] = min(sign.day, found.get(stage, sign.day))
    acts = sorted({sign.day for sign in signs if sign.kind == "act"})
    begins = [said.day] if said and said.stage == "engaged" else acts
    again = [day for day in acts if day - begins[0] >= APART]
    return found | ({"regular": again[0]} if again else {})


def _rank(stage: str) -> int:
    return STAGES.index(stage)
