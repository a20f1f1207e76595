"""A table's rows, read and judged before the database is asked: records in a file without a name, and problems."""

import json
import tempfile
from collections import Counter
from collections.abc import Callable, Iterator
from types import TracebackType
from typing import IO, Self

from incoming.record import Asked, LeftOut, Problem, Reading, Record
from incoming.table import Table

PROBLEMS_KEPT = 1_000
TOLD_EVERY = 500
Tell = Callable[[int], None]


class Parsed:
    """What a table holds. `problems` are the first thousand of `refused`; `unread` are the ids in refused rows."""

    def __init__(self, kind: str, layout: str, fields: frozenset[str], notes: tuple[str, ...]) -> None:
        self.kind, self.layout, self.fields, self.notes = kind, layout, fields, notes
        self.read = self.refused = self.records = 0
        self.problems: list[Problem] = []
        self.left_out = Counter[str]()
        self.authorities = Counter[str]()
        self.unread: set[str] = set()
        self._spool: IO[bytes] = tempfile.TemporaryFile()  # noqa: SIM115 - closed with this object

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """Forget the records."""
        self._spool.close()

    def take(self, given: Record | Problem | LeftOut) -> None:
        """Count what came of one row, and keep it when it is a record."""
        self.read += 1
        if isinstance(given, Problem):
            self.refuse(given)
        elif isinstance(given, LeftOut):
            self.left_out[given.why] += 1
            if given.about:
                self.authorities[given.about] += 1
        else:
            self.records += 1
            if given.get("local_authority"):
                self.authorities[given["local_authority"]] += 1
            self._spool.write(json.dumps(given, ensure_ascii=False).encode("utf-8", "replace") + b"\n")

    def refuse(self, problem: Problem) -> None:
        """Count a row that is not taken."""
        self.refused += 1
        if problem.about:
            self.unread.add(problem.about)
        if len(self.problems) < PROBLEMS_KEPT:
            self.problems.append(problem)

    def chunks(self, size: int = 500) -> Iterator[list[Record]]:
        """The records from the first on, so many at a time."""
        self._spool.seek(0)
        held: list[Record] = []
        for line in self._spool:
            held.append(json.loads(line))
            if len(held) == size:
                yield held
                held = []
        if held:
            yield held


def parse(table: Table, reading: Reading, asked: Asked, tell: Tell = lambda _: None) -> Parsed:
    """Judge every row of `table`. Blocks: call it in a thread. `tell` hears how many more rows have been read."""
    parsed = Parsed(table.layout.kind, table.layout.name, table.fields, table.notes)
    try:
        for row in table.rows():
            parsed.take(Problem(row.line, row.problem, row.field) if row.problem else reading(row, asked))
            if parsed.read % TOLD_EVERY == 0:
                tell(TOLD_EVERY)
        tell(parsed.read % TOLD_EVERY)
    except BaseException:
        parsed.close()
        raise
    return parsed
