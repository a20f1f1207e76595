"""Each unasked message asks the database again at the moment it is sent: what is no longer true is not said."""

import pytest

from handlers.rsvp_words import COMPOSES
from storage import attempts, meeting_changes, responses
from tests.handlers.acts import opens_meeting


async def composed(stage, reason, person, meeting):
    """What the message of this reason would say now, or None."""
    now = int(stage.clock.now)
    async with stage.program.database.transaction() as tx:
        await attempts.plan(tx, person.id, reason, meeting.id, 9, now + 10**6, None, now)
    attempt = next(one for one in reversed(await attempts.of_person(stage.db, person.id)) if one.reason == reason)
    return await COMPOSES[reason](stage.db, attempt, stage.program.council)


async def says(stage, person, meeting, answer):
    async with stage.program.database.transaction() as tx:
        await responses.record(tx, person.id, meeting.id, answer, int(stage.clock.now))


@pytest.mark.parametrize(
    ("reason", "answer", "name"),
    [
        ("invite", None, "rsvp.invite.online"),
        ("changed", "yes", "rsvp.changed.online"),
        ("changed", None, "rsvp.changed.online"),
        ("reminder", "yes", "rsvp.reminder.online"),
        ("reminder", "maybe", "rsvp.reminder.maybe"),
        ("reminder", "no", None),
        ("reminder", None, None),
        ("place_free", "yes", "rsvp.place_free.online"),
        ("place_free", "no", None),
        ("notice", "yes", "rsvp.notice.online"),
        ("notice", "maybe", "rsvp.notice.online"),
        ("notice", "no", None),
        ("cancelled", "yes", None),
    ],
)
async def test_who_is_told_what_while_the_meeting_is_open(stage, reason, answer, name):
    meeting, ada = await opens_meeting(stage, mode="online"), await stage.worker("Ada")
    person = await ada.person()
    if answer:
        await says(stage, person, meeting, answer)
    saying = await composed(stage, reason, person, meeting)
    assert (saying.name if saying else None) == name
    assert saying is None or saying.html("en").startswith("Hello.")


@pytest.mark.parametrize("reason", sorted(COMPOSES))
async def test_once_it_is_off_only_that_is_said(stage, reason):
    meeting, ada = await opens_meeting(stage), await stage.worker("Ada")
    person = await ada.person()
    await says(stage, person, meeting, "yes")
    async with stage.program.database.transaction() as tx:
        await meeting_changes.cancel(tx, meeting.id, int(stage.clock.now))
    saying = await composed(stage, reason, person, meeting)
    assert (saying.name if saying else None) == ("rsvp.cancelled" if reason == "cancelled" else None)


async def test_a_message_to_nobody_is_a_fault(stage):
    meeting, ada = await opens_meeting(stage), await stage.worker("Ada")
    await composed(stage, "invite", await ada.person(), meeting)
    (attempt,) = [one for one in await attempts.of_person(stage.db, (await ada.person()).id) if one.reason == "invite"]
    object.__setattr__(attempt, "person_id", None)
    with pytest.raises(ValueError, match="person on record"):
        await COMPOSES["invite"](stage.db, attempt, stage.program.council)
