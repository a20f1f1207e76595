"""An export as it was asked for."""

from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True)
class Asked:
    """The file, its form ('csv' or 'xlsx'), the period, who asks and why.

    `from_at` (included) and `until_at` (not included) are unix seconds. A file with names needs `purpose` and `who`.
    """

    out: Path
    form: str
    from_at: int
    until_at: int
    identified: bool
    purpose: str
    who: str

    @property
    def book(self) -> Path | None:
        """Where the code book goes: beside a CSV file, inside a workbook."""
        return self.out.with_name(f"{self.out.stem}-code-book.csv") if self.form == "csv" else None
