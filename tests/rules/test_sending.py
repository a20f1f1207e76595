"""Whether a message may go, when, and why not; quiet hours; the honest clock of silence; outcomes by hand."""

from dataclasses import replace
from datetime import time
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rules import dispositions
from rules.council import Council
from rules.local_time import instant
from rules.quiet import SHIFTS, is_quiet, next_good_moment, quiet_hours
from rules.sending import (
    UNASKED,
    Candidate,
    Expire,
    Leave,
    Send,
    Skip,
    Wait,
    after_failure,
    after_unknown,
    decide,
    retry_delay,
)
from rules.silence import silent_at

LONDON = ZoneInfo("Europe/London")
COUNCIL = Council()
NOON = instant("2027-03-01T12:00", LONDON)
NIGHT = instant("2027-03-01T23:00", LONDON)
MORNING = instant("2027-03-02T08:00", LONDON)
MINUTE, HOUR, DAY = 60, 3600, 86400
DEFAULT = (time(21), time(8))
REASONS = ("invite", "reminder", "place_free", "cancelled", "changed", "welcome_back", "notice")


def candidate(reason="invite", **facts):
    return Candidate(reason, **{"due_at": NOON, **facts})


# ------------------------------------------------------------ quiet hours
@pytest.mark.parametrize(
    ("shift", "chosen", "expected"),
    [
        ("nights", (None, None), (time(8), time(16))),
        *[(shift, (None, None), DEFAULT) for shift in (*SHIFTS, None) if shift != "nights"],
        *[
            ("nights", ("20:30", "06:15"), (time(20, 30), time(6, 15))),
            ("days", ("00:00", "00:00"), (time(0), time(0))),
        ],
        *[("nights", ("20:30", None), (time(8), time(16))), ("days", (None, "06:15"), DEFAULT)],
    ],
)
def test_quiet_hours_are_the_persons(shift, chosen, expected):
    assert quiet_hours(shift, *chosen, COUNCIL) == expected


@pytest.mark.parametrize(
    ("at", "quiet", "expected"),
    [
        ("2027-03-01T20:59", DEFAULT, "2027-03-01T20:59"),
        ("2027-03-01T21:00", DEFAULT, "2027-03-02T08:00"),
        ("2027-03-02T00:00", DEFAULT, "2027-03-02T08:00"),
        ("2027-03-02T08:00", DEFAULT, "2027-03-02T08:00"),
        ("2027-03-02T12:00", (time(8), time(16)), "2027-03-02T16:00"),
        ("2027-03-02T03:00", (time(8), time(16)), "2027-03-02T03:00"),
        ("2027-03-02T03:00", (time(8), time(8)), "2027-03-02T03:00"),
        ("2027-03-27T22:00", DEFAULT, "2027-03-28T08:00"),
        ("2027-10-30T22:00", DEFAULT, "2027-10-31T08:00"),
        ("2027-03-27T22:00", (time(21), time(1, 30)), "2027-03-28T01:30"),  # a time that is skipped moves forward
    ],
)
def test_the_next_good_moment(at, quiet, expected):
    assert next_good_moment(instant(at, LONDON), LONDON, quiet) == instant(expected, LONDON)


def test_the_end_that_comes_twice():
    first = instant("2027-10-31T01:10", LONDON)
    quiet = (time(23), time(1, 30))
    assert next_good_moment(first, LONDON, quiet) == first + 20 * MINUTE
    assert next_good_moment(first + HOUR, LONDON, quiet) == first + HOUR + 20 * MINUTE


clocks = st.times().map(lambda t: t.replace(microsecond=0))
near_changes = st.sampled_from(["2027-03-28T00:00", "2027-10-31T00:00", "2027-06-14T00:00"]).flatmap(
    lambda day: st.integers(-DAY, 2 * DAY).map(lambda offset: instant(day, LONDON) + offset)
)


@given(near_changes, clocks, clocks)
def test_a_good_moment_is_never_quiet_and_never_past(now, start, end):
    moment = next_good_moment(now, LONDON, (start, end))
    assert moment >= now
    assert not is_quiet(moment, LONDON, (start, end))
    assert moment - now <= 25 * HOUR
    if moment > now:
        assert is_quiet(now, LONDON, (start, end))


# ------------------------------------------------------------ send, wait, skip, expire
@pytest.mark.parametrize(
    ("facts", "expected"),
    [
        ({}, Send()),
        ({"stopped": True}, Skip("stopped")),
        ({"has_channel": False}, Skip("no_channel")),
        ({"consented": False}, Skip("no_consent")),
        ({"unreachable": True}, Skip("unreachable")),
        ({"paused_until": NOON + 1}, Skip("paused")),
        ({"paused_until": NOON}, Send()),
        ({"answer": "maybe"}, Skip("already_answered")),
        ({"reason": "reminder", "answer": "no"}, Skip("already_answered")),
        ({"reason": "reminder", "answer": "yes"}, Send()),
        ({"translated": False}, Skip("missing_translation")),
        ({"meeting_state": "cancelled"}, Skip("meeting_cancelled")),
        ({"meeting_state": "cancelled", "reason": "cancelled"}, Send()),
        ({"meeting_state": "cancelled", "reason": "changed"}, Skip("meeting_cancelled")),
        ({"meeting_state": "open", "meeting_starts_at": NOON + 1}, Send()),
        ({"meeting_starts_at": NOON}, Expire("meeting_over")),
        ({"until_at": NOON}, Expire("too_late")),
        ({"until_at": NOON + 1}, Send()),
    ],
)
def test_what_becomes_of_a_message_at_noon(facts, expected):
    assert decide(candidate(**facts), NOON, COUNCIL) == expected


def test_who_has_stopped_is_told_no_other_reason():
    facts = {"stopped": True, "has_channel": False, "unreachable": True, "until_at": NOON, "answer": "yes"}
    assert decide(candidate(**facts), NOON, COUNCIL) == Skip("stopped")


def test_a_cancelled_meeting_is_said_even_in_a_pause_but_never_after_a_stop():
    assert decide(candidate("cancelled", paused_until=NOON + DAY), NOON, COUNCIL) == Send()
    assert decide(candidate("cancelled", stopped=True), NOON, COUNCIL) == Skip("stopped")


def test_at_night_it_waits_for_the_morning():
    assert decide(candidate(), NIGHT, COUNCIL) == Wait(MORNING, "quiet_hours")
    assert decide(candidate(until_at=MORNING + 1), NIGHT, COUNCIL) == Wait(MORNING, "quiet_hours")


def test_what_would_be_too_late_in_the_morning_expires_with_the_reason():
    assert decide(candidate("reminder", until_at=MORNING), NIGHT, COUNCIL) == Expire("quiet_hours")


def test_a_wasted_journey_is_worse_than_a_message_at_night():
    for reason in ("cancelled", "changed"):
        soon, later = MORNING + 2 * HOUR - 1, MORNING + 2 * HOUR
        assert decide(candidate(reason, until_at=soon), NIGHT, COUNCIL) == Send(urgent=True)
        assert decide(candidate(reason, until_at=later), NIGHT, COUNCIL) == Wait(MORNING, "quiet_hours")


def test_more_than_twelve_hours_before_nothing_is_urgent():
    long = replace(candidate("changed", until_at=NIGHT + 13 * HOUR), quiet=(time(21), time(11)))
    assert decide(long, NIGHT, COUNCIL) == Wait(NIGHT + HOUR, "quiet_hours")
    assert decide(long, NIGHT + HOUR, COUNCIL) == Send(urgent=True)


def test_a_late_reminder_is_enough_where_another_is_to_come():
    late = replace(
        candidate("reminder"), due_at=NOON - 2 * HOUR, until_at=NOON + HOUR, meeting_starts_at=NOON + 3 * HOUR
    )
    assert decide(late, NOON, COUNCIL) == Send()
    told = replace(late, last_late_at=NOON - HOUR)
    assert decide(told, NOON, COUNCIL) == Expire("merged")
    assert decide(replace(told, due_at=NOON), NOON, COUNCIL) == Send()
    assert decide(replace(told, until_at=NOON + 3 * HOUR), NOON, COUNCIL) == Send()


@pytest.mark.parametrize("reason", ["poll", "poll_reminder"])
def test_a_poll_that_is_closed_or_answered_asks_nobody(reason):
    asks = replace(candidate(reason), poll_state="open")
    assert decide(asks, NOON, COUNCIL) == Send()
    assert decide(replace(asks, poll_state="closed"), NOON, COUNCIL) == Skip("poll_closed")
    assert decide(replace(asks, has_voted=True), NOON, COUNCIL) == Skip("already_answered")


def test_staff_are_told_what_they_asked_for_without_a_consent_as_workers():
    assert decide(replace(candidate("poll_closed"), consented=False), NOON, COUNCIL) == Send()


@pytest.mark.parametrize(
    ("ago", "expected"),
    [
        ([HOUR], Send()),
        ([HOUR, 20 * HOUR], Send()),
        ([HOUR, 20 * HOUR - 1], Wait(NOON + 1, "capped")),
        ([HOUR, 2 * HOUR], Wait(instant("2027-03-02T08:00", LONDON), "capped")),  # 06:00 would be quiet
        ([2 * DAY, 3 * DAY], Send()),
        ([2 * DAY, 3 * DAY, 7 * DAY], Send()),
        ([2 * DAY, 3 * DAY, 7 * DAY - 60], Wait(NOON + 60, "capped")),
        ([HOUR, 5 * HOUR, 6 * DAY], Wait(NOON + DAY, "capped")),
    ],
)
def test_no_more_than_two_in_twenty_hours_and_three_a_week(ago, expected):
    recent = tuple(NOON - seconds for seconds in ago)
    assert decide(candidate(recent_unasked=recent), NOON, COUNCIL) == expected


def test_caps_that_would_make_it_too_late_expire_it():
    facts = {"recent_unasked": (NOON - HOUR, NOON - HOUR), "until_at": NOON + HOUR}
    assert decide(candidate(**facts), NOON, COUNCIL) == Expire("capped")


def test_what_follows_from_the_persons_own_answer_is_not_capped():
    recent = (NOON - 1,) * 9
    for reason in REASONS:
        capped = isinstance(decide(candidate(reason, recent_unasked=recent), NOON, COUNCIL), Wait)
        assert capped == (reason in UNASKED)


def test_a_council_may_have_no_caps():
    free = Council(unasked_in_20_hours=0, unasked_in_7_days=0)
    assert decide(candidate(recent_unasked=(NOON,) * 9), NOON, free) == Send()


def test_after_an_outage_one_late_message_a_day():
    late = {"due_at": NOON - 2 * HOUR}
    assert decide(candidate(**late), NOON, COUNCIL) == Send()
    assert decide(candidate(**late, last_late_at=NOON - 3 * HOUR), NOON, COUNCIL) == Wait(NOON + 20 * HOUR, "capped")
    assert decide(candidate(**late, last_late_at=NOON - 20 * HOUR), NOON, COUNCIL) == Send()
    assert decide(candidate(due_at=NOON - HOUR, last_late_at=NOON), NOON, COUNCIL) == Send()


candidates = st.builds(
    Candidate,
    reason=st.sampled_from(REASONS),
    due_at=st.integers(NOON - 3 * DAY, NOON),
    until_at=st.none() | st.integers(NOON - DAY, NOON + 3 * DAY),
    paused_until=st.none() | st.integers(NOON - DAY, NOON + DAY),
    quiet=st.tuples(clocks, clocks),
    recent_unasked=st.lists(st.integers(NOON - 7 * DAY, NOON), max_size=5).map(tuple),
    last_late_at=st.none() | st.integers(NOON - 2 * DAY, NOON),
    meeting_starts_at=st.none() | st.integers(NOON - DAY, NOON + 3 * DAY),
)


@given(candidates, st.integers(NOON, NOON + 3 * DAY))
def test_waiting_comes_to_an_end(one, now):
    decision = decide(one, now, COUNCIL)
    for _ in range(9):
        if not isinstance(decision, Wait):
            break
        assert decision.until > now
        now = decision.until
        assert one.until_at is None or now < one.until_at
        decision = decide(one, now, COUNCIL)
    assert not isinstance(decision, Wait)
    if decision == Send() and one.reason not in ("cancelled", "changed"):
        assert not is_quiet(now, LONDON, one.quiet)


@given(st.lists(st.integers(NOON - 7 * DAY, NOON), max_size=6), st.integers(0, 4), st.integers(0, 4))
def test_sent_when_it_says_the_caps_hold(recent, in_20_hours, in_7_days):
    council = Council(unasked_in_20_hours=in_20_hours, unasked_in_7_days=in_7_days)
    decision = decide(candidate(recent_unasked=tuple(recent), quiet=(time(0), time(0))), NOON, council)
    at = decision.until if isinstance(decision, Wait) else NOON
    assert not in_20_hours or sum(sent > at - 20 * HOUR for sent in recent) < in_20_hours
    assert not in_7_days or sum(sent > at - 7 * DAY for sent in recent) < in_7_days


# ------------------------------------------------------------ after a failure
@pytest.mark.parametrize(
    ("reason", "waited", "left", "tries", "expected"),
    [
        ("invite", 0, None, 1, Wait(NOON + 15 * MINUTE, "unknown")),
        ("invite", 15 * MINUTE, None, 1, Send()),
        ("invite", 15 * MINUTE, None, 2, Leave()),
        ("invite", 15 * MINUTE, 0, 1, Leave()),
        ("cancelled", 15 * MINUTE, 1, 1, Send()),
        ("reminder", 15 * MINUTE, HOUR, 1, Send()),
        ("reminder", 15 * MINUTE, HOUR - 1, 1, Expire("too_late")),
        ("reminder", 0, 2 * HOUR, 1, Wait(NOON + 15 * MINUTE, "unknown")),
        ("reminder", 15 * MINUTE, 2 * HOUR, 2, Leave()),
        ("reminder", 15 * MINUTE, None, 1, Send()),
    ],
)
def test_once_more_while_it_is_of_use(reason, waited, left, tries, expected):
    now = NOON + waited
    assert after_unknown(reason, NOON, now, None if left is None else now + left, tries) == expected


@pytest.mark.parametrize(
    ("kind", "state"),
    [
        *[("flood", "retry_wait"), ("not_sent", "retry_wait"), ("unauthorised", "retry_wait"), ("blocked", "blocked")],
        *[("chat_not_found", "failed"), ("bad_text", "failed"), ("unknown", "unknown")],
    ],
)
def test_the_state_after_each_kind_of_failure(kind, state):
    assert after_failure(kind) == state


def test_a_failure_that_nobody_has_named_is_a_bug():
    with pytest.raises(KeyError):
        after_failure("surprise")


def test_the_delay_doubles_up_to_five_minutes():
    assert [retry_delay(tries) for tries in (0, 1, 2, 3, 8, 9, 10**6)] == [2, 2, 4, 8, 256, 300, 300]


# ------------------------------------------------------------ silence, and outcomes by hand
@pytest.mark.parametrize(
    ("reason", "starts", "expected"),
    [
        ("invite", None, NOON + 72 * HOUR),
        ("by_hand", None, NOON + 72 * HOUR),
        ("invite", NOON + 73 * HOUR, NOON + 72 * HOUR),
        ("invite", NOON + HOUR, NOON + HOUR),
        ("invite", NOON - HOUR, NOON),
        *[(reason, NOON + HOUR, None) for reason in ("reminder", "cancelled", "changed", "place_free", "notice")],
    ],
)
def test_silence_counts_from_an_hour_that_is_known_beforehand(reason, starts, expected):
    assert silent_at(reason, NOON, starts, COUNCIL) == expected


def test_the_council_sets_how_long_it_waits():
    assert silent_at("invite", NOON, None, Council(silence_hours=24)) == NOON + DAY


def test_every_outcome_counts_as_one_thing():
    kinds = [dispositions.ANSWERED, dispositions.NO_RESPONSE, dispositions.OPEN, dispositions.NOBODY_REACHED]
    assert sorted(code for kind in kinds for code in kind) == sorted(dispositions.OUTCOMES)


@pytest.mark.parametrize(
    ("code", "outcome"),
    [
        *[("spoke", "answered"), ("refused", "answered"), ("passed_on", "answered"), ("no_answer", "no_response")],
        *[
            ("left_message", None),
            ("call_back", None),
            ("will_pass_on", None),
            ("wrong_contact", None),
            ("not_attempted", None),
        ],
    ],
)
def test_the_outcome_of_a_contact_by_hand(code, outcome):
    assert dispositions.outcome_of(code) == outcome


def test_an_outcome_that_nobody_has_named_is_refused():
    with pytest.raises(ValueError, match="no such outcome"):
        dispositions.outcome_of("surprise")
