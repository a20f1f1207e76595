"""What a kind of table looks like: its fields, and the headings under which each may stand, in any order."""

import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

_NOT_LETTERS = re.compile(r"[^a-z0-9]+")


@dataclass(frozen=True)
class Field:
    """One piece of a row: its name in code, the headings it is known by, whether a table is none without it.

    A name that ends in `*` gathers every column whose heading begins with one of `heads`, as 'heading: cell' lines.
    """

    name: str
    heads: tuple[str, ...]
    needed: bool = False


@dataclass(frozen=True)
class Layout:
    """One generation of one kind of table. A heading of `never` says that it is another kind."""

    kind: str
    fields: tuple[Field, ...]
    name: str = ""
    never: tuple[str, ...] = ()


@dataclass(frozen=True)
class Matched:
    """A layout found in a row of headings: which columns are which field, and the fields whose heading stands twice."""

    layout: Layout
    columns: Mapping[str, int]
    gathered: Mapping[str, Mapping[int, str]] = field(default_factory=dict)
    twice: tuple[str, ...] = ()
    width: int = 0

    @property
    def missing(self) -> tuple[Field, ...]:
        """What a table of this layout cannot be without and this one is."""
        return tuple(one for one in self.layout.fields if one.needed and one.name not in self.columns)

    @property
    def found(self) -> int:
        """How many headings were understood."""
        return len(self.columns) + len(self.gathered)


def plain(words: str) -> str:
    """A heading as it is compared: small letters and digits, one space between, accents and the rest left out."""
    bare = unicodedata.normalize("NFKD", words.replace("’", "").replace("'", "")).encode("ascii", "ignore").decode()
    return _NOT_LETTERS.sub(" ", bare.casefold()).strip()


def match(cells: Sequence[str], layout: Layout) -> Matched:
    """What of `layout` stands in these headings."""
    heads = [plain(cell) for cell in cells]
    columns: dict[str, int] = {}
    gathered: dict[str, Mapping[int, str]] = {}
    twice = []
    for one in layout.fields:
        if one.name.endswith("*"):
            if found := _beginning(cells, heads, one):
                gathered[one.name] = found
            continue
        names = dict.fromkeys(plain(head) for head in one.heads)
        places = [place for name in names for place, head in enumerate(heads) if head == name]
        if places:
            columns[one.name] = places[0]
        if len(places) > 1 and heads[places[0]] == heads[places[1]]:
            twice.append(cells[places[0]])
    return Matched(layout, columns, gathered, tuple(twice), len(cells))


def _beginning(cells: Sequence[str], heads: Sequence[str], one: Field) -> dict[int, str]:
    found = {}
    for place, head in enumerate(heads):
        for begins in (plain(name) for name in one.heads):
            if head.startswith(begins + " "):
                found[place] = cells[place].partition("-")[2].strip() or head.removeprefix(begins).strip()
    return found


def best(cells: Sequence[str], layouts: Sequence[Layout]) -> Matched | None:
    """The layout that has most of its headings here: a whole one before any that misses something."""
    heads = {plain(cell) for cell in cells}
    open_to = [layout for layout in layouts if not heads & {plain(head) for head in layout.never}]
    matches = [found for layout in open_to if (found := match(cells, layout)).found]
    return max(matches, key=lambda found: (not found.missing, found.found), default=None)
