"""Pages for print: tagged, in the right language and direction, and never short of a letter in silence."""

import re
import threading
import zlib

import pytest

from reports import pages, poster
from rules.council import Council

COUNCIL = Council(name="Royal Borough of Testing")


def sample(**other):
    asked = poster.Poster("https://t.me/care_bot?start=wall", "wall", "care", ("en",))
    return poster.of(asked, COUNCIL) | other


def inside(pdf):
    """The bytes of a PDF with every packed stream after it, unpacked."""
    unpacked = []
    for match in re.finditer(rb"stream\r?\n(.*?)\r?\nendstream", pdf, re.DOTALL):
        try:
            unpacked.append(zlib.decompress(match[1]))
        except zlib.error:
            unpacked.append(match[1])
    return b"\n".join([pdf, *unpacked])


def test_a_page_is_tagged_and_has_a_title_and_a_language():
    made = inside(pages.pdf("poster", sample(), language="en"))
    assert made.startswith(b"%PDF-")
    for sign in (b"/StructTreeRoot", b"/Marked true", b"/Lang(en)", b"pdfuaid:part>1<", b"/Alt"):
        assert sign in made.replace(b"/Lang (en)", b"/Lang(en)"), sign
    assert b"Royal Borough of Testing: a poster for care workers" in made
    assert b"/DisplayDocTitle true" in made


def test_the_same_words_make_the_same_bytes():
    assert pages.pdf("poster", sample()) == pages.pdf("poster", sample())
    assert pages.pdf("poster", sample()) != pages.pdf("poster", sample(council="Another"))


@pytest.mark.parametrize("language", ["ar", "ar-x-draft", "ar_EG"])
def test_a_page_says_its_language_however_it_is_written(language):
    assert b"/Lang(ar)" in inside(pages.pdf("poster", sample(), language=language)).replace(b"/Lang (", b"/Lang(")


def test_letters_that_no_font_has_are_named_and_no_page_is_made():
    words = sample(council="Council of \U00010600\U00010601")
    for make in (pages.pdf, pages.png):
        with pytest.raises(pages.MissingLetters) as refused:
            make("poster", words)
        assert refused.value.letters == "\U00010600\U00010601"


def test_what_people_type_is_words_and_never_instructions():
    plain = pages.pdf("poster", sample(council="plain"))
    odd = pages.pdf("poster", sample(council='#panic("x") $x$ *b* <y> \\ "quoted" //'))
    assert len(odd) > len(plain)


def test_a_page_that_must_be_one_sheet_says_when_it_is_two():
    long = {**sample()["languages"][0], "want": "Many words. " * 400}
    with pytest.raises(pages.TooLong):
        pages.one_page("poster", sample(languages=[long]))
    assert pages.one_page("poster", sample()).startswith(b"%PDF-")


def test_a_picture_is_as_large_as_was_asked():
    small, large = (pages.png("poster", sample(), ppi=ppi) for ppi in (36, 72))
    assert (int.from_bytes(small[16:20]), int.from_bytes(large[16:20])) == (298, 595)


def test_several_pages_can_be_made_at_once():
    alone = pages.pdf("poster", sample(council="Borough 3"))
    made, wrong = {}, []

    def make(number):
        try:
            made[number] = pages.pdf("poster", sample(council=f"Borough {number}"))
        except Exception as error:  # noqa: BLE001 - whatever a thread meets is the finding
            wrong.append(error)

    threads = [threading.Thread(target=make, args=(number,)) for number in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert wrong == []
    assert made[3] == alone
    assert len(set(made.values())) == 6
