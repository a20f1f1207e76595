"""/reach: what each approach did, whom it met, and whom nobody tried."""

from datetime import date

import pytest

import texts
from handlers.reach_words import came_of, summary
from rules.shares import Total
from storage import reach, totals
from tests.handlers.acts import invites_everyone, opens_meeting


async def test_with_nobody_known_it_says_so_and_invents_nothing(stage):
    olu = await stage.officer()
    await olu.says("/reach")
    olu.sees("We know 0 care workers", "No approach has reached enough people")


def test_when_no_approach_was_used_it_does_not_say_that_something_came_of_each():
    assert summary([], [], [])["nothing"] == texts.words("reach.nothing.tried")


async def test_the_silent_ones_are_counted_beside_those_who_answered(stage):
    await opens_meeting(stage)
    workers = [await stage.worker(f"Worker {number}") for number in range(40)]
    await invites_everyone(stage, await stage.coordinator(), 40)
    for worker in workers[:20]:
        await worker.taps("rsvp.button.yes")
    await stage.passes(days=4)
    olu = await stage.officer()
    await olu.says("/reach")
    olu.sees("We know 40 care workers", "Tried to reach: 40", "Answered: 20", "silent or still open: 20")
    olu.sees("Most answered:", "Message from the bot", "50% answered (likely 35 to 65%)")
    await olu.taps("reach.button.ways")
    olu.sees("Tried 40 people, arrived 40, answered 20, silent 20, took part 0", "Not used:")
    await olu.taps("reach.button.groups")
    olu.sees("Home care: we know 40, tried 40, answered 20, took part 40")


async def test_small_numbers_are_hidden(stage):
    await opens_meeting(stage)
    await stage.worker("Ada")
    await invites_everyone(stage, await stage.coordinator(), 1)
    olu = await stage.officer()
    await olu.says("/reach")
    olu.sees("We know 1 to 7 care workers")
    olu.sees_not("Ada", "100%")


async def test_who_was_never_tried_is_said_with_the_reason(stage):
    await stage.worker("Ada")
    bea = await stage.worker("Bea")
    await bea.says("/stop")
    olu = await stage.officer()
    await olu.says("/reach")
    await olu.taps("reach.button.untried")
    olu.sees("nobody has tried yet: 1 to 7", "asked us to stop: 1 to 7", "They have not said no")


async def test_another_time_is_a_tap_away(stage):
    await opens_meeting(stage)
    await stage.worker("Ada")
    await invites_everyone(stage, await stage.coordinator(), 1)
    await stage.passes(days=40)
    olu = await stage.officer()
    await olu.says("/reach")
    await olu.taps("reach.period.this_month")
    olu.sees("Whom we reached: This month", "Tried to reach: 0")
    await olu.taps("reach.period.last_month")
    olu.sees("Tried to reach: 1 to 7")


@pytest.mark.parametrize("forged", ["never:ways", "all:names", "all", ""])
async def test_a_button_that_we_did_not_make_shows_nothing(stage, forged):
    olu = await stage.officer()
    await olu.says("/reach")
    await olu.forges(f"v1:reach.turn:{forged}" if forged else "v1:reach.turn")
    olu.sees("button.closed")


async def test_workers_and_coordinators_have_no_such_page(stage):
    ada, cas = await stage.worker("Ada"), await stage.coordinator()
    for someone in (ada, cas):
        await someone.says("/reach")
        someone.sees_not("Whom we reached")


async def test_rows_without_evidence_stay_in(stage):
    span = reach.Span(0, int(stage.clock.now) + 1, stage.program.services.council.zone)
    found = await reach.by_approach(stage.db, span, invented=False)
    assert {"radio", "letter", "bot"} <= {way.code for way in found}
    assert not any(came_of(way) for way in found)


async def test_the_same_as_a_chart(stage):
    await opens_meeting(stage)
    for number in range(9):
        await stage.worker(f"Worker {number}")
    await invites_everyone(stage, await stage.coordinator(), 9)
    olu = await stage.officer()
    await olu.says("/reach")
    await olu.taps("reach.button.chart")
    olu.sees("reach.chart")
    assert olu.fresh[-1]["photo"]


async def test_a_share_of_all_there_are_is_a_range_with_its_source(stage):
    for number in range(40):
        await stage.worker(f"Worker {number}")
    async with stage.program.database.transaction() as tx:
        known = Total(300, 400, 500)
        await totals.add(tx, "home_care", "posts", known, "workforce estimates", date(2026, 3, 31), "host:a", 0)
    olu = await stage.officer()
    await olu.says("/reach")
    await olu.taps("reach.button.covered")
    olu.sees("Home care: 40 of 400 posts (300 to 500): 8 to 13 %. workforce estimates")
