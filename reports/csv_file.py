"""A table as CSV: UTF-8 with a mark that Excel needs, every text quoted, nothing that could become a formula."""

import csv
from collections.abc import Iterable, Sequence
from pathlib import Path
from types import TracebackType
from typing import Self

from reports.cells import guarded

BYTE_ORDER_MARK = "\ufeff"


class CsvFile:
    """A CSV file that takes rows as they come. `typed` are the places in a row that hold what a person typed."""

    def __init__(self, path: Path, heads: Sequence[str], typed: Iterable[int]) -> None:
        # Not "utf-8-sig": that codec is Python, and is called for each row.
        self._file = path.open("w", encoding="utf-8", newline="")
        self._file.write(BYTE_ORDER_MARK)
        self._typed = tuple(typed)
        self._writer = csv.writer(self._file, quoting=csv.QUOTE_NONNUMERIC, lineterminator="\r\n")
        self._writer.writerow(heads)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._file.close()

    def add(self, rows: list[list[object]]) -> None:
        """Add rows; the cells at the `typed` places are guarded in place."""
        for place in self._typed:
            for row in rows:
                text = row[place]
                if text:
                    row[place] = guarded(str(text))
        self._writer.writerows(rows)
