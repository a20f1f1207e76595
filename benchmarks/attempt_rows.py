"""A database with a million attempts, invented by SQLite itself; made once, and kept under build/ for the next run."""

import hashlib
import shutil
import sqlite3
from contextlib import closing
from pathlib import Path

from benchmarks.programs import ROOT, WORK
from storage.migrate import migrate

PER_PERSON = 20
_PEOPLE = """
WITH RECURSIVE place (n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM place WHERE n < :people)
INSERT INTO person (telegram_id, display_name, market, shift, job, strand, first_approach, met_at, joined_at)
SELECT 5000000000 + n, 'Person ' || n || ' of Somewhere',
       CASE n % 4 WHEN 0 THEN 'home_care' WHEN 1 THEN 'care_home' WHEN 2 THEN 'not_said' END,
       CASE n % 3 WHEN 0 THEN 'days' WHEN 1 THEN 'nights' ELSE 'mixed' END,
       CASE n % 2 WHEN 0 THEN 'care_worker' ELSE 'senior' END, 'network', 1 + n % 9, 1740000000 + n, 1740000100 + n
FROM place
"""
_VENUES = """
WITH RECURSIVE place (n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM place WHERE n < 6)
INSERT INTO venue (name, address, kind, made_at)
SELECT 'Library no. ' || n, n || ' Example Street', 'library', 0 FROM place
"""
_MEETINGS = """
WITH RECURSIVE place (n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM place WHERE n < :per_person)
INSERT INTO meeting (title, strand, mode, venue_id, local_start, zone, starts_at, minutes, reward, state, made_at)
SELECT 'Tea and talk, no. ' || n || ', with "guests"', 'network', 'in_person', 1 + n % 6,
       strftime('%Y-%m-%dT%H:%M', 1750000000 + n * 600000, 'unixepoch'), 'Europe/London', 1750000000 + n * 600000, 90,
       '£10 voucher, and travel', 'open', 0
FROM place
"""
# Nine in ten reached Telegram; half of those answered.
_ATTEMPTS = """
WITH RECURSIVE place (n) AS (SELECT 0 UNION ALL SELECT n + 1 FROM place WHERE n < :attempts - 1),
facts AS (SELECT n, 1 + n % :people AS person_id, 1 + n / :people AS about,
                 1749000000 + (n / :people) * 600000 + n % 400000 AS at FROM place)
INSERT INTO contact_attempt (person_id, approach_id, reason, about, reward, state, why, due_at, planned_at, sent_at,
                             message_id, silent_at, outcome, answered_at, answer, answer_why, changed_at)
SELECT person_id, 1, 'invite', about, '£10 voucher, and travel',
       iif(n % 10, 'accepted', 'skipped'), iif(n % 10, '', 'quiet_hours'), at, at,
       iif(n % 10, at + 60, NULL), iif(n % 10, n, NULL),
       iif(n % 10, at + 259200, NULL), CASE WHEN n % 10 = 0 THEN NULL WHEN n % 2 THEN 'answered' ELSE 'no_response' END,
       iif(n % 2, at + 60 + n % 90000, NULL),
       iif(n % 2, CASE n % 3 WHEN 0 THEN 'yes' WHEN 1 THEN 'no' ELSE 'maybe' END, ''),
       iif(n % 6 = 1, 'work', ''), at
FROM facts
"""


def made(attempts: int) -> Path:
    """The folder with `main.db` in it, which holds so many attempts."""
    sizes = {"attempts": attempts, "people": max(1, attempts // PER_PERSON), "per_person": PER_PERSON + 1}
    folder = WORK / f"attempts-{attempts}-{_recipe()}"
    path = folder / "main.db"
    if path.exists():
        return folder
    for stale in WORK.glob(f"attempts-{attempts}-*"):
        shutil.rmtree(stale)
    draft = folder / "draft.db"
    migrate(draft, ROOT / "migrations")
    with closing(sqlite3.connect(draft, isolation_level=None)) as connection:
        connection.execute("PRAGMA synchronous = OFF")
        connection.execute("BEGIN")
        for sql in (_PEOPLE, _VENUES, _MEETINGS, _ATTEMPTS):
            connection.execute(sql, sizes)
        connection.execute("COMMIT")
    draft.rename(path)
    return folder


def _recipe() -> str:
    """Changes when the schema or the rows do."""
    schema = b"".join(file.read_bytes() for file in sorted((ROOT / "migrations").glob("*.sql")))
    return hashlib.sha256(schema + Path(__file__).read_bytes()).hexdigest()[:12]
