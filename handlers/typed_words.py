"""A typed sheet said back in words, so that it can be held against the paper."""

from collections.abc import Mapping

import texts
from handlers import week as week_words
from handlers.naming import market
from rules import paper_week, sign_up
from rules.council import Council


def every_code(council: Council) -> texts.Listed:
    """Each question with its codes and what they stand for, one to a line."""
    return texts.listed(
        [
            texts.words(
                "typing.question",
                field=texts.words(f"typing.field.{one.field}"),
                codes=texts.listed(
                    [
                        texts.words("typing.code", code=code, answer=_answer(council, one.field, value))
                        for code, value in one.values.items()
                    ]
                ),
            )
            for one in sign_up.questions(council)
        ],
        "lines",
    )


def answers(council: Council, given: Mapping[str, str]) -> texts.Listed:
    """Each question with its answer, or that it was left out."""
    return texts.listed(
        [
            texts.words(
                "typing.question",
                field=texts.words(f"typing.field.{one.field}"),
                codes=_answer(council, one.field, given[one.field])
                if one.field in given
                else texts.words("approach.unsaid"),
            )
            for one in sign_up.questions(council)
        ],
        "lines",
    )


def week(council: Council, written: str) -> texts.Listed:
    """Each day on the sheet with its free bands."""
    said = paper_week.read(written, council.bands)
    lines = []
    for day in sorted({day for day, _ in said}):
        free = [week_words.called(band) for band in council.bands if said[day, band.code]]
        shown = texts.listed(free) if free else texts.words("typing.never")
        lines.append(texts.words("typing.question", field=texts.words(f"free.day.{day}"), codes=shown))
    return texts.listed(lines, "lines")


def _answer(council: Council, field: str, value: str) -> object:
    return market(council, value) if field == "market" else texts.words(f"{field}.{value}")
