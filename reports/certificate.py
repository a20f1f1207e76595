"""Two papers for somebody's own folder: the certificate of one meeting, and the record of everything they gave."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from io import BytesIO

import segno

import texts
from reports import pages
from rules.council import Council
from storage.contributions import Attended, Contribution, in_hours

_EN = "en"


@dataclass(frozen=True)
class Paper:
    """Whose it is and where it comes from. `language` is the worker's own; English always stands beside it.

    `bot` is the bot's username; `invented`: somebody of a rehearsal, and the paper says so.
    """

    name: str
    language: str
    bot: str
    council: Council
    invented: bool = False


def certificate(paper: Paper, meeting: Attended, code: str) -> bytes:
    """The certificate as a tagged PDF. Raises reports.pages.MissingLetters when a name cannot be printed here."""
    return pages.pdf("certificate", certificate_data(paper, meeting, code))


def record(paper: Paper, given: Contribution, now: datetime) -> bytes:
    """The record of everything given, as a tagged PDF, as of `now` on the council's clock. Raises MissingLetters."""
    return pages.pdf("record", record_data(paper, given, now), language=_EN)


def certificate_data(paper: Paper, meeting: Attended, code: str) -> dict[str, object]:
    """What stands on the certificate; each text as a pair of English and the worker's own language."""
    facts = [
        _fact(paper, "certificate.date", texts.words("certificate.day", day=meeting.starts.date())),
        _fact(paper, "certificate.hours", in_hours(meeting.minutes)),
    ]
    if meeting.theme:
        facts.append(_fact(paper, "certificate.theme", texts.words(f"certificate.theme.{meeting.theme}")))
    return {
        **_common(paper, "certificate.title"),
        "document": texts.plain(_EN, "certificate.document", name=paper.name, title=meeting.title),
        "says": _both(paper, "certificate.says"),
        "took_part": _both(paper, "certificate.took_part"),
        "thanks": _both(paper, "certificate.thanks"),
        "meeting": meeting.title,
        "facts": facts,
        "signed": paper.council.certificate_signer,
        "for_council": _both(paper, "certificate.for", council=paper.council.name),
        "check": _both(paper, "certificate.check", bot=f"@{paper.bot}"),
        "code": code,
        "square": _square(f"https://t.me/{paper.bot}?start=verify-{code.replace('-', '')}"),
        "square_says": texts.plain(_EN, "certificate.square"),
    }


def record_data(paper: Paper, given: Contribution, now: datetime) -> dict[str, object]:
    """What stands in the record, in the same pairs."""
    sums = (("meetings", len(given.attended)), ("hours", given.hours), ("votes", given.votes), ("led", given.led))
    return {
        **_common(paper, "record.title"),
        "document": texts.plain(_EN, "record.document", name=paper.name),
        "sums": [_fact(paper, f"record.{name}", value) for name, value in sums],
        "heads": [_both(paper, name) for name in ("record.date", "record.meeting", "record.hours")],
        "rows": [_row(one) for one in given.attended],
        "until": _both(paper, "record.until", day=now.date()),
        "thanks": _both(paper, "record.thanks"),
    }


def _row(one: Attended) -> list[str]:
    day = texts.plain(_EN, "record.day", day=one.starts.date())
    theme = texts.plain(_EN, f"certificate.theme.{one.theme}") if one.theme else ""
    return [day, one.title, theme, texts.plain(_EN, "certificate.number", value=in_hours(one.minutes))]


def _common(paper: Paper, title: str) -> dict[str, object]:
    rehearsal = texts.plain(_EN, "certificate.rehearsal") if paper.invented else ""
    return {
        "council": paper.council.name,
        "name": paper.name,
        "language": paper.language.partition("-")[0],
        "rtl": texts.direction(paper.language) == "rtl",
        "title": _both(paper, title),
        "rehearsal": rehearsal,
    }


def _fact(paper: Paper, label: str, value: texts.Words | float) -> Mapping[str, object]:
    return {"label": _both(paper, label), "value": _both(paper, "certificate.number", value=value)}


def _both(paper: Paper, name: str, **values: object) -> list[str]:
    """The text in English and in the worker's own language; '' where that is English, or says the same."""
    english, own = (texts.plain(language, name, **values) for language in (_EN, paper.language))
    return [english, "" if own == english else own]


def _square(address: str) -> str:
    drawn = BytesIO()
    segno.make(address, error="m").save(drawn, kind="svg", border=2, dark="#0b4a55", xmldecl=False)
    return drawn.getvalue().decode()
