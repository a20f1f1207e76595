"""One contact after the other: a number becomes the way to reach somebody new, and the next log is one tap away."""

from storage import routes
from tests.handlers.test_log import contacts_with
from tests.handlers.test_log_more import ada_and_cas, logs


async def test_a_number_that_nobody_has_becomes_the_way_to_reach_somebody_new(stage):
    cas = await stage.coordinator()
    await logs(cas, "Phone call")
    await cas.says("07700 900123")
    cas.sees("Nobody with “07700 900123” is on record")
    await cas.taps("Somebody new")
    await cas.says("Brenda")
    cas.sees("log.outcome.ask")
    for tap in ("We spoke", "Skip this"):
        await cas.taps(tap)
    assert [one.display_name for one in await routes.holders(stage.db, "phone", "+447700900123")] == ["Brenda"]


async def test_after_a_log_a_correction_and_a_stall_the_next_one_is_a_tap_away(stage):
    ada, cas = await ada_and_cas(stage)
    await logs(cas, "Phone call", "Ada", "No answer", "Skip this", "Log another")
    cas.sees("log.approach")
    await cas.says("I spoke to 14 at the stall, 3 took a card")
    await cas.taps("Skip this")
    await cas.taps("Log another")
    for tap in ("Visit", "Ada", "No answer", "Skip this", "Correct it", "We spoke", "log_fix.note.keep"):
        await cas.taps(tap)
    await cas.says("It was the other Ada")
    await cas.taps("Log another")
    cas.sees("log.approach")
    assert len(await contacts_with(stage, ada)) == 3
