"""Whatever the network, the people and the clock do: every step is one the table allows, and nobody is bothered."""

from hypothesis import strategies as st
from hypothesis.stateful import initialize, invariant, precondition, rule

from rules.council import Council
from rules.transitions import ALLOWED
from storage import attempts, broadcasts, machine, meetings, people, responses
from storage.audience import Audience, left_out, members
from storage.invariants import violations
from tests.storage.machine import SETTINGS, DatabaseMachine
from tests.storage.world import DAY, HOUR, NOON, open_meeting, withdraw, worker

PEOPLE, PLACES = st.integers(0, 5), st.integers(0, 1)
EVENTS = "SELECT attempt_id, at, state, outcome FROM attempt_event ORDER BY id"
ANSWERS = "SELECT * FROM response_event WHERE meeting_id = :meeting_id ORDER BY id"
FREE = """
SELECT stopped_at IS NULL AND unreachable_at IS NULL AND telegram_id IS NOT NULL AND consented
       AND (paused_until IS NULL OR paused_until <= :now OR :urgent) AS free
FROM known_person WHERE id = :person_id
"""
ENDINGS = ["accepted", "accepted", "accepted", "retry", "hold", "unknown", "blocked", "failed", "skipped", "expired"]


class Outbox(DatabaseMachine):
    @initialize()
    def begin(self):
        self.now = NOON
        self.flying = {}
        self.meetings = [self.run(open_meeting(self.database, capacity=2)) for _ in range(2)]
        self.people = self.run(self.make_people())

    async def make_people(self):
        async with self.database.transaction() as tx:
            everyone = [await worker(tx) for _ in range(4)]
            return [*everyone, await worker(tx, telegram=False), await worker(tx, consented=False)]

    def write(self, act, *arguments, **named):
        async def step():
            async with self.database.transaction() as tx:
                return await act(tx, *arguments, **named)

        return self.run(step())

    @rule(meeting=PLACES, again=st.booleans(), undo=st.sampled_from([0, 60]))
    def invite(self, meeting, again, undo):
        audience = Audience(self.meetings[meeting].id, not_answered=again)
        made = self.write(broadcasts.begin, audience, None, None, self.now, undo_seconds=undo)
        counts = self.run(broadcasts.progress(self.database.reading, made.id))
        assert counts.get("planned", 0) == made.size
        twice = self.write(broadcasts.begin, audience, None, None, self.now, undo_seconds=undo)
        assert (twice.size, self.run(broadcasts.progress(self.database.reading, twice.id))) == (0, {})

    @rule(meeting=PLACES, act=st.sampled_from([broadcasts.undo, broadcasts.stop]))
    def take_back(self, meeting, act):
        for one in self.run(broadcasts.live(self.database.reading)):
            if one.meeting_id == self.meetings[meeting].id:
                self.write(act, one.id, self.now)

    @rule(who=PEOPLE)
    def say_more(self, who):
        for sequence in (1, 2):
            self.write(attempts.plan, self.people[who], "notice", 0, sequence, self.now, None, self.now)

    @rule(seconds=st.sampled_from([1, 60, 15 * 60, HOUR, 6 * HOUR, DAY]))
    def time_goes_by(self, seconds):
        self.now += seconds
        self.write(attempts.plan_reminders, self.now, Council())
        assert self.write(attempts.plan_reminders, self.now, Council()) == 0
        self.write(attempts.release_due, self.now)
        self.write(attempts.retry_unknown, self.now)
        self.write(attempts.close_silent, self.now)
        assert self.write(attempts.close_silent, self.now) == 0

    @rule()
    def claim(self):
        attempt = self.write(attempts.claim, self.now)
        if attempt is None:
            return
        assert attempt.id not in self.flying
        assert attempt.person_id not in {one.person_id for one in self.flying.values()}
        urgent = attempt.reason in {"cancelled", "changed"}
        assert self.ask(FREE, person_id=attempt.person_id, now=self.now, urgent=urgent)[0]["free"]
        self.flying[attempt.id] = attempt

    @rule(meeting=PLACES, how=st.sampled_from(["accepted", "accepted", "unknown"]))
    def invite_and_send_all(self, meeting, how):
        self.write(broadcasts.begin, Audience(self.meetings[meeting].id), None, None, self.now, undo_seconds=0)
        self.write(attempts.release_due, self.now)
        self.claim()
        self.claim()
        while self.flying:
            self.end(how)
            self.claim()

    @rule()
    def days_of_silence(self):
        self.now += 3 * DAY
        self.write(attempts.close_silent, self.now)

    @precondition(lambda self: self.flying)
    @rule(how=st.sampled_from(ENDINGS))
    def end(self, how):
        attempt_id, attempt = self.flying.popitem()
        for expected in (True, False):
            assert self.write(*self.ending(how, attempt_id)) is expected
        if how == "blocked":
            self.write(people.mark_unreachable, attempt.person_id, self.now)

    def ending(self, how, attempt_id):
        match how:
            case "accepted":
                return attempts.accepted, attempt_id, 1, self.now, self.now + 3 * DAY
            case "retry" | "hold":
                return getattr(attempts, how), attempt_id, self.now + 60, "later", self.now
            case "unknown":
                return attempts.unknown, attempt_id, self.now
        return attempts.finish, attempt_id, how, "so it was", self.now

    @rule()
    def crash(self):
        assert self.write(attempts.sending_left_over, self.now) == len(self.flying)
        self.flying.clear()

    @rule(who=PEOPLE, meeting=PLACES, answer=st.sampled_from(["yes", "maybe", "no"]))
    def answer(self, who, meeting, answer):
        try:
            self.write(responses.record, self.people[who], self.meetings[meeting].id, answer, self.now)
        except responses.MeetingGone:
            found = self.run(meetings.by_id(self.database.reading, self.meetings[meeting].id))
            assert found.state != "open" or found.starts_at <= self.now

    @rule(who=PEOPLE, what=st.sampled_from(["stop", "pause", "withdraw", "gone", "return"]))
    def change(self, who, what):
        person = self.people[who]
        match what:
            case "stop":
                self.write(people.stop, person, self.now)
            case "pause":
                self.write(people.pause, person, self.now + DAY)
            case "withdraw":
                self.write(withdraw, person)
            case "gone":
                self.write(people.mark_unreachable, person, self.now)
            case _:
                self.write(people.come_back, person)
                self.write(people.mark_reachable, person)

    @rule(meeting=PLACES, what=st.sampled_from(["cancel", "move", "out"]))
    def upset(self, meeting, what):
        meeting_id = self.meetings[meeting].id
        if what == "cancel":
            self.write(meetings.cancel, meeting_id, self.now)
            assert self.write(meetings.cancel, meeting_id, self.now) is None
        elif what == "move":
            self.write(meetings.change_time, meeting_id, f"2027-03-{9 + self.now % 9:02}T19:30", self.now)
        else:
            self.write(machine.record_outage, self.now - DAY, self.now)

    @invariant()
    def every_step_is_one_the_table_allows(self):
        last = {}
        for event in self.ask(EVENTS):
            before = last.get(event["attempt_id"])
            assert before is None or before == event["state"] or event["state"] in ALLOWED[before]
            last[event["attempt_id"]] = event["state"]

    @invariant()
    def what_may_have_arrived_is_never_said_not_to_have(self):
        sql = """SELECT COUNT(*) AS n FROM contact_attempt AS attempt
                 WHERE (state IN ('skipped', 'cancelled') OR (state = 'expired' AND reason != 'reminder'))
                   AND EXISTS (SELECT 1 FROM attempt_event WHERE attempt_id = attempt.id AND state = 'unknown')"""
        assert self.ask(sql)[0]["n"] == 0

    @invariant()
    def outcomes_only_go_forward(self):
        ways = {None: {None, "answered", "no_response"}, "no_response": {"no_response", "late"}}
        last = {}
        for event in self.ask(EVENTS):
            before = last.get(event["attempt_id"])
            assert event["outcome"] in ways.get(before, {before})
            last[event["attempt_id"]] = event["outcome"]

    @invariant()
    def whoever_answered_is_not_waited_for(self):
        sql = """SELECT COUNT(*) AS n FROM known_attempt WHERE reason = 'invite' AND said IS NOT NULL
                 AND (state IN ('unknown', 'planned') OR (state = 'accepted' AND
                      COALESCE(outcome, '') NOT IN ('answered', 'late')))"""
        assert self.ask(sql)[0]["n"] == 0

    @invariant()
    def everyone_is_in_or_left_out(self):
        for meeting in getattr(self, "meetings", []):
            audience = Audience(meeting.id)
            out = sum(count for _, count in self.run(left_out(self.database.reading, audience, self.now)))
            assert out + self.run(members(self.database.reading, audience, self.now)) == len(self.people)

    @invariant()
    def the_summary_counts_everyone_asked_once(self):
        for meeting in getattr(self, "meetings", []):
            found = self.run(responses.summary(self.database.reading, meeting.id))
            assert found == self.recount(meeting.id)

    def recount(self, meeting_id):
        """From the two histories alone."""
        sql = """SELECT person_id, attempt_id, event.state, event.outcome FROM attempt_event AS event
                 JOIN contact_attempt ON contact_attempt.id = attempt_id
                 WHERE reason = 'invite' AND about = :meeting_id ORDER BY event.id"""
        said = {
            row["person_id"]: row
            for row in self.ask("SELECT * FROM response_event WHERE meeting_id = :id ORDER BY id", id=meeting_id)
        }
        tried = {}
        for row in self.ask(sql, meeting_id=meeting_id):
            tried.setdefault(row["person_id"], {})[row["attempt_id"]] = (row["state"], row["outcome"])
        standing = ["waiting" if row["place"] == "waiting" else row["answer"] for row in said.values()]
        for person_id in tried.keys() - said.keys():
            every = [end for _, end in sorted(tried[person_id].items())]
            made = [end for end in every if end[0] != "cancelled"]
            left = [end for end in made if end[0] in {"accepted", "unknown"}]
            standing.append(self.group(person_id, *(left or made or every)[-1]))
        return responses.Summary(**{group: standing.count(group) for group in vars(responses.Summary())})

    def group(self, person_id, state, outcome):
        gone = self.ask("SELECT unreachable_at FROM person WHERE id = :id", id=person_id)[0]["unreachable_at"]
        if outcome == "no_response":
            return "silent"
        if state in {"blocked", "failed"} or gone is not None:
            return "unreachable"
        return "not_attempted" if state in {"skipped", "expired", "cancelled"} else "pending"

    @invariant()
    def nothing_is_unsound(self):
        assert self.run(violations(self.database.reading)) == []


Outbox.TestCase.settings = SETTINGS
TestOutbox = Outbox.TestCase
