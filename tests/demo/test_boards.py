"""The invented borough's organisations tell a story, and everything in it says that it is invented."""

from bot.demo import borough
from storage import invariants, organisations, totals
from tests.dialogue import staged


async def test_a_coordinator_finds_the_story_of_a_code_that_nobody_used(data_dir):
    async with staged(data_dir, rehearsal=True) as stage:
        async with stage.program.database.transaction() as tx:
            await borough.settle(tx, stage.program.council, [], int(stage.clock.now))
        await stage.settle()
        cas = await stage.coordinator()
        await cas.says("/organisations oak lane")
        await cas.taps("Oak Lane Care (invented) · Regular")
        cas.sees("agreed, nobody came yet (12 days)", "1 comment", "Stage: Regular")
        cas.sees("People: Maria (invented)")
        found = await organisations.find(stage.db, "", 20)
        assert len(found) > 6
        assert all(one.invented and "invented" in one.name for one in found)
        assert {one.stage for one in found} >= {"not_approached", "approached", "replied", "engaged", "regular", "left"}
        assert all("Invented" in one.source for one in await totals.current(stage.db))
        assert await invariants.violations(stage.db) == []
        olu = await stage.officer()
        await olu.says("/totals")
        olu.sees("Home care: 0 of 1,200 posts (1,100 to 1,300)", "Care providers who take part", "All markets: 1 to 7")
