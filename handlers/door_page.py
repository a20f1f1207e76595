"""The coordinator's page of a door: the code of the moment, who is here, and what can be done."""

from datetime import datetime

import texts
from handlers.here import STAYS
from handlers.saying import Saying, key
from rules import door_code
from rules.council import Council
from storage import attendance
from storage.database import Reading
from storage.meetings import Meeting

OPENS = 24 * 3600  # seconds before the start from which it can be looked at


def has_code(meeting: Meeting | None, now: int) -> bool:
    """Whether codes are shown at `now` (unix seconds): from a day before until people can check in no more."""
    return (
        meeting is not None and meeting.state == "open" and meeting.starts_at - OPENS <= now < meeting.ends_at + STAYS
    )


async def page_of(db: Reading, meeting: Meeting, secret: bytes, now: int, council: Council) -> Saying:
    """The page at `now` (unix seconds); when the door is closed it has no code."""
    counts, heads = await attendance.counts(db, meeting.id), await attendance.heads(db, meeting.id)
    code, is_open = door_code.code_at(secret, now), has_code(meeting, now)
    values = {
        "meeting": meeting,
        "came": counts.get("came", 0),
        "heads": texts.words("door.heads", count=heads) if heads is not None else texts.words("door.heads.none"),
    }
    if is_open:
        until = datetime.fromtimestamp(door_code.changes_at(now), council.zone)
        values |= {"code": f"{code[:3]} {code[3:]}", "until": until}
    listed = key("door.button.list", "door.list", meeting.id, 0)
    rows = (
        (key("door.button.code", "door.open", meeting.id), listed) if is_open else (listed,),
        (key("door.button.walk_in", "door.walk_in", meeting.id), key("door.button.heads", "door.heads", meeting.id)),
        *(((key("door.button.close", "close.ask", meeting.id),),) if meeting.starts_at <= now else ()),
    )
    return Saying("door.page" if is_open else "door.page.over", values, rows, protected=True)
