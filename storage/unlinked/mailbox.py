"""What officers read, what they answer, and the mailbox a code opens."""

import sqlite3
from dataclasses import dataclass

from rules import codes
from storage.unlinked.pepper import Hashing
from storage.wire import storable

# By slot: random to everyone, and the same each time.
_ISSUED = """
SELECT slot, topic, body, week FROM issued
WHERE (:week IS NULL OR week = :week) AND (:topic IS NULL OR topic = :topic) ORDER BY slot
"""
_COUNTS = "SELECT week, topic, count(*) FROM issued GROUP BY week, topic ORDER BY week, topic"
_ANSWER = """
INSERT INTO reply (slot, box, body, week)
SELECT :reply, box, :body, :week FROM issued WHERE slot = :slot
ON CONFLICT (slot) DO NOTHING
"""
# No index: every code, right or wrong, reads the whole table.
_REPLIES = "SELECT body, week FROM reply WHERE box = ? ORDER BY week, slot"


@dataclass(frozen=True)
class Item:
    """An issued item. `week` is the ISO week of its release."""

    slot: bytes
    topic: str
    body: str
    week: str


@dataclass(frozen=True)
class Reply:
    """An officer's answer. `week` is the ISO week it was written in."""

    body: str
    week: str


def issued(connection: sqlite3.Connection, week: str | None, topic: str | None) -> list[Item]:
    """The issued items, of one week or one topic where asked."""
    return [Item(*row) for row in connection.execute(_ISSUED, {"week": week, "topic": topic})]


def counts(connection: sqlite3.Connection) -> dict[tuple[str, str], int]:
    """How many items were issued, by week and topic. Not for showing as they are: see `rules.crowd.hidden`."""
    return {(week, topic): count for week, topic, count in connection.execute(_COUNTS)}


def answer(connection: sqlite3.Connection, hashing: Hashing, slot: bytes, text: str, week: str) -> bool:
    """Whether this answer is new and its item is there; the same answer twice lands once.

    Raises sqlite3.IntegrityError for an answer that is empty or over 4,096 characters.
    """
    body = str(storable(text)).replace("\0", "").strip()
    values = {"reply": hashing.mark("reply", slot, body), "slot": slot, "body": body, "week": week}
    return connection.execute(_ANSWER, values).rowcount == 1


def mailbox(connection: sqlite3.Connection, hashing: Hashing, code: str) -> list[Reply]:
    """The answers in a code's mailbox. Whatever was typed costs the same work, and nothing found is always the same."""
    box = hashing.box(codes.read(code) or "no code")
    return [Reply(*row) for row in connection.execute(_REPLIES, (box,))]
