"""The forms of the chat on paper: signing up, and when somebody is free. Each box has the code to type it in by.

Both are made of what the chat's own questions are made of (rules/sign_up.py, the bands setting), so they cannot differ.
"""

from dataclasses import dataclass
from datetime import time

from babel.dates import get_day_names

import texts
from reports import pages, poster
from rules import paper_week, sign_up
from rules.bands import Band
from rules.council import Council

FORMS = ("join", "free")


@dataclass(frozen=True)
class Paper:
    """Which form, the address behind the code, the approach's code, and the language."""

    form: str
    link: str
    code: str
    language: str


def sheet(paper: Paper, council: Council) -> bytes:
    """The form as a PDF of one page. Raises pages.MissingLetters, pages.TooLong, and ValueError for no such form."""
    return pages.one_page(f"paper_{paper.form}", of(paper, council), language=paper.language)


def of(paper: Paper, council: Council) -> dict[str, object]:
    """What the template needs. Raises ValueError for a form there is none of."""
    if paper.form not in FORMS:
        raise ValueError(f"no form {paper.form}")
    own = {"questions": _questions(paper, council)} if paper.form == "join" else _week(paper, council)
    return _common(paper, council) | own


def _common(paper: Paper, council: Council) -> dict[str, object]:
    def say(name: str, **values: object) -> str:
        return texts.plain(paper.language, name, **values)

    version = council.notice_version
    draft = say("sheet.draft") if texts.is_draft(paper.language) else ""
    return {
        "title": say(f"sheet.{paper.form}.title"),
        "council": council.name,
        "hello": say(f"sheet.{paper.form}.hello", council=council.name),
        "employer": say("poster.employer"),
        "how": say(f"sheet.{paper.form}.how"),
        "fields": [say(f"sheet.field.{field}") for field in ("name", "contact")],
        "notice": say("sheet.notice.contact" if council.privacy_contact else "sheet.notice",
                      council=council.name, contact=council.privacy_contact).splitlines(),
        "yes": say("sheet.yes", council=council.name),
        "sign": [say("sheet.sign"), say("sheet.date")],
        "back": say("sheet.back"),
        "square": poster.square(paper.link),
        "alt": say("poster.alt", link=paper.link),
        "small": " · ".join(filter(None, (say("sheet.code", code=paper.code, version=version), draft))),
    }  # fmt: skip


def _questions(paper: Paper, council: Council) -> list[dict[str, object]]:
    """Each question with its boxes: the code to type, and the words."""
    return [
        {
            "words": texts.plain(paper.language, f"sheet.ask.{one.field}"),
            "boxes": [[code, _called(paper.language, council, one.field, value)] for code, value in one.values.items()],
        }
        for one in sign_up.questions(council)
    ]


def _called(language: str, council: Council, field: str, value: str) -> str:
    own = council.market_names.get(value) if field == "market" else None
    return own or texts.plain(language, f"{field}.{value}")


def _week(paper: Paper, council: Council) -> dict[str, object]:
    names = get_day_names("wide", locale=paper.language.partition("-")[0])
    columns = paper_week.marks(council.bands)
    return {
        "days": [[mark, str(names[place]).capitalize()] for place, mark in enumerate(paper_week.DAYS)],
        "bands": [
            [mark, _band(paper.language, band), f"{_clock(band.starts)}–{_clock(band.ends)}"]
            for mark, band in zip(columns, council.bands, strict=True)
        ],
    }


def _band(language: str, band: Band) -> str:
    return texts.plain(language, f"sheet.band.{band.code}") if texts.exists(f"sheet.band.{band.code}") else ""


def _clock(at: time) -> str:
    return f"{at:%H:%M}"
