"""Files that an officer has sent and not yet confirmed: readable by nobody else, and gone when done, or after a day."""

import json
import secrets
import time
from dataclasses import asdict, dataclass, field, replace
from pathlib import Path

FOLDER = "imports"
WAITS = 24 * 3600
_TOKEN_BYTES = 8


@dataclass(frozen=True)
class Staged:
    """One file that waits: whose, its name, what was chosen for it so far. `decided` is by line."""

    token: str
    person_id: int
    file_name: str
    area: str | None = None
    asked_area: bool = False
    decided: dict[int, str] = field(default_factory=dict)


class Shelf:
    """The folder they wait in. Everything here blocks for a moment, as small files do."""

    def __init__(self, data_dir: Path) -> None:
        self._folder = data_dir / FOLDER

    def put(self, content: bytes, person_id: int, file_name: str) -> Staged:
        """Keep a file. Raises OSError when it cannot be."""
        self._folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        staged = Staged(secrets.token_hex(_TOKEN_BYTES), person_id, file_name)
        self._write(self.path(staged), content)
        self.note(staged)
        return staged

    def note(self, staged: Staged) -> None:
        """Keep what has been chosen."""
        self._write(self._about(staged.token), json.dumps(asdict(staged)).encode())

    def of(self, token: str, person_id: int) -> Staged | None:
        """The file of this token when it waits and is this person's. Any token may be asked for."""
        if len(token) != 2 * _TOKEN_BYTES or not token.isalnum():
            return None
        try:
            staged = Staged(**json.loads(self._about(token).read_bytes()))
        except (OSError, ValueError, TypeError):
            return None
        if staged.person_id != person_id or not self.path(staged).exists():
            return None
        return replace(staged, decided={int(line): choice for line, choice in staged.decided.items()})

    def path(self, staged: Staged) -> Path:
        """Where the file is."""
        return self._folder / f"{staged.token}.file"

    def drop(self, staged: Staged) -> None:
        """Delete the file and what was chosen."""
        self.path(staged).unlink(missing_ok=True)
        self._about(staged.token).unlink(missing_ok=True)

    def drop_old(self, seconds: float = WAITS) -> None:
        """Delete what nobody has come back to, by the age of the files on this machine."""
        for path in self._folder.glob("*") if self._folder.exists() else ():
            if path.stat().st_mtime < time.time() - seconds:
                path.unlink(missing_ok=True)

    def _about(self, token: str) -> Path:
        return self._folder / f"{token}.json"

    @staticmethod
    def _write(path: Path, content: bytes) -> None:
        path.touch(mode=0o600)
        path.write_bytes(content)
