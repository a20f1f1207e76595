"""What a coordinator makes in the demo hangs on its walls, and whoever scans it there is counted for it."""

from bot.demo import walls
from storage import scans
from tests.dialogue import staged
from tests.handlers.test_approaches import makes, only
from tests.handlers.test_arrivals import SIGN_UP
from tests.handlers.test_placed import TAPS, answers


async def test_a_poster_made_in_the_chat_is_scanned_on_the_page_and_the_sign_up_is_its_own(data_dir):
    async with staged(data_dir, rehearsal=True) as stage:
        stage.simulator.cards.append({"title": "A code", "payload": "enrol-1", "for_phone": 7})
        cas, ada = await stage.coordinator(), stage.somebody("Ada")
        await makes(cas)
        await cas.taps("I put it somewhere")
        await answers(cas, *TAPS)
        await walls.look(stage.db, stage.simulator)
        code, poster = stage.simulator.cards
        assert (code["payload"], poster["title"]) == ("enrol-1", "Library poster")
        assert "Staff room, Greenfield" in poster["text"]
        await ada.says(f"/start {poster['payload']}")
        for step in SIGN_UP:
            await ada.taps(step)
        found = await scans.tally(stage.db, (await only(stage)).id, invented=True)
        assert (found.opened, found.first_met, found.joined, found.placements) == (1, 1, 1, 1)
        await cas.says("/approaches")
        assert "Library poster: 1 opened, 1 joined" in cas.buttons


async def test_what_has_ended_is_taken_down_and_what_is_new_hangs_beside_the_rest(data_dir):
    async with staged(data_dir, rehearsal=True) as stage:
        cas = await stage.coordinator()
        await makes(cas)
        await makes(cas, "Stall", ">Market stall", "Skip this", "Skip this", "Several", "Skip this", "Skip this")
        await walls.look(stage.db, stage.simulator)
        await walls.look(stage.db, stage.simulator)
        assert [card["title"] for card in stage.simulator.cards] == ["Market stall", "Library poster"]
        await cas.taps("End", on="Market stall")
        await walls.look(stage.db, stage.simulator)
        assert [card["title"] for card in stage.simulator.cards] == ["Library poster"]
