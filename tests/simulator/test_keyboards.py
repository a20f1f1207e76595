"""Inline and reply keyboards: what stands and what is refused."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from simulator.errors import BadRequestError
from simulator.keyboards import checked


def refusal(markup):
    with pytest.raises(BadRequestError) as refused:
        checked(markup)
    return refused.value.description.removeprefix("Bad Request: ")


def button(**fields):
    return {"inline_keyboard": [[{"text": "Go", **fields}]]}


def test_callback_data_is_counted_in_bytes():
    for good in ("x" * 64, "é" * 32, "😀" * 16):
        assert checked(button(callback_data=good)) == button(callback_data=good)
    for bad in ("", "x" * 65, "é" * 33, "😀" * 17, 7):
        assert refusal(button(callback_data=bad)) == "BUTTON_DATA_INVALID"


@given(st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=70))
def test_callback_data_of_any_script(data):
    if len(data.encode()) <= 64:
        assert checked(button(callback_data=data)) == button(callback_data=data)
    else:
        assert refusal(button(callback_data=data)) == "BUTTON_DATA_INVALID"


def test_a_button_does_exactly_one_thing():
    assert "Text buttons are unallowed" in refusal(button())
    assert "Only one action" in refusal(button(callback_data="a", url="https://example.org"))


def test_a_button_has_words():
    assert 'Can\'t find field "text"' in refusal({"inline_keyboard": [[{"callback_data": "a"}]]})
    assert "must be non-empty" in refusal({"inline_keyboard": [[{"text": "  ", "callback_data": "a"}]]})
    assert "must be of type String" in refusal({"inline_keyboard": [[{"text": 5, "callback_data": "a"}]]})
    assert "must be non-empty" in refusal({"keyboard": [[""]]})


def test_links_on_buttons():
    for good in ("https://example.org/x", "example.org", "tg://resolve?domain=x"):
        assert checked(button(url=good))
    for bad in ("nowhere", "https://", "javascript:alert(1)", 5):
        assert "Wrong HTTP URL" in refusal(button(url=bad))


def test_buttons_per_row_and_message():
    one = {"text": "a", "callback_data": "a"}
    assert checked({"inline_keyboard": [[one] * 8] * 12 + [[one] * 4]})
    assert refusal({"inline_keyboard": [[one] * 9]}) == "reply markup is too long"
    assert refusal({"inline_keyboard": [[one]] * 101}) == "reply markup is too long"
    assert refusal({"keyboard": [["a"] * 13]}) == "reply markup is too long"


def test_shapes():
    for broken in (
        {"inline_keyboard": {}},
        {"inline_keyboard": [{}]},
        {"inline_keyboard": [["a"]]},
        {"keyboard": [[5]]},
    ):
        assert "can't parse" in refusal(broken)
    assert "can't parse" in refusal({"something": "else"})
    assert checked({"inline_keyboard": [[]]}) == {"inline_keyboard": []}
    assert checked({}) == {}


def test_the_words_in_an_empty_field_have_at_most_64_characters():
    assert checked({"force_reply": True, "input_field_placeholder": "x" * 64})
    assert "too long" in refusal({"force_reply": True, "input_field_placeholder": "x" * 65})


async def test_an_empty_keyboard_is_no_keyboard(api, ada):
    sent = await api("sendMessage", chat_id=ada.id, text="x", reply_markup={"inline_keyboard": []})
    assert "reply_markup" not in sent
