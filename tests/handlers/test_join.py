"""Signing up: from a poster to done, in at most six taps."""


async def test_from_start_to_done_in_five_taps(stage):
    ada = stage.somebody("Ada")
    await ada.says("/start")
    ada.sees("join.hello", "join.consent", "Your employer will not see this")
    await ada.taps("Yes")
    ada.sees("join.consent.yes", "join.market")
    await ada.taps("Home care")
    ada.sees("Saved: Home care", "join.shift")
    await ada.taps("Nights")
    await ada.taps("Care worker")
    await ada.taps("Board")
    ada.sees("join.done", "4pm", "8am")
    person = await ada.person()
    assert (person.market, person.shift, person.job, person.strand) == ("home_care", "nights", "care_worker", "board")
    assert person.consented
    assert person.joined_at == stage.clock.now
