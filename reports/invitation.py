"""One meeting as a calendar file that phones open: RFC 5545, times in UTC, so that no reader needs a table of zones."""

from dataclasses import dataclass
from datetime import UTC, datetime

_FOLD = 73  # octets to a line; the standard allows 75 with the break


@dataclass(frozen=True)
class Event:
    """What the calendar shows. Instants are unix seconds; `sequence` grows with each change, so that it replaces."""

    uid: str
    title: str
    starts_at: int
    ends_at: int
    place: str
    words: str
    sequence: int
    written_at: int


def calendar_file(event: Event) -> bytes:
    """The event as an .ics file."""
    lines = (
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        "PRODID:-//Care Compact//EN",
        "BEGIN:VEVENT",
        f"UID:{_typed(event.uid)}",
        f"SEQUENCE:{event.sequence}",
        f"DTSTAMP:{_instant(event.written_at)}",
        f"DTSTART:{_instant(event.starts_at)}",
        f"DTEND:{_instant(event.ends_at)}",
        f"SUMMARY:{_typed(event.title)}",
        f"LOCATION:{_typed(event.place)}",
        f"DESCRIPTION:{_typed(event.words)}",
        "END:VEVENT",
        "END:VCALENDAR",
    )
    return b"".join(_folded(line) for line in lines)


def _instant(at: int) -> str:
    return f"{datetime.fromtimestamp(at, UTC):%Y%m%dT%H%M%SZ}"


def _typed(words: str) -> str:
    """Somebody's words as a TEXT value: section 3.3.11."""
    plain = words.replace("\\", "\\\\").replace(";", "\\;").replace(",", "\\,")
    return "\\n".join(plain.splitlines())


def _folded(line: str) -> bytes:
    """A content line, broken between signs and never inside one: section 3.1."""
    parts, part = [], b""
    for sign in line:
        octets = sign.encode()
        if len(part) + len(octets) > _FOLD:
            parts.append(part)
            part = b""
        part += octets
    return b"\r\n ".join([*parts, part]) + b"\r\n"
