"""Officers read and answer; a code opens its mailbox; other codes open nothing, after the same work."""

import random

import pytest

from rules import codes
from storage import unlinked
from tests.unlinked import week
from tests.unlinked.timing import share_slower, timed


@pytest.fixture
async def released(traces, feedback):
    for one in traces.written:
        await feedback.put(one.code, one.text, "pay")
    assert await feedback.release("2026-W07", {"pay": 50}) >= 9
    return {item.body: item for item in await feedback.issued()}


def theirs(traces, released):
    return next(one for one in traces.written if one.text in released)


async def test_an_answer_reaches_its_code_however_it_is_typed(traces, feedback, released):
    one = theirs(traces, released)
    assert await feedback.answer(released[one.text].slot, "we will look at this", "2026-W08")
    for typed in (one.code, codes.shown(one.code), codes.shown(one.code).lower().replace("-", " ")):
        assert await feedback.mailbox(typed) == [unlinked.Reply("we will look at this", "2026-W08")]


async def test_the_same_answer_twice_lands_once_and_a_second_one_is_added(traces, feedback, released):
    one = theirs(traces, released)
    slot = released[one.text].slot
    assert await feedback.answer(slot, "we will look at this", "2026-W08")
    assert not await feedback.answer(slot, "we will look at this", "2026-W09")
    assert await feedback.answer(slot, "it is done", "2026-W09")
    assert [reply.week for reply in await feedback.mailbox(one.code)] == ["2026-W08", "2026-W09"]


async def test_what_waits_cannot_be_answered(traces, feedback):
    await feedback.put(traces.written[0].code, traces.written[0].text, "pay")
    assert not await feedback.answer(b"x" * 16, "hello there", "2026-W08")
    assert await feedback.mailbox(traces.written[0].code) == []


async def test_wrong_near_foreign_and_unanswered_codes_open_nothing(traces, feedback, released):
    one = theirs(traces, released)
    await feedback.answer(released[one.text].slot, "we will look at this", "2026-W08")
    unanswered = next(other for other in traces.written if other is not one)
    for typed in (week.near(one.code), codes.fresh(), unanswered.code, "no code at all", "", one.code[:-1]):
        assert await feedback.mailbox(typed) == [], typed


async def test_every_code_costs_the_same_work(traces, feedback, released):
    assert await week.work_of_codes(traces, feedback) == []


async def test_nobody_can_tell_by_the_time_it_takes(traces, rng):
    async with unlinked.opened(traces.path, traces.pepper, now=traces.now, cost=2**9) as feedback:
        await feedback.put(traces.written[0].code, traces.written[0].text, "pay")
        near = week.near(traces.written[0].code)
        typed = {"wrong": codes.fresh(), "near": near, "foreign": traces.written[1].code, "malformed": "no code"}
        took = await timed(feedback, typed, 40, rng)
    for name in ("near", "foreign", "malformed"):
        assert 0.2 < share_slower(took["wrong"], took[name]) < 0.8, name  # 4.6 standard deviations around a half


def test_the_measure_of_time_sees_a_difference():
    rng = random.Random(1)
    slow, quick = [1 + rng.random() for _ in range(40)], [0.5 + rng.random() for _ in range(40)]
    assert share_slower(slow, quick) > 0.8
    assert share_slower(slow, slow) == 0.5


async def test_read_by_week_and_topic_and_counted(traces, feedback, released):
    for number in range(5):
        await feedback.put(codes.fresh(), f"a general item {number}", "general")
    await feedback.release("2026-W12", {})
    weeks = {(item.week, item.topic) for item in await feedback.issued()}
    assert weeks >= {("2026-W07", "pay"), ("2026-W12", "general")}
    assert {item.week for item in await feedback.issued("2026-W12")} == {"2026-W12"}
    assert {item.topic for item in await feedback.issued(topic="pay")} == {"pay"}
    assert sum((await feedback.counts()).values()) == len(await feedback.issued())


async def test_an_item_that_comes_again_after_its_release_is_not_kept_twice(traces, feedback, released):
    one = theirs(traces, released)
    assert not await feedback.put(one.code, one.text, "pay")


async def test_a_week_is_released_once_and_never_an_earlier_one(traces, feedback, released):
    for number in range(6):
        await feedback.put(codes.fresh(), f"a later item {number}", "pay")
    before = len(await feedback.issued())
    assert await feedback.release("2026-W07", {"pay": 50}) == 0
    assert await feedback.release("2026-W06", {"pay": 50}) == 0
    assert len(await feedback.issued()) == before
    assert await feedback.release("2026-W08", {"pay": 50}) > 0


async def test_limits_under_five_are_refused_and_nothing_is_released(traces, feedback):
    await feedback.put(traces.written[0].code, traces.written[0].text, "pay")
    with pytest.raises(ValueError, match="fewer than 5"):
        await feedback.release("2026-W07", {"pay": 50}, k=1)
    assert await feedback.issued() == []


async def test_themes_are_set_on_what_is_issued_only(feedback, released):
    slot = next(iter(released.values())).slot
    assert await feedback.add_theme(slot, "fear")
    assert not await feedback.add_theme(slot, "fear")
    assert not await feedback.add_theme(b"x" * 16, "fear")
    assert await feedback.add_theme(slot, "pay")
    assert await feedback.themes_of(slot) == ["fear", "pay"]
    assert await feedback.theme_counts() == {"fear": 1, "pay": 1}
    assert await feedback.take_theme(slot, "fear")
    assert not await feedback.take_theme(slot, "fear")
    assert await feedback.themes_of(slot) == ["pay"]


async def test_a_quote_takes_a_second_person_and_exactly_the_words_they_saw(feedback, released):
    slot = next(iter(released.values())).slot
    assert await feedback.propose_quote(slot, "was said", 1)
    assert not await feedback.propose_quote(b"x" * 16, "was said", 1)
    (quote,) = await feedback.quotes()
    assert quote == unlinked.Quote(slot, "was said", agreed=False)
    assert not await feedback.agree_quote(quote, 1)
    assert not await feedback.agree_quote(unlinked.Quote(slot, "other words", agreed=False), 2)
    assert await feedback.agree_quote(quote, 2)
    assert (await feedback.quotes())[0].agreed
    assert await feedback.propose_quote(slot, "other words", 2)
    assert not (await feedback.quotes())[0].agreed
