"""The invented borough lives: invited people answer or do not, those on nights are left to sleep, silence closes."""

import re
from collections import Counter
from datetime import datetime
from random import Random

import pytest

from bot.demo import borough, crowd
from bot.demo.passing import HOUR
from storage import meetings
from tests.dialogue import LONDON, TOKEN, staged
from tests.handlers.test_poll import sends_poll

PEOPLE = 24
INVITED = """
SELECT person.shift, person.invented, attempt.state, outcome, answer, answer_why, sent_at
FROM contact_attempt AS attempt JOIN person ON person.id = attempt.person_id WHERE attempt.reason = 'invite'
"""


class Town:
    """The program in rehearsal, the crowd around it, and time that goes by as in the demo."""

    def __init__(self, stage, everyone) -> None:
        self.stage, self.everyone = stage, everyone

    async def lives(self):
        await self.stage.settle()
        while self.everyone.look():
            await self.stage.settle()

    async def waits(self, seconds):
        while seconds > 0:
            self.stage.clock.passes(seconds=min(seconds, HOUR))
            await self.lives()
            seconds -= HOUR

    async def invited(self):
        return await self.stage.db.rows(INVITED)


@pytest.fixture
async def town(data_dir):
    async with staged(data_dir, rehearsal=True) as stage:
        chance = Random(3)
        found = crowd.gather(stage.simulator, TOKEN, borough.FIRST_NAMES[:PEOPLE], chance)
        everyone = crowd.Crowd(found, chance, stage.clock, lambda: 0.0)
        async with stage.program.database.transaction() as tx:
            ids = [one.phone.id for one in found]
            await borough.settle(tx, stage.program.council, ids, int(stage.clock.now))
        yield Town(stage, everyone)


async def invites_all(town):
    cora = await town.stage.coordinator("Cora")
    await cora.says("/invite")
    await cora.taps("meeting.line")
    await cora.taps("invite.audience.done")
    await cora.says(str(PEOPLE))
    await town.waits(61)


async def test_invented_people_are_invited_in_their_own_waking_hours(town):
    await invites_all(town)
    rows = await town.invited()
    assert len(rows) == PEOPLE
    assert {row["invented"] for row in rows} == {1}
    asleep = [row for row in rows if row["shift"] == "nights"]
    assert asleep
    assert {row["state"] for row in asleep} == {"planned"}
    assert Counter(row["state"] for row in rows if row["shift"] != "nights")["accepted"] >= PEOPLE - len(asleep) - 1
    await town.waits(6 * HOUR)
    hours = [datetime.fromtimestamp(row["sent_at"], LONDON).hour for row in await town.invited() if row["sent_at"]]
    late = [hour for hour in hours if hour >= 16]
    assert len(late) >= len(asleep) - 1
    assert set(late) == {16}


async def test_after_four_days_everybody_has_answered_or_is_silent_but_one(town):
    await invites_all(town)
    await town.waits(4 * 24 * HOUR)
    rows = await town.invited()
    ends = Counter(row["outcome"] or row["state"] for row in rows)
    assert set(ends) == {"answered", "no_response", "blocked"}
    assert ends["blocked"] == 1
    assert ends["no_response"] >= 2
    answers = Counter(row["answer"] for row in rows if row["outcome"] == "answered")
    assert set(answers) <= {"yes", "maybe", "no"}
    assert len(answers) > 1  # each taps what comes into its head
    assert all(row["answer_why"] for row in rows if row["answer"] == "no")
    assert await town.stage.db.rows("SELECT * FROM outage") == []


async def test_the_borough_has_a_meeting_to_invite_to(town):
    (meeting,) = await meetings.upcoming(town.stage.db, int(town.stage.clock.now))
    assert meeting.state == "open"
    assert meeting.starts.strftime("%H:%M") == "18:30"


async def test_in_a_poll_the_borough_votes_on_every_time(town):
    cora = await town.stage.coordinator("Cora")
    await sends_poll(cora, PEOPLE)
    await town.waits(20 * HOUR)
    await cora.taps("Look at it")
    first, second = re.findall(r"yes (\d+), if need be (\d+), no (\d+)", "".join(cora.shown))
    assert sum(map(int, first)) == sum(map(int, second)) > PEOPLE // 3
