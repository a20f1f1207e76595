"""The kinds of file that are understood: their layouts, how a row is read, and how a record is settled."""

from dataclasses import dataclass

from incoming import providers
from incoming.layout import Layout
from incoming.record import Reading
from incoming.settle_providers import Providers
from incoming.settling import Settles


@dataclass(frozen=True)
class Kind:
    """One kind of file."""

    name: str
    layouts: tuple[Layout, ...]
    read: Reading
    settles: Settles


KINDS = {kind.name: kind for kind in (Kind("providers", providers.LAYOUTS, providers.read, Providers),)}
