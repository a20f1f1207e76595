"""Posters and cards: the code on the printed page leads where it should, and the words are all there."""

import pytest
import segno

import texts
from reports import pages, poster
from rules.council import Council
from tests import png, qr

COUNCIL = Council(name="Royal Borough of Testing")
LINK = "https://t.me/care_compact_bot?start=library-4"


def asked(languages=("en",), size="a4", headline="care", link=LINK):
    return poster.Poster(link, "library-4", headline, languages, size)


def code_on(picture):
    """A page's dots, and the (left, top, side) of the square that is black on it."""
    dots = png.Read(picture)
    black = [
        (x, y)
        for y, row in enumerate(dots.rows)
        for x in range(dots.width)
        if row[x * dots.channels] < 20 and row[x * dots.channels + 1] < 20
    ]
    left, top = min(x for x, _ in black), min(y for _, y in black)
    side = max(x for x, _ in black) - left + 1
    assert abs(max(y for _, y in black) - top + 1 - side) <= 2
    return dots, left, top, side


@pytest.mark.parametrize(
    ("size", "languages"), [("a4", ("en",)), ("a4", ("en", *["ar-x-draft"] * 6)), ("a5", ("en", "ar-x-draft"))]
)
def test_the_code_on_the_page_is_read_back_and_large_enough(size, languages):
    ppi = 90
    dots, left, top, side = code_on(pages.png("poster", poster.of(asked(languages, size), COUNCIL), ppi=ppi))
    found = qr.modules_in(lambda x, y: dots.dark(left + x, top + y), side)
    assert qr.words_of(found) == LINK
    assert side / ppi * 25.4 >= 30  # millimetres
    quiet = range(-int(3.5 * side / len(found)), 0)
    assert all(not dots.dark(left + away, top + side // 2) for away in quiet)
    assert all(not dots.dark(left + side // 2, top + away) for away in quiet)


@pytest.mark.parametrize("link", ["https://t.me/b?start=x", LINK, f"https://t.me/care_compact_bot?start={'x' * 24}"])
def test_the_reader_agrees_with_what_was_drawn(link):
    drawn = segno.make(link, error="q", micro=False)
    assert qr.words_of([[bool(dot) for dot in row] for row in drawn.matrix]) == link


def test_the_reader_sees_one_wrong_dot():
    matrix = [[bool(dot) for dot in row] for row in segno.make(LINK, error="q", micro=False).matrix]
    matrix[-9][-1] = not matrix[-9][-1]
    assert qr.words_of(matrix) != LINK


@pytest.mark.parametrize("headline", poster.HEADLINES)
def test_each_language_has_its_own_words_and_the_promise(headline):
    made = poster.of(asked(("en", "ar-x-draft"), headline=headline), COUNCIL)
    for code, spoken in zip(("en", "ar-x-draft"), made["languages"], strict=True):
        assert spoken["headline"] == texts.plain(code, f"poster.headline.{headline}")
        assert spoken["employer"] == texts.plain(code, "poster.employer")
    assert made["languages"][0]["employer"] == "Your employer will not see this."
    assert made["link"] == LINK
    assert made["council"] == "Royal Borough of Testing"


def test_a_translation_nobody_has_read_is_marked_on_the_paper():
    assert "Draft" in poster.of(asked(("en", "ar-x-draft")), COUNCIL)["small"]
    assert poster.of(asked(), COUNCIL)["small"] == "Poster code: library-4"


@pytest.mark.parametrize("headline", poster.HEADLINES)
@pytest.mark.parametrize("size", poster.SIZES)
def test_one_page_for_any_headline_in_up_to_seven_languages_and_for_a_long_name(size, headline):
    long = Council(name="The Royal Borough of Kensington, Chelsea and Several Other Places Together")
    for council in (COUNCIL, long):
        for others in (0, 1, 2, 6):
            for languages in (("en", *["ar-x-draft"] * others), ("ar-x-draft", *["en"] * others)):
                made = poster.sheet(asked(languages, size, headline), council)
                assert made.startswith(b"%PDF-"), languages


@pytest.mark.parametrize("wrong", [{"languages": ()}, {"languages": ("en",) * 8}, {"size": "a3"}])
def test_a_poster_that_cannot_be_is_refused(wrong):
    with pytest.raises(ValueError, match="A4 or A5"):
        poster.sheet(asked(**wrong), COUNCIL)
