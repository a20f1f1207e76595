"""How far an organisation has come: the log moves it up, a person's word holds, and nothing moves it twice."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rules.stages import APART, STAGES, Said, Sign, reached

DAY = date(2027, 3, 1)


def on(day, kind="act"):
    return Sign(kind, DAY + timedelta(days=day))


def path(said, *signs):
    return [(step.stage, (step.day - DAY).days) for step in reached(said, signs)]


def test_each_kind_of_sign_moves_as_far_as_it_says():
    assert path(None, on(0, "attempt")) == [("approached", 0)]
    assert path(None, on(0, "attempt"), on(3, "reply")) == [("approached", 0), ("replied", 3)]
    assert path(None, on(0, "attempt"), on(3, "reply"), on(5)) == [("approached", 0), ("replied", 3), ("engaged", 5)]


def test_what_happens_on_one_day_is_one_step():
    assert path(None, on(2, "attempt"), on(2, "reply"), on(2)) == [("engaged", 2)]


def test_acts_14_days_apart_are_regular_and_13_are_not():
    assert path(None, on(0), on(13)) == [("engaged", 0)]
    assert path(None, on(0), on(13), on(14), on(30)) == [("engaged", 0), ("regular", 14)]


def test_nothing_logged_is_nothing_reached():
    assert path(None) == []


def test_what_is_said_by_hand_holds_against_what_was_logged_before():
    said = Said("replied", DAY + timedelta(days=20))
    assert path(said, on(0), on(15)) == []
    assert path(said, on(0), on(15), on(21)) == [("engaged", 21)]


def test_an_act_long_after_somebody_said_engaged_is_regular():
    assert path(Said("engaged", DAY), on(14)) == [("regular", 14)]
    assert path(Said("engaged", DAY), on(13)) == []


def test_who_has_left_comes_back_by_answering_and_not_by_being_asked():
    left = Said("left", DAY)
    assert path(left, on(-3), on(5, "attempt")) == []
    assert path(left, on(5, "attempt"), on(6, "reply")) == [("replied", 6)]
    assert path(left, on(7)) == [("engaged", 7)]


def test_an_unknown_kind_is_refused():
    with pytest.raises(KeyError):
        reached(None, [Sign("rumour", DAY)])


signs = st.lists(st.builds(on, st.integers(-40, 40), st.sampled_from(["attempt", "reply", "act"])), max_size=12)
saids = st.none() | st.builds(Said, st.sampled_from(STAGES), st.just(DAY))


@given(saids, signs)
def test_steps_only_go_up_and_days_only_on(said, signs):
    steps = reached(said, signs)
    ranks = [STAGES.index(step.stage) for step in steps]
    assert ranks == sorted(set(ranks))
    assert [step.day for step in steps] == sorted({step.day for step in steps})
    assert all(step.stage != "left" and (said is None or step.day > said.day) for step in steps)


@given(saids, signs, signs)
def test_more_in_the_log_never_leads_less_far(said, some, more):
    def rank(steps):
        return max((STAGES.index(step.stage) for step in steps), default=-1)

    assert rank(reached(said, some)) <= rank(reached(said, some + more))


@given(signs)
def test_regular_is_two_acts_far_enough_apart(signs):
    acts = [sign.day for sign in signs if sign.kind == "act"]
    apart = bool(acts) and max(acts) - min(acts) >= APART
    assert any(step.stage == "regular" for step in reached(None, signs)) == apart
