"""Typed words matched to what could have been tapped."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from handlers import fixed
from handlers.matching import exactly, folded, nearest

MARKETS = {
    "home_care": ["Home care"],
    "care_home": ["Care home"],
    "nursing_home": ["Nursing home"],
    "day_services": ["Day services"],
    "not_said": ["Prefer not to say"],
}


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("Home care", "home_care"),
        ("  home  CARE. ", "home_care"),
        ("1", "home_care"),
        ("2.", "care_home"),
        ("٣", "nursing_home"),
        ("nursing", "nursing_home"),
        ("a nursing home in Eltham", "nursing_home"),
        ("hoem care", "home_care"),
        ("carehome", "care_home"),
        ("day servises", "day_services"),
        ("prefer not too say", "not_said"),
        ("homé cäre", "home_care"),
        ("home", None),
        ("care", None),
        ("0", None),
        ("6", None),
        ("no", None),
        ("", None),
        ("?", None),
        ("hospital", None),
    ],
)
def test_what_was_meant(typed, meant):
    assert nearest(typed, MARKETS) == meant


def test_words_of_arabic_match_with_and_without_marks():
    labels = {"nights": ["ليلًا"], "days": ["نهارًا"]}
    assert nearest("ليلا", labels) == "nights"
    assert nearest("نهارًا", labels) == "days"


def test_word_for_word_is_stricter():
    assert exactly("home care!", MARKETS) == "home_care"
    assert exactly("1", MARKETS) is None
    assert exactly("hoem care", MARKETS) is None


@given(st.text())
def test_anything_can_be_typed(typed):
    assert nearest(typed, MARKETS) in {*MARKETS, None}
    assert folded(folded(typed)) == folded(typed)


@pytest.mark.parametrize(
    ("typed", "wish"),
    [
        ("stop", "stop"),
        ("Stop!!", "stop"),
        ("كفى", "stop"),
        ("back", "back"),
        ("a person please", "person"),
        ("HOME", "home"),
        ("help", "help"),
        ("language", "language"),
        ("don't stop", None),
        ("stop smoking group", None),
        ("", None),
        ("back pain", None),
    ],
)
def test_wishes(typed, wish):
    assert fixed.wish_in(typed) == wish


@pytest.mark.parametrize("typed", ["home", "help", "language", "Home", "HELP"])
def test_where_words_are_asked_for_fewer_are_wishes(typed):
    assert fixed.wish_in(typed, open_question=True) is None
    assert fixed.wish_in("stop", open_question=True) == "stop"
