"""Names, ways to be reached, postcodes and care homes are flagged; ordinary sentences are let be."""

import itertools
import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rules.identity import Span, blanked, flagged
from tests.shape.sources import ROOT

PHONES = ROOT.parent / "shared" / "data" / "text" / "phones.json"
NAMES, HOMES = ["Ngozi Obi", "مريم"], ["Sunny Bank", "The Elms"]


def parts(text):
    return [(text[span.start : span.end], span.kind) for span in flagged(text, NAMES, HOMES)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Maria shouted at me on Monday", [("Maria", "name")]),
        ("I told Maria and then Joy Okafor-Smith", [("Maria", "name"), ("Joy Okafor-Smith", "name")]),
        ("ask Mrs smith, or Dr. chen", [("smith", "name"), ("chen", "name")]),
        ("my name is joy", [("joy", "name")]),
        ("the manager called Peter said so", [("Peter", "name")]),
        ("it was ngozi  obi who said it", [("ngozi  obi", "name")]),
        ("قالت مريم هذا", [("مريم", "name")]),
        ("I live in m14 5aa now", [("m14 5aa", "postcode")]),
        ("SW1A 2AA and OL16 1XY", [("SW1A 2AA", "postcode"), ("OL16 1XY", "postcode")]),
        ("ring 07700 900123 or +44 (0)7700-900-124", [("07700 900123", "contact"), ("+44 (0)7700-900-124", "contact")]),
        ("write to joe@home.example or @joe_b1", [("joe@home.example", "contact"), ("@joe_b1", "contact")]),
        ("see https://t.me/joe_b1 please", [("https://t.me/joe_b1", "contact")]),
        ("it happened at sunny bank", [("sunny bank", "care_home")]),
        ("they run Rose Court and Oak Nursing Home", [("Rose Court", "care_home"), ("Oak Nursing Home", "care_home")]),
    ],
)  # fmt: skip
def test_what_may_identify_somebody_is_flagged(text, expected):
    assert parts(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "", "I am afraid. They said no.", "Nobody listens. Managers said no. The pay is late on Monday.",
        "WE ARE ALL TIRED AND NOBODY ASKS", "we had 12 shifts in 2026 and 500 pounds, 10-12 hours each",
        "my name is not important", "The NHS, the CQC and the Home Office know.", "my sponsor said: Please do not tell",
    ],
)  # fmt: skip
def test_ordinary_words_are_let_be(text):
    assert parts(text) == []


def test_blanks_say_nothing_of_what_was_there():
    text = "Maria and Jo told Bartholomew at Rose Court"
    assert blanked(text, flagged(text)) == "[…] and […] told […] at […]"
    assert blanked("nothing", []) == "nothing"


@given(st.text())
def test_any_text_can_be_looked_through_and_blanked_text_has_nothing_known_left(text):
    spans = flagged(text, NAMES, HOMES)
    assert all(one.end <= other.start for one, other in itertools.pairwise(spans))
    assert all(0 <= span.start < span.end <= len(text) for span in spans)
    assert "ngozi obi" not in blanked(text, spans).casefold()


def test_a_name_of_one_letter_is_not_looked_for():
    assert flagged("i do not know", ["I", ""], [" "]) == []


def test_spans_stand_in_order():
    assert flagged("M14 5AA Maria") == sorted(flagged("M14 5AA Maria"))
    assert Span(1, 2, "name") < Span(2, 3, "contact")


@pytest.mark.skipif(not PHONES.exists(), reason="the shared forms of telephone numbers are not on this machine")
def test_typed_telephone_numbers_are_flagged():
    short = {"0800 1111", "999"}
    typed = [form["typed"] for form in json.loads(PHONES.read_text()) if form.get("e164")]
    assert len(typed) > 20
    assert [form for form in typed if form not in short and not flagged(f"ring {form} now")] == []
