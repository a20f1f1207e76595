"""Sizes are a symptom: past these, something wants to be two things."""

import statistics

from tests.shape.sources import Source, code, functions

FUNCTION_MOST, FUNCTION_P90, FUNCTION_MEDIAN = 45, 25, 9
FILE_MOST, FILE_MEDIAN = 250, 110


def function_sizes(sources: list[Source]) -> list[tuple[int, str]]:
    return [
        (node.end_lineno - node.lineno + 1, f"{source.at(node)} {node.name}")
        for source in sources
        for node in functions(source)
    ]


def file_sizes(sources: list[Source]) -> list[tuple[int, str]]:
    return [(source.text.count("\n"), source.path) for source in sources]


def over(sizes: list[tuple[int, str]], most: int) -> list[str]:
    return [f"{where} is {size} lines" for size, where in sorted(sizes, reverse=True) if size > most]


def median(sizes: list[tuple[int, str]]) -> float:
    return statistics.median([size for size, _ in sizes] or [0])


def p90(sizes: list[tuple[int, str]]) -> int:
    ordered = sorted(size for size, _ in sizes) or [0]
    return ordered[int(0.9 * (len(ordered) - 1))]


def sample(lines: int) -> Source:
    return Source("bot/sample.py", "def long():\n" + "    step()\n" * (lines - 1))


def test_no_function_is_too_long():
    assert over(function_sizes(code()), FUNCTION_MOST) == []


def test_functions_are_short_as_a_rule():
    sizes = function_sizes(code())
    assert p90(sizes) <= FUNCTION_P90
    assert median(sizes) <= FUNCTION_MEDIAN


def test_no_file_is_too_long():
    assert over(file_sizes(code()), FILE_MOST) == []


def test_files_are_short_as_a_rule():
    assert median(file_sizes(code())) <= FILE_MEDIAN


def test_a_function_one_line_too_long_is_found():
    assert over(function_sizes([sample(FUNCTION_MOST)]), FUNCTION_MOST) == []
    assert over(function_sizes([sample(FUNCTION_MOST + 1)]), FUNCTION_MOST) == ["bot/sample.py:1 long is 46 lines"]


def test_a_file_one_line_too_long_is_found():
    assert over(file_sizes([sample(FILE_MOST)]), FILE_MOST) == []
    assert over(file_sizes([sample(FILE_MOST + 1)]), FILE_MOST) == ["bot/sample.py is 251 lines"]


def test_rules_of_thumb_are_measured():
    sizes = function_sizes([sample(lines) for lines in range(2, 42)])
    assert median(sizes) == 21.5
    assert p90(sizes) == 37
