"""Pages for print: a Typst template beside this file and data become a tagged PDF, or a picture to look at.

Templates build on `house.typ`, which gives every page the council's look. The PDF keeps to PDF/UA-1 (ISO 14289-1), so a
screen reader can read it, and it holds no date and no author: the same data give the same bytes. The calls take from
some milliseconds to a second of one core; from the running program they go through `asyncio.to_thread`.
"""

import json
import re
from collections.abc import Mapping
from functools import cache
from importlib.util import find_spec
from pathlib import Path
from threading import Lock
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from typst import Compiler, TypstError

_ONE_AT_A_TIME = Lock()  # the compiler refuses two threads at once
_FOLDER = Path(__file__).parent
_UNREADABLE = re.compile(r'the text `"(.*?)"` could not be displayed')
_ESCAPED = re.compile(r"\\u\{([0-9a-f]+)\}")


class MissingLetters(Exception):
    """No font on this machine has these letters, in `letters`; a page without them would be wrong in silence."""

    def __init__(self, letters: str) -> None:
        super().__init__(f"no font on this machine has the letters {letters}: install one that does, such as Noto")
        self.letters = letters


class TooLong(Exception):
    """The words do not fit the page; `pages` is how many they would take."""

    def __init__(self, pages: int) -> None:
        super().__init__(f"the words take {pages} pages, not one")
        self.pages = pages


def pdf(template: str, data: Mapping[str, object], *, language: str = "en") -> bytes:
    """The page `<template>.typ` made of `data` as a tagged PDF; `language` is what its own words are in.

    `data` must be something JSON can hold, with a `title` and the `council`. Raises MissingLetters, and
    typst.TypstError for a template that cannot be read.
    """
    return _made(template, data, language, format="pdf", pdf_standards=["ua-1"])[0]


def png(template: str, data: Mapping[str, object], *, ppi: int = 144, language: str = "en") -> bytes:
    """The first page as a picture, `ppi` dots to the inch. Raises as `pdf` does: it may not lack letters either."""
    pdf(template, data, language=language)
    return _made(template, data, language, format="png", ppi=ppi)[0]


def one_page(template: str, data: Mapping[str, object], *, language: str = "en") -> bytes:
    """As `pdf`, for what has to be one sheet. Raises TooLong when it is not."""
    sheet = pdf(template, data, language=language)
    pages = len(_made(template, data, language, format="png", ppi=1))
    if pages > 1:
        raise TooLong(pages)
    return sheet


def _made(template: str, data: Mapping[str, object], language: str, **wanted: Any) -> list[bytes]:
    import typst  # noqa: PLC0415 - 81 MB of machine code that most commands never need

    inputs = {"data": json.dumps(data), "language": language.partition("-")[0].partition("_")[0]}
    try:
        with _ONE_AT_A_TIME:
            made, _ = _compiler().compile_with_warnings(_FOLDER / f"{template}.typ", sys_inputs=inputs, **wanted)
    except typst.TypstError as error:
        raise _missing(error) or error from None
    return made if isinstance(made, list) else [made or b""]


@cache
def _compiler() -> "Compiler":
    """Typst with our letters first and the machine's after them; the fonts are read once."""
    import typst  # noqa: PLC0415 - large, and seldom needed

    spec = find_spec("font_source_sans_pro")
    letters = [Path(place) / "files" for place in (spec.submodule_search_locations or [] if spec else [])]
    return typst.Compiler(root=_FOLDER, font_paths=letters)


def _missing(error: "TypstError") -> MissingLetters | None:
    found = "".join(_UNREADABLE.findall(error.diagnostic))
    plain = _ESCAPED.sub(lambda sign: chr(int(sign[1], 16)), found)
    return MissingLetters("".join(dict.fromkeys(plain))) if plain else None
