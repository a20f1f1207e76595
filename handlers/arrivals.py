"""Who comes in by a code on a poster, or by one that somebody handed on: counted, never written down by whom."""

from dataclasses import dataclass

from handlers.context import Context
from storage import approaches, links, scans
from storage.approaches import Approach
from storage.database import Reading, Writing
from storage.links import Link


@dataclass(frozen=True)
class Arrival:
    """What a code in a link stands for; neither when there was none, or nobody knows it."""

    approach: Approach | None = None
    link: Link | None = None

    @property
    def approach_code(self) -> str | None:
        """The code of the approach by which somebody new has come."""
        return self.approach.code if self.approach else None


async def by(db: Reading, code: str) -> Arrival:
    """The approach or the handed-on code that these letters are, in capitals or not."""
    link = await links.by_code(db, code)
    return Arrival(await approaches.by_code(db, link.approach_code if link else code) if code else None, link)


async def count(tx: Writing, context: Context, came: Arrival, *, first_met: bool) -> None:
    """Count one opening on this local day, and on the handed-on code, unless its own holder tried it."""
    link, rehearsal = came.link, context.council.rehearsal
    if came.approach is None or (link and link.person_id == context.person.id):
        return
    day = context.local(context.now).date().isoformat()
    await scans.opened(tx, came.approach.id, day, first_met=first_met, invented=rehearsal)
    if link and link.invented == rehearsal:
        await links.opened(tx, link, context.person.id, first_met=first_met)
