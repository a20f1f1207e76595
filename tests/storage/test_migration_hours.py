"""0002 makes the table of attempts anew: nothing is lost, ids are never given again, reminders keep their rung."""

import shutil
import sqlite3
from contextlib import closing

from storage.migrate import migrate
from tests.storage.conftest import MIGRATIONS

PERSON = "INSERT INTO person (telegram_id, met_at) VALUES (1, 0)"
MEETING = """
INSERT INTO meeting (title, strand, mode, local_start, zone, starts_at, minutes, made_at)
VALUES ('Tea', 'network', 'online', '2027-01-01T10:00', 'Europe/London', 5, 60, 0)
"""
REMINDER = """
INSERT INTO contact_attempt (person_id, approach_id, reason, about, sequence, state, due_at, planned_at, changed_at)
VALUES (1, 1, :reason, 1, :sequence, 'planned', 0, 0, 0)
"""
MADE_FOR = (
    "SELECT name FROM sqlite_schema WHERE type IN ('index', 'trigger') AND tbl_name = 'contact_attempt' ORDER BY name"
)


def test_attempts_and_their_history_come_through(tmp_path):
    folder, path = tmp_path / "migrations", tmp_path / "care.db"
    folder.mkdir()
    shutil.copy(MIGRATIONS / "0001_core.sql", folder)
    migrate(path, folder)
    with closing(sqlite3.connect(path, isolation_level=None)) as db:
        for sql in (PERSON, MEETING):
            db.execute(sql)
        for sequence in (1, 2, 3, 4):
            db.execute(REMINDER, {"reason": "reminder", "sequence": sequence})
        db.execute(REMINDER, {"reason": "invite", "sequence": 2})
        db.execute("UPDATE sqlite_sequence SET seq = 77 WHERE name = 'contact_attempt'")
        before = db.execute(MADE_FOR).fetchall()
    shutil.copy(MIGRATIONS / "0002_hours.sql", folder)
    assert migrate(path, folder) == ["0002_hours"]
    with closing(sqlite3.connect(path, isolation_level=None)) as db:
        rows = db.execute("SELECT id, sequence, meeting_state FROM known_attempt ORDER BY id").fetchall()
        rungs = [1440, 120, 101440, 100120, 2]
        assert rows == [(at, sequence, "draft") for at, sequence in enumerate(rungs, 1)]
        assert db.execute("SELECT count(*) FROM attempt_event").fetchone() == (5,)
        assert db.execute(MADE_FOR).fetchall() == before
        assert db.execute(REMINDER + " RETURNING id", {"reason": "poll_reminder", "sequence": 1}).fetchone() == (78,)
