"""An officer enters what is known of each market, sees who takes part as a range, and withdraws a mistake."""

import pytest

from storage import audit, totals
from tests.handlers.test_organisations import answers


async def enters(olu, *taps):
    await olu.says("/totals")
    await answers(olu, "Add a figure", *taps)


async def test_a_figure_with_its_range_source_and_day(stage):
    olu = await stage.officer()
    await olu.says("/totals")
    olu.sees("totals.nothing")
    await enters(olu, "Home care", "posts", "Every size", "=lots")
    olu.sees("total_new.figure.not_understood")
    await answers(olu, "=1,100-1,300")
    olu.sees("1,200 (1,100 to 1,300)")
    await answers(olu, "=Workforce survey <2026>", "=31 January", "form.sure.yes")
    olu.sees("Home care: 0 of 1,200 posts (1,100 to 1,300): 0 %. Workforce survey <2026>, 31 January 2027")
    (known,) = await totals.current(stage.db)
    assert (known.market, known.unit, known.made_by) == ("home_care", "posts", f"person:{(await olu.person()).id}")
    assert next(entry.action for entry in await audit.page(stage.db)) == "total_added"


async def test_who_takes_part_is_a_range_small_numbers_hidden(stage):
    olu = await stage.officer()
    await enters(olu, "Home care", "people", "Every size", "=60 (50-100)", "=Our list", "Today")
    await enters(olu, "Care home", "people", "Every size", "=40", "=Our list", "Today")
    for number in range(10):
        await stage.worker(f"W{number}", market="home_care")
    await stage.worker("Zed", market="care_home")
    await olu.says("/totals")
    olu.sees("Home care: 10 of 60 people (50 to 100): 10 to 20 %")
    olu.sees("Care home: 1 to 7 of 40 people: too few to say", "Evenness: too few to say")
    for number in range(9):
        await stage.worker(f"C{number}", market="care_home")
    await olu.says("/totals")
    olu.sees("Evenness: 0.67")


async def test_a_mistake_is_withdrawn_and_stays_in_the_history(stage):
    olu = await stage.officer()
    await enters(olu, "All markets", "posts", "Every size", "=12000", "=Survey", "Today")
    await answers(olu, "Withdraw one", "All markets: 12,000 posts, 1 March 2027")
    olu.sees("Was this entered by mistake?", "Source: Survey")
    await olu.taps("Withdraw it")
    assert await totals.current(stage.db) == []
    await olu.forges("v1:totals.withdraw:1")
    olu.sees("button.closed")
    await olu.forges("v1:totals.history")
    olu.sees("All markets: 12,000 posts, 1 March 2027 (withdrawn)")


async def test_providers_by_size(stage):
    olu = await stage.officer()
    await enters(olu, "All markets", "providers", "250 or more", "=8", "=The register", "Today")
    olu.sees("All markets, 250+ people: 0 of 8 providers")


@pytest.mark.parametrize("data", ["totals.ask:9", "totals.ask", "totals.withdraw:9", "totals.choose", "totals.history"])
async def test_what_is_not_there_is_closed(stage, data):
    olu = await stage.officer()
    await olu.forges(f"v1:{data}")
    olu.sees("button.closed")


async def test_coordinators_and_workers_do_not_enter_totals(stage):
    for someone in (await stage.worker(), await stage.coordinator()):
        await someone.says("/totals")
        someone.sees("help.unknown_command")
        await someone.forges("v1:totals.new")
        someone.sees("button.closed")
