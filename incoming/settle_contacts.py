"""People of a list against those on record. Nobody is merged by a guess: what looks alike is for somebody to decide."""

from collections.abc import Sequence
from typing import Any

from incoming.layout import plain
from incoming.parsed import Parsed
from incoming.record import Asked, Problem, Record
from incoming.settling import CHANGED, NEW, SAME, SKIPPED, Begun, Doubt, Settled
from storage import import_people_finds, import_steps
from storage.database import Reading
from storage.import_nouns import PERSON
from storage.import_steps import Change

_OWN = ("phone", "email")
"""Ways that are one person's; an address may be a household's."""
_BLANKS = ("market", "shift", "employer")
_TWICE = "twice"
Way = tuple[str, str]
Known = tuple[int, str]
Chosen = tuple[int | str, Doubt | None]


def name_key(name: str) -> str:
    """A name as it is compared: small letters without accents, in whatever order the words stand."""
    return " ".join(sorted((plain(name) or name.casefold()).split()))


class Contacts(Begun):
    """One list of people."""

    def __init__(self, asked: Asked, parsed: Parsed) -> None:
        super().__init__(asked, parsed)
        self._names: dict[str, int] = {}
        self._named = False
        self._said: dict[Way, tuple[str, int]] = {}

    async def settle(self, db: Reading, records: Sequence[Record]) -> list[Settled]:
        """Who is new, who is on record already, and who may be."""
        if not self._named:
            await self._everybody(db)
        ways = {_way(route) for record in records for route in record["routes"]}
        holders = await import_people_finds.holders(db, ways, invented=self._asked.council.rehearsal)
        chosen = [self._who(record, holders) for record in records]
        whole = await import_steps.read(db, PERSON, [who for who, _ in chosen if isinstance(who, int)])
        return [self._one(record, *choice, whole) for record, choice in zip(records, chosen, strict=True)]

    async def _everybody(self, db: Reading) -> None:
        self._named = True
        async for person_id, name in import_people_finds.names(db, invented=self._asked.council.rehearsal):
            self._names.setdefault(name_key(name), person_id)

    def _who(self, record: Record, holders: dict[Way, list[Known]]) -> Chosen:
        """The person on record, or NEW, SKIPPED, SAME (said before in this file) or 'twice'; and the doubt, if any."""
        key = name_key(record["name"])
        own = [_way(route) for route in record["routes"] if route[0] in _OWN]
        post = [_way(route) for route in record["routes"] if route[0] == "post"]
        if said := self._said_before(key, record, own or post):
            return said, None
        known = [one for way in own for one in holders.get(way, [])]
        of_name = [
            one for one in known + [one for way in post for one in holders.get(way, [])] if name_key(one[1]) == key
        ]
        if of_name:
            return of_name[0][0], None
        if known:
            return self._doubtful(record, "same_contact", self._asked.same_contact, known[0])
        if key in self._names:
            return self._doubtful(record, "same_name", self._asked.same_name, (self._names[key], record["name"]))
        return NEW, None

    def _said_before(self, key: str, record: Record, ways: list[Way]) -> str | None:
        """Whether the file has said this already (SAME), or something else of the same phone, e-mail or home."""
        facts = hash(repr({**record, "line": 0}))
        before = [self._said[way] for way in ways if way in self._said]
        for way in ways:
            self._said.setdefault(way, (key, facts))
        if (key, facts) in before:
            return SAME
        at_home = bool(ways) and ways[0][0] == "post"
        return _TWICE if any(not at_home or name == key for name, _ in before) else None

    def _doubtful(self, record: Record, why: str, standing: str, known: Known) -> Chosen:
        choice = (self._asked.decided or {}).get(record["line"], standing)
        whom: dict[str, int | str] = {"skip": SKIPPED, "apart": NEW, "same": known[0]}
        return whom[choice], Doubt(record["line"], why, record["name"], known[1], choice)

    def _one(self, record: Record, who: int | str, doubt: Doubt | None, whole: dict[int, dict[str, Any]]) -> Settled:
        if who == _TWICE:
            return Settled("refused", problem=Problem(record["line"], _TWICE))
        if who == NEW:
            return Settled(NEW, Change(PERSON, None, None, self._new(record)), doubt=doubt)
        if isinstance(who, str):
            return Settled(who, doubt=doubt)
        known = whole[who]
        if not (differs := _differs(record, known)):
            return Settled(SAME, doubt=doubt)
        change = Change(PERSON, who, {name: known[name] for name in differs}, differs)
        whole[who] = known | differs  # a later row of the same person adds to this one
        return Settled(CHANGED, change, doubt=doubt)

    def _new(self, record: Record) -> dict[str, Any]:
        facts = {name: record[name] for name in (*_BLANKS, "consent")}
        return facts | {
            "display_name": record["name"],
            "language": record["language"] or "en",
            "routes": sorted(record["routes"]),
            "invented": int(self._asked.council.rehearsal),
        }


def _differs(record: Record, known: dict[str, Any]) -> dict[str, Any]:
    """What the row adds. What somebody has said themselves is never overwritten by a list."""
    differs = {name: record[name] for name in _BLANKS if record[name] and not known[name]}
    routes = sorted([*known["routes"], *(route for route in record["routes"] if route not in known["routes"])])
    if routes != known["routes"]:
        differs["routes"] = routes
    if record["consent"] and _newer(record["consent"], known["consent"]):
        differs["consent"] = record["consent"]
    return differs


def _newer(said: list[Any], known: list[Any] | None) -> bool:
    """Whether this answer is another one than the last known, and later."""
    return known is None or (said[0] != known[0] and said[2] > known[2])


def _way(route: Sequence[str]) -> Way:
    return route[0], route[1]
