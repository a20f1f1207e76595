"""The messages a coordinator sees while an invite is chosen, previewed and sent."""

from collections.abc import Mapping

import texts
from handlers.saying import Key, Saying, key
from storage.broadcasts import Broadcast

STATES = {
    "to_come": ("planned", "queued", "sending", "retry_wait"),
    "unsure": ("unknown",),
    "not_reached": ("blocked", "failed"),
    "left_out": ("skipped", "expired", "cancelled"),
}


def progress(broadcast: Broadcast, counts: Mapping[str, int]) -> Saying:
    """How far the sending is, for the one message that counts up in place. `counts` is by state of the attempt."""
    found = ((name, sum(counts.get(state, 0) for state in states)) for name, states in STATES.items())
    lines = [texts.words(f"invite.progress.line.{name}", count=count) for name, count in found if count]
    values = {"size": broadcast.size, "sent": counts.get("accepted", 0), "lines": texts.listed(lines, "lines")}
    return Saying(f"invite.progress.{broadcast.state}", values, _keys(broadcast))


def _keys(broadcast: Broadcast) -> tuple[tuple[Key, ...], ...]:
    match broadcast.state:
        case "waiting":
            return ((key("invite.button.undo", "invite.undo", broadcast.id),),)
        case "sending":
            return ((key("invite.button.stop", "invite.stop", broadcast.id),),)
    again, look = _poll_keys(broadcast.poll_id) if broadcast.poll_id else _meeting_keys(broadcast.meeting_id or 0)
    return ((again,), (key("button.home", "go", "home"),)) if broadcast.state == "undone" else ((look,),)


def _meeting_keys(meeting_id: int) -> tuple[Key, Key]:
    again = key("invite.button.again", "invite.start", meeting_id)
    return again, key("invite.button.answers", "answers.open", meeting_id)


def _poll_keys(poll_id: int) -> tuple[Key, Key]:
    return key("poll.button.again", "poll.again", poll_id), key("poll.button.look", "poll.open", poll_id)
