"""One attempt to reach somebody, with what is known of the person and the meeting at the moment it was read."""

import sqlite3
from dataclasses import dataclass


@dataclass(frozen=True)
class Attempt:
    """A row of the view `known_attempt`. Instants are unix seconds; `about` is the id of a meeting or poll; 0 is none.

    `said` and `held` are the person's answer and place for that meeting as they stand. `state` moves as
    rules/transitions allows; `outcome` is None while an answer may still come. `offer_id` and `arm` are what was
    offered, frozen when the row was written.
    """

    id: int
    person_id: int | None
    place: str | None
    approach_id: int
    reason: str
    about: int
    sequence: int
    broadcast_id: int | None
    language: str
    reward: str
    state: str
    why: str
    due_at: int
    until_at: int | None
    tries: int
    planned_at: int
    sent_at: int | None
    message_id: int | None
    silent_at: int | None
    outcome: str | None
    answered_at: int | None
    answer: str
    answer_why: str
    note: str
    made_by: int | None
    changed_at: int
    offer_id: int | None
    arm: str
    organisation_id: int | None
    call_back_at: int | None
    needs_person: bool
    corrects: int | None
    correction: str
    placement_id: int | None
    telegram_id: int | None
    display_name: str | None
    market: str | None
    shift: str | None
    quiet_from: str | None
    quiet_until: str | None
    moved_from: str | None
    moved_until: str | None
    moved_end_at: int | None
    paused_until: int | None
    stopped_at: int | None
    unreachable_at: int | None
    consented: bool
    invented: bool
    meeting_state: str | None
    meeting_starts_at: int | None
    said: str | None
    held: str | None
    poll_state: str | None
    has_voted: bool


def of_row(row: sqlite3.Row) -> Attempt:
    """A row of the view `known_attempt`."""
    flags = {name: bool(row[name]) for name in ("consented", "invented", "has_voted", "needs_person")}
    return Attempt(**{name: row[name] for name in Attempt.__dataclass_fields__} | flags)
