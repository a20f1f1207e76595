"""Whoever speaks for an organisation: joins by a short form, says what they would do, and never sees a worker."""

from storage import consents, help_requests, organisations, people, themes
from tests.handlers.acts import opens_meeting

DAY = 24


async def contact(stage, name="Mo", organisation="Oak Care", *, joins=True):
    """Somebody a coordinator knows as speaking for a provider, who opens the bot for the first time."""
    someone = stage.somebody(name)
    now = int(stage.clock.now)
    async with stage.program.database.transaction() as tx:
        known = await organisations.named(tx, organisation)
        one = known[0] if known else await organisations.add(tx, "provider", organisation, now, markets=("home_care",))
        person = await people.meet(tx, someone.id, "en", None, False, now)
        await organisations.speaks_for(tx, person.id, one.id, "")
    if joins:
        await someone.says("/start")
        await someone.taps("join.consent.button.yes")
        await someone.taps("button.skip")
        await someone.says("Registered manager")
    return someone, one


async def stage_of(stage, one):
    return (await organisations.by_id(stage.db, one.id)).stage


async def test_a_contact_joins_with_a_name_and_a_position_and_no_question_for_workers(stage):
    mo, one = await contact(stage, joins=False)
    await mo.says("/start")
    await mo.taps("join.consent.button.yes")
    mo.sees("board_join.name")
    await mo.says("Mo Ng")
    mo.sees("board_join.position")
    await mo.says("Registered manager")
    mo.sees("You now speak for Oak Care here")
    person = await mo.person()
    assert (person.display_name, person.position, person.strand, person.market) == (
        "Mo Ng",
        "Registered manager",
        "board",
        None,
    )
    assert person.joined_at == int(stage.clock.now)
    assert (await consents.latest(stage.db, person.id)).accepted
    await stage.settle()
    assert await stage_of(stage, one) == "engaged"


async def test_a_worker_is_asked_what_workers_are_asked(stage):
    ada = await stage.worker()
    await ada.says("/board")
    ada.sees("help.unknown_command")
    await ada.forges("v1:board.say:training:lead")
    ada.sees("button.closed")


async def test_themes_are_one_tap_and_can_be_changed(stage):
    mo, one = await contact(stage)
    await mo.says("/board")
    await mo.taps("Themes")
    mo.sees("Training: not said yet")
    await mo.taps("Training")
    await mo.taps("Lead")
    mo.sees("board.themes.saved", "Training: Lead")
    await mo.taps("Training")
    await mo.taps("Hear about it")
    assert await themes.of_organisation(stage.db, one.id) == {"training": "watch"}
    for data in ("board.say:pay:lead", "board.say:training:maybe", "board.theme:pay"):
        await mo.forges(f"v1:{data}")
        mo.sees("button.closed")


async def test_who_speaks_for_it_no_longer_has_no_say(stage):
    mo, one = await contact(stage)
    await mo.says("/board")
    await mo.taps("Themes")
    async with stage.program.database.transaction() as tx:
        await organisations.speaks_no_longer(tx, (await mo.person()).id)
    await mo.taps("Training")
    mo.sees("button.closed")
    await mo.says("/board")
    mo.sees("help.unknown_command")
    assert await themes.of_organisation(stage.db, one.id) == {}


async def test_the_question_goes_out_is_answered_by_a_tap_and_counted(stage):
    mo, one = await contact(stage)
    cas = await stage.coordinator()
    await cas.says("/organisations oak")
    for tap in ("Oak Care · Engaged", "Themes", "Ask them in the chat"):
        await cas.taps(tap)
    cas.sees("1 person is asked")
    mo.sees("board.ask")
    await cas.taps("Themes")
    await cas.taps("Ask them in the chat")
    cas.sees("organisations.asked.before")
    await mo.taps("Finding care workers")
    await mo.taps("Not now")
    rows = await stage.db.rows("SELECT state, outcome, answer, about, organisation_id FROM contact_attempt")
    assert [tuple(row) for row in rows] == [("accepted", "answered", "not_now", one.id, one.id)]
    await mo.says("/me")
    await mo.taps("me.button.history")
    mo.sees("We asked you about themes")


async def test_no_reply_is_counted_by_theme_and_type_and_never_as_no(stage):
    mo, one = await contact(stage)
    _, elm = await contact(stage, "Eli", "Elm House")
    async with stage.program.database.transaction() as tx:
        await organisations.add(tx, "partner", "College", int(stage.clock.now), partner_type="education")
    cas = await stage.coordinator()
    await cas.says("/organisations")
    for tap in ("Themes", "Ask 2 organisations", "Ask them now"):
        await cas.taps(tap)
    cas.sees("2 people are asked")
    await mo.taps("Training")
    await mo.taps("Lead")
    await stage.passes(hours=73)
    found = {(c.type, c.theme, c.said): c.how_many for c in await themes.counts(stage.db, invented=False)}
    assert found["provider", "training", "interest"] == 1
    assert found["provider", "training", "no_reply"] == 1
    assert found["education", "training", "not_asked"] == 1
    assert ("provider", "training", "no") not in found
    await cas.taps("All themes")
    cas.sees("Care provider: interest 1 and no reply 1", "Education: not asked 1")
    assert (one.id, elm.id) == (1, 2)


async def test_an_engaged_organisation_that_does_not_answer_is_marked_silent(stage):
    _, one = await contact(stage)
    cas = await stage.coordinator()
    await stage.settle()
    async with stage.program.database.transaction() as tx:
        await themes.ask(tx, one.id, None, int(stage.clock.now) + 60)
    await stage.passes(minutes=2)
    await stage.passes(hours=28 * DAY - 1)
    assert (await organisations.by_id(stage.db, one.id)).silent_since is None
    await stage.passes(hours=2)
    assert (await organisations.by_id(stage.db, one.id)).silent_since is not None
    await cas.says("/organisations")
    await cas.taps("Oak Care · silent")
    cas.sees("Silent since 4 March 2027")


async def test_an_invite_to_a_board_meeting_is_answered_and_counted_by_its_theme_the_silent_too(stage):
    mo, _ = await contact(stage)
    meeting = await opens_meeting(stage)
    async with stage.program.database.transaction() as tx:
        await tx.run("UPDATE meeting SET strand = 'board', theme = 'training' WHERE id = :id", id=meeting.id)
    await contact(stage, "Eli", "Elm House")
    await stage.worker("Ada")
    cas = await stage.coordinator()
    await cas.says("/invite")
    for tap in ("meeting.line", "☐ Group: Board", "invite.audience.done"):
        await cas.taps(tap)
    await cas.says("2")
    await stage.passes(seconds=61)
    mo.sees("You are invited")
    await mo.taps("Yes")
    await mo.says("/meetings")
    assert any("Tea and talk" in button for button in mo.buttons)
    await stage.passes(days=4)
    counts = {(c.type, c.theme, c.said): c.how_many for c in await themes.invited(stage.db, invented=False)}
    assert counts == {("provider", "training", "interest"): 1, ("provider", "training", "no_reply"): 1}
    await cas.says("/organisations")
    await cas.taps("Themes")
    cas.sees("Care provider, asked to a meeting: interest 1 and no reply 1")


async def test_totals_only_no_small_number_and_no_worker(stage):
    mo, _ = await contact(stage)
    for number in range(9):
        ada = await stage.worker(f"Adaline {number}", market="home_care")
    await stage.worker("Zed", market="care_home")
    await ada.says("/person")
    await mo.says("/board")
    await mo.taps("Who takes part")
    mo.sees("Care workers: 10", "Home care: 10", "Care home: 1 to 7", "Care providers: 1 to 7", "Partners: 0")
    waiting = await help_requests.waiting(stage.db)
    for words in ("/help", "/home", "/meetings", "/queue", "/log", "/answers", "/organisations", "/reach", "/free"):
        await mo.says(words)
        mo.sees_not("Adaline", "Zed")
    for verb in (
        "queue.list",
        f"queue.open:{waiting[0].id}",
        f"log.about:{waiting[0].person.id}",
        "org.open:1",
        "org.person:2",
    ):
        await mo.forges(f"v1:{verb}")
        mo.sees("button.closed")
        mo.sees_not("Adaline")


async def test_people_of_organisations_are_not_counted_as_workers(stage):
    mo, _ = await contact(stage)
    await mo.says("/board")
    await mo.taps("Who takes part")
    mo.sees("Care workers: 0")


async def test_a_contact_known_from_a_call_joins_by_a_one_time_code_and_is_the_same_person(stage):
    cas = await stage.coordinator()
    async with stage.program.database.transaction() as tx:
        await organisations.add(tx, "provider", "Oak Care", int(stage.clock.now))
    await cas.says("/organisations oak")
    for tap in ("Oak Care · Not approached", "People", "Add somebody"):
        await cas.taps(tap)
    await cas.says("Mo Ng")
    await cas.taps("Somebody new")
    await cas.says("Manager")
    await cas.says("07700 900123")
    await cas.taps("Their record, and a code to join")
    await cas.taps("people.button.code")
    code = next(word for words in cas.shown for word in words.split() if "meet-" in word).split("start=")[-1]
    mo = stage.somebody("Mo")
    await mo.says(f"/start {code}")
    await mo.taps("join.consent.button.yes")
    mo.sees("board_join.name")
    await mo.taps("button.skip")
    mo.sees("You now speak for Oak Care here")
    person = await mo.person()
    assert (person.display_name, person.position) == ("Mo Ng", "Manager")
    assert len(await people.named(stage.db, "Mo Ng")) == 1
