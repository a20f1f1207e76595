"""Somebody with two jobs says so with one tap, sees it in /me, and takes it off again."""

from storage import other_markets
from tests.handlers.test_board import contact


async def test_another_market_is_one_tap_on_and_off(stage):
    ada = await stage.worker(market="home_care")
    await ada.says("/me")
    await ada.taps("I also work in …")
    assert "Home care" not in ada.buttons
    await ada.taps("Care home")
    assert "✓ Care home" in ada.buttons
    assert await other_markets.of_person(stage.db, (await ada.person()).id) == ["care_home"]
    await ada.taps("Done")
    ada.sees("Home care and Care home")
    await ada.taps("I also work in …")
    await ada.taps("✓ Care home")
    assert await other_markets.of_person(stage.db, (await ada.person()).id) == []


async def test_the_first_market_and_unknown_ones_are_no_others(stage):
    ada = await stage.worker(market="home_care")
    for code in ("home_care", "mining", ""):
        await ada.forges(f"v1:me.other_switch:{code}" if code else "v1:me.other_switch")
        ada.sees("button.closed")


async def test_somebody_without_a_market_has_no_second_one_and_the_board_none_at_all(stage):
    ada = await stage.worker(market="not_said")
    mo, _ = await contact(stage)
    for someone in (ada, mo):
        await someone.says("/me")
        assert "I also work in …" not in someone.buttons
    mo.sees("the board, for Oak Care (Registered manager)")
