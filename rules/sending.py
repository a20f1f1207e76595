"""Whether one message may go to one person now: send, wait, skip or expire, and the reason that is kept."""

from dataclasses import dataclass
from datetime import time

from rules.council import Council
from rules.quiet import Moved, Quiet, next_good_moment

_HOUR = 3600
# Counted against the caps; the other messages follow from what the person answered.
UNASKED = frozenset(
    {"invite", "notice", "welcome_back", "poll", "poll_reminder", "ask_hours", "ask_week", "theme_ask", "thanks"}
)
# A wasted journey is worse than a message in a pause or, when there is no other hour left, at night.
URGENT = frozenset({"cancelled", "changed"})
TO_STAFF = frozenset({"poll_all_answered", "poll_closed", "close_due", "claim_to_approve", "reward_alert"})
VOTES = frozenset({"poll", "poll_reminder"})
AFTERWARDS = frozenset({"no_show", "close_due", "thanks"})  # sent because the meeting is over
URGENT_WITHIN = 12 * _HOUR
TO_SET_OUT = 2 * _HOUR
LATE_AFTER = _HOUR
AGAIN_AFTER = 15 * 60
_WINDOWS = (20 * _HOUR, 7 * 24 * _HOUR)


@dataclass(frozen=True)
class Send:
    """Now. `urgent`: though it is the person's quiet hours."""

    urgent: bool = False


@dataclass(frozen=True)
class Wait:
    """Not before `until` (unix seconds)."""

    until: int
    why: str


@dataclass(frozen=True)
class Skip:
    """Never: this person is not attempted."""

    why: str


@dataclass(frozen=True)
class Expire:
    """Never: its time has passed."""

    why: str


@dataclass(frozen=True)
class Leave:
    """Never again: what became of it stays unknown, and only the person's answer can resolve it."""


Decision = Send | Wait | Skip | Expire


@dataclass(frozen=True)
class Candidate:
    """A message that is due, and what is known of its person and its meeting at this moment.

    `recent_unasked` are the unix seconds of the unasked messages accepted in the last seven days. `last_late_at` is
    when the person last got a message that came over an hour late. `answer` is what they said about the same meeting.
    """

    reason: str
    due_at: int
    until_at: int | None = None
    has_channel: bool = True
    consented: bool = True
    stopped: bool = False
    unreachable: bool = False
    paused_until: int | None = None
    quiet: Quiet = (time(21), time(8))
    moved: Moved | None = None
    recent_unasked: tuple[int, ...] = ()
    last_late_at: int | None = None
    translated: bool = True
    meeting_state: str | None = None
    meeting_starts_at: int | None = None
    answer: str | None = None
    poll_state: str | None = None
    has_voted: bool = False


def decide(candidate: Candidate, now: int, council: Council) -> Decision:
    """Send now, wait, skip or expire. The order of the reasons is the order in which a person would give them."""
    return obstacle(candidate, now) or _when(candidate, now, council)


def obstacle(candidate: Candidate, now: int) -> Skip | Expire | None:
    """What stands in the way for good, whatever the hour: checked again in the transaction that claims an attempt."""
    if why := _not_this_person(candidate, now) or _nothing_left(candidate):
        return Skip(why)
    over = candidate.meeting_starts_at is not None and candidate.meeting_starts_at <= now
    if over and candidate.reason not in AFTERWARDS:
        return Expire("meeting_over")
    if candidate.until_at is not None and candidate.until_at <= now:
        return Expire("too_late")
    return None


def _not_this_person(candidate: Candidate, now: int) -> str:
    reasons = (
        (candidate.stopped, "stopped"),
        (not candidate.has_channel, "no_channel"),
        (not candidate.consented and candidate.reason not in TO_STAFF, "no_consent"),
        (candidate.unreachable, "unreachable"),
        (candidate.reason not in URGENT and (candidate.paused_until or 0) > now, "paused"),
    )
    return next((why for holds, why in reasons if holds), "")


def _nothing_left(candidate: Candidate) -> str:
    invited, reminded = candidate.reason == "invite", candidate.reason == "reminder"
    votes = candidate.reason in VOTES
    settled = (invited and bool(candidate.answer)) or (reminded and candidate.answer == "no")
    reasons = (
        (votes and candidate.poll_state != "open", "poll_closed"),
        (votes and candidate.has_voted, "already_answered"),
        (candidate.meeting_state == "cancelled" and candidate.reason != "cancelled", "meeting_cancelled"),
        (settled, "already_answered"),
        (not candidate.translated, "missing_translation"),
    )
    return next((why for holds, why in reasons if holds), "")


def _when(candidate: Candidate, now: int, council: Council) -> Decision:
    if _said_already(candidate, now):
        return Expire("merged")
    free_at = _under_the_caps(candidate, now, council)
    good_at = next_good_moment(free_at, council.zone, candidate.quiet, candidate.moved)
    if good_at <= now:
        return Send()
    why = "capped" if free_at > now else "quiet_hours"
    if candidate.until_at is None:
        return Wait(good_at, why)
    if candidate.reason in URGENT:
        return _urgent(candidate.until_at, good_at, now)
    return Wait(good_at, why) if good_at < candidate.until_at else Expire(why)


def _urgent(starts_at: int, good_at: int, now: int) -> Decision:
    """A change waits for the morning when that leaves time to set out; otherwise it comes from 12 hours before."""
    if good_at <= starts_at - TO_SET_OUT:
        return Wait(good_at, "quiet_hours")
    return Send(urgent=True) if now >= starts_at - URGENT_WITHIN else Wait(starts_at - URGENT_WITHIN, "quiet_hours")


def _said_already(candidate: Candidate, now: int) -> bool:
    """After a time in which we were out, one late message is enough where another reminder is still to come."""
    late = now - candidate.due_at > LATE_AFTER and now - (candidate.last_late_at or 0) < _WINDOWS[0]
    comes_again = (candidate.until_at or 0) < (candidate.meeting_starts_at or 0)
    return late and comes_again and candidate.reason == "reminder"


def _under_the_caps(candidate: Candidate, now: int, council: Council) -> int:
    """The first moment at which one more message keeps every cap; the caps are so many in a window that slides."""
    if candidate.reason not in UNASKED:
        return now
    sent = sorted(candidate.recent_unasked, reverse=True)
    limits = (council.unasked_in_20_hours, council.unasked_in_7_days)
    ends = [sent[most - 1] + window for most, window in zip(limits, _WINDOWS, strict=True) if 0 < most <= len(sent)]
    if candidate.last_late_at is not None and now - candidate.due_at > LATE_AFTER:
        ends.append(candidate.last_late_at + _WINDOWS[0])
    return max(now, *ends) if ends else now


def after_unknown(
    reason: str, first_unknown_at: int, now: int, until_at: int | None, tries: int
) -> Send | Wait | Expire | Leave:
    """What to do about a message whose fate is unknown: once more after 15 minutes while it is of use, then leave it.

    A reminder goes again only while an hour or more remains; when less does, it expires.
    """
    if tries > 1:
        return Leave()
    if reason == "reminder" and until_at is not None and until_at - now < _HOUR:
        return Expire("too_late")
    if until_at is not None and until_at <= now:
        return Leave()
    again_at = first_unknown_at + AGAIN_AFTER
    return Send() if now >= again_at else Wait(again_at, "unknown")


_AFTER_FAILURE = {
    "flood": "retry_wait",  # 429
    "not_sent": "retry_wait",  # it never left this machine, so repeating is safe
    "unauthorised": "retry_wait",  # our token is wrong: nothing about this person
    "blocked": "blocked",  # 403: blocked us, or the account is gone
    "chat_not_found": "failed",
    "bad_text": "failed",  # a bug of ours
    "unknown": "unknown",  # read timeout, reset, 5xx: it may have arrived
}


def after_failure(kind: str) -> str:
    """The state of an attempt after this kind of failure; raises KeyError for a kind that nobody has named."""
    return _AFTER_FAILURE[kind]


def retry_delay(tries: int) -> int:
    """Seconds to wait after a try that never left this machine: 2, 4, 8 ... up to 5 minutes."""
    return min(300, 2 << min(max(tries, 1) - 1, 9))
