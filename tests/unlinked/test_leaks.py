"""Leaks are built into a copy of the program one at a time; each must be found. Without one, nothing is."""

import pytest

from tests.unlinked import week
from tests.unlinked.building import build_in, copy, found_in
from tests.unlinked.leaks import LEAKS


async def test_a_week_without_a_leak_leaves_nothing_to_find(folder):
    assert (await week.everything(folder)).found == {}


def test_the_copy_without_a_leak_leaves_nothing_to_find(folder):
    assert found_in(copy(folder / "program"), folder / "week") == {}


@pytest.mark.parametrize("leak", LEAKS, ids=lambda leak: leak.name)
def test_a_leak_is_found(leak, folder):
    place = copy(folder / "program")
    build_in(leak, place)
    found = found_in(place, folder / "week")
    assert set(leak.by.split(", ")) <= found.keys(), found


def test_there_are_leaks_of_many_kinds():
    assert len({leak.name for leak in LEAKS}) == len(LEAKS) >= 20
    assert len({detector for leak in LEAKS for detector in leak.by.split(", ")}) >= 10
