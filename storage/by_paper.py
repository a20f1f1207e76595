"""Sheets of paper typed in: whom one belongs to, what it says, and the yes that was signed on it."""

from collections.abc import Mapping
from dataclasses import dataclass

from storage import availability, consents, links, people, routes
from storage.database import Reading, Writing
from storage.people import Person

_MET_BY = """
UPDATE person SET first_approach = :approach_id, language = :language, invented = :invented WHERE id = :person_id
"""


@dataclass(frozen=True)
class Sheet:
    """What stands on top of a sheet. `contact` is a number as +44... or an e-mail address, '' when it was left out."""

    name: str
    contact: str
    approach_id: int | None
    language: str
    notice_version: str

    @property
    def kind(self) -> str:
        """The kind of way to reach somebody that the contact is."""
        return "email" if "@" in self.contact else "phone"


async def candidates(db: Reading, name: str, contact: str) -> list[Person]:
    """Whose sheet it may be: everybody reached by this contact, then everybody of exactly this name."""
    kind = "email" if "@" in contact else "phone"
    found = await routes.holders(db, kind, contact) if contact else []
    return list({one.id: one for one in [*found, *await people.named(db, name)]}.values())


async def begin(tx: Writing, sheet: Sheet, known: Person | None, now: int, *, invented: bool) -> Person:
    """The person of the sheet, new unless `known`, with the contact and the signed yes."""
    person = known or await people.add_by_hand(tx, sheet.name, now)
    if known is None:
        met = {"approach_id": sheet.approach_id, "language": sheet.language, "invented": int(invented)}
        await tx.run(_MET_BY, person_id=person.id, **met)
    if sheet.contact:
        await routes.add(tx, person.id, sheet.kind, sheet.contact, now)
    if not person.consented:
        await consents.record(tx, person.id, sheet.notice_version, accepted=True, route="paper", now=now)
    return person


async def sign_up(tx: Writing, person: Person, answers: Mapping[str, str], now: int) -> None:
    """What the form says where the person has not said it yet; a question left out is 'not_said'. They have joined."""
    for field in ("market", "shift", "job", "strand"):
        if getattr(person, field) in (None, "not_said"):
            await people.change(tx, person.id, field, answers.get(field, "not_said"))
    await people.joined(tx, person.id, now)
    await links.joined(tx, person.id)


async def say_week(tx: Writing, person_id: int, week: Mapping[tuple[int, str], bool], now: int) -> None:
    """The days on the sheet as it has them; other days stay as they were."""
    for (weekday, band), free in week.items():
        await availability.say(tx, person_id, [weekday], [band], free, now)
