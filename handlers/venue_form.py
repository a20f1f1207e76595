"""The questions about where a meeting is: a place used before, a new one with what it is like, or a link."""

from collections.abc import Mapping, Sequence

import texts
from handlers.context import Context
from handlers.feature import Answers, Choice, Refusal, Step
from handlers.readers import line
from rules import spots
from storage import venues
from storage.database import Reading, Writing

NAME_LONGEST, LINE_LONGEST = 120, 300
VENUES_SHOWN = 8
KNOWN: Mapping[str, bool] = {"yes": True, "no": False}


def in_person(answers: Answers) -> bool:
    """Whether people meet in a room."""
    return answers.get("mode") == "in_person"


def new_venue(answers: Answers) -> bool:
    """Whether they meet at a place that is not on record yet."""
    return in_person(answers) and answers.get("venue") == "new"


def online(answers: Answers) -> bool:
    """Whether they meet online."""
    return answers.get("mode") == "online"


async def venue_choices(db: Reading, context: Context, answers: Answers) -> Sequence[Choice]:
    """The venues used last, and a new one."""
    known = await venues.all(db)
    return [*[Choice(str(venue.id), venue.name) for venue in known[:VENUES_SHOWN]], Choice("new")]


def read_spot(context: Context, text: str, answers: Answers) -> str | Refusal:
    """A place on the map, from typed degrees or a location sent from the phone."""
    spot = spots.read_spot(text)
    return Refusal("meeting.venue_spot.not_understood") if spot is None else spots.said(*spot)


async def where(db: Reading, answers: Answers) -> object:
    """The place in a line, as it was described."""
    if online(answers):
        return texts.words("meeting.where.online", link=answers.get("link", ""))
    if new_venue(answers):
        return ", ".join(part for part in (answers["venue_name"], answers["venue_address"]) if part)
    venue = await venues.by_id(db, int(answers["venue"]))
    return ", ".join(part for part in (venue.name, venue.address) if part) if venue else ""


async def venue_of(tx: Writing, context: Context, answers: Answers) -> int | None:
    """The venue that was chosen, made when it is new; None online."""
    if not in_person(answers):
        return None
    if not new_venue(answers):
        return int(answers["venue"])
    spot = spots.read_spot(answers.get("venue_spot", "")) or (None, None)
    venue = await venues.add(
        tx,
        name=answers["venue_name"],
        address=answers.get("venue_address", ""),
        step_free=KNOWN.get(answers.get("venue_step_free", "")),
        private=KNOWN.get(answers.get("venue_private", "")),
        transport=answers.get("venue_transport", ""),
        latitude=spot[0],
        longitude=spot[1],
        now=context.now,
    )
    return venue.id


STEPS: tuple[Step, ...] = (
    Step("mode", ("in_person", "online")),
    Step("venue", venue_choices, when=in_person),
    Step("venue_name", reader=line(NAME_LONGEST), when=new_venue),
    Step("venue_address", reader=line(LINE_LONGEST), when=new_venue, optional=True),
    Step("venue_spot", reader=read_spot, when=new_venue, optional=True, pins=True),
    Step("venue_step_free", ("yes", "no", "not_known"), when=new_venue, columns=3),
    Step("venue_private", ("yes", "no", "not_known"), when=new_venue, columns=3),
    Step("venue_transport", reader=line(LINE_LONGEST), when=new_venue, optional=True),
    Step("link", reader=line(LINE_LONGEST), when=online, optional=True),
)
