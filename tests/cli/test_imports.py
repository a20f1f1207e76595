"""`import`: look, confirm, write, list, take back; and a plain line for everything else."""

import sqlite3
from pathlib import Path

import pytest

EXAMPLES = Path(__file__).parents[2] / "docs" / "examples"
PROVIDERS = str(EXAMPLES / "providers.csv")


@pytest.fixture
def ready(shell):
    shell("migrate")
    return shell


def count(data, table):
    with sqlite3.connect(data / "main.db") as database:
        rows = database.execute(f"SELECT COUNT(*) FROM {table}")  # noqa: S608 - the test names the table
        return rows.fetchone()[0]


def test_nothing_is_written_until_it_is_confirmed(ready, data):
    result = ready("import", PROVIDERS)
    assert (result.exit_code, count(data, "organisation")) == (1, 0)  # nobody answered
    assert "New: 2" in result.stdout
    assert "Write this?" in result.stdout
    assert ready("import", PROVIDERS, "--dry-run").exit_code == 0
    assert (count(data, "organisation"), count(data, "import")) == (0, 0)


def test_an_import_is_written_listed_and_taken_back(ready, data):
    result = ready("import", PROVIDERS, "--yes")
    assert (result.exit_code, count(data, "organisation")) == (0, 2)
    assert "python -m bot import --undo 1" in result.stdout
    assert "providers.csv  2 new, 0 changed" in ready("import", "--list").stdout
    again = ready("import", PROVIDERS)
    assert "New: 0\n  Changed: 0\n  The same as before: 2" in again.stdout
    assert "imported before: import 1" in again.stdout
    assert "There is nothing to write" in again.stdout
    assert ready("import", "--undo", "1").exit_code == 0
    assert count(data, "organisation") == 0
    assert "taken back" in ready("import", "--list").stdout
    assert ready("import", "--undo", "1").exit_code == 1


def test_one_local_authority_is_kept_and_the_others_are_named(ready, data, tmp_path):
    path = tmp_path / "two.csv"
    text = Path(PROVIDERS).read_text(encoding="utf-8")
    path.write_text(
        text.replace("Homecare agencies,Invented Care Ltd,Greenwich", "Homecare agencies,Invented Care Ltd,Bexley")
    )
    assert "Greenwich (1), Bexley (1)" in ready("import", str(path), "--dry-run").stdout
    assert "in another area: 1" in ready("import", str(path), "--yes", "--local-authority", "Bexley").stdout
    assert count(data, "organisation") == 1


def test_a_file_that_cannot_be_taken_ends_in_one_plain_line(ready, tmp_path):
    path = tmp_path / "liste.csv"
    path.write_text("Nom,Ville\nAda,Sale\n")
    result = ready("import", str(path))
    assert result.exit_code == 1
    assert result.stderr == (
        "liste.csv was not imported. No headings in it are known. The headings must be in English. The examples show "
        "which are.\n"
    )


def test_every_refused_row_is_told_with_its_line_and_reason(ready, tmp_path):
    path = tmp_path / "bad.csv"
    path.write_text(Path(PROVIDERS).read_text(encoding="utf-8").replace("SE10 0AB", "nowhere"))
    assert "Line 3, postcode: this is not a postcode" in ready("import", str(path), "--dry-run").stdout


def test_an_example_to_fill_in_is_printed(shell):
    assert shell("import", "--template", "providers").stdout == Path(PROVIDERS).read_text(encoding="utf-8")


@pytest.mark.parametrize("words", [(), ("--list", "--undo", "1"), (PROVIDERS, "--list")])
def test_one_wish_at_a_time(ready, words):
    assert ready("import", *words).exit_code == 2
