"""An approach in words: its page, its line in a list, its link, and the code to scan."""

import texts
from handlers.context import Context
from handlers.saying import Document, Key, Saying, key
from reports import poster
from storage import placements, scans
from storage.approaches import Approach
from storage.database import Reading

KINDS = {
    "poster": "poster",
    "card": "paper",
    "leaflet_drop": "leaflet",
    "stall": "stall",
    "radio": "radio",
    "letter": "letter",
    "email": "email",
    "message_by_hand": "whatsapp",
    "call": "call",
    "visit": "visit",
    "talk": "in_person",
}
"""Kinds of approach that staff may add, and the way of contact of each."""
SENDERS = ("council", "provider", "partner", "worker")


def kind(approach: Approach) -> texts.Words | str:
    """What kind of approach it is."""
    return texts.words(f"approach.kind.{approach.kind}") if approach.kind in KINDS else approach.kind


def title(approach: Approach) -> texts.Words | str:
    """What staff call it; by its kind where nobody has named it."""
    return approach.title or kind(approach)


def wording(variant: str) -> texts.Words | str:
    """Which words it uses: one of ours, or somebody's own."""
    if variant in poster.HEADLINES:
        return texts.words(f"poster.headline.{variant}")
    return variant or texts.words("approach.unsaid")


def sender(approach: Approach) -> texts.Words | str:
    """In whose name it goes."""
    if approach.sender in SENDERS:
        return texts.words(f"approach.sender.{approach.sender}")
    return approach.sender or texts.words("approach.unsaid")


def language(approach: Approach) -> texts.Words | str:
    """Which language it is in."""
    return texts.native_name(approach.language) if approach.language else texts.words("approach.language.several")


def money(pence: int) -> str:
    """Pence as pounds."""
    return f"£{pence // 100:,}.{pence % 100:02}"


def link(context: Context, code: str) -> str:
    """The address that opens the bot with this code."""
    return f"https://t.me/{context.services.bot_username()}?start={code}"


def line(approach: Approach, tally: scans.Tally) -> Key:
    """One line in the list, to be tapped."""
    name = "approaches.line" if approach.ended_at is None else "approaches.line.ended"
    return key(name, "approach.open", approach.id, title=title(approach), opened=tally.opened, joined=tally.joined)


async def page(db: Reading, context: Context, approach: Approach) -> Saying:
    """All about one approach, and what can be done with it."""
    rehearsal = context.council.rehearsal
    tally = await scans.tally(db, approach.id, invented=rehearsal)
    placed = await placements.of_approach(db, approach.id, invented=rehearsal)
    values = {
        "title": title(approach),
        "kind": kind(approach),
        "wording": wording(approach.variant),
        "sender": sender(approach),
        "language": language(approach),
        "cost": money(approach.cost_pence),
        "minutes": approach.staff_minutes,
        "link": link(context, approach.code),
        "tally": tally,
        "spent": money(tally.cost_pence),
        "reach": texts.words("approach.reach", tally=tally) if tally.guessed else texts.words("approach.unsaid"),
        "places": texts.listed([one.place for one in placed[:5]]) if placed else texts.words("approach.unsaid"),
    }
    return Saying("approach.page" if approach.ended_at is None else "approach.page.ended", values, _keys(approach))


def _keys(approach: Approach) -> tuple[tuple[Key, ...], ...]:
    number = approach.id
    back = (key("approach.button.list", "approach.list"),)
    if approach.ended_at is not None:
        return (key("approach.button.resume", "approach.resume", number),), back
    printed = (
        key("approach.button.qr", "approach.code", number),
        key("approach.button.poster", "approach.print", number, "a4"),
        key("approach.button.card", "approach.print", number, "a5"),
    )
    paper = (
        key("approach.button.join_form", "approach.paper", number, "join"),
        key("approach.button.free_form", "approach.paper", number, "free"),
    )
    changes = (key("approach.button.edit", "approach.edit", number), key("approach.button.end", "approach.end", number))
    return printed, paper, (key("approach.button.placed", "placed.new", number),), changes, back


def square(context: Context, approach: Approach) -> Saying:
    """The code to scan, as a picture."""
    address = link(context, approach.code)
    picture = Document(f"{approach.code}.png", poster.picture(address))
    return Saying("approach.code", {"title": title(approach), "link": address}, picture=picture)
