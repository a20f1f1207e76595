"""Whether a database file can be trusted as it lies on the disk, without changing a byte of it."""

import sqlite3
from contextlib import closing
from pathlib import Path


def damage(path: Path) -> list[str]:
    """What SQLite's own check finds wrong with the file, in its words; empty when it is whole."""
    try:
        with closing(sqlite3.connect(f"{path.resolve().as_uri()}?mode=ro", uri=True)) as connection:
            said = [str(row[0]) for row in connection.execute("PRAGMA integrity_check(3)")]
    except sqlite3.Error as error:
        return [str(error)]
    return [] if said == ["ok"] else said
