"""People who asked for a person are seen, helped and taken off the list."""

from storage import help_requests


async def test_nobody_is_waiting(stage):
    cas = await stage.coordinator()
    await cas.says("/queue")
    cas.sees("queue.empty")


async def test_somebody_is_helped_and_leaves_the_list(stage):
    ada, cas = await stage.worker("Ada"), await stage.coordinator()
    await ada.says("/person")
    await cas.says("/queue")
    cas.sees("1 person is waiting")
    await cas.taps("Ada, since Monday 1 March")
    cas.sees("Ada asked for a person on Monday 1 March 2027, 12 noon")
    await cas.taps("Done")
    cas.sees("Take Ada off the list?")
    await cas.taps("Not yet")
    assert len(await help_requests.waiting(stage.db)) == 1
    await cas.taps("Done")
    await cas.taps("Yes, done")
    cas.sees("queue.saved", "queue.empty")
    assert await help_requests.waiting(stage.db) == []


async def test_what_happened_can_be_logged_from_there(stage):
    ada, cas = await stage.worker("Ada"), await stage.coordinator()
    await ada.says("/person")
    await cas.says("/queue")
    await cas.taps("queue.person")
    await cas.taps("Log what happened")
    cas.sees("log.approach")
    await cas.taps("Phone call")
    cas.sees("log.outcome")


async def test_the_longest_wait_is_first(stage):
    bo, ada, cas = await stage.worker("Bo"), await stage.worker("Ada"), await stage.coordinator()
    await bo.says("/person")
    stage.clock.passes(days=1)
    await ada.says("/person")
    await cas.says("/queue")
    assert cas.buttons == ["Bo, since Monday 1 March", "Ada, since Tuesday 2 March"]


async def test_stale_and_forged_buttons_do_nothing(stage):
    ada, cas = await stage.worker("Ada"), await stage.coordinator()
    await ada.says("/person")
    for verb in ("open", "done", "yes_done"):
        await cas.forges(f"v1:queue.{verb}:999")
        cas.sees("button.closed")
    (request,) = await help_requests.waiting(stage.db)
    await ada.forges(f"v1:queue.yes_done:{request.id}")
    ada.sees("button.closed")
    assert len(await help_requests.waiting(stage.db)) == 1


async def test_after_the_log_they_can_be_taken_off_the_list(stage):
    ada, cas = await stage.worker("Ada"), await stage.coordinator()
    await ada.says("/person")
    await cas.says("/log")
    for tap in ("Phone call", "Ada", "We spoke", "Skip this", "Take them off the list", "Yes, done"):
        await cas.taps(tap)
    assert await help_requests.waiting(stage.db) == []


async def test_a_promised_call_is_on_the_list_until_it_is_made(stage):
    ada, cas = await stage.worker("Ada"), await stage.coordinator()
    await cas.forges(f"v1:log.about:{(await ada.person()).id}")
    for tap in ("Phone call", "Wants a call back", "They did not say", "Skip this"):
        await cas.taps(tap)
    await cas.says("/queue")
    await cas.taps("Call back: Ada")
    for tap in ("Phone call", "We spoke", "Skip this"):
        await cas.taps(tap)
    await cas.says("/queue")
    cas.sees("queue.empty")
