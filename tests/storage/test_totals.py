"""The ledger of known totals, and how much of it was reached: each person once in the total and in each market."""

import sqlite3
from datetime import date
from zoneinfo import ZoneInfo

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from rules.shares import Total
from storage import covered, organisations, people, stages, totals
from storage.reach import Span
from tests.storage.world import NOON, worker

MARKETS = ("home_care", "care_home", "nursing_home")
SPAN = Span(0, NOON + 1, ZoneInfo("Europe/London"))
DAY = date(2027, 1, 31)
OTHER = "INSERT INTO other_market (person_id, market) VALUES (:id, :market)"


async def known(tx, market, figure, *, low=None, high=None, unit="posts", day=DAY, size=None):
    total = Total(low or figure, figure, high or figure)
    return await totals.add(tx, market, unit, total, "invented", day, "person:1", NOON, size_band=size)


async def engaged(tx, market, *others, **said):
    number = await worker(tx, "Ada", market=market, **said)
    await people.joined(tx, number, NOON)
    for other in others:
        await tx.run(OTHER, id=number, market=other)
    return number


async def rows(tx, **options):
    found = await covered.of_people(tx, SPAN, MARKETS, invented=False, **options)
    return {row.market: row for row in found.rows}, found.evenness


async def test_the_latest_day_counts_and_history_keeps_every_row(tx):
    first = await known(tx, "home_care", 1000)
    await known(tx, "home_care", 1200, low=1100, high=1300, day=date(2027, 2, 28))
    await known(tx, "home_care", 900, day=date(2026, 1, 1))
    await known(tx, "home_care", 40, unit="providers")
    assert [(one.unit, one.total.figure) for one in await totals.current(tx)] == [("posts", 1200), ("providers", 40)]
    assert len(await totals.history(tx, 10)) == 4
    assert (await totals.by_id(tx, first.id)).total == Total(1000, 1000, 1000)


async def test_a_mistake_is_withdrawn_stays_and_the_one_before_counts_again(tx):
    await known(tx, "home_care", 1000)
    wrong = await known(tx, "home_care", 10, day=date(2027, 2, 1))
    assert await totals.withdraw(tx, wrong.id, NOON)
    assert not await totals.withdraw(tx, wrong.id, NOON)
    assert [one.total.figure for one in await totals.current(tx)] == [1000]
    assert [one.withdrawn_at for one in await totals.history(tx, 10)] == [NOON, None]


@pytest.mark.parametrize("sql", ["UPDATE known_total SET figure = 5, low = 5", "DELETE FROM known_total"])
async def test_the_ledger_is_neither_edited_nor_cut(tx, sql):
    await known(tx, "home_care", 1000)
    with pytest.raises(sqlite3.IntegrityError, match="append-only"):
        await tx.run(sql)


async def test_a_figure_outside_its_range_is_refused(tx):
    with pytest.raises(sqlite3.IntegrityError):
        await known(tx, "home_care", 1000, low=1100)
    with pytest.raises(sqlite3.IntegrityError):
        await totals.add(tx, "all", "posts", Total(1, 1, 1), "", DAY, "person:1", NOON)


async def test_coverage_is_a_range_and_evenness_the_lowest_by_the_highest(tx):
    await known(tx, "home_care", 100, low=80, high=125)
    await known(tx, "care_home", 50)
    for market in ("home_care",) * 10 + ("care_home",) * 20:
        await engaged(tx, market)
    found, score = await rows(tx)
    share = found["home_care"].share
    assert (share.least, share.middle, share.most) == (0.08, 0.1, 0.125)
    assert found["care_home"].share.middle == 0.4
    assert score == 0.25
    assert found["nursing_home"].share is None


async def test_two_markets_are_one_person_in_all_and_one_in_each(tx):
    await engaged(tx, "home_care", "care_home")
    found, _ = await rows(tx)
    assert [found[market].engaged for market in ("all", "home_care", "care_home")] == [1, 1, 1]


async def test_a_market_not_given_stands_apart(tx):
    await engaged(tx, None)
    await engaged(tx, "not_said")
    found, _ = await rows(tx)
    assert (found["all"].engaged, found[None].engaged) == (2, 2)
    assert sum(found[market].engaged for market in MARKETS) == 0


async def test_people_go_before_posts_as_the_total(tx):
    await known(tx, "all", 1000)
    await known(tx, "all", 500, unit="people", day=date(2020, 1, 1))
    found, _ = await rows(tx)
    assert found["all"].known.unit == "people"


async def test_invented_people_people_of_organisations_and_those_who_did_nothing_are_not_engaged(tx):
    await engaged(tx, "home_care", invented=1)
    await worker(tx, "Idle", market="home_care")
    oak = await organisations.add(tx, "provider", "Oak", NOON)
    manager = await engaged(tx, "home_care")
    await organisations.speaks_for(tx, manager, oak.id, "manager")
    found, _ = await rows(tx)
    assert (found["all"].engaged, found["home_care"].engaged) == (0, 0)


async def test_providers_are_counted_by_market_and_by_size_where_that_is_known(tx):
    await known(tx, "home_care", 40, unit="providers")
    await known(tx, "all", 8, low=5, high=10, unit="providers", size="250+")
    for name, size in (("Oak", "250+"), ("Elm", "1-9")):
        one = await organisations.add(tx, "provider", name, NOON, markets=("home_care", "care_home"), size_band=size)
        await stages.say(tx, one.id, "engaged", DAY, None, NOON)
    await organisations.add(tx, "provider", "Ash", NOON, markets=("home_care",), size_band="250+")
    found = await covered.of_providers(tx, MARKETS, invented=False)
    counts = {(row.market, row.size_band): (row.engaged, row.share.middle if row.share else None) for row in found.rows}
    assert counts["all", None] == (2, None)
    assert counts["home_care", None] == (2, 0.05)
    assert counts["all", "250+"] == (1, 0.125)
    assert found.evenness is None


@settings(max_examples=30, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(st.lists(st.sets(st.sampled_from(MARKETS)), max_size=12))
async def test_counts_are_what_a_recount_of_the_people_says(database, sets):
    async with database.transaction() as tx:
        before, _ = await rows(tx)
        for markets in sets:
            first, *others = [*sorted(markets), None]
            await engaged(tx, first, *[one for one in others if one])
    after, _ = await rows(database.reading)
    grown = {market: after[market].engaged - (before[market].engaged if market in before else 0) for market in after}
    assert grown["all"] == len(sets)
    for market in MARKETS:
        assert grown[market] == sum(market in one for one in sets)
    assert grown.get(None, 0) == sum(not one for one in sets)
