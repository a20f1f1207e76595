"""A worker is invited, answers, says why not, changes their mind, waits for a place, is reminded."""

import re

import pytest

import texts
from handlers.rsvp_words import invitation
from rules.council import Council
from rules.dispositions import WHY_NOT
from storage import attempts, meeting_changes, responses
from tests.handlers.acts import invites_everyone, opens_meeting


async def answer_of(stage, someone, meeting):
    person = await someone.person()
    return await responses.of_person(stage.db, person.id, meeting.id)


async def test_an_invite_arrives_and_a_yes_keeps_a_place(stage):
    meeting, ada, cas = (
        await opens_meeting(stage, reward="A £10 voucher"),
        await stage.worker("Ada"),
        await stage.coordinator(),
    )
    await invites_everyone(stage, cas, 1)
    ada.sees(
        "Tea and talk",
        "Thursday 4 March 2027, 7:30pm to 9pm",
        "The Library, 1 High Street",
        "As a thank-you: A £10 voucher",
    )
    await ada.taps("Yes")
    ada.sees("rsvp.saved.yes.in_person")
    said = await answer_of(stage, ada, meeting)
    assert (said.answer, said.place) == ("yes", "held")
    invite = next(one for one in await attempts.of_person(stage.db, (await ada.person()).id) if one.reason == "invite")
    assert (invite.outcome, invite.answer, invite.reward) == ("answered", "yes", "A £10 voucher")


@pytest.mark.parametrize("code", WHY_NOT)
async def test_a_no_asks_why_in_one_tap(stage, code):
    meeting, ada, cas = await opens_meeting(stage), await stage.worker("Ada"), await stage.coordinator()
    await invites_everyone(stage, cas, 1)
    await ada.taps("Can’t")
    ada.sees("rsvp.why", "Your employer will not see it")
    await ada.taps(f"rsvp.why.{code}")
    ada.sees(f"rsvp.saved.no.{code}")
    said = await answer_of(stage, ada, meeting)
    assert (said.answer, said.why) == ("no", code)


async def test_a_change_of_mind_counts_until_the_start(stage):
    meeting, ada, cas = await opens_meeting(stage), await stage.worker("Ada"), await stage.coordinator()
    await invites_everyone(stage, cas, 1)
    for button, answer in (("Maybe", "maybe"), ("Can’t", "no"), ("Yes", "yes")):
        await ada.taps(button)
        assert (await answer_of(stage, ada, meeting)).answer == answer
    stage.clock.now = meeting.starts_at
    await ada.taps("Can’t")
    ada.sees("button.closed")
    assert (await answer_of(stage, ada, meeting)).answer == "yes"


async def test_the_same_tap_twice_has_one_effect(stage):
    meeting, ada, cas = await opens_meeting(stage), await stage.worker("Ada"), await stage.coordinator()
    await invites_everyone(stage, cas, 1)
    person = await ada.person()
    await ada.taps("Yes")
    first = await answer_of(stage, ada, meeting)
    stage.clock.passes(minutes=5)
    await ada.forges(f"v1:rsvp:{meeting.id}:{person.id}:yes")
    assert await answer_of(stage, ada, meeting) == first


async def test_a_full_meeting_has_a_waiting_list_that_moves_up(stage):
    meeting, ada = await opens_meeting(stage, capacity=1), await stage.worker("Ada")
    bo, cas = await stage.worker("Bo"), await stage.coordinator()
    await invites_everyone(stage, cas, 2)
    await ada.taps("Yes")
    await bo.taps("Yes")
    bo.sees("rsvp.saved.waiting")
    await ada.taps("Can’t")
    bo.sees("rsvp.place_free.in_person")
    assert (await answer_of(stage, bo, meeting)).place == "held"
    await bo.taps("I can’t come after all")
    bo.sees("rsvp.why")
    assert (await answer_of(stage, bo, meeting)).answer == "no"


@pytest.mark.parametrize(
    "data", ["{m}:{other}:yes", "{m}:{me}:perhaps", "{m}:{me}", "999:{me}:yes", "x:{me}:yes", "{m}:999:yes"]
)
async def test_forged_and_foreign_buttons_have_no_effect(stage, data):
    meeting, ada = await opens_meeting(stage), await stage.worker("Ada")
    bo, cas = await stage.worker("Bo"), await stage.coordinator()
    await invites_everyone(stage, cas, 2)
    me, other = (await ada.person()).id, (await bo.person()).id
    for verb in ("rsvp", "rsvp.why", "rsvp.ask_why", "rsvp.open"):
        about = data.format(m=meeting.id, me=me, other=other)
        if verb in {"rsvp.ask_why", "rsvp.open"} and data.startswith("{m}:{me}"):
            continue
        await ada.forges(f"v1:{verb}:{about}")
        ada.sees("button.closed")
    assert await answer_of(stage, ada, meeting) is None
    assert await answer_of(stage, bo, meeting) is None


async def test_somebody_who_was_not_invited_cannot_answer(stage):
    meeting, ada = await opens_meeting(stage), await stage.worker("Ada")
    await ada.forges(f"v1:rsvp:{meeting.id}:{(await ada.person()).id}:yes")
    ada.sees("button.closed")
    assert await answer_of(stage, ada, meeting) is None


async def test_a_reason_without_a_no_is_refused(stage):
    meeting, ada, cas = await opens_meeting(stage), await stage.worker("Ada"), await stage.coordinator()
    await invites_everyone(stage, cas, 1)
    await ada.taps("Yes")
    await ada.forges(f"v1:rsvp.why:{meeting.id}:{(await ada.person()).id}:work")
    ada.sees("button.closed")
    assert (await answer_of(stage, ada, meeting)).why == ""


async def test_the_reason_can_be_changed(stage):
    meeting, ada, cas = await opens_meeting(stage), await stage.worker("Ada"), await stage.coordinator()
    await invites_everyone(stage, cas, 1)
    await ada.taps("Can’t")
    await ada.taps("At work")
    await ada.taps("Change the reason")
    await ada.taps("Travel")
    assert (await answer_of(stage, ada, meeting)).why == "travel"


async def test_my_meetings_show_what_i_said_and_lead_back_to_it(stage):
    ada = await stage.worker("Ada")
    await ada.says("/meetings")
    ada.sees("rsvp.mine.none")
    meeting, cas = await opens_meeting(stage), await stage.coordinator()
    await invites_everyone(stage, cas, 1)
    await ada.says("/meetings")
    assert ada.buttons == ["Not answered · Thursday 4 March, 7:30pm: Tea and talk"]
    await ada.taps("rsvp.mine.open")
    await ada.taps("Maybe")
    await ada.says("/meetings")
    assert ada.buttons == ["Maybe · Thursday 4 March, 7:30pm: Tea and talk"]
    assert (await answer_of(stage, ada, meeting)).answer == "maybe"


async def test_a_day_before_comes_a_reminder_whose_first_button_gives_the_place_up(stage):
    meeting, ada, cas = await opens_meeting(stage), await stage.worker("Ada"), await stage.coordinator()
    await invites_everyone(stage, cas, 1)
    await ada.taps("Yes")
    await stage.passes(days=2, hours=7, minutes=31)
    ada.sees("rsvp.reminder.in_person")
    assert ada.buttons[0] == "I can’t come after all"
    await ada.taps("I can’t come after all")
    assert (await answer_of(stage, ada, meeting)).answer == "no"


async def test_maybe_is_asked_once_more(stage):
    _, ada, cas = await opens_meeting(stage), await stage.worker("Ada"), await stage.coordinator()
    await invites_everyone(stage, cas, 1)
    await ada.taps("Maybe")
    await stage.passes(days=2, hours=7, minutes=31)
    ada.sees("rsvp.reminder.maybe")
    assert ada.buttons == ["Yes", "Can’t"]


async def test_who_cannot_come_is_not_reminded(stage):
    _, ada, cas = await opens_meeting(stage), await stage.worker("Ada"), await stage.coordinator()
    await invites_everyone(stage, cas, 1)
    await ada.taps("Can’t")
    await ada.taps("At work")
    await stage.passes(days=2, hours=7, minutes=31)
    ada.sees_not("rsvp.reminder.in_person", "rsvp.reminder.maybe")


async def test_those_who_were_coming_hear_that_it_is_off(stage):
    meeting, ada, cas = await opens_meeting(stage), await stage.worker("Ada"), await stage.coordinator()
    await invites_everyone(stage, cas, 1)
    await ada.taps("Yes")
    await cas.says("/meeting")
    await cas.taps("Thu 4 Mar, 7:30pm · Tea and talk")
    await cas.taps("Call it off")
    cas.sees("1 person said yes or maybe")
    await cas.taps("Yes, call it off and tell them")
    ada.sees("rsvp.cancelled")
    await ada.forges(f"v1:rsvp:{meeting.id}:{(await ada.person()).id}:maybe")
    ada.sees("button.closed")


async def test_those_who_were_coming_hear_of_a_new_time(stage):
    meeting, ada, cas = await opens_meeting(stage), await stage.worker("Ada"), await stage.coordinator()
    await invites_everyone(stage, cas, 1)
    await ada.taps("Yes")
    async with stage.program.database.transaction() as tx:
        await meeting_changes.change_time(tx, meeting.id, "2027-03-05T10:00", int(stage.clock.now))
    await stage.passes(minutes=1)
    ada.sees("rsvp.changed.in_person", "Friday 5 March 2027, 10am")


UNASKED = ("invite", "reminder", "place_free", "cancelled", "changed", "notice")


def unasked_names():
    return [name for name in sorted(texts.names()) if re.fullmatch(rf"rsvp\.({'|'.join(UNASKED)})(\..*)?", name)]


@pytest.mark.parametrize("name", unasked_names())
def test_a_locked_phone_shows_neutral_words_only(name):
    (template,) = texts.every(name)[:1]
    shown = template[:40]
    assert "{" not in shown
    assert not re.search(r"care|employer|feedback|market|code|council|work", shown, re.IGNORECASE)


async def test_what_a_title_says_is_live_nowhere(stage):
    meeting = await opens_meeting(stage, title="<b>Tea</b> & {talk} =1+1 \u202eevil")
    html = invitation(meeting, 1, "<i>x</i>", Council(name="Anytown <Council>")).html("en")
    assert "&lt;b&gt;Tea&lt;/b&gt; &amp; {talk} =1+1" in html
    assert "&lt;i&gt;x&lt;/i&gt;" in html
    assert "From Anytown &lt;Council&gt;." in html


async def leaves(someone, how):
    match how:
        case "stops":
            await someone.says("/stop")
        case "blocks":
            await someone.blocks()
        case "pauses":
            await someone.says("/pause")
            await someone.taps("staying.pause.week")
        case "takes back her yes":
            await someone.forges("v1:consent:no:1")


@pytest.mark.parametrize("how", ["stops", "blocks", "pauses", "takes back her yes"])
async def test_a_place_goes_to_the_first_who_can_be_told_of_it(stage, how):
    meeting, cas = await opens_meeting(stage, capacity=1), await stage.coordinator()
    ada, ben, cleo = [await stage.worker(name) for name in ("Ada", "Ben", "Cleo")]
    await invites_everyone(stage, cas, 3)
    for one in (ada, ben, cleo):
        await one.taps("rsvp.button.yes")
    await leaves(ben, how)
    await ada.taps("rsvp.button.no")
    assert (await answer_of(stage, ben, meeting)).place == "waiting"
    assert (await answer_of(stage, cleo, meeting)).place == "held"
    cleo.sees("rsvp.place_free.in_person")


@pytest.mark.parametrize(("how", "back"), [("stops", "/back"), ("blocks", "hello")])
async def test_whoever_comes_back_gets_the_place_that_was_free_meanwhile(stage, how, back):
    meeting, cas = await opens_meeting(stage, capacity=1), await stage.coordinator()
    ada, ben = await stage.worker("Ada"), await stage.worker("Ben")
    await invites_everyone(stage, cas, 2)
    for one in (ada, ben):
        await one.taps("rsvp.button.yes")
    await leaves(ben, how)
    await ada.taps("rsvp.button.no")
    await ben.says(back)
    ben.sees("rsvp.place_free.in_person")
    assert (await answer_of(stage, ben, meeting)).place == "held"
