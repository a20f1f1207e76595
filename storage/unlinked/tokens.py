"""Paper tokens: one-use codes on slips, for people without a phone of their own.

A token proves itself (half of it is made from the other half and the pepper), so no list of tokens is kept, and
nothing says which slip was given to whom. It is also the code of its item's mailbox.
"""

import sqlite3
from collections.abc import Iterator
from enum import Enum
from itertools import count
from secrets import compare_digest

from rules import codes
from storage.unlinked import pool
from storage.unlinked.pepper import Hashing

_BURN = "INSERT INTO burned (token) VALUES (?) ON CONFLICT (token) DO NOTHING"
_THERE = "SELECT 1 FROM pool WHERE slot = :slot UNION ALL SELECT 1 FROM issued WHERE slot = :slot"
_HALF = codes.LENGTH // 2


class Paper(Enum):
    """What became of a slip that was typed in."""

    SAVED = "saved"
    USED = "used"
    """Its token was used for other words."""
    UNKNOWN = "unknown"
    """That is not one of our tokens."""


def fresh(hashing: Hashing) -> Iterator[str]:
    """New tokens without end, as they are written on paper."""
    halves = (codes.fresh()[:_HALF] for _ in count())
    tokens = (half + _proof(hashing, half) for half in halves)
    return (codes.shown(token) for token in tokens if codes.carried(token))


def burn(connection: sqlite3.Connection, hashing: Hashing, token: str) -> bool:
    """Whether the token is ours and was not used before; it is used from now on."""
    read = _ours(hashing, token)
    return read is not None and connection.execute(_BURN, (hashing.mark("burned", read),)).rowcount == 1


def put(connection: sqlite3.Connection, hashing: Hashing, token: str, text: str, topic: str) -> Paper:
    """Burn the token and keep its words, both or neither; typed in again unchanged it is saved still.

    Raises ValueError as `pool.put` does.
    """
    read, body = _ours(hashing, token), pool.kept(text)
    if read is None:
        return Paper.UNKNOWN
    if connection.execute(_THERE, {"slot": hashing.slot(read, body)}).fetchone():
        return Paper.SAVED
    if not burn(connection, hashing, read):
        return Paper.USED
    pool.put(connection, hashing, read, body, topic)
    return Paper.SAVED


def _ours(hashing: Hashing, token: str) -> str | None:
    read = codes.read(token) or ""
    return read if compare_digest(read[_HALF:], _proof(hashing, read[:_HALF])) else None


def _proof(hashing: Hashing, half: str) -> str:
    number = int.from_bytes(hashing.mark("token", half), "big")
    return "".join(codes.ALPHABET[number >> 5 * place & 31] for place in range(_HALF))
