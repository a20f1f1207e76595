"""Codes survive how people type them, and a near code is simply another code."""

from hypothesis import example, given
from hypothesis import strategies as st

from rules import codes

CODES = st.text(codes.ALPHABET, min_size=codes.LENGTH, max_size=codes.LENGTH)
CODE = "7K2M9-QXW4R-0V1NB-C8DTG"
PLAIN = CODE.replace("-", "")


def test_a_fresh_code_has_a_hundred_bits_and_is_recognised():
    made = {codes.fresh() for _ in range(500)}
    assert len(made) == 500
    assert all(codes.carried(f"my code is {codes.shown(code)} thanks") == code for code in made)
    assert len(codes.ALPHABET) ** codes.LENGTH == 2**100


def test_every_sign_is_drawn():
    assert set("".join(codes.fresh() for _ in range(200))) == set(codes.ALPHABET)


@given(CODES)
def test_a_code_is_read_as_it_is_shown(code):
    assert codes.read(codes.shown(code)) == codes.read(code) == code
    assert codes.read(f" {codes.shown(code).lower()}\n") == code


def test_what_people_type_is_read():
    for typed in (
        CODE.lower(), PLAIN, CODE.replace("-", " "), CODE.replace("-", "—"), CODE.replace("0", "o"),
        CODE.replace("1", "l"), CODE.replace("1", "I"), CODE.replace("-", "."),
        "\uff17\uff2b\uff12\uff2d\uff19" + CODE[5:], CODE.replace("7", "\u0667").replace("2", "\u0662"),
        "-".join(PLAIN[n : n + 4] for n in range(0, 20, 4)),
    ):  # fmt: skip
        assert codes.read(typed) == PLAIN, typed
        assert codes.carried(f"here: {typed}, please") == PLAIN, typed


def test_what_is_no_code_is_not_read():
    for typed in ("", CODE[:-1], CODE + "A", CODE.replace("K", "U"), CODE.replace("K", "*"), "hello", "²" * 19):
        assert codes.read(typed) is None, typed


@given(CODES, st.integers(0, codes.LENGTH - 1), st.sampled_from(codes.ALPHABET))
def test_a_near_code_is_another_code(code, place, sign):
    near = code[:place] + sign + code[place + 1 :]
    assert codes.read(near) == near


def test_words_and_numbers_are_no_codes():
    for text in (
        "internationalisation", "there could never again be such a day", "could never speak there today", "",
        "ring 07700 90012 30770 09001 now", "01234567890123456789", "a" * 20, CODE[:-1], "xx" + PLAIN,
    ):  # fmt: skip
        assert codes.carried(text) is None, text


def test_only_a_code_leaves_nothing():
    for text in (CODE, f" {CODE.lower()} ", f"{CODE}.", f"({PLAIN})", f"{CODE}\n{CODE}"):
        assert codes.without(text) == "", text
    assert codes.without(f"my code {CODE}") == "my code"
    assert codes.without("  no code here ") == "no code here"
    assert codes.without(f"{CODE} internationalisation") == "internationalisation"


@given(st.text())
@example("\ud800 " + CODE)
def test_any_text_can_be_looked_through(text):
    assert codes.carried(text) is None or len(codes.carried(text)) == codes.LENGTH
    assert isinstance(codes.without(text), str)
    assert codes.read(text) is None or len(codes.read(text)) == codes.LENGTH
