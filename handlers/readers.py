"""Readers that several forms share: they turn typed words into an answer, or say what would be one."""

from collections.abc import Callable

from handlers.context import Context
from handlers.feature import Answers, Refusal


def line(most: int) -> Callable[[Context, str, Answers], str | Refusal]:
    """One line of at most `most` characters, with runs of white space made one."""

    def read(context: Context, typed: str, answers: Answers) -> str | Refusal:
        words = " ".join(typed.split())
        if not words:
            return Refusal("form.line")
        return words if len(words) <= most else Refusal("form.too_long", {"most": most})

    return read
