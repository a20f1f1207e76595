"""Providers and partners in the chat: found, added, changed, moved on by a person's word, and their people."""

from datetime import date

from storage import closing, meetings, organisations, people, routes, stages, themes
from tests.handlers.acts import opens_meeting


async def oak(stage, name="Oak Care", **facts):
    async with stage.program.database.transaction() as tx:
        return await organisations.add(tx, "provider", name, int(stage.clock.now), **facts)


async def opens(cas, name):
    await cas.says("/organisations")
    await cas.taps(f"{name} · Not approached")


async def answers(someone, *taps):
    for tap in taps:
        await (someone.says(tap[1:]) if tap.startswith("=") else someone.taps(tap))


async def test_a_provider_is_added_in_a_few_taps(stage):
    cas = await stage.coordinator()
    await cas.says("/organisations")
    cas.sees("organisations.list.none")
    await answers(cas, "Add one", "Care provider", "=Oak Care <b>", "Home care", "Care home", "Done", "10 to 49")
    cas.sees("Oak Care <b>", "Care provider · Care home and Home care · 10–49 people", "Not approached")
    (one,) = await organisations.find(stage.db, "oak", 5)
    assert (one.kind, one.markets, one.size_band, one.invented) == (
        "provider",
        ("care_home", "home_care"),
        "10-49",
        False,
    )


async def test_a_partner_has_a_kind_of_its_own_and_needs_no_size(stage):
    cas = await stage.coordinator()
    await cas.says("/organisations")
    await answers(cas, "Add one", "Partner", "Education", "=Example College", "button.not_said")
    cas.sees("Example College", "Education")
    (one,) = await organisations.find(stage.db, "college", 5)
    assert (one.partner_type, one.size_band, one.markets) == ("education", None, ())


async def test_a_name_that_is_there_wants_the_street(stage):
    cas = await stage.coordinator()
    await oak(stage)
    await cas.says("/organisations")
    await answers(cas, "Add one", "Care provider", "=oak care")
    cas.sees("organisations.same_name")
    await cas.says("Oak Care, Leeds Road")
    cas.sees("organisation_new.markets")


async def test_found_by_words_market_and_stage(stage):
    cas = await stage.coordinator()
    await oak(stage, markets=("home_care",))
    await oak(stage, "Elm House", markets=("care_home",))
    await cas.says("/organisations elm")
    cas.sees("“elm”: 1 organisation")
    cas.sees_not("Oak")
    await answers(cas, "Search", "=oak")
    assert cas.buttons[0] == "Oak Care · Not approached"
    await answers(cas, "Choose which", "Care home")
    assert cas.buttons[0] == "Elm House · Not approached"
    await answers(cas, "Choose which", "Engaged")
    cas.sees("Engaged: none")


async def test_a_long_list_turns_its_pages(stage):
    cas = await stage.coordinator()
    for number in range(10):
        await oak(stage, f"Home {number}")
    await cas.says("/organisations")
    cas.sees("All of them: 10 organisations")
    assert "Home 8 · Not approached" not in cas.buttons
    await cas.taps("More ▶")
    assert cas.buttons[:2] == ["Home 8 · Not approached", "Home 9 · Not approached"]
    await cas.taps("◀ Before")
    assert cas.buttons[0] == "Home 0 · Not approached"


async def test_each_fact_can_be_changed(stage):
    cas = await stage.coordinator()
    one = await oak(stage, markets=("home_care",))
    await opens(cas, "Oak Care")
    await answers(cas, "Facts", "Owner", "=A family")
    cas.sees("Owner: A family")
    await answers(cas, "Phone", "=rubbish")
    cas.sees("organisations.no_phone")
    await answers(cas, "=020 7946 0123", "E-mail", "=hello@example.org", "Size", "250 or more")
    await answers(cas, "Care", "✓ Home care", "Nursing home", "Done", "Name", "=Oak Tree Care")
    now = await organisations.by_id(stage.db, one.id)
    assert (now.name, now.ownership, now.phone, now.email) == (
        "Oak Tree Care",
        "A family",
        "+442079460123",
        "hello@example.org",
    )
    assert (now.size_band, now.markets) == ("250+", ("nursing_home",))
    await answers(cas, "Owner", "Skip this")
    assert (await organisations.by_id(stage.db, one.id)).ownership == ""


async def test_they_left_in_january_and_why(stage):
    cas = await stage.coordinator()
    one = await oak(stage)
    await opens(cas, "Oak Care")
    await answers(cas, "Stage and why", "Left", "=soon")
    cas.sees("past_day.not_understood")
    await answers(cas, "=in January", "form.sure.yes", "Too few staff", "=Ask us again in the summer")
    cas.sees("Stage: Left since 1 January 2027")
    (event,) = await stages.events(stage.db, one.id)
    assert (event.how, event.motive, event.words) == ("hand", "short_staffed", "Ask us again in the summer")
    assert event.recorded_by == (await cas.person()).id
    await cas.taps("History")
    cas.sees("1 January 2027: Left. Why: Too few staff · “Ask us again in the summer”")


async def test_what_led_them_to_engage_is_asked_with_its_own_reasons(stage):
    cas = await stage.coordinator()
    await oak(stage)
    await opens(cas, "Oak Care")
    await answers(cas, "Stage and why", "Engaged", "Today")
    cas.sees("What led to it? Now: Engaged.")
    assert "Their staff asked" in cas.buttons
    assert "Too few staff" not in cas.buttons
    await answers(cas, "Their staff asked", "Skip this")
    cas.sees("Stage: Engaged since 1 March 2027")


async def test_a_person_who_speaks_for_it_is_added_called_and_taken_off(stage):
    cas = await stage.coordinator()
    one = await oak(stage)
    await opens(cas, "Oak Care")
    await answers(cas, "People", "Add somebody", "=Mo Ng", "Somebody new", "=Registered manager", "=07700 900123")
    cas.sees("Registered manager at Oak Care", "+447700900123", "Does not use this bot")
    (mo,) = await organisations.people_of(stage.db, one.id)
    assert [route.value for route in await routes.of_person(stage.db, mo.id)] == ["+447700900123"]
    await answers(cas, "Back to its page")
    cas.sees("People: Mo Ng")
    await answers(cas, "People", "Mo Ng · Registered manager", "No longer speaks for them")
    assert await organisations.people_of(stage.db, one.id) == []
    assert await people.by_id(stage.db, mo.id) is not None


async def test_somebody_who_is_known_is_not_written_down_twice(stage):
    ada, cas = await stage.worker("Ada"), await stage.coordinator()
    one = await oak(stage)
    await opens(cas, "Oak Care")
    await answers(cas, "People", "Add somebody", "=ada", "Ada", "Skip this", "Skip this")
    assert [person.id for person in await organisations.people_of(stage.db, one.id)] == [(await ada.person()).id]
    assert len(await people.named(stage.db, "Ada")) == 1


async def test_what_they_said_about_how_we_got_in_touch(stage):
    cas = await stage.coordinator()
    await oak(stage)
    await opens(cas, "Oak Care")
    await answers(cas, "What they said", "Add what they said", "Letter", "=Nobody reads letters =1+1")
    cas.sees("About how we got in touch: 1 comment", "Stage: Replied")
    await cas.taps("What they said")
    cas.sees("Letter: “Nobody reads letters =1+1”")


async def test_themes_are_set_by_hand_and_counted(stage):
    cas = await stage.coordinator()
    await oak(stage)
    await opens(cas, "Oak Care")
    await answers(cas, "Themes", "Training", "Lead")
    cas.sees("Training: Lead", "Moving up in care work: not said yet")
    await answers(cas, "Training", "Not now", "Back to its page", "All organisations", "Themes")
    cas.sees("Training · 0 board meetings, 0 led by an organisation\nCare provider: not now 1")


async def test_stale_and_foreign_buttons_do_nothing(stage):
    ada, cas = await stage.worker("Ada"), await stage.coordinator()
    one = await oak(stage)
    for data in (
        *("org.open:404", "org.open", "org.facts:404", f"org.change:{one.id}:stage", "org.stage:404", "org.history:x"),
        *("org.people:404", "org.person:1", "org.add_person:9", "org.not_person:1", "org.attempts:9", "org.comments:9"),
        *("org.comment:9", "org.themes:9", f"org.theme:{one.id}:pay", f"org.interest:{one.id}:training:maybe"),
        *("org.ask_themes:9", "org.ask_all"),
    ):
        await cas.forges(f"v1:{data}")
        cas.sees("button.closed")
    await ada.forges(f"v1:org.open:{one.id}")
    ada.sees("button.closed")


async def test_a_board_meeting_has_a_theme_and_an_organisation_that_leads_it(stage):
    cas, one = await stage.coordinator(), await oak(stage)
    async with stage.program.database.transaction() as tx:
        await stages.say(tx, one.id, "engaged", date(2027, 2, 1), None, int(stage.clock.now))
    meeting = await opens_meeting(stage)
    await cas.forges(f"v1:more.theme:{meeting.id}")
    cas.sees("button.closed")
    async with stage.program.database.transaction() as tx:
        await tx.run("UPDATE meeting SET strand = 'board' WHERE id = :id", id=meeting.id)
    await cas.forges(f"v1:more.open:{meeting.id}")
    await answers(cas, "Theme", "Training")
    cas.sees("Theme: Training")
    await answers(cas, "More about it", "Who leads it", "=nobody of this name")
    cas.sees("meeting_led.who.which")
    await cas.taps("Oak Care")
    now = await meetings.by_id(stage.db, meeting.id)
    assert (now.theme, now.led_by) == ("training", one.id)
    await stage.passes(days=4)
    async with stage.program.database.transaction() as tx:
        await closing.close(tx, meeting.id, (await cas.person()).id, int(stage.clock.now), list_is_full=False)
    assert await themes.done(stage.db, int(stage.clock.now)) == {"training": (1, 1)}
    await stage.settle()
    assert (await organisations.by_id(stage.db, one.id)).stage == "regular"


async def test_who_led_a_board_meeting_can_be_said_when_it_is_closed(stage):
    cas, one = await stage.coordinator(), await oak(stage)
    meeting = await opens_meeting(stage)
    async with stage.program.database.transaction() as tx:
        await tx.run("UPDATE meeting SET strand = 'board' WHERE id = :id", id=meeting.id)
    await stage.passes(days=4)
    await cas.forges(f"v1:close.now:{meeting.id}:unsure")
    await answers(cas, "Who led it", "=oak")
    assert (await meetings.by_id(stage.db, meeting.id)).led_by == one.id
    assert (await organisations.by_id(stage.db, one.id)).stage == "engaged"
    await cas.taps("Back")
    cas.sees("close.page")


async def test_a_meeting_of_workers_is_led_by_no_organisation(stage):
    cas = await stage.coordinator()
    meeting = await opens_meeting(stage)
    await stage.passes(days=4)
    await cas.forges(f"v1:close.now:{meeting.id}:unsure")
    assert "Who led it" not in cas.buttons
