"""Who people are in groups, how far each group was reached, and the hours that were offered."""

from storage import groups
from storage.groups import Member
from tests.storage.world import NOON, make, open_meeting, says, worker, workers


async def test_members_are_told_with_their_groups_and_blanks_where_nothing_was_said(database):
    async with database.transaction() as tx:
        ada = await worker(tx, market="home_care", shift="nights", strand="network")
        bo = await worker(tx)
        await worker(tx, market="day_services")
    assert await groups.members(database.reading, [ada, bo, 999]) == {
        ada: Member(ada, "home_care", "nights", "network"),
        bo: Member(bo, "", "", ""),
    }
    assert await groups.members(database.reading, []) == {}


async def test_the_market_reached_least_comes_first_and_equals_share_a_place(database):
    home = await workers(database, 2, market="home_care")
    await workers(database, 1, market="day_services")
    await workers(database, 1, market="care_home")
    nursing = await workers(database, 1, market="nursing_home")
    await workers(database, 1, market="home_care", invented=1)
    meeting = await open_meeting(database)
    await says(database, home[0], meeting, "yes", NOON)
    await says(database, home[1], meeting, "no", NOON)
    await says(database, nursing[0], meeting, "yes", NOON)
    assert await groups.least_reached(database.reading, invented=False) == {
        "day_services": 0, "care_home": 0, "home_care": 1, "nursing_home": 2,
    }  # fmt: skip
    assert await groups.least_reached(database.reading, invented=True) == {"home_care": 0}


async def test_drafts_and_meetings_called_off_were_never_offered(database):
    await open_meeting(database, local_start="2027-03-08T19:30", minutes=60)
    off = await open_meeting(database, local_start="2027-03-09T10:00", minutes=90)
    async with database.transaction() as tx:
        await make(tx, local_start="2027-03-10T10:00")
        await tx.run("UPDATE meeting SET state = 'cancelled' WHERE id = :id", id=off.id)
    assert await groups.offered(database.reading) == [("2027-03-08T19:30", 60)]
