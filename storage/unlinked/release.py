"""The weekly release: what waited long enough, or in enough company, becomes readable."""

import random
import sqlite3
from collections.abc import Mapping

from rules.release import WAITS_WEEKS, plan, weeks_between

_STANDING = "SELECT week, since FROM standing"
_WAITING = "SELECT slot, topic FROM pool"
_COPY = "INSERT INTO issued (slot, box, topic, body, week) SELECT slot, box, ?, body, ? FROM pool WHERE slot = ?"
_REMOVE = "DELETE FROM pool WHERE slot = ?"
_RELEASED = "UPDATE standing SET week = ?, since = ?"
_PULSES = """
UPDATE pulse SET week = :week WHERE week = '' AND (meeting, wave, question) IN (
    SELECT meeting, wave, question FROM pulse WHERE week = '' GROUP BY meeting, wave, question
    HAVING count(*) >= :threshold
)
"""


def release(connection: sqlite3.Connection, week: str, eligible: Mapping[str, int], k: int, threshold: int) -> int:
    """How many items were released; 0 when this week's release was before. Raises ValueError as `plan` does."""
    last, since = connection.execute(_STANDING).fetchone()
    overdue = bool(since) and weeks_between(since, week) >= WAITS_WEEKS
    if week <= last:
        return 0
    draw = random.SystemRandom()
    waiting = dict(connection.execute(_WAITING).fetchall())
    topics = plan(waiting, eligible, overdue=overdue, draw=draw, k=k, threshold=threshold)
    for slot in draw.sample(sorted(topics), len(topics)):
        connection.execute(_COPY, (topics[slot], week, slot))
        connection.execute(_REMOVE, (slot,))
    connection.execute(_PULSES, {"week": week, "threshold": threshold})
    # Since when is known of the pool as a whole: of one item it would be the week it came in.
    connection.execute(_RELEASED, (week, (since or week) if len(topics) < len(waiting) else ""))
    return len(topics)
