"""The layers hold, and the contracts that hold them can fail."""

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.shape.sources import ROOT, project

LAYERS = ("bot", "handlers", "incoming", "reports", "storage", "rules", "texts", "simulator")
LINT = Path(sys.executable).with_name("lint-imports")


def lint(folder: Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run([LINT, "--no-cache"], cwd=folder, capture_output=True, text=True, check=False)


@pytest.fixture
def small_project(tmp_path):
    """Our contracts over eight empty packages."""
    shutil.copy(ROOT / "pyproject.toml", tmp_path)
    for name in LAYERS:
        (tmp_path / name).mkdir()
        (tmp_path / name / "__init__.py").touch()
    return tmp_path


def test_an_empty_project_and_the_arrows_that_run_down_are_kept(small_project):
    (small_project / "bot" / "demo.py").write_text("import simulator, handlers, texts, storage\n")
    (small_project / "handlers" / "start.py").write_text("import storage, rules, texts, telegram\n")
    (small_project / "storage" / "person.py").write_text("import rules, aiosqlite\n")
    result = lint(small_project)
    assert result.returncode == 0, result.stdout


@pytest.mark.parametrize(
    ("path", "imported", "broken"),
    [
        ("handlers/start.py", "bot", "Arrows run down"),
        ("storage/person.py", "handlers", "Arrows run down"),
        ("storage/person.py", "incoming", "Arrows run down"),
        ("incoming/table.py", "reports", "Arrows run down"),
        ("rules/quiet.py", "storage", "Arrows run down"),
        ("texts/english.py", "rules", "texts imports nothing of ours"),
        ("storage/person.py", "texts", "never import texts"),
        ("rules/quiet.py", "texts", "never import texts"),
        ("rules/quiet.py", "aiosqlite", "no input or output"),
        ("simulator/world.py", "storage", "simulator imports nothing of ours"),
        ("simulator/world.py", "telegram", "simulator imports nothing of ours"),
        ("bot/app.py", "simulator", "only the demo imports simulator"),
        ("handlers/start.py", "simulator", "only the demo imports simulator"),
    ],
)
def test_an_arrow_that_runs_up_is_found(small_project, path, imported, broken):
    (small_project / path).write_text(f"import {imported}\n")
    result = lint(small_project)
    assert result.returncode == 1
    assert any(broken in line and "BROKEN" in line for line in result.stdout.splitlines()), result.stdout


def test_every_folder_of_code_has_its_layer():
    folders = {source.folder for source in project() if source.path.endswith(".py") and "/" in source.path}
    assert folders - {"tests", "benchmarks"} <= set(LAYERS)
