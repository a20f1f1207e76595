"""One running program per database: a second refuses to start."""

import fcntl
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path


class AlreadyRunning(Exception):
    """Another program has this database in use."""


@contextmanager
def held(database: Path) -> Iterator[None]:
    """Hold the lock beside `database` while the block runs; the system lets go of it however the program ends.

    Raises AlreadyRunning.
    """
    database.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    with Path(f"{database}.lock").open("a") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            raise AlreadyRunning(f"another program is already running on {database}") from None
        yield
