"""Files appear whole or not at all, and only their owner can read them."""

import stat

import pytest

from reports.drafts import finished_together


def names(folder):
    return sorted(path.name for path in folder.iterdir())


def test_both_appear_together_and_belong_to_their_owner(tmp_path):
    wanted = [tmp_path / "a.csv", tmp_path / "b.csv"]
    with finished_together(wanted) as drafts:
        for draft in drafts:
            draft.write_text("x")
        assert not any(path.exists() for path in wanted)
    assert names(tmp_path) == ["a.csv", "b.csv"]
    assert {stat.S_IMODE(path.stat().st_mode) for path in wanted} == {0o600}


def test_nothing_is_left_when_the_writing_fails(tmp_path):
    def fails():
        with finished_together([tmp_path / "a.csv"]) as (draft,):
            draft.write_text("half")
            raise OSError(28, "No space left on device")

    with pytest.raises(OSError, match="No space"):
        fails()
    assert names(tmp_path) == []


def test_a_file_that_is_there_is_not_replaced(tmp_path):
    (tmp_path / "a.csv").write_text("mine")
    with pytest.raises(FileExistsError), finished_together([tmp_path / "a.csv"]):
        pytest.fail("it should not come to writing")
    assert (tmp_path / "a.csv").read_text() == "mine"


def test_nor_one_that_comes_while_we_write(tmp_path):
    def write():
        with finished_together([tmp_path / "b.csv", tmp_path / "a.csv"]) as drafts:
            drafts[0].write_text("ours")
            (tmp_path / "a.csv").write_text("theirs")

    with pytest.raises(FileExistsError):
        write()
    assert (tmp_path / "a.csv").read_text() == "theirs"
    assert names(tmp_path) == ["a.csv"]
