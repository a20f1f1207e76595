"""Taps after a meeting: each its own row, released with at least four others, never joined to a person.

A ticket is made when the question is sent and stands in its buttons only. It lets one person answer once and change
their mind until the release, without anybody keeping who was given which.
"""

import base64
import binascii
import secrets
import sqlite3
from dataclasses import dataclass

from storage.unlinked.pepper import Hashing

_HALF = 8
_PUT = """
INSERT INTO pulse (slot, meeting, wave, question, answer, week)
VALUES (:slot, :meeting, :wave, :question, :answer, '')
ON CONFLICT (slot) DO UPDATE SET answer = excluded.answer WHERE week = ''
"""
_SHOWN = """
SELECT wave, question, answer, count(*) FROM pulse WHERE meeting = :meeting AND week != ''
GROUP BY wave, question, answer ORDER BY wave, question, answer
"""


@dataclass(frozen=True)
class Tap:
    """One answer to one question of one ticket."""

    ticket: str
    meeting: int
    wave: str
    question: str
    answer: str


@dataclass(frozen=True)
class Told:
    """How many gave this answer, among five or more."""

    wave: str
    question: str
    answer: str
    count: int


def ticket(hashing: Hashing, meeting: int, wave: str) -> str:
    """A new ticket of 22 characters for one person's buttons. Keep it nowhere else."""
    half = secrets.token_bytes(_HALF)
    return base64.urlsafe_b64encode(half + _proof(hashing, meeting, wave, half)).rstrip(b"=").decode()


def put(connection: sqlite3.Connection, hashing: Hashing, tap: Tap) -> bool:
    """Whether the answer counts: not with a ticket of another meeting or wave, nor after the release."""
    half = _half(hashing, tap)
    if half is None:
        return False
    values = {
        "slot": hashing.mark("pulse", half, tap.question),
        "meeting": str(tap.meeting),
        "wave": tap.wave,
        "question": tap.question,
        "answer": tap.answer,
    }
    return connection.execute(_PUT, values).rowcount == 1


def told(connection: sqlite3.Connection, meeting: int) -> list[Told]:
    """The released answers about a meeting, counted."""
    return [Told(*row) for row in connection.execute(_SHOWN, {"meeting": str(meeting)})]


def _half(hashing: Hashing, tap: Tap) -> bytes | None:
    try:
        both = base64.urlsafe_b64decode(tap.ticket + "==")
    except (binascii.Error, ValueError):
        return None
    half, proof = both[:_HALF], both[_HALF:]
    return half if secrets.compare_digest(proof, _proof(hashing, tap.meeting, tap.wave, half)) else None


def _proof(hashing: Hashing, meeting: int, wave: str, half: bytes) -> bytes:
    return hashing.mark("ticket", str(meeting), wave, half)[:_HALF]
