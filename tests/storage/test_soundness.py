"""Whether a file can be trusted, asked without changing a byte of it."""

from hashlib import sha256

from storage.soundness import damage


def test_a_whole_database_is_whole_and_stays_as_it_is(path):
    before = sha256(path.read_bytes()).digest()
    assert damage(path) == []
    assert sha256(path.read_bytes()).digest() == before


def test_torn_pages_are_found(path):
    torn = bytearray(path.read_bytes())
    torn[4096 * 2 : 4096 * 5] = b"\xff" * 4096 * 3
    path.write_bytes(torn)
    assert damage(path)


def test_what_is_no_database_is_said(tmp_path):
    (tmp_path / "note.db").write_text("Dear diary, this is no database at all. " * 40)
    assert damage(tmp_path / "note.db") == ["file is not a database"]


def test_what_is_not_there_is_said_and_not_made(tmp_path):
    assert damage(tmp_path / "none.db") == ["unable to open database file"]
    assert not (tmp_path / "none.db").exists()
