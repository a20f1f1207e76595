"""Why somebody may not be written to is said once in SQL and once in the rules, and the two agree."""

import itertools

from rules.sending import Candidate, obstacle
from storage import people
from tests.storage.world import NOON, withdraw, worker


async def test_the_view_and_the_rules_give_the_same_first_reason(database):
    expected = {}
    for stopped, channel, consented, unreachable in itertools.product((False, True), repeat=4):
        async with database.transaction() as tx:
            person = await worker(tx, telegram=channel)
            if not consented:
                await withdraw(tx, person)
            if stopped:
                await people.stop(tx, person, NOON)
            if unreachable:
                await people.mark_unreachable(tx, person, NOON)
        asked = Candidate("invite", NOON, None, channel, consented, stopped, unreachable)
        found = obstacle(asked, NOON)
        expected[person] = found.why if found else ""
    rows = await database.reading.rows("SELECT id, barred FROM known_person")
    assert {row["id"]: row["barred"] for row in rows} == expected
    assert set(expected.values()) == {"", "stopped", "no_channel", "no_consent", "unreachable"}
