"""The kinds of file that are understood: their layouts, how a row is read, and how a record is settled."""

from dataclasses import dataclass

from incoming import attempts, contacts, providers, totals, venues
from incoming.layout import Layout
from incoming.record import Reading
from incoming.settle_attempts import Attempts
from incoming.settle_contacts import Contacts
from incoming.settle_few import Totals, Venues
from incoming.settle_providers import Providers
from incoming.settling import Settles


@dataclass(frozen=True)
class Kind:
    """One kind of file."""

    name: str
    layouts: tuple[Layout, ...]
    read: Reading
    settles: Settles


_ALL = (
    Kind("providers", providers.LAYOUTS, providers.read, Providers),
    Kind("contacts", contacts.LAYOUTS, contacts.read, Contacts),
    Kind("attempts", attempts.LAYOUTS, attempts.read, Attempts),
    Kind("totals", totals.LAYOUTS, totals.read, Totals),
    Kind("venues", venues.LAYOUTS, venues.read, Venues),
)
KINDS = {kind.name: kind for kind in _ALL}
