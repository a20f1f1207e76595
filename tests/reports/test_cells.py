"""Nothing that a person typed becomes a formula, and all of it can be had back."""

import csv
import io
import json
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from reports.cells import guarded, unguarded

ATTACKS = (
    "=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", "\n=1", "\x00=1", "=cmd|' /C calc'!A0",
    '=HYPERLINK("http://x.example","tap")', "a;=1+1", "a,=1+1", "a\t=1+1", "a|=1+1", "-5", "+44 20 7946 0000", "'=1",
    "''=1", "a;'=1", "=", "-", "", "plain", "she said: 'no'",
)  # fmt: skip
RISKY = tuple("=+-@\t\r\n\x00")
NAUGHTY = Path(__file__).parents[3] / "shared" / "data" / "text" / "blns.json"


def naughty():
    return json.loads(NAUGHTY.read_text("utf-8")) if NAUGHTY.exists() else []


@pytest.mark.parametrize("text", [*ATTACKS, *naughty()])
def test_no_cell_starts_as_a_formula_under_any_separator(text):
    written = guarded(text)
    for separator in ",;\t|":
        assert [cell for cell in written.split(separator) if cell.startswith(RISKY)] == []


@pytest.mark.parametrize(
    "text", ["x\n=1", "x\r\n=1", "x\r=1", "\n\n=1", "x\n'=1", "x\n\t=1", "- one\n- two", *naughty()]
)
def test_no_line_in_a_cell_starts_as_a_formula(text):
    lines = [line for line in guarded(text).replace("\r", "\n").split("\n") if line]
    assert [line for line in lines if line.startswith(RISKY)] == []
    assert unguarded(guarded(text)) == text


@given(st.text(alphabet=st.characters(exclude_categories=["Cs"])))
@example("';=")
@example("'\t'=")
def test_the_words_come_back_as_they_were_typed(text):
    assert unguarded(guarded(text)) == text


@given(st.text(alphabet="=+-@\t\r\n\x00',;|a ", max_size=12))
def test_they_come_back_from_whatever_spreadsheets_stumble_over(text):
    assert unguarded(guarded(text)) == text


@pytest.mark.parametrize("text", ATTACKS)
def test_a_guarded_cell_survives_a_csv_file(text):
    file = io.StringIO(newline="")
    csv.writer(file, quoting=csv.QUOTE_NONNUMERIC).writerow([guarded(text)])
    assert [unguarded(cell) for cell in next(csv.reader(io.StringIO(file.getvalue(), newline="")))] == [text]


def test_harmless_words_are_left_alone():
    assert guarded("Ada's tea, at 5; bring a friend") == "Ada's tea, at 5; bring a friend"
    assert guarded("one\r\n\r\ntwo\n\nthree") == "one\r\n\r\ntwo\n\nthree"
