"""A small example of each kind of file, of our own making, to fill in or to try."""

from pathlib import Path

_FOLDER = Path(__file__).parents[1] / "docs" / "examples"


def path_of(kind: str) -> Path:
    """Where the example of this kind is."""
    return _FOLDER / f"{kind}.csv"


def of(kind: str) -> str:
    """The example as text."""
    return path_of(kind).read_text(encoding="utf-8")
