"""A poll as the coordinator sees it: what the votes for each time add up to, how many have not answered."""

from collections.abc import Sequence
from datetime import datetime
from zoneinfo import ZoneInfo

import texts
from handlers.saying import Key, Saying, key
from storage import polls
from storage.database import Reading
from storage.polls import Poll, Tally

MARKS = ("yes", "if_need", "no")


async def page_of(db: Reading, poll_id: int) -> Saying:
    """The times with their counts; each can be made the meeting."""
    poll = await polls.by_id(db, poll_id)
    if poll is None:
        return Saying("poll.none")
    tallies, silent = await polls.standing(db, poll_id), await polls.not_answered(db, poll_id)
    lines = [
        texts.words(
            "poll.tally",
            at=datetime.fromisoformat(one.local_start),
            yes=one.yes,
            if_need=one.if_need,
            no=one.no,
        )
        for one in tallies
    ]
    values = {
        "poll": poll,
        "lines": texts.listed(lines, "lines"),
        "silent": len(silent),
        "closes": datetime.fromtimestamp(poll.closes_at, ZoneInfo(poll.zone)),
    }
    return Saying(f"poll.page.{poll.state}", values, _rows(poll, tallies))


def _rows(poll: Poll, tallies: Sequence[Tally]) -> tuple[tuple[Key, ...], ...]:
    """What can be done with it: sent after all, made a meeting at one of its times, closed, called off."""
    fresh, cancel = key("poll.button.fresh", "poll.open", poll.id), key("poll.button.cancel", "poll.cancel", poll.id)
    choose = tuple(
        (key("poll.button.choose", "poll.choose", poll.id, one.slot_id, at=datetime.fromisoformat(one.local_start)),)
        for one in tallies
        if poll.meeting_id is None
    )
    match poll.state:
        case "draft":
            return ((key("poll.button.again", "poll.again", poll.id),), (cancel,))
        case "open":
            return (*choose, (key("poll.button.close", "poll.close", poll.id), cancel), (fresh,))
        case "closed":
            made = key("meeting.button.look", "meeting.open", poll.meeting_id or 0)
            return (*choose, (made, fresh) if poll.meeting_id is not None else (fresh,))
    return ((fresh,),)
