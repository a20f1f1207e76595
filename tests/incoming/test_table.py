"""Reading tables: every common way of writing one, and a plain refusal for everything else."""

import subprocess
import sys
from datetime import date, datetime
from pathlib import Path

import pytest

from incoming import Field, Layout, TableRefused, read_table
from tests.incoming.books import cell, ods, ods_of, row, typed_like_a_formula, xlsx

LAYOUT = Layout(
    "contacts",
    (Field("name", ("Name", "Full name"), needed=True), Field("town", ("Town",), needed=True), Field("n", ("Number",))),
)
PLAIN = "Name,Town,Number\nZoë,Röchdale,1\nAda,Sale,2\n"
TWO = [(2, {"name": "Zoë", "town": "Röchdale", "n": "1"}), (3, {"name": "Ada", "town": "Sale", "n": "2"})]
HEADS = row(cell("Name"), cell("Town"), cell("Number"))


def taken(path, *, seconds=60.0):
    with read_table(path, (LAYOUT,), seconds=seconds) as table:
        return list(table.rows())


def values(path):
    return [(row.line, dict(row.values)) for row in taken(path)]


def problems(path):
    return [(row.line, row.problem, row.field) for row in taken(path) if row.problem]


def refusal(path, **more):
    with pytest.raises(TableRefused) as refused:
        taken(path, **more)
    return refused.value


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "cp1252"])
@pytest.mark.parametrize("separator", [",", ";", "\t", "|"])
def test_any_common_encoding_and_separator_is_read(written, encoding, separator):
    assert values(written(PLAIN.replace(",", separator).encode(encoding))) == TWO


@pytest.mark.parametrize("end", ["\r\n", "\r", "\n"])
def test_any_line_end_is_read(written, end):
    assert values(written(PLAIN.replace("\n", end).rstrip("\r\n"))) == TWO


def test_a_file_of_two_encodings_is_read_line_by_line_and_said_so(written):
    path = written(b"Name,Town\n" + "Zoë,Sale\n".encode() + "Zoë,Röchdale\n".encode("cp1252"))
    with read_table(path, (LAYOUT,)) as table:
        assert [row.values["name"] for row in table.rows()] == ["Zoë", "Zoë"]
        assert table.notes == ("encoding",)


def test_quotes_line_breaks_in_cells_and_lines_above_the_headings(written):
    path = written('Our list,,\n,,\nTOWN,Full NAME,x\n"Sale, M33","Ada\nLovelace ""A""",\n')
    assert values(path) == [(4, {"name": 'Ada\nLovelace "A"', "town": "Sale, M33"})]


def test_the_separator_a_first_line_names_is_used(written):
    assert values(written("sep=;\n" + PLAIN.replace(",", ";"))) == [(line + 1, said) for line, said in TWO]


def test_a_workbook_with_dates_numbers_and_yes(written):
    rows = [["Name", "Town", "Number"], ["Ada", date(2026, 9, 16), 7700900123.0]]
    rows += [["Bo", datetime.fromisoformat("2026-09-16 14:30"), True]]
    assert values(written(xlsx(rows), "a.xlsx")) == [
        (2, {"name": "Ada", "town": "2026-09-16", "n": "7700900123"}),
        (3, {"name": "Bo", "town": "2026-09-16 14:30", "n": "yes"}),
    ]


def test_formulas_are_refused_by_line_and_only_where_their_column_is_wanted(written):
    rows = [["Name", "Town", "Other"], ["Ada", "Sale", "=1+1"], ["Bo", '=HYPERLINK("http://x")', ""]]
    assert problems(written(xlsx(rows), "a.xlsx")) == [(3, "formula", "town")]


def test_text_that_only_looks_like_a_formula_is_text(written):
    path = written(typed_like_a_formula([["Name", "Town"], ["=Typed", "Sale"]], "A2"), "a.xlsx")
    assert values(path) == [(2, {"name": "=Typed", "town": "Sale"})]


def test_cells_joined_over_several_rows_are_refused_by_line(written):
    rows = [["Name", "Town"], ["Ada", "Sale"], ["Bo", None], ["Cy", "Sale"]]
    assert problems(written(xlsx(rows, merged=["B2:B3"]), "a.xlsx")) == [(2, "merged", "town"), (3, "merged", "town")]
    joined = cell("Sale", 'table:number-rows-spanned="2"')
    sheet = HEADS + row(cell("Ada"), joined) + row(cell("Bo"), "<table:covered-table-cell/>")
    path = written(ods(sheet + row(cell("Cy"), cell("Sale"))), "a.ods")
    assert problems(path) == [(2, "merged", "town"), (3, "merged", "town")]


def test_a_spreadsheet_with_repeated_cells_formulas_and_a_page_of_words_first(written):
    sheet = HEADS + row(cell("Ada<text:s text:c='2'/>B"), cell("Sale"), cell("1", _number(1)))
    sheet += row(cell("x", 'table:number-columns-repeated="2"'))
    sheet += row(cell("Bo"), cell("5", 'table:formula="of:=1+4" ' + _number(5)))
    sheet += row(
        '<table:table-cell table:number-columns-repeated="16384"/>', more='table:number-rows-repeated="1000000"'
    )
    path = written(ods(row(cell("About this file")), sheet), "a.ods")
    assert [(one.line, dict(one.values), one.problem) for one in taken(path)] == [
        (2, {"name": "Ada B", "town": "Sale", "n": "1"}, None),
        (3, {"name": "x", "town": "x", "n": ""}, None),
        (4, {}, "formula"),
    ]


def _number(value):
    return f'office:value-type="float" office:value="{value}"'


def test_a_name_says_nothing_about_what_a_file_is(written):
    assert values(written(PLAIN, "list.xlsx")) == TWO
    rows = [line.split(",") for line in PLAIN.splitlines()]
    assert values(written(xlsx(rows), "list.csv")) == TWO


def test_more_cells_than_headings_and_a_row_cut_short_are_refused_by_line(written):
    assert problems(written("Name,Town\nAda,Sale,M33\nBo,Sale\n")) == [(2, "too_many_cells", "")]
    assert problems(written("Name,Town,Number\nAda,Sale,1\nBo")) == [(3, "cut_short", "")]
    assert problems(written('Name,Town\nAda,Sale\nBo,"Sa')) == [(3, "unreadable", "town")]


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", "empty"),
        (b"\n\n  \n", "empty"),
        (b"%PDF-1.7 a,b", "not_a_table"),
        (b"<html><table></table></html>", "not_a_table"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "old_or_locked"),
        (b"PK\x03\x04 cut off", "broken"),
        (bytes(range(256)) * 4, "not_a_table"),
        (b"Nom,Ville\nAda,Sale\n", "no_headings"),
        ("名前,町\nAda,Sale\n".encode(), "no_headings"),
        (b'Name,Town\n"Ada,' + b"x" * 40_000, "quote"),
        (b"Name,Town\n" + b"x," * 400 + b"x\n", "too_wide"),
        (b"Name,Town\n" + b"x" * 3_000_000, "line_too_long"),
    ],
)
def test_what_is_no_table_of_ours_is_refused_with_a_reason(written, content, code):
    assert refusal(written(content)).code == code


def test_what_is_missing_or_twice_in_the_headings_is_named(written):
    refused = refusal(written("Name,Number,Other\nAda,1,2\n"))
    assert (refused.code, refused.names, refused.line, refused.kind) == ("missing_headings", ("Town",), 1, "contacts")
    assert refusal(written("Name,Town,Town\nAda,1,2\n")).code == "heading_twice"


def test_a_zip_bomb_ends_in_a_refusal(written):
    path = written(ods(row(cell("a" * 700_000_000))), "bomb.ods")
    assert path.stat().st_size < 1_000_000
    assert refusal(path).code == "too_large"


def test_a_row_that_claims_to_be_there_a_thousand_million_times_is_refused(written):
    many = row(cell("Ada"), cell("Sale"), more='table:number-rows-repeated="1000000000"')
    assert refusal(written(ods(HEADS + many), "a.ods")).code == "repeated"


def test_entities_that_unfold_without_end_are_refused(written):
    laughs = '<?xml version="1.0"?><!DOCTYPE a [<!ENTITY b "bbbb"><!ENTITY c "&b;&b;">]><a>&c;</a>'
    assert refusal(written(ods_of(laughs), "a.ods")).code == "broken"


def test_a_file_over_the_limit_is_refused_unread(tmp_path):
    path = tmp_path / "large.csv"
    with path.open("wb") as file:
        file.write(PLAIN.encode())
        file.truncate(50 * 1024 * 1024)
    assert refusal(path).code == "too_large"


def test_one_that_takes_too_long_is_refused(written):
    assert refusal(written("Name,Town\n" + "Ada,Sale\n" * 150_000), seconds=0.05).code == "too_slow"


def test_the_process_that_reads_loads_nothing_of_the_bots():
    loaded = (
        "import sys, incoming.__main__, incoming.workbook, incoming.open_sheet, incoming.text_file;"
        "print(sorted({'storage', 'rules', 'texts', 'bot', 'telegram', 'aiosqlite'} & set(sys.modules)))"
    )
    root = Path(__file__).parents[2]
    said = subprocess.run([sys.executable, "-c", loaded], cwd=root, capture_output=True, text=True, check=True)
    assert said.stdout == "[]\n"
