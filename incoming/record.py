"""What comes of a row before the database is asked: a record to settle, a problem, or a reason to leave it out."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from incoming.table import Row
from rules.council import Council

Record = dict[str, Any]
CHOICES = ("skip", "same", "apart")


@dataclass(frozen=True)
class Problem:
    """Why a row is refused: its line, the code of the reason, and the field at fault, if it is one.

    `about` is the id of what the row is about, as far as it could be read.
    """

    line: int
    code: str
    field: str = ""
    about: str = ""


@dataclass(frozen=True)
class LeftOut:
    """A row that is right and not ours: 'not_social_care', 'dormant', 'elsewhere', 'blank'. `about` counts by this."""

    why: str
    about: str = ""


@dataclass(frozen=True)
class Asked:
    """What an import is to do. `authority` keeps one local authority's places; None keeps all.

    `same_contact` and `same_name` say what to do with contacts that look like somebody on record: 'skip', 'same' or
    'apart'; `decided` says it for single lines. `import_id` is the import that is being written.
    """

    council: Council
    now: int
    actor: str
    authority: str | None = None
    same_contact: str = "skip"
    same_name: str = "apart"
    decided: Mapping[int, str] | None = None
    import_id: int | None = None


Reading = Callable[[Row, Asked], Record | Problem | LeftOut]
Ready = Callable[[Sequence[str]], None]


class Wrong(Exception):
    """A value that cannot be taken: the code of why, and the field. Whoever reads the row makes a Problem of it."""

    def __init__(self, code: str, field: str) -> None:
        super().__init__(code)
        self.code, self.field = code, field


def too_long(line: int, values: Mapping[str, str | None], longest: Mapping[str, int]) -> Problem | None:
    """The problem of the first value with more characters than the field may have."""
    for name, most in longest.items():
        if len(values.get(name) or "") > most:
            return Problem(line, "too_long", name)
    return None
