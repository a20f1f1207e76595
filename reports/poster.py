"""An approach on paper, A4 or A5: one code to scan, plain words in each language, and the link typed out."""

import io
from collections.abc import Sequence
from dataclasses import dataclass

import segno

import texts
from reports import pages
from rules.council import Council

SIZES = ("a4", "a5")
MOST_LANGUAGES = 7
HEADLINES = ("care", "say", "meet")
_SCALES, _SMALLEST = (1.0, 0.93, 0.86, 0.8), 0.72
_STEPS = ("scan", "open", "answer")


@dataclass(frozen=True)
class Poster:
    """What is printed: the address behind the code, the approach's code, which headline, and the languages in order."""

    link: str
    code: str
    headline: str
    languages: Sequence[str]
    size: str = "a4"


def square(link: str) -> str:
    """The QR code of `link` as an SVG, its quiet zone of four modules around it (ISO/IEC 18004).

    Level Q: it is read with a quarter of it torn or dirty.
    """
    drawn = io.BytesIO()
    segno.make(link, error="q", micro=False).save(drawn, kind="svg", scale=4, border=4, xmldecl=False)
    return drawn.getvalue().decode()


def picture(link: str) -> bytes:
    """The same code as a PNG for a chat."""
    drawn = io.BytesIO()
    segno.make(link, error="q", micro=False).save(drawn, kind="png", scale=12, border=4)
    return drawn.getvalue()


def sheet(poster: Poster, council: Council) -> bytes:
    """The poster or card as a PDF of one page, as large as its words allow.

    Raises pages.MissingLetters, ValueError, and pages.TooLong when even the smallest does not fit.
    """
    data, language = of(poster, council), poster.languages[0]
    for scale in _SCALES:
        try:
            return pages.one_page("poster", data | {"scale": scale}, language=language)
        except pages.TooLong:
            continue
    return pages.one_page("poster", data | {"scale": _SMALLEST}, language=language)


def of(poster: Poster, council: Council) -> dict[str, object]:
    """What the template needs. Raises ValueError for a size there is none of, or for no or too many languages."""
    if poster.size not in SIZES or not 0 < len(poster.languages) <= MOST_LANGUAGES:
        raise ValueError("a poster is A4 or A5, in one to seven languages")
    first = poster.languages[0]
    drafts = any(texts.is_draft(code) for code in poster.languages)
    return {
        "title": texts.plain(first, "poster.title", council=council.name),
        "council": council.name,
        "paper": poster.size,
        "scale": 1.0,
        "link": poster.link,
        "square": square(poster.link),
        "small": texts.plain(first, "poster.draft" if drafts else "poster.code", code=poster.code),
        "languages": [_spoken(code, poster, council) for code in poster.languages],
    }


def _spoken(code: str, poster: Poster, council: Council) -> dict[str, object]:
    headline = poster.headline if poster.headline in HEADLINES else HEADLINES[0]
    return {
        "code": code.partition("-")[0].partition("_")[0],
        "headline": texts.plain(code, f"poster.headline.{headline}"),
        "want": texts.plain(code, "poster.want", council=council.name),
        "steps": [texts.plain(code, f"poster.step.{step}") for step in _STEPS],
        "employer": texts.plain(code, "poster.employer"),
        "type": texts.plain(code, "poster.type"),
        "alt": texts.plain(code, "poster.alt", link=poster.link),
    }
