"""The live count of a broadcast."""

from tests.handlers.acts import opens_meeting


async def test_whoever_is_no_longer_a_coordinator_sees_no_count(stage):
    cas, olu = await stage.coordinator(), await stage.officer()
    await stage.worker("Ada")
    await opens_meeting(stage)
    await cas.says("/invite")
    await cas.taps("meeting.line")
    await cas.taps("invite.audience.done")
    await cas.says("1")
    await olu.says("/roles")
    await olu.taps("roles.holder", on="roles.list")
    await olu.taps("Yes, take it away")
    await cas.says("hello")
    await stage.passes(minutes=2)
    assert await stage.db.value("SELECT state FROM broadcast") == "done"
    assert not any("Sent" in words for words in cas.shown)
