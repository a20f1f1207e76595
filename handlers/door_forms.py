"""The questions at the door: who walked in, and how many people are in the room."""

from collections.abc import Mapping, Sequence

from handlers.context import Context
from handlers.feature import Answers, Choice, Form, Refusal, Step
from handlers.readers import line
from handlers.saying import Saying, key
from rules.roles import COORDINATORS
from storage import attendance, meetings, people
from storage.database import Reading, Writing
from storage.meetings import Meeting

KEPT = 14 * 24 * 3600  # seconds after its start that a meeting stays on the coordinator's list
SHOWN, NAME_LONGEST, MOST_HEADS = 8, 120, 5
NEW = "new"


async def found(context: Context) -> Meeting | None:
    """The meeting a button is about, while its attendance can be written down: open or closed, and not long over."""
    number = context.press.number(0)
    meeting = None if number is None else await meetings.by_id(context.db, number)
    return meeting if can_record(meeting, context.now) else None


def can_record(meeting: Meeting | None, now: int) -> bool:
    """Whether who came can be written down at `now` (unix seconds)."""
    if meeting is None or meeting.state not in ("open", "closed"):
        return False
    return meeting.starts_at - 24 * 3600 <= now < meeting.starts_at + KEPT


async def known(db: Reading, context: Context, answers: Answers) -> Sequence[Choice]:
    """The people whose name has these words, and somebody new."""
    matches = await people.find(db, answers["who"], SHOWN)
    return [*[Choice(str(one.id), one.display_name) for one in matches], Choice(NEW)]


async def about_who(db: Reading, context: Context, answers: Answers) -> Mapping[str, object]:
    """The words that were typed."""
    return {"words": answers["who"]}


async def came(tx: Writing, context: Context, answers: Answers) -> Saying:
    """They walked in: somebody we know, or somebody new."""
    meeting = await meetings.by_id(tx, answers["meeting"])
    if meeting is None or not can_record(meeting, context.now):
        return Saying("door.too_late")
    one = None if answers["which"] == NEW else await people.by_id(tx, int(answers["which"]))
    invented = context.council.rehearsal
    one = one or await people.add_by_hand(tx, answers["who"], context.now, invented=invented, approach="in_person")
    await attendance.record(tx, meeting.id, one.id, "came", "walk_in", context.now, recorded_by=context.person.id)
    rows = (
        (key("door.button.undo", "door.undo", meeting.id, one.id),),
        (key("door.button.walk_in", "door.walk_in", meeting.id), key("door.button.list", "door.list", meeting.id, 0)),
    )
    return Saying("door.walked_in", {"name": one.display_name}, rows)


def read_heads(context: Context, text: str, answers: Answers) -> str | Refusal:
    """A whole number of people, in the digits of any script."""
    words = text.strip()
    return str(int(words)) if words.isdecimal() and len(words) <= MOST_HEADS else Refusal("door_heads.how_many.number")


async def count(tx: Writing, context: Context, answers: Answers) -> Saying:
    """Keep the number; counting again replaces it."""
    meeting = await meetings.by_id(tx, answers["meeting"])
    if meeting is None or not can_record(meeting, context.now):
        return Saying("door.too_late")
    number = int(answers["how_many"])
    await attendance.count_heads(tx, meeting.id, number, context.person.id, context.now)
    again = key("door.button.heads_again", "door.heads", meeting.id)
    back = key("door.button.back", "close.open" if meeting.state == "closed" else "door.open", meeting.id)
    return Saying("door.counted", {"count": number}, ((again, back),))


async def reply(context: Context, done: Saying) -> None:
    """What was written down."""
    await context.speak(done)


WALK_IN: Form = Form(
    "door_walk_in",
    (Step("who", reader=line(NAME_LONGEST)), Step("which", known, about=about_who)),
    came,
    reply,
    COORDINATORS,
)
HEADS: Form = Form("door_heads", (Step("how_many", reader=read_heads),), count, reply, COORDINATORS)
