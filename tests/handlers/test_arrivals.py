"""A code on a poster, or one that was handed on, counts by day: opened, met for the first time, signed up."""

import pytest

from storage import approaches, links, scans

SIGN_UP = ("join.consent.button.yes", "market.home_care", "shift.days", "job.care_worker", "strand.network")


async def poster(stage, title="Library"):
    facts = approaches.Facts("poster", "poster", title)
    async with stage.program.database.transaction() as tx:
        return await approaches.make(tx, facts, None, int(stage.clock.now))


async def tally(stage, approach):
    found = await scans.tally(stage.db, approach.id, invented=False)
    return found.opened, found.first_met, found.joined


async def link_of(stage, someone):
    async with stage.program.database.transaction() as tx:
        return await links.of_worker(tx, (await someone.person()).id, int(stage.clock.now), invented=False)


async def test_a_scan_is_counted_and_the_sign_up_belongs_to_it(stage):
    wall, ada = await poster(stage), stage.somebody("Ada")
    await ada.says(f"/start {wall.code}")
    assert await tally(stage, wall) == (1, 1, 0)
    for step in SIGN_UP:
        await ada.taps(step)
    assert await tally(stage, wall) == (1, 1, 1)
    assert (await ada.person()).first_approach == wall.id
    assert await scans.by_day(stage.db, wall.id, invented=False) == [("2027-03-01", 1, 1)]


async def test_the_same_person_again_counts_as_opened_only_at_every_point(stage):
    wall, ada = await poster(stage), stage.somebody("Ada")
    await ada.says(f"/start {wall.code}")
    await ada.says(f"/start {wall.code}")
    ada.sees("join.hello")
    await ada.taps("join.consent.button.yes")
    await ada.taps("market.home_care")
    await ada.says(f"/start {wall.code.upper()}")
    ada.sees("form.resume")
    await ada.taps("form.carry_on")
    for step in SIGN_UP[2:]:
        await ada.taps(step)
    await ada.says(f"/start {wall.code}")
    ada.sees("join.welcome_back")
    assert await tally(stage, wall) == (4, 1, 1)


async def test_the_first_approach_stays_the_first(stage):
    wall, leaflet, ada = await poster(stage), await poster(stage, "Leaflet"), stage.somebody("Ada")
    await ada.says(f"/start {wall.code}")
    await ada.says(f"/start {leaflet.code}")
    for step in SIGN_UP:
        await ada.taps(step)
    assert await tally(stage, wall) == (1, 1, 1)
    assert await tally(stage, leaflet) == (1, 0, 0)


async def test_an_approach_that_has_ended_still_counts_for_the_posters_that_hang(stage):
    wall, ada = await poster(stage), stage.somebody("Ada")
    async with stage.program.database.transaction() as tx:
        await approaches.end(tx, wall.id, int(stage.clock.now))
    await ada.says(f"/start {wall.code}")
    assert await tally(stage, wall) == (1, 1, 0)


@pytest.mark.parametrize("code", ["", "nobody-knows", "by-nobody", "x" * 64])
async def test_a_code_nobody_knows_is_no_scan(stage, code):
    ada = stage.somebody("Ada")
    await ada.says(f"/start {code}")
    ada.sees("join.hello")
    assert all(one.opened == 0 for one in await scans.tallies(stage.db, invented=False))
    direct = await approaches.by_code(stage.db, "direct")
    assert (await ada.person()).first_approach == direct.id


async def test_a_code_that_was_handed_on_counts_and_forgets(stage):
    ada = await stage.worker("Ada")
    link, bo = await link_of(stage, ada), stage.somebody("Bo")
    await bo.says(f"/start {link.code}")
    for step in SIGN_UP:
        await bo.taps(step)
    found = await links.by_code(stage.db, link.code)
    assert (found.opened, found.first_met, found.joined) == (1, 1, 1)
    peer = await approaches.by_code(stage.db, "peer")
    assert (await bo.person()).first_approach == peer.id
    assert await tally(stage, peer) == (1, 1, 1)
    assert await stage.db.value("SELECT COUNT(*) FROM person WHERE came_by IS NOT NULL") == 0


async def test_trying_her_own_code_counts_for_nothing(stage):
    ada = await stage.worker("Ada")
    link = await link_of(stage, ada)
    await ada.says(f"/start {link.code}")
    ada.sees("join.welcome_back")
    assert (await links.by_code(stage.db, link.code)).opened == 0


async def test_a_sign_up_left_for_two_weeks_is_tied_to_no_code_any_more(stage):
    ada = await stage.worker("Ada")
    link, bo = await link_of(stage, ada), stage.somebody("Bo")
    await bo.says(f"/start {link.code}")
    assert await stage.db.value("SELECT COUNT(*) FROM person WHERE came_by IS NOT NULL") == 1
    stage.clock.passes(days=14, minutes=1)
    await stage.program.ticker.tidy()
    assert await stage.db.value("SELECT COUNT(*) FROM person WHERE came_by IS NOT NULL") == 0
