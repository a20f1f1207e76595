"""The questions of signing up, once for the chat and for paper, and the short codes printed beside their boxes."""

import re
from collections.abc import Mapping
from dataclasses import dataclass

from rules.council import Council
from rules.quiet import SHIFTS

SHIFTS_SHOWN = tuple(shift for shift in SHIFTS if shift != "not_said")
JOBS = ("care_worker", "senior", "support_worker", "personal_assistant", "nurse", "manager", "other")
STRANDS = ("network", "board")
_LETTERS = {"market": "M", "shift": "S", "job": "J"}
_CODES = re.compile(r"[A-Za-z][\s.:-]*[0-9]+|[A-Za-z]+|\S")


class NotACode(Exception):
    """What was typed is no code of the form, in `words`, or answers a question twice."""

    def __init__(self, words: str) -> None:
        super().__init__("not a code of the form")
        self.words = words


@dataclass(frozen=True)
class Question:
    """One question: the field it fills, and each answer's value by its code on paper, in the order of the boxes."""

    field: str
    values: Mapping[str, str]


def questions(council: Council) -> tuple[Question, ...]:
    """The questions in the order in which they are asked: M, S and J with a number, and N or B for the strand."""
    asked = {"market": council.markets, "shift": SHIFTS_SHOWN, "job": JOBS}
    numbered = [
        Question(field, {f"{_LETTERS[field]}{place}": value for place, value in enumerate(values, start=1)})
        for field, values in asked.items()
    ]
    return *numbered, Question("strand", {strand[0].upper(): strand for strand in STRANDS})


def read(line: str, council: Council) -> dict[str, str]:
    """Each field's value from codes such as "M2 S1 J3 N", in any order; a field without a code is not in it.

    Raises NotACode for anything else, and for two answers to one question.
    """
    known = {code: (one.field, value) for one in questions(council) for code, value in one.values.items()}
    found: dict[str, str] = {}
    for word in _CODES.findall(line.replace(",", " ")):
        code = re.sub(r"[\s.:-]", "", word).upper()
        field, value = known.get(code, ("", ""))
        if not field or field in found:
            raise NotACode(word)
        found[field] = value
    return found
