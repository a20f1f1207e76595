"""Leaks are built into a copy of the program one at a time; each must be found. Without one, nothing is."""

import json
import os
import shutil
import subprocess
import sys

import pytest

from tests.shape.sources import ROOT
from tests.unlinked import week
from tests.unlinked.leaks import LEAKS

PARTS = (
    "storage/__init__.py", "storage/wire.py", "storage/unlinked", "migrations/feedback", "rules/__init__.py",
    "rules/codes.py", "rules/release.py", "tests/__init__.py", "tests/needles.py", "tests/unlinked/arrival.py",
    "tests/unlinked/detectors.py", "tests/unlinked/week.py",
)  # fmt: skip


def copy(place):
    for part in PARTS:
        (place / part).parent.mkdir(parents=True, exist_ok=True)
        if (ROOT / part).is_dir():
            shutil.copytree(ROOT / part, place / part, ignore=shutil.ignore_patterns("__pycache__"))
        else:
            shutil.copy(ROOT / part, place / part)
    return place


def build_in(leak, place):
    for path, old, new in leak.changes:
        text = (place / path).read_text(encoding="utf-8")
        assert old in text, f"{path} has changed: {leak.name} cannot be built in"
        (place / path).write_text(text.replace(old, new, 1), encoding="utf-8")


def found_in(place, folder):
    folder.mkdir()
    run = subprocess.run(
        [sys.executable, "-m", "tests.unlinked.week", folder],
        cwd=place, capture_output=True, text=True, check=False, env={**os.environ, "PYTHONPATH": str(place)},
    )  # fmt: skip
    assert run.returncode == 0, run.stderr
    return json.loads(run.stdout)


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
