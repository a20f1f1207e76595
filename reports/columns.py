"""The columns of the response log, in the order an officer reads them, each with its meaning in a sentence."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from hashlib import blake2b
from operator import itemgetter
from typing import Any
from zoneinfo import ZoneInfo

from rules.local_time import band
from storage.export_rows import COLUMNS

Row = tuple[Any, ...]


@dataclass(frozen=True)
class Column:
    """A column: its heading, the column of the stream or derived value it shows, its meaning, its width in letters.

    `typed` is a cell that holds what somebody typed.
    """

    head: str
    source: str
    meaning: str
    width: int = 14
    typed: bool = False


DERIVED = ("row", "person", "date", "weekday", "time_band", "meeting_date", "meeting_time_band", "delay_minutes")

PSEUDONYMOUS = (
    Column("row", "row", "The row's number in this file.", 6),
    Column("person", "person", "The same person has the same key within this file, and "
           "another one in every other file. Empty: a place.", 12),
    Column("approach", "approach", "The code of the approach: the way in which contact was tried.", 14, typed=True),
    Column("approach_kind", "approach_kind", "What kind of approach it was.", 18, typed=True),
    Column("variant", "variant", "The wording or design, where an approach has several.", 14, typed=True),
    Column("approach_title", "approach_title", "What staff call the approach.", 20, typed=True),
    Column("approach_sender", "approach_sender", "In whose name it goes: council, provider, partner, "
           "worker, or a name.", 12, typed=True),
    Column("approach_language", "approach_language", "The language it is in; empty is several, or not said.", 9),
    Column("approach_cost_pence", "approach_cost_pence", "What each use of it costs, in pence.", 9),
    Column("approach_staff_minutes", "approach_staff_minutes", "Minutes of staff time each use of it takes.", 9),
    Column("contact_mode", "contact_mode", "telegram, call, visit, email, letter, whatsapp, in_person, through, "
           "paper, poster, leaflet, stall, radio or peer.", 13),
    Column("attempt_number", "attempt_number", "Which attempt to reach this person about this "
           "meeting it was. Empty: it never left us.", 9),
    Column("purpose", "purpose", "invite, reminder, place_free, cancelled, changed, welcome_back, notice, poll, "
           "poll_reminder, by_hand, and others of the same making.", 12),
    Column("about", "about_what", "What it was about: meeting, poll, claim, organisation or nothing.", 12),
    Column("meeting_number", "meeting_id", "The meeting it was about; 0 is none.", 9),
    Column("meeting", "meeting", "The meeting's title.", 30, typed=True),
    Column("poll_number", "poll_id", "The poll about times it was about. Empty: none.", 9),
    Column("poll", "poll", "The poll's title.", 30, typed=True),
    Column("strand", "strand", "network: the care workers' network. board: the workforce board.", 10),
    Column("meeting_mode", "meeting_mode", "in_person or online.", 11),
    Column("meeting_standing", "meeting_standing", "How the meeting stands when the file is made: draft, open, full "
           "(no place left), moved (open, at another time than first said), closed or cancelled.", 12),
    Column("meeting_date", "meeting_date", "The local date of the meeting.", 12),
    Column("meeting_time_band", "meeting_time_band", "The part of the day in which it "
           "starts; bands as in time_band.", 13),
    Column("venue", "venue", "Where it is held.", 24, typed=True),
    Column("venue_kind", "venue_kind", "What kind of place that is.", 16),
    Column("date", "date", "The local date on which the attempt left; for one that has not left, "
           "the day it is or was due.", 12),
    Column("weekday", "weekday", "The day of the week of that date.", 10),
    Column("time_band", "time_band", "early 05-09, morning 09-13, afternoon 13-17, evening "
           "17-22, late 22-02, small_hours 02-05, local time.", 12),
    Column("language", "language", "The language it was in.", 9),
    Column("reward_offered", "reward", "The reward offered, as it stood when the "
           "attempt was written down. Empty: none.", 24, typed=True),
    Column("offer", "offer", "The number of the offer that was frozen on the attempt: the same number is the same "
           "offer, word for word. Empty: none from the catalogue.", 7),
    Column("arm", "arm", "Which group of a split audience the person was drawn for, at random and once for the "
           "meeting: A, B, C or D. Empty: the audience was not split.", 5),
    Column("delivery_state", "state", "What became of the message. accepted: Telegram took it, which "
           "is not the same as read. by_hand: done by a person.", 14),
    Column("delivery_reason", "why", "Why it has that state: why it was held back, skipped, or could not be sent.", 18),
    Column("final_state", "final_state", "How the attempt ended: answered, late (after it had closed), "
           "no_response, or its delivery_state while open or never sent.", 13),
    Column("answer", "answer", "yes, maybe, no; by hand: spoke, left_message, no_answer, wrong_contact, call_back, "
           "refused, will_pass_on, passed_on, not_attempted. Empty is not a no.", 12),
    Column("answer_reason", "answer_why", "The reason given, when one was: work, asleep, travel, childcare, "
           "money, worried, language, not_useful, not_said. Of one not attempted by hand: no_number, "
           "asked_not_to, language, no_time, other.", 14),
    Column("response_delay_minutes", "delay_minutes", "Whole minutes from the attempt to the answer.", 12),
    Column("market", "market", "The kind of care work the person does. Empty: "
           "not asked. not_said: prefers not to say.", 18),
    Column("shift", "shift", "The person's usual shift.", 10),
    Column("job", "job", "The person's role at work.", 14),
    Column("first_approach", "first_approach", "The approach that first brought this person to us.", 16, typed=True),
    Column("stands_in", "corrects", "1: written to correct another row. That one stays, with the delivery_reason "
           "corrected, and is not counted.", 9),
    Column("call_back_hours", "call_back_hours", "They asked to be called again: in how many hours. Empty: they named "
           "no time, or did not ask.", 11),
    Column("needs_person", "needs_person", "1: whoever logged it said that a person is needed, and nobody has been "
           "there yet.", 9),
    Column("talked_to", "talked_to", "Of a row for many people at once: how many were talked to.", 9),
    Column("took_one", "took_one", "Of such a row: how many took a card or a leaflet.", 9),
    Column("organisation_kind", "organisation_kind", "provider or partner, where the attempt was to an organisation or "
           "to somebody who speaks for one.", 12),
    Column("organisation_size", "organisation_size", "How many people it employs: 1-9, 10-49, 50-249 or 250+.", 10),
    Column("invented", "invented", "1: an invented person of a rehearsal. A file never mixes the two.", 9),
)  # fmt: skip

IDENTIFIED = (
    *PSEUDONYMOUS,
    Column("name", "display_name", "The person's name, as they gave it.", 24, typed=True),
    Column("employer", "employer", "The person's employer, if they gave one.", 24, typed=True),
    Column("place", "place", "Who or where, when the attempt was to no person on record.", 24, typed=True),
    Column("note", "note", "What the person who logged it wrote.", 40, typed=True),
    Column("organisation", "organisation", "The organisation, when the attempt was to one.", 24, typed=True),
    Column("correction", "correction", "Why the row that this one stands in for was wrong.", 30, typed=True),
)


class Sheet:
    """Turns rows of the stream into cells. `secret` makes the keys of people; without it nobody can make them again."""

    def __init__(self, columns: Sequence[Column], zone: ZoneInfo, secret: bytes) -> None:
        places = {name: place for place, name in enumerate((*COLUMNS, *DERIVED))}
        self._pick: Callable[[Row], Row] = itemgetter(*(places[column.source] for column in columns))
        self._person, self._due, self._sent, self._starts, self._delay = (
            places[name] for name in ("person_id", "due_at", "sent_at", "meeting_starts_at", "response_delay")
        )
        self._key = _keys(secret)
        self._day = _days(zone)
        self._written = 0

    def cells(self, rows: Sequence[Row]) -> list[list[Any]]:
        """The cells of these rows, numbered on from the rows before."""
        return [self._cells(row) for row in rows]

    def _cells(self, row: Row) -> list[Any]:
        self._written += 1
        sent, starts, delay = row[self._sent], row[self._starts], row[self._delay]
        # A quarter of an hour is the finest step in which any zone's clock differs from another's.
        day = self._day((row[self._due] if sent is None else sent) // 900)
        meeting = self._day(starts // 900) if starts is not None else _NO_DAY
        minutes = None if delay is None else delay // 60
        derived = (self._written, self._key(row[self._person]), *day, meeting[0], meeting[2], minutes)
        return list(self._pick((*row, *derived)))


_NO_DAY = ("", "", "")
_WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")


def _days(zone: ZoneInfo) -> Callable[[int], tuple[str, str, str]]:
    @lru_cache(maxsize=20_000)
    def day(quarter: int) -> tuple[str, str, str]:
        """Date, weekday and band of this quarter of an hour, counted from the epoch."""
        local = datetime.fromtimestamp(quarter * 900, zone)
        return f"{local:%Y-%m-%d}", _WEEKDAYS[local.weekday()], band(quarter * 900, zone)

    return day


def _keys(secret: bytes) -> Callable[[int | None], str]:
    @lru_cache(maxsize=10_000)
    def key(person_id: int | None) -> str:
        """Ten letters and digits for this person, different under another secret."""
        return "" if person_id is None else blake2b(str(person_id).encode(), key=secret, digest_size=5).hexdigest()

    return key
