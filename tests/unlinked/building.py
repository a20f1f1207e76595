"""A copy of what the feedback file needs of the program, with a leak built in, and a week run on it."""

import json
import os
import shutil
import subprocess
import sys

from tests.shape.sources import ROOT

PARTS = (
    "storage/__init__.py", "storage/wire.py", "storage/unlinked", "migrations/feedback", "rules/__init__.py",
    "rules/codes.py", "rules/release.py", "tests/__init__.py", "tests/needles.py", "tests/unlinked/arrival.py",
    "tests/unlinked/detectors.py", "tests/unlinked/traces.py", "tests/unlinked/week.py",
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
