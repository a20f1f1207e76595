"""The messages a coordinator sees while an invite is chosen, previewed and sent."""

from collections.abc import Mapping

from handlers.saying import Key, Saying, key
from storage.broadcasts import Broadcast

REACHED = ("accepted",)
UNSURE = ("unknown",)
NOT_REACHED = ("blocked", "failed")
LEFT_OUT = ("skipped", "expired", "cancelled")
TO_COME = ("planned", "queued", "sending", "retry_wait")


def progress(broadcast: Broadcast, counts: Mapping[str, int]) -> Saying:
    """How far the sending is, for the one message that counts up in place. `counts` is by state of the attempt."""
    values = {
        "size": broadcast.size,
        "sent": _sum(counts, REACHED),
        "unsure": _sum(counts, UNSURE),
        "not_reached": _sum(counts, NOT_REACHED),
        "left_out": _sum(counts, LEFT_OUT),
        "to_come": _sum(counts, TO_COME),
    }
    return Saying(f"invite.progress.{broadcast.state}", values, _keys(broadcast))


def _keys(broadcast: Broadcast) -> tuple[tuple[Key, ...], ...]:
    match broadcast.state:
        case "waiting":
            return ((key("invite.button.undo", "invite.undo", broadcast.id),),)
        case "sending":
            return ((key("invite.button.stop", "invite.stop", broadcast.id),),)
        case "done" | "stopped":
            return ((key("invite.button.answers", "answers.open", broadcast.meeting_id),),)
    return ()


def _sum(counts: Mapping[str, int], states: tuple[str, ...]) -> int:
    return sum(counts.get(state, 0) for state in states)
