"""The scanner finds what is there, in every form, and says nothing of what is not."""

import gzip
import sqlite3
import struct
import zipfile
from contextlib import closing

import pytest

from tests import needles

USER, MOMENT = 123_456_789_012_345, 1_795_000_123


def hidden(folder, raw, name="some.bin"):
    (folder / name).write_bytes(b"before" + raw + b"after")


FORMS = {
    "digits": str(USER).encode(),
    "utf-16": str(USER).encode("utf-16-le"),
    "utf-16, the other way round": str(USER).encode("utf-16-be"),
    "SQLite's six bytes": USER.to_bytes(6, "big"),
    "eight bytes": USER.to_bytes(8, "big"),
    "eight bytes, little end first": USER.to_bytes(8, "little"),
}


@pytest.mark.parametrize("form", FORMS)
def test_a_number_is_found_in_every_form(form, tmp_path):
    hidden(tmp_path, FORMS[form])
    assert needles.scan(tmp_path, needles.of_number("user", USER))
    assert needles.scan(tmp_path, needles.of_number("user", USER + 1)) == []


def test_a_number_of_four_bytes_is_found_in_four_and_in_eight(tmp_path):
    for order in ("big", "little"):
        for size in (4, 8):
            hidden(tmp_path, (123_456_789).to_bytes(size, order))
            assert needles.scan(tmp_path, needles.of_number("chat", 123_456_789)), (order, size)


@pytest.mark.parametrize("around", [-2, -1, 0, 1, 2])
def test_a_time_is_found_two_seconds_around(around, tmp_path):
    moment = MOMENT + around
    for raw in (
        str(moment).encode(), moment.to_bytes(4, "big"), moment.to_bytes(8, "little"), struct.pack(">d", moment + 0.37),
        struct.pack("<d", moment), (moment * 1000).to_bytes(8, "big"), f"{moment}.5".encode(), b"T10:28:4",
    ):  # fmt: skip
        hidden(tmp_path, raw)
        found = needles.scan(tmp_path, needles.of_time("time", MOMENT))
        assert bool(found) == (raw != b"T10:28:4"), raw


def test_a_time_written_out_is_found_unless_it_is_left_out(tmp_path):
    with closing(sqlite3.connect(":memory:")) as connection:
        (written,) = connection.execute("SELECT datetime(?, 'unixepoch')", (MOMENT,)).fetchone()
    hidden(tmp_path, written.encode())
    assert needles.scan(tmp_path, needles.of_time("time", MOMENT))
    assert needles.scan(tmp_path, needles.of_time("time", MOMENT, clock=False)) == []


def test_a_word_is_found_as_it_is_in_hexadecimal_in_names_and_packed(tmp_path):
    wanted = list(needles.of_word("name", "Żaneta"))
    hidden(tmp_path, "Żaneta".encode().hex().encode(), "a")
    (tmp_path / "Żaneta.txt").touch()
    (tmp_path / "deep").mkdir()
    (tmp_path / "deep" / "b.gz").write_bytes(gzip.compress("x Żaneta x".encode()))
    with zipfile.ZipFile(tmp_path / "c.xlsx", "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("sheet.xml", "Żaneta " * 100)
    assert {found.file for found in needles.scan(tmp_path, wanted)} == {"a", "Żaneta.txt", "deep/b.gz", "c.xlsx"}


def test_bytes_are_found_as_they_are_and_in_hexadecimal(tmp_path):
    hidden(tmp_path, b"\1\2\3\4\5", "a")
    hidden(tmp_path, b"0102030405", "b")
    assert {found.file for found in needles.scan(tmp_path, needles.of_bytes("key", b"\1\2\3\4\5"))} == {"a", "b"}


def test_a_long_value_that_lies_in_pieces_is_found(tmp_path):
    text = "".join(chr(0x4E00 + number) for number in range(3000))
    with closing(sqlite3.connect(tmp_path / "x.db")) as connection:
        connection.execute("CREATE TABLE t (a TEXT)")
        connection.execute("INSERT INTO t VALUES (?)", (text,))
        connection.commit()
    assert text.encode() not in (tmp_path / "x.db").read_bytes()
    assert needles.scan(tmp_path, needles.of_word("text", text))


def test_broken_files_are_looked_through_as_they_are(tmp_path):
    for name, start in (("a", b"\x1f\x8b"), ("b", b"PK\x03\x04"), ("c", b"SQLite format 3\0")):
        (tmp_path / name).write_bytes(start + b"needle")
    assert len(needles.scan(tmp_path, needles.of_word("word", "needle"))) == 3


def test_the_command_line_says_how_many_and_never_repeats_them(tmp_path, capsys):
    hidden(tmp_path, b"Wilhelmina")
    arguments = [str(tmp_path), "--word", "Wilhelmina", "--number", str(USER), "--time", str(MOMENT)]
    assert needles.main(arguments) == 1
    assert "some.bin: word 1 as utf-8" in (said := capsys.readouterr().out)
    assert "Wilhelmina" not in said
    assert needles.main([*arguments, "--apart", "some.bin"]) == 0
    assert "0 found" in capsys.readouterr().out
