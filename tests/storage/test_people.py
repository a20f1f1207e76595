"""People, what they agreed to, the roles they hold, and the queue of those who asked for a person."""

import sqlite3

import pytest

from rules.roles import Role
from storage import consents, grants, help_requests, people

NOW = 1_800_000_000
NOBODY = 404


async def met(tx, telegram_id=5, code=None):
    return await people.meet(tx, telegram_id, "en", code, False, NOW)


async def approach_of(tx, person):
    return await tx.value("SELECT code FROM approach WHERE id = :id", id=person.first_approach)


@pytest.mark.parametrize(
    ("code", "kept"), [("poster", "poster"), (None, "direct"), ("forged", "direct"), ("", "direct")]
)
async def test_the_first_contact_keeps_what_led_here(tx, code, kept):
    assert await approach_of(tx, await met(tx, code=code)) == kept


async def test_meeting_again_changes_nothing(tx):
    first = await met(tx, code="poster")
    again = await people.meet(tx, 5, "ar", "visit", True, NOW + 9)
    assert again == first
    assert (again.language, again.invented, again.met_at, again.consented) == ("en", False, NOW, False)


async def test_found_by_account_and_by_id(tx):
    person = await met(tx)
    assert await people.by_telegram(tx, 5) == await people.by_id(tx, person.id) == person
    assert await people.by_telegram(tx, NOBODY) is None
    assert await people.by_id(tx, NOBODY) is None


@pytest.mark.parametrize(
    ("field", "value"),
    [
        *[
            ("market", "home_care"),
            ("shift", "nights"),
            ("job", "carer\0<b>"),
            ("strand", "board"),
            ("employer", "=1+1"),
        ],
        *[("language", "ar"), ("display_name", "\u202eAda 👩🏽‍⚕️"), ("quiet_from", "22:00"), ("quiet_until", None)],
    ],
)
async def test_what_a_person_may_change(tx, field, value):
    person = await met(tx)
    other = await met(tx, telegram_id=6)
    await people.change(tx, person.id, field, value)
    assert getattr(await people.by_id(tx, person.id), field) == value
    assert await people.by_id(tx, other.id) == other


async def test_nothing_else_can_be_changed(tx):
    person = await met(tx)
    with pytest.raises(KeyError):
        await people.change(tx, person.id, "stopped_at", None)
    with pytest.raises(sqlite3.IntegrityError):
        await people.change(tx, person.id, "strand", "no such strand")


async def test_the_first_sign_up_counts(tx):
    person = await met(tx)
    await people.joined(tx, person.id, NOW)
    await people.joined(tx, person.id, NOW + 9)
    assert (await people.by_id(tx, person.id)).joined_at == NOW


async def test_pause_stop_and_coming_back(tx):
    person = await met(tx)
    await people.pause(tx, person.id, NOW + 9)
    await people.stop(tx, person.id, NOW)
    await people.stop(tx, person.id, NOW + 1)
    stopped = await people.by_id(tx, person.id)
    assert (stopped.paused_until, stopped.stopped_at) == (NOW + 9, NOW)
    await people.come_back(tx, person.id)
    back = await people.by_id(tx, person.id)
    assert (back.paused_until, back.stopped_at) == (None, None)
    await people.pause(tx, person.id, NOW + 9)
    await people.pause(tx, person.id, None)
    assert (await people.by_id(tx, person.id)).paused_until is None


async def test_blocked_and_reached_again(tx):
    person = await met(tx)
    await people.mark_unreachable(tx, person.id, NOW)
    await people.mark_unreachable(tx, person.id, NOW + 9)
    assert (await people.by_id(tx, person.id)).unreachable_at == NOW
    await people.mark_reachable(tx, person.id)
    assert (await people.by_id(tx, person.id)).unreachable_at is None


async def test_people_are_found_by_parts_of_their_name_in_any_case(tx):
    names = ["Ádá Ōkafor", "Ada Lovelace", "STRAẞE Bergman", "100% Ada_x", ""]
    added = {name: await people.add_by_hand(tx, name, NOW) for name in names}

    async def found(words, limit=9):
        return [person.display_name for person in await people.find(tx, words, limit)]

    assert added["Ada Lovelace"].telegram_id is None
    assert await found("love ADA") == ["Ada Lovelace"]
    assert await found("áDá") == ["Ádá Ōkafor"]
    assert await found("strasse") == ["STRAẞE Bergman"]
    assert await found("%") == await found("_x") == ["100% Ada_x"]
    assert await found("nobody") == []
    assert await found("", 2) == ["100% Ada_x", "Ada Lovelace"]


async def test_the_last_answer_to_the_notice_holds(tx):
    person = await met(tx)
    assert await consents.latest(tx, person.id) is None
    for version, accepted in (("1", True), ("2", False)):
        await consents.record(tx, person.id, version, accepted, "telegram", NOW)
        latest = await consents.latest(tx, person.id)
        assert latest == consents.Consent(person.id, version, accepted, "telegram", NOW)
        assert (await people.by_id(tx, person.id)).consented is accepted


async def test_answers_to_the_notice_are_never_edited(tx):
    person = await met(tx)
    await consents.record(tx, person.id, "1", True, "paper", NOW)
    for sql in ("UPDATE consent SET accepted = 0", "DELETE FROM consent"):
        with pytest.raises(sqlite3.IntegrityError, match="append-only"):
            await tx.run(sql)


async def test_a_turn_knows_the_person_and_the_roles_of_this_moment(tx):
    assert await people.turn_of(tx, 5) == (None, {Role.ANYONE})
    person = await met(tx)
    assert await people.turn_of(tx, 5) == (person, {Role.ANYONE})
    await consents.record(tx, person.id, "1", True, "telegram", NOW)
    await grants.grant(tx, person.id, Role.OFFICER, NOW)
    await grants.grant(tx, person.id, Role.COORDINATOR, NOW)
    seen, roles = await people.turn_of(tx, 5)
    assert seen.consented
    assert roles == {Role.WORKER, Role.OFFICER, Role.COORDINATOR}
    await grants.revoke(tx, person.id, Role.OFFICER, NOW)
    assert (await people.turn_of(tx, 5))[1] == {Role.WORKER, Role.COORDINATOR}


async def test_a_role_is_held_once_and_revoked_once(tx):
    person = await met(tx)
    for _ in range(2):
        await grants.grant(tx, person.id, Role.OFFICER, NOW, by=person.id)
    assert await grants.holders(tx) == [(person, Role.OFFICER)]
    assert await grants.revoke(tx, person.id, Role.OFFICER, NOW)
    assert not await grants.revoke(tx, person.id, Role.OFFICER, NOW)
    assert await grants.roles_of(tx, person.id) == set()
    await grants.grant(tx, person.id, Role.OFFICER, NOW + 1)
    assert await grants.roles_of(tx, person.id) == {Role.OFFICER}
    assert await tx.value("SELECT count(*) FROM role_grant") == 2


async def test_a_code_gives_its_role_once(tx):
    person, other = await met(tx), await met(tx, telegram_id=6)
    code = await grants.make_code(tx, Role.COORDINATOR, person.id, NOW)
    assert len(code) == 22
    assert await grants.redeem(tx, code, other.id, NOW + 1) is Role.COORDINATOR
    assert await grants.redeem(tx, code, person.id, NOW + 1) is None
    assert await grants.roles_of(tx, other.id) == {Role.COORDINATOR}
    assert await tx.value("SELECT granted_by FROM role_grant") == person.id


@pytest.mark.parametrize(("when", "role"), [(-1, None), (0, Role.OFFICER), (899, Role.OFFICER), (900, None)])
async def test_a_code_holds_fifteen_minutes(tx, when, role):
    person = await met(tx)
    code = await grants.make_code(tx, Role.OFFICER, None, NOW)
    assert await grants.redeem(tx, code, person.id, NOW + when) is role


@pytest.mark.parametrize("forged", ["", "x" * 22, "\ud83d", "' OR 1=1 --"])
async def test_a_forged_code_gives_nothing(tx, forged):
    person = await met(tx)
    await grants.make_code(tx, Role.OFFICER, None, NOW)
    assert await grants.redeem(tx, forged, person.id, NOW) is None
    assert await grants.roles_of(tx, person.id) == set()


async def test_codes_are_kept_as_hashes_and_not_for_long(tx):
    old = await grants.make_code(tx, Role.OFFICER, None, NOW)
    new = await grants.make_code(tx, Role.OFFICER, None, NOW + 900)
    kept = [row["code_hash"] for row in await tx.rows("SELECT code_hash FROM enrolment_code")]
    assert len(kept) == 1
    assert old != new
    assert new not in kept[0]


async def test_the_queue_of_people_who_need_a_person(tx):
    first, second = await met(tx), await met(tx, telegram_id=6)
    assert await help_requests.ask(tx, second.id, NOW)
    assert await help_requests.ask(tx, first.id, NOW + 1)
    assert not await help_requests.ask(tx, second.id, NOW + 2)
    waiting = await help_requests.waiting(tx)
    assert [(request.person, request.asked_at) for request in waiting] == [(second, NOW), (first, NOW + 1)]
    assert await help_requests.done(tx, waiting[0].id, first.id, NOW + 3)
    assert not await help_requests.done(tx, waiting[0].id, first.id, NOW + 4)
    assert [request.person for request in await help_requests.waiting(tx)] == [first]
    assert await help_requests.ask(tx, second.id, NOW + 5)
