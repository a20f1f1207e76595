"""The codec of buttons: what is encoded comes back, what cannot be carried is refused, what is forged is nothing."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from handlers import buttons
from handlers.saying import Key, Saying, labelled, shortened

PARTS = st.text("ABCxyz019_.+-", min_size=1, max_size=10)
VERBS = st.from_regex(r"[a-z][a-z_.]{0,9}", fullmatch=True)


@given(VERBS, st.lists(PARTS, max_size=4))
def test_there_and_back(verb, about):
    data = buttons.encode(verb, *about)
    assert len(data.encode()) <= buttons.LONGEST
    assert buttons.decode(data) == buttons.Press(verb, tuple(about))


@given(st.text())
def test_anything_can_be_sent(data):
    press = buttons.decode(data)
    assert press is None or buttons.encode(press.verb, *press.about) == data


@pytest.mark.parametrize(
    "parts", [("Verb",), ("",), ("go", ""), ("go", "a:b"), ("go", "é"), ("go", "x" * 60), ("go", "a b")]
)
def test_what_cannot_be_carried_is_refused(parts):
    with pytest.raises(ValueError, match="cannot be carried"):
        buttons.encode(*parts)


@pytest.mark.parametrize(
    ("about", "number"), [("7", 7), ("007", 7), ("-7", None), ("7.0", None), ("9" * 19, None), ("x", None)]
)
def test_numbers_that_fit_a_key(about, number):
    assert buttons.Press("go", (about,)).number(0) == number


def test_what_is_not_there():
    press = buttons.Press("go", ())
    assert (press.number(0), press.word(0)) == (None, "")


@given(st.text(max_size=200))
def test_labels_fit_a_button_and_are_never_blank(typed):
    label = labelled(typed, "go", "home").values["label"]
    assert 1 <= len(label) <= 40
    assert label.strip()


def test_a_cut_is_shown():
    assert shortened("x" * 50, 10) == "x" * 9 + "…"
    assert shortened(" a\n b ", 10) == "a b"


def test_links_and_reply_fields():
    link = Saying("help.home", keys=((Key("button.home", url="https://example.org"),),))
    assert link.markup("en").inline_keyboard[0][0].url == "https://example.org"
    assert Saying("form.line", asks=True).markup("en").force_reply
    assert Saying("form.line").markup("en") is None
