"""The council's side: reading, answers, quotes with a second person, themes, pulses, and feedback with a name."""

import re

import pytest

from rules.roles import Role
from storage import attempts, named
from tests.handlers.acts import opens_meeting
from tests.unlinked.walk import WORDS, tells

DAYS_TO_RELEASE = 4


async def released(stage, count=10, topic="topic.hours"):
    """So many workers have told something, and the week's release has come; their codes."""
    workers = [await stage.worker(f"W{number}") for number in range(count)]
    codes = [await tells(one, f"{WORDS} Number {place:02}.", topic) for place, one in enumerate(workers)]
    await stage.passes(days=DAYS_TO_RELEASE)
    return dict(zip(codes, workers, strict=True))


async def test_readers_hear_of_the_week_and_read_by_topic(stage):
    fay = await stage.staff(Role.FEEDBACK_READER, name="Fay")
    await released(stage)
    fay.sees("reading.new")
    await fay.says("/read")
    fay.sees("reading.weeks")
    await fay.taps("Week 2027-W09")
    assert any(re.search(r"Hours and rotas: (few|\d+)", label) for label in fay.buttons)
    await fay.taps("reading.button.topic.few" if "few" in str(fay.buttons) else "reading.button.topic")
    fay.sees(WORDS)
    assert "Number" in fay.shown[0]
    await fay.taps("Next")
    fay.sees("reading.item")


async def test_before_the_week_is_over_there_is_nothing_to_read(stage):
    fay = await stage.staff(Role.FEEDBACK_READER, name="Fay")
    ada = await stage.worker()
    await tells(ada)
    await stage.passes(days=2)
    await fay.says("/read")
    fay.sees("reading.none")
    assert WORDS not in str(fay.phone.screen)


async def test_the_worker_reads_the_answer(stage):
    fay = await stage.staff(Role.FEEDBACK_READER, name="Fay")
    workers = await released(stage)
    item = (await stage.program.services.unlinked.issued())[0]
    await fay.says("/read")
    await fay.taps("Week 2027-W09")
    await fay.taps("reading.button.topic.few" if "few" in str(fay.buttons) else "reading.button.topic")
    await fay.taps("Answer")
    fay.sees("reading.words")
    await fay.says("We have asked for rotas a week ahead.")
    fay.sees("reading.answered")
    number = int(item.body[-3:-1])
    code, worker = list(workers.items())[number]
    await worker.says(f"/inbox {code}")
    worker.sees("We have asked for rotas a week ahead.")
    for other_code, other in list(workers.items())[:2]:
        if other_code != code:
            await other.says(f"/inbox {other_code}")
            other.sees("unlinked.inbox.none")


async def test_a_quote_needs_a_second_person_and_names_are_pointed_out(stage):
    fay = await stage.staff(Role.FEEDBACK_READER, name="Fay")
    gus = await stage.staff(Role.FEEDBACK_READER, name="Gus")
    await released(stage)
    slot = (await stage.program.services.unlinked.issued())[0].slot
    await fay.forges(f"v1:read.quote:{slot.hex()}")
    await fay.says("They change our hours, says Mrs Featherstonehaugh of Elm Lodge.")
    fay.sees("quote.sure", "Featherstonehaugh")
    await fay.taps("Yes, propose them")
    fay.sees("quotes.proposed")
    await fay.says("/quotes")
    await fay.taps("Agree to these words")
    fay.sees("quotes.second_person")
    assert not any(one.agreed for one in await stage.program.services.unlinked.quotes())
    await gus.says("/quotes")
    gus.sees("quotes.one.flagged", "Featherstonehaugh")
    await gus.taps("Agree to these words")
    gus.sees("quotes.agreed")
    assert all(one.agreed for one in await stage.program.services.unlinked.quotes())


async def test_a_quote_can_be_left(stage):
    fay = await stage.staff(Role.FEEDBACK_READER, name="Fay")
    await released(stage)
    slot = (await stage.program.services.unlinked.issued())[0].slot
    await fay.forges(f"v1:read.quote:{slot.hex()}")
    await fay.says("Mrs Featherstonehaugh changes our hours.")
    await fay.taps("No, leave it")
    fay.sees("quotes.not_proposed")
    assert await stage.program.services.unlinked.quotes() == []


async def test_a_coordinator_gives_themes(stage):
    cas = await stage.coordinator()
    await released(stage)
    await cas.says("/themes")
    cas.sees("themes.item")
    await cas.taps("Workload")
    assert "✓ Workload" in cas.buttons
    await cas.taps("Fear")
    await cas.taps("✓ Workload")
    counts = await stage.program.services.unlinked.theme_counts()
    assert counts == {"fear": 1}
    for one in await stage.program.services.unlinked.issued():
        await stage.program.services.unlinked.add_theme(one.slot, "respect")
    await cas.says("/themes")
    cas.sees("themes.all")
    assert "Fear: few" in cas.shown[0]


@pytest.mark.parametrize("role", [Role.COORDINATOR, Role.OFFICER, Role.EDITOR, Role.DATA_STEWARD])
async def test_nobody_else_reads(stage, role):
    await released(stage)
    olu = await stage.staff(role)
    slot = (await stage.program.services.unlinked.issued())[0].slot.hex()
    await olu.says("/read")
    olu.sees("help.unknown_command")
    for data in ("read.weeks", "read.week:2027-W09", "read.item:2027-W09:hours:0", f"read.answer:{slot}", "read.named"):
        await olu.forges(f"v1:{data}")
        olu.sees("button.closed")


async def test_named_feedback_is_answered_in_the_chat_and_quoted_only_by_consent(stage):
    ada, fay = await stage.worker("Ada"), await stage.staff(Role.FEEDBACK_READER, name="Fay")
    await ada.says("/feedback")
    await ada.taps("With my name")
    await ada.taps("Pay")
    await ada.says("My pay is late each month.\nNobody says why.")
    ada.sees("named.quote")
    await ada.taps("No, do not use my words")
    ada.sees("named.thanks")
    [kept] = await named.waiting(stage.db)
    assert (kept.body, kept.may_quote) == ("My pay is late each month.\nNobody says why.", False)
    await ada.taps("You may use my words")
    ada.sees("named.thanks.quote")
    await fay.says("/read")
    await fay.taps("With a name, to answer: 1")
    fay.sees("reading.named.quote", "Ada", "My pay is late")
    await fay.taps("Answer")
    await fay.says("We have written to them.")
    fay.sees("reading.answered_named")
    assert "We have written to them." in str(ada.phone.screen)
    assert await named.waiting(stage.db) == []


async def test_somebody_else_s_consent_cannot_be_switched(stage):
    ada, eve = await stage.worker(), await stage.worker("Eve")
    async with stage.program.database.transaction() as tx:
        item = await named.give(tx, (await ada.person()).id, "pay", WORDS, int(stage.clock.now), may_quote=False)
    await eve.forges(f"v1:named.quote:{item}:yes")
    eve.sees("button.closed")
    assert (await named.by_id(stage.db, item)).may_quote is False


async def test_named_feedback_leaves_with_its_person(stage):
    ada = await stage.worker()
    async with stage.program.database.transaction() as tx:
        await named.give(tx, (await ada.person()).id, "pay", WORDS, int(stage.clock.now), may_quote=True)
    await ada.says("/delete")
    await ada.taps("staying.delete.button.yes")
    assert await named.waiting(stage.db) == []


async def comes_to_a_meeting(stage, count):
    meeting, people = await opens_meeting(stage), []
    for number in range(count):
        one = await stage.worker(f"P{number}")
        async with stage.program.database.transaction() as tx:
            await tx.run(
                "INSERT INTO response (person_id, meeting_id, answer, place, answered_at) "
                "VALUES (:p, :m, 'yes', 'held', 1)",
                p=(await one.person()).id, m=meeting.id,
            )  # fmt: skip
        people.append(one)
    return meeting, people


async def test_after_a_meeting_each_question_is_one_tap_and_nobody_is_kept_beside_it(stage):
    cas = await stage.coordinator()
    meeting, people = await comes_to_a_meeting(stage, 6)
    await stage.passes(days=4)
    await stage.passes(hours=8)
    before = await stage.db.rows("SELECT * FROM contact_attempt")
    for one in people:
        one.sees("pulse.could_speak")
        for answer in ("Yes", "No", "Skip", "Yes", "Partly"):
            await one.taps(answer)
        one.sees("pulse.thanks")
    assert [tuple(row) for row in await stage.db.rows("SELECT * FROM contact_attempt")] == [
        tuple(row) for row in before
    ]
    await cas.says("/pulse")
    await cas.taps("meeting.line")
    cas.sees("pulses.too_few")
    await stage.passes(days=7)
    told = await stage.program.services.unlinked.pulses(meeting.id)
    assert {(one.question, one.answer, one.count) for one in told} == {
        ("could_speak", "yes", 6), ("no_harm", "no", 6), ("would_return", "yes", 6), ("decided_with_us", "partly", 6),
    }  # fmt: skip
    await cas.taps("meeting.line")
    cas.sees("Could speak: yes 6, partly 0, no 0")


async def test_a_forged_ticket_counts_nothing(stage):
    meeting, [ada] = await comes_to_a_meeting(stage, 1)
    for _ in range(6):
        await ada.forges(f"v1:sealed.pulse:{meeting.id}:d:0:yes:AAAAAAAAAAAAAAAAAAAAAA")
        ada.sees("button.closed")


async def test_the_monthly_line_goes_to_everyone_once_a_month_and_to_nobody_who_stopped(stage):
    quiet = await stage.worker("Quiet")
    await quiet.says("/stop")
    silent = await stage.worker("Silent")
    await released(stage)
    await stage.passes(days=7)
    lines = [text for _, text in silent.phone.screen if "there may be an answer" in text]
    assert len(lines) == 1
    assert "there may be an answer" not in str(quiet.phone.screen)
    await stage.passes(days=28)
    assert len([text for _, text in silent.phone.screen if "there may be an answer" in text]) == 2


async def test_exports_and_the_page_about_oneself_say_nothing_of_it(stage):
    ada = await stage.worker()
    await tells(ada)
    await ada.says("/me")
    assert "anonym" not in " ".join(ada.shown).lower()
    history = await attempts.of_person(stage.db, (await ada.person()).id)
    assert history == []
