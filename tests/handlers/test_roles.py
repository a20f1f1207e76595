"""Officers invite staff by one-time codes, see who holds what, and take roles away at once."""

import re

import pytest

from rules.roles import Role
from storage import audit, grants


def code_in(someone):
    return re.search(r"start=(enrol-[\w-]+)", " ".join(someone.shown)).group(1)


async def test_somebody_is_invited_with_a_code_that_works_once(stage):
    olu, new, late = await stage.officer(), stage.somebody("New"), stage.somebody("Late")
    await olu.says("/roles")
    await olu.taps("Invite somebody")
    await olu.taps("Coordinator")
    olu.sees("roles.code")
    code = code_in(olu)
    await new.says(f"/start {code}")
    assert await grants.roles_of(stage.db, (await new.person()).id) == {Role.COORDINATOR}
    await late.says(f"/start {code}")
    late.sees("join.enrol.refused")
    entries = (await audit.page(stage.db))[:2]
    assert [(one.actor, one.action, one.why) for one in entries] == [
        (f"person:{(await new.person()).id}", "role_given", "coordinator"),
        (f"person:{(await olu.person()).id}", "role_code", "coordinator"),
    ]


async def test_a_code_is_too_old_after_a_quarter_of_an_hour(stage):
    olu, new = await stage.officer(), stage.somebody("New")
    await olu.says("/roles")
    await olu.taps("Invite somebody")
    await olu.taps("Officer")
    code = code_in(olu)
    stage.clock.passes(minutes=15, seconds=1)
    await new.says(f"/start {code}")
    new.sees("join.enrol.refused")


async def test_a_role_taken_away_is_gone_with_the_next_message(stage):
    olu, cas = await stage.officer(), await stage.coordinator("Cas")
    await cas.says("/meeting")
    cas.sees("meeting.list.none")
    await olu.says("/roles")
    await olu.taps("roles.holder", on="roles.list")
    olu.sees("roles.ask_revoke")
    await olu.taps("No, keep it")
    await olu.taps("roles.holder")
    await olu.taps("Yes, take it away")
    olu.sees("roles.taken")
    await cas.says("/meeting")
    cas.sees_not("meeting.list.none")
    entry = (await audit.page(stage.db))[0]
    assert (entry.action, entry.why) == ("role_revoked", f"coordinator person:{(await cas.person()).id}")


async def test_the_last_officer_stays(stage):
    olu = await stage.officer()
    person = await olu.person()
    await olu.says("/roles")
    await olu.taps("roles.holder")
    olu.sees("roles.last_officer")
    await olu.forges(f"v1:roles.take:{person.id}:officer")
    olu.sees("button.closed")
    assert await grants.roles_of(stage.db, person.id) == {Role.OFFICER}


@pytest.mark.parametrize(
    "data", ["roles.code:worker", "roles.code:king", "roles.take:1:worker", "roles.take:999:officer", "roles.revoke"]
)
async def test_forged_roles_are_refused(stage, data):
    olu = await stage.officer()
    await olu.forges(f"v1:{data}")
    olu.sees("button.closed")


@pytest.mark.parametrize("data", ["roles.code:officer", "roles.invite", "roles.list", "roles.take:1:officer"])
async def test_nobody_else_gives_or_takes_roles(stage, data):
    olu, cas = await stage.officer(), await stage.coordinator()
    await cas.says("/roles")
    cas.sees_not("roles.list")
    await cas.forges(f"v1:{data}")
    cas.sees("button.closed")
    assert Role.OFFICER in await grants.roles_of(stage.db, (await olu.person()).id)
