"""What several dialogues begin with: a meeting made tap by tap, and an invite sent."""

from storage import meetings, venues

HOUR = 3600


async def opens_meeting(stage, *, title="Tea and talk", capacity=None, reward="", days=3, mode="in_person"):
    """An open meeting in the library, some days from now, as if a coordinator had made it."""
    now = int(stage.clock.now)
    async with stage.program.database.transaction() as tx:
        venue = await venues.add(tx, name="The Library", address="1 High Street", now=now)
        made = await meetings.make(
            tx,
            title=title,
            strand="network",
            mode=mode,
            venue_id=venue.id if mode == "in_person" else None,
            local_start=f"2027-03-{1 + days:02}T19:30",
            zone="Europe/London",
            minutes=90,
            capacity=capacity,
            reward=reward,
            now=now,
        )
        await meetings.open_(tx, made.id)
    return await meetings.by_id(stage.db, made.id)


async def invites_everyone(stage, coordinator, count):
    """The coordinator invites everyone to the only meeting, and the minute to undo goes by."""
    await coordinator.says("/invite")
    await coordinator.taps("meeting.line")
    await coordinator.taps("invite.audience.done")
    await coordinator.says(str(count))
    await stage.passes(seconds=61)
