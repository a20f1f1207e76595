"""Small cells are hidden, and so is what would give them away."""

from fractions import Fraction
from itertools import chain

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rules.crowd import band, hidden, hidden_table, kept_topic
from rules.release import GENERAL


def tables(most=25):
    sizes = st.tuples(st.integers(1, 5), st.integers(1, 5))
    return sizes.flatmap(
        lambda size: st.lists(
            st.lists(st.integers(0, most), min_size=size[1], max_size=size[1]), min_size=size[0], max_size=size[0]
        )
    )


def unknowns(shown):
    """What is hidden as unknowns, and the equations that every reader has: rows and columns add up."""
    cells, rows, columns, total = shown
    whole = [[*row, sums] for row, sums in zip(cells, rows, strict=True)] + [[*columns, total]]
    places = [(r, c) for r, row in enumerate(whole) for c, count in enumerate(row) if count is None]
    lines = [[(r, c) for c in range(len(row))] for r, row in enumerate(whole)]
    lines += [[(r, c) for r in range(len(whole))] for c in range(len(whole[0]))]
    equations = []
    for *parts, last in lines:
        equation = [Fraction(0)] * len(places)
        for place in (*parts, last):
            if place in places:
                equation[places.index(place)] = Fraction(-1 if place == last else 1)
        equations.append(equation)
    return places, equations


def solved(shown):
    """The places whose value follows from the equations alone: Gauss and Jordan."""
    places, rows = unknowns(shown)
    pivots = []
    for column in range(len(places)):
        pivot = next((r for r in range(len(pivots), len(rows)) if rows[r][column]), None)
        if pivot is None:
            continue
        at = len(pivots)
        rows[at], rows[pivot] = rows[pivot], rows[at]
        rows[at] = [value / rows[at][column] for value in rows[at]]
        for r in range(len(rows)):
            if r != at and rows[r][column]:
                rows[r] = [a - rows[r][column] * b for a, b in zip(rows[r], rows[at], strict=True)]
        pivots.append(column)
    return [places[column] for row, column in enumerate(pivots) if sum(map(bool, rows[row])) == 1]


@given(tables(), st.sampled_from([5, 10]))
def test_nothing_hidden_can_be_worked_out(counts, least):
    assert solved(hidden_table(counts, least)) == []


@given(tables(), st.sampled_from([5, 10]))
def test_no_small_count_is_shown_and_what_is_shown_is_true(counts, least):
    cells, rows, columns, total = hidden_table(counts, least)
    said = [*chain.from_iterable(cells), *rows, *columns, total]
    assert all(count is None or count == 0 or count >= least for count in said)
    assert all(
        shown in (None, true)
        for row, kept in zip(counts, cells, strict=True)
        for true, shown in zip(row, kept, strict=True)
    )
    assert total in (None, sum(map(sum, counts)))


@given(tables(), st.sampled_from([5, 10]))
def test_no_small_sum_is_left_between_a_total_and_what_is_shown(counts, least):
    cells, rows, columns, _ = hidden_table(counts, least)
    lines = [*zip(cells, rows, strict=True), *zip(zip(*cells, strict=True), columns, strict=True)]
    rest = [total - sum(count or 0 for count in line) for line, total in lines if total is not None and None in line]
    assert all(count >= least for count in rest)


def test_the_reader_of_these_tests_can_work_things_out():
    assert solved(([[12, None], [20, 30]], [15, 50], [32, None], 65))
    assert solved(([[None, None], [None, None]], [30, 30], [30, 30], 60)) == []


def test_a_table_without_small_cells_is_shown_whole():
    assert hidden_table([[10, 20], [0, 40]]) == ([[10, 20], [0, 40]], [30, 40], [10, 60], 70)


def test_a_row_hides_a_second_cell():
    assert hidden({"pay": 12, "shifts": 3, "fear": 40, "food": 0}) == (
        {"pay": None, "shifts": None, "fear": 40, "food": 0}, 55,
    )  # fmt: skip
    assert hidden({"pay": 12}) == ({"pay": 12}, 12)
    assert hidden({"pay": 2}) == ({"pay": None}, None)
    assert hidden({}) == ({}, 0)


def test_a_cell_under_five_is_never_allowed():
    with pytest.raises(ValueError, match="under 5"):
        hidden({"pay": 12}, 4)


@pytest.mark.parametrize(
    ("count", "said"), [(0, "under_10"), (9, "under_10"), (10, "10_to_20"), (20, "10_to_20"), (21, "over_20")]
)
def test_bands(count, said):
    assert band(count) == said


def test_a_topic_is_kept_from_ten_people_up():
    assert kept_topic("pay", 10) == "pay"
    assert kept_topic("pay", 9) == GENERAL
    assert kept_topic("pay", 10, k=11) == GENERAL
