"""Who answered what, who is silent, who could not be reached and why."""

from tests.handlers.acts import invites_everyone, opens_meeting


async def asked(stage, *names):
    meeting, people = await opens_meeting(stage), [await stage.worker(name) for name in names]
    cas = await stage.coordinator()
    await invites_everyone(stage, cas, len(names))
    return meeting, people, cas


async def test_everybody_is_in_one_group(stage):
    _, (ada, bo, cy, _), cas = await asked(stage, "Ada", "Bo", "Cy", "Di")
    await ada.taps("Yes")
    await bo.taps("Maybe")
    await cy.taps("Can’t")
    await cy.taps("At work")
    await cas.says("/answers")
    assert cas.buttons == ["Yes: 1", "Maybe: 1", "Can’t come: 1", "Asked, can still answer: 1"]
    for group, name in (
        ("Yes: 1", "Ada"),
        ("Maybe: 1", "Bo"),
        ("Can’t come: 1", "Cy: At work"),
        ("Asked, can still answer: 1", "Di"),
    ):
        await cas.taps(group)
        cas.sees(name)
        await cas.taps("Back to the numbers")
        cas.sees("answers.overview")


async def test_names_cannot_be_forwarded(stage):
    _, _, cas = await asked(stage, "Ada")
    await cas.says("/answers")
    await cas.taps("Asked, can still answer: 1")
    assert cas.fresh[-1]["has_protected_content"]


async def test_silence_is_told_apart_once_its_time_is_over(stage):
    _, _, cas = await asked(stage, "Ada")
    await stage.passes(days=3, hours=1)
    await cas.says("/answers")
    assert cas.buttons == ["Silent: 1"]
    await cas.taps("Silent: 1")
    cas.sees("Ada")
    cas.sees("Tap a name to log a call.")
    assert cas.buttons == ["Ada", "Back to the numbers"]
    await cas.taps("Ada")
    cas.sees("log.approach")


async def test_who_could_not_be_reached_is_there_with_the_reason(stage):
    await opens_meeting(stage)
    ada, bo = await stage.worker("Ada"), await stage.worker("Bo")
    await bo.says("/stop")
    await ada.blocks()
    cas = await stage.coordinator()
    await stage.worker("Cy")
    await invites_everyone(stage, cas, 1)
    await cas.says("/answers")
    assert cas.buttons == ["Asked, can still answer: 1", "Could not be reached: 1", "Not asked: 1"]
    await cas.taps("Not asked: 1")
    cas.sees("Bo: asked us to stop")
    await cas.taps("Back to the numbers")
    await cas.taps("Could not be reached: 1")
    cas.sees("Ada: cannot be reached any more")


async def test_many_names_come_a_few_at_a_time(stage):
    names = [f"Worker {letter}" for letter in "ABCDEFGHIJ"]
    _, _, cas = await asked(stage, *names)
    await cas.says("/answers")
    await cas.taps("Asked, can still answer: 10")
    cas.sees(*names[:8])
    rows = [len(row) for row in cas.fresh[-1]["reply_markup"]["inline_keyboard"]]
    assert rows == [2, 2, 2, 2, 1, 1]
    cas.sees_not("Worker I")
    await cas.taps("More names")
    cas.sees("Worker I", "Worker J")
    cas.sees_not("Worker A")


async def test_of_several_meetings_one_is_chosen(stage):
    await opens_meeting(stage)
    await opens_meeting(stage, title="Cake", days=5)
    cas = await stage.coordinator()
    await cas.says("/answers")
    cas.sees("answers.choose")
    await cas.taps("Sat 6 Mar, 7:30pm · Cake")
    cas.sees("Cake", "Nobody has been asked yet")


async def test_without_a_meeting_there_is_nothing_to_see(stage):
    cas = await stage.coordinator()
    await cas.says("/answers")
    cas.sees("answers.none")


async def test_forged_groups_show_nobody(stage):
    meeting, (ada,), cas = await asked(stage, "Ada")
    for data in (
        "answers.group:999:yes:0",
        "answers.group:1:everyone:0",
        "answers.group:1:yes:x",
        "answers.open:0",
        "answers.back:7",
    ):
        await cas.forges(f"v1:{data}")
        cas.sees("button.closed")
    await cas.forges(f"v1:answers.group:{meeting.id}:pending:7")
    cas.sees_not("Ada")
    await ada.forges(f"v1:answers.group:{meeting.id}:pending:0")
    ada.sees("button.closed")
