"""Codes beside boxes: what was printed can be typed, in any order and however spaced; anything else is named."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rules import bands, paper_week, sign_up
from rules.council import Council

COUNCIL = Council()


@pytest.mark.parametrize(
    ("line", "found"),
    [
        ("M2 S1 J3 N", {"market": "care_home", "shift": "days", "job": "support_worker", "strand": "network"}),
        ("m2,s1,j3,b", {"market": "care_home", "shift": "days", "job": "support_worker", "strand": "board"}),
        ("b J.1 M 6", {"market": "personal_assistant", "job": "care_worker", "strand": "board"}),
        ("S3", {"shift": "nights"}),
        ("", {}),
    ],
)
def test_codes_are_read_as_people_type_them(line, found):
    assert sign_up.read(line, COUNCIL) == found


@pytest.mark.parametrize(
    ("line", "named"), [("M9", "M9"), ("M1 M2", "M2"), ("X", "X"), ("M2 hello", "hello"), ("7", "7")]
)
def test_what_is_no_code_is_named(line, named):
    with pytest.raises(sign_up.NotACode) as refused:
        sign_up.read(line, COUNCIL)
    assert refused.value.words == named


@given(st.data())
def test_every_printed_code_leads_back_to_its_answer(data):
    asked = data.draw(st.lists(st.sampled_from(sign_up.questions(COUNCIL)), unique_by=lambda one: one.field))
    ticked = {one.field: data.draw(st.sampled_from(sorted(one.values))) for one in asked}
    line = data.draw(st.sampled_from([" ", ", ", "  "])).join(ticked.values())
    by_field = {one.field: one.values for one in asked}
    assert sign_up.read(line, COUNCIL) == {field: by_field[field][code] for field, code in ticked.items()}


@pytest.mark.parametrize(
    ("line", "written"),
    [
        ("Mo3 Tu34 We-", "Mo3 Tu34 We-"),
        ("mo3,tu43;we -", "Mo3 Tu34 We-"),
        ("Monday 12 sunday*", "Mo12 Su123456"),
        ("fr0", "Fr-"),
    ],
)
def test_a_week_is_read_as_people_type_it(line, written):
    week = paper_week.read(line, bands.DEFAULT)
    assert paper_week.written(week, bands.DEFAULT) == written


@pytest.mark.parametrize("line", ["", "Mo", "Mo7", "Mo1 Mo2", "Mo1 x", "hello", "3", "Mo1 32"])
def test_what_is_no_week_is_refused(line):
    with pytest.raises(paper_week.NotAWeek):
        paper_week.read(line, bands.DEFAULT)


WEEKS = st.dictionaries(st.integers(0, 6), st.sets(st.sampled_from([one.code for one in bands.DEFAULT])), min_size=1)


@given(WEEKS)
def test_any_week_can_be_written_and_read_again(days):
    week = {(day, band.code): band.code in free for day, free in days.items() for band in bands.DEFAULT}
    assert paper_week.read(paper_week.written(week, bands.DEFAULT), bands.DEFAULT) == week


def test_a_day_that_is_not_there_was_not_said():
    assert {day for day, _ in paper_week.read("Tu3", bands.DEFAULT)} == {1}
    assert paper_week.read("Tu3", bands.DEFAULT)[1, "afternoon"] is True
    assert paper_week.read("Tu3", bands.DEFAULT)[1, "early"] is False


def test_ten_bands_have_no_room():
    ten = tuple(bands.Band(f"b{n}", n * 60, n * 60 + 60) for n in range(10))
    with pytest.raises(ValueError, match="nine"):
        paper_week.marks(ten)
