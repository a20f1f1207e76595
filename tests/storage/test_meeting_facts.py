"""Facts of a meeting that can be set at any time, and taken away again."""

import sqlite3

import pytest

from storage import meeting_facts, meetings
from tests.storage.world import open_meeting


async def test_the_lead_s_contact_and_the_ladder_are_kept_and_taken_away(database):
    meeting = await open_meeting(database)
    for contact, ladder in (("020 7946 0018", "2h"), ("", ""), ("lead@example.org", None)):
        async with database.transaction() as tx:
            await meeting_facts.set_contact(tx, meeting.id, contact)
            await meeting_facts.set_ladder(tx, meeting.id, ladder)
        found = await meetings.by_id(database.reading, meeting.id)
        assert (found.lead_contact, found.ladder) == (contact, ladder)


async def test_the_theme_is_one_of_the_board_s_and_an_organisation_may_lead(database):
    meeting = await open_meeting(database, strand="board")
    async with database.transaction() as tx:
        await meeting_facts.set_theme(tx, meeting.id, "retention")
        forum = await tx.value(
            "INSERT INTO organisation (kind, name, made_at) VALUES ('partner', 'Care Forum', 0) RETURNING id"
        )
        await meeting_facts.set_led_by(tx, meeting.id, forum)
    row = await database.reading.row("SELECT theme, led_by FROM meeting")
    assert (row["theme"], row["led_by"]) == ("retention", forum)
    async with database.transaction() as tx:
        await meeting_facts.set_theme(tx, meeting.id, "")
        await meeting_facts.set_led_by(tx, meeting.id, None)
    row = await database.reading.row("SELECT theme, led_by FROM meeting")
    assert (row["theme"], row["led_by"]) == ("", None)
    with pytest.raises(sqlite3.IntegrityError):
        async with database.transaction() as tx:
            await meeting_facts.set_theme(tx, meeting.id, "cake")
