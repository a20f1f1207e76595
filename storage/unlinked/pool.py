"""What workers wrote, until it is released."""

import sqlite3

from rules import codes
from rules.release import LONGEST, SHORTEST
from storage.unlinked.pepper import Hashing
from storage.wire import storable

# A message may come again after its item was released. Not OR IGNORE, which also drops what a CHECK refuses.
_PUT = """
INSERT INTO pool (slot, box, topic, body)
SELECT :slot, :box, :topic, :body WHERE NOT EXISTS (SELECT 1 FROM issued WHERE slot = :slot)
ON CONFLICT (slot) DO NOTHING
"""


def put(connection: sqlite3.Connection, hashing: Hashing, code: str, text: str, topic: str) -> bool:
    """Whether the item is new; the same words under the same code land once. Raises ValueError."""
    read, body = codes.read(code), kept(text)
    if read is None:
        raise ValueError("that is no code")
    values = {"slot": hashing.slot(read, body), "box": hashing.box(read), "topic": topic, "body": body}
    return connection.execute(_PUT, values).rowcount == 1


def kept(text: str) -> str:
    """The text as it is kept: trimmed, without NUL or half characters. Raises ValueError when too short or long."""
    body = str(storable(text)).replace("\0", "").strip()
    if not SHORTEST <= len(body) <= LONGEST:
        raise ValueError(f"an item has {SHORTEST} to {LONGEST} characters")
    return body
