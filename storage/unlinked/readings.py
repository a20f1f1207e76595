"""What people at the council make of issued items: themes, and quotes that a second person agrees to."""

import sqlite3
from dataclasses import dataclass

from storage.unlinked.pepper import Hashing
from storage.wire import storable

_ADD = """
INSERT INTO theme (slot, theme) SELECT slot, :theme FROM issued WHERE slot = :slot
ON CONFLICT (slot, theme) DO NOTHING
"""
_TAKE = "DELETE FROM theme WHERE slot = :slot AND theme = :theme"
_OF = "SELECT theme FROM theme WHERE slot = ? ORDER BY theme"
_COUNTS = "SELECT theme, count(*) FROM theme JOIN issued USING (slot) GROUP BY theme ORDER BY theme"
_PROPOSE = """
INSERT INTO quote (slot, body, proposer, state) SELECT slot, :body, :proposer, 'proposed' FROM issued WHERE slot = :slot
ON CONFLICT (slot) DO UPDATE SET body = excluded.body, proposer = excluded.proposer, state = 'proposed'
"""
_AGREE = "UPDATE quote SET state = 'agreed' WHERE slot = :slot AND proposer != :officer AND body = :body"
_QUOTES = "SELECT slot, body, state = 'agreed' FROM quote ORDER BY slot"


@dataclass(frozen=True)
class Quote:
    """Words of an item. They may be published when `agreed`."""

    slot: bytes
    body: str
    agreed: bool


def add_theme(connection: sqlite3.Connection, slot: bytes, theme: str) -> bool:
    """Whether the item is there and the theme is new to it."""
    return connection.execute(_ADD, {"slot": slot, "theme": theme}).rowcount == 1


def take_theme(connection: sqlite3.Connection, slot: bytes, theme: str) -> bool:
    """Whether the item had the theme; it has not any more."""
    return connection.execute(_TAKE, {"slot": slot, "theme": theme}).rowcount == 1


def themes_of(connection: sqlite3.Connection, slot: bytes) -> list[str]:
    """The themes of an item."""
    return [theme for (theme,) in connection.execute(_OF, (slot,))]


def theme_counts(connection: sqlite3.Connection) -> dict[str, int]:
    """How many items have a theme. Not for showing as they are: see `rules.crowd.hidden`."""
    return dict(connection.execute(_COUNTS).fetchall())


def propose_quote(connection: sqlite3.Connection, hashing: Hashing, slot: bytes, text: str, officer: int) -> bool:
    """Whether the item is there: these words of it wait for a second person."""
    body = str(storable(text)).replace("\0", "").strip()
    values = {"slot": slot, "body": body, "proposer": hashing.mark("officer", str(officer))}
    return connection.execute(_PROPOSE, values).rowcount == 1


def agree_quote(connection: sqlite3.Connection, hashing: Hashing, quote: Quote, officer: int) -> bool:
    """Whether a second person has agreed to exactly these words; False for whoever proposed them."""
    values = {"slot": quote.slot, "body": quote.body, "officer": hashing.mark("officer", str(officer))}
    return connection.execute(_AGREE, values).rowcount == 1


def quotes(connection: sqlite3.Connection) -> list[Quote]:
    """Every quote, proposed or agreed."""
    return [Quote(slot, body, bool(agreed)) for slot, body, agreed in connection.execute(_QUOTES)]
