"""What the texts need to know of a meeting: its own fields, when it ends, and where it is in one line."""

from collections.abc import Mapping
from datetime import datetime
from zoneinfo import ZoneInfo

import texts
from handlers.saying import shortened
from storage.meetings import Meeting
from storage.needs import Needed

TITLE_ON_A_BUTTON = 30


def where(meeting: Meeting) -> str:
    """The venue's name and address as people type them; '' for a meeting online."""
    return ", ".join(part for part in (meeting.venue_name, meeting.venue_address) if part)


def ends(meeting: Meeting) -> datetime:
    """The moment it ends, on the clock of its own zone."""
    return datetime.fromtimestamp(meeting.ends_at, ZoneInfo(meeting.zone))


def details(meeting: Meeting) -> Mapping[str, object]:
    """Values for a text about `meeting`."""
    return {"meeting": meeting, "ends": ends(meeting), "where": where(meeting)}


def in_a_line(meeting: Meeting) -> Mapping[str, object]:
    """Values for a button about `meeting`: the title no longer than a button can show, its standing when not open."""
    told = texts.words(f"meeting.on_line.{meeting.standing}") if meeting.standing != "open" else ""
    return {"meeting": meeting, "title": shortened(meeting.title, TITLE_ON_A_BUTTON), "standing": told}


def standing(meeting: Meeting, now: int) -> texts.Words:
    """What a meeting is at `now` (unix seconds), in words for staff."""
    if is_on(meeting, now):
        return texts.words("meeting.standing.on")
    over = meeting.state == "open" and meeting.starts_at <= now
    return texts.words("meeting.standing.over" if over else f"meeting.standing.{meeting.standing}")


def is_on(meeting: Meeting, now: int) -> bool:
    """Whether it has begun, is not over at `now` (unix seconds), and was not closed or called off."""
    return meeting.state == "open" and meeting.starts_at <= now < meeting.ends_at


def full(meeting: Meeting) -> texts.Words | str:
    """For somebody who is asked: that it is full and they can wait; nothing while there are places."""
    return texts.words("rsvp.full") if meeting.standing == "full" else ""


def need_line(one: Needed) -> texts.Words:
    """Who needs what, and their own words about it."""
    need, name = texts.words(f"more.kind.{one.need}"), one.display_name or texts.words("queue.nameless")
    return texts.words("more.need_line.words" if one.words else "more.need_line", name=name, need=need, words=one.words)


def can_change(meeting: Meeting | None, now: int) -> bool:
    """Whether its facts can still be changed at `now` (unix seconds): a draft or open, and not begun."""
    return meeting is not None and meeting.state in ("draft", "open") and now < meeting.starts_at


def is_open(meeting: Meeting | None, now: int) -> bool:
    """Whether people can still answer: open, and not begun at `now` (unix seconds)."""
    return meeting is not None and meeting.state == "open" and now < meeting.starts_at
