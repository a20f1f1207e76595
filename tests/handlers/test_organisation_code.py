"""A manager's own code: asked, agreed, passed on, and arrivals counted without anybody's name."""

from datetime import date

from rules.roles import Role
from storage import approaches, organisations, passing_on, stages
from storage.reach import Span, by_approach
from tests.handlers.test_organisations import answers, oak, opens


async def code_of(stage, one):
    (found,) = await passing_on.of_organisation(stage.db, one.id)
    return found


async def test_agreed_and_nobody_came_yet(stage):
    cas = await stage.coordinator()
    one = await oak(stage)
    await opens(cas, "Oak Care")
    await cas.taps("Their code to pass on")
    cas.sees("Standing: not asked yet", (await code_of(stage, one)).code)
    await answers(cas, "We asked them", "They agreed")
    cas.sees("agreed, nobody came yet (0 days)")
    await stage.passes(days=12)
    await cas.taps("Back to its page")
    cas.sees("Code to pass on: agreed, nobody came yet (12 days)", "Stage: Replied")
    assert await passing_on.unkept(stage.db, int(stage.clock.now), invented=False) == [
        (one.id, "Oak Care", (await code_of(stage, one)).agreed_at)
    ]


async def test_the_silent_codes_of_managers_are_part_of_reach(stage):
    cas, olu = await stage.coordinator(), await stage.officer()
    await oak(stage)
    await olu.says("/reach")
    olu.sees_not("Managers who agreed")
    await opens(cas, "Oak Care")
    await answers(cas, "Their code to pass on", "They agreed")
    assert await passing_on.agreed(stage.db, 0, int(stage.clock.now) + 1, invented=False) == (1, 1)
    assert await passing_on.agreed(stage.db, 0, int(stage.clock.now), invented=False) == (0, 0)
    said = "Managers who agreed to pass on a code: 1 to 7. By whose code nobody came yet: 1 to 7"
    await olu.says("/reach")
    olu.sees(said)
    await olu.taps("By approach")
    olu.sees(said)
    unused = next(line for line in olu.shown[-1].splitlines() if line.startswith("Not used"))
    assert "A manager’s code" not in unused


async def test_a_promise_by_which_nobody_came_is_said_today_until_somebody_is_in_touch(stage):
    cas = await stage.coordinator()
    one, left = await oak(stage), await oak(stage, "Elm Care")
    async with stage.program.database.transaction() as tx:
        for firm in (one, left):
            code = await passing_on.make(tx, firm.id, None, int(stage.clock.now), invented=False)
            await passing_on.say(tx, code.id, "agreed", int(stage.clock.now))
        await stages.say(tx, left.id, "left", date(2027, 3, 1), None, int(stage.clock.now))
    await cas.says("/today")
    cas.sees_not("Oak Care agreed")
    await stage.passes(days=9)
    await cas.says("/today")
    cas.sees("Oak Care agreed to pass the code on. Nobody came in 9 days")
    cas.sees_not("Elm Care")
    await answers(cas, "Oak Care", "Log a contact", "Phone call", "We spoke", "Skip this")
    await cas.says("/today")
    cas.sees_not("Oak Care agreed")


async def test_arrivals_are_counted_and_nobody_is_known_by_them(stage):
    cas = await stage.coordinator()
    one = await oak(stage)
    await opens(cas, "Oak Care")
    await answers(cas, "Their code to pass on", "They agreed", "They passed it on")
    code = (await code_of(stage, one)).code
    ada, bo = stage.somebody("Ada"), stage.somebody("Zed")
    for someone in (ada, bo):
        await someone.says(f"/start {code}")
        await someone.taps("join.consent.button.yes")
    for step in ("market.home_care", "shift.days", "job.care_worker", "strand.network"):
        await ada.taps(step)
    found = await code_of(stage, one)
    assert (found.opened, found.first_met, found.joined) == (2, 2, 1)
    person = await ada.person()
    assert (await approaches.by_code(stage.db, "manager")).id == person.first_approach
    assert person.organisation_id is None
    assert await stage.db.value("SELECT came_by FROM person WHERE id = :id", id=person.id) is None
    await cas.says("/organisations oak")
    await cas.taps("Oak Care · Engaged")
    cas.sees("Code to pass on: passed on; 2 came")
    cas.sees_not("Ada", "Zed")
    ways = await by_approach(
        stage.db, Span(0, int(stage.clock.now) + 1, stage.program.settings.council().zone), invented=False
    )
    assert {way.code: way.first_met for way in ways}["manager"] == 2


async def test_they_said_no_and_then_changed_their_mind(stage):
    cas = await stage.coordinator()
    one = await oak(stage)
    await opens(cas, "Oak Care")
    await answers(cas, "Their code to pass on", "They said no")
    cas.sees("Standing: they said no")
    assert (await code_of(stage, one)).promised_at is None
    await cas.taps("They agreed")
    cas.sees("agreed, nobody came yet (0 days)")
    assert (await organisations.by_id(stage.db, one.id)).stage == "replied"


async def test_a_step_that_does_not_follow_is_refused(stage):
    cas = await stage.coordinator()
    one = await oak(stage)
    await opens(cas, "Oak Care")
    await cas.taps("Their code to pass on")
    number = (await code_of(stage, one)).id
    for data in (
        f"org.code_step:{number}:passed_on",
        f"org.code_step:{number}:lost",
        "org.code_step:9:asked",
        "org.code:9",
    ):
        await cas.forges(f"v1:{data}")
        cas.sees("button.closed")
    officer = await stage.staff(Role.OFFICER, name="Ola")
    await officer.forges(f"v1:org.code:{one.id}")
    officer.sees("button.closed")
