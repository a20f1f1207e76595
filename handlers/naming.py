"""Codes that people read as words: shifts, jobs, strands, and markets, which a council may name itself."""

from collections.abc import Sequence

import texts
from handlers.context import Context
from handlers.feature import Answers, Choice
from rules.council import Council
from rules.disclosure import published
from rules.sign_up import JOBS, SHIFTS_SHOWN, STRANDS
from storage.database import Reading

__all__ = ["JOBS", "SHIFTS_SHOWN", "STRANDS", "coded", "market", "market_choices"]


def market(council: Council, code: str | None) -> str | texts.Words:
    """A market in words: the council's own name for it, ours, or that it has not been said."""
    if code in council.market_names:
        return council.market_names[code]
    return texts.words(f"market.{code}" if code and texts.exists(f"market.{code}") else "value.none")


async def market_choices(db: Reading, context: Context, answers: Answers) -> Sequence[Choice]:
    """The council's markets, to be tapped."""
    names = context.council.market_names
    return [Choice(code, names.get(code), f"market.{code}") for code in context.council.markets]


def coded(prefix: str, *codes: str) -> tuple[Choice, ...]:
    """Choices whose words are the texts `<prefix>.<code>`."""
    return tuple(Choice(code, text=f"{prefix}.{code}") for code in codes)


def safe(count: int) -> texts.Words | int:
    """A count as it may be published: a rounded number, or "1 to 7"."""
    shown = published(count).count
    return texts.words("export.few") if shown is None else shown
