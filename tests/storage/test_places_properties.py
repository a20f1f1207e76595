"""Whatever people say in whatever order: no place is given twice, nobody is passed over, and history tells the same."""

from hypothesis import strategies as st
from hypothesis.stateful import initialize, invariant, rule

from storage import responses
from storage.invariants import violations
from tests.storage.machine import SETTINGS, DatabaseMachine
from tests.storage.world import NOON, open_meeting, says, workers

PEOPLE = st.integers(0, 7)
EVENTS = "SELECT person_id, answer, place FROM response_event ORDER BY id"


class Places(DatabaseMachine):
    @initialize(capacity=st.one_of(st.none(), st.integers(1, 4)))
    def begin(self, capacity):
        self.now = NOON
        self.capacity = capacity
        self.people = self.run(workers(self.database, 8))
        self.meeting = self.run(open_meeting(self.database, capacity=capacity))
        self.said = {}
        self.queue = []

    @rule(who=PEOPLE, answer=st.sampled_from(["yes", "maybe", "no"]), seconds=st.integers(0, 2))
    def answer(self, who, answer, seconds):
        self.now += seconds
        person = self.people[who]
        place = self.run(says(self.database, person, self.meeting, answer, self.now))
        if answer != "yes" and person in self.queue:
            self.queue.remove(person)
        self.said[person] = answer
        held = self.held()
        if answer == "yes" and person not in held and person not in self.queue:
            self.queue.append(person)
        before = list(self.queue)
        promoted = [who for who in self.queue if who in held]
        self.queue = [who for who in self.queue if who not in held]
        assert set(place.promoted) <= set(promoted)
        assert promoted == before[: len(promoted)]
        assert place.place == ("none" if answer != "yes" else "held" if person in held else "waiting")

    @rule(who=PEOPLE, why=st.sampled_from(["work", "travel"]))
    def give_reason(self, who, why):
        person = self.people[who]

        async def step():
            async with self.database.transaction() as tx:
                await responses.set_reason(tx, person, self.meeting.id, why, self.now)

        self.run(step())

    def held(self):
        return {row["person_id"] for row in self.ask("SELECT person_id FROM response WHERE place = 'held'")}

    @invariant()
    def no_more_than_there_are_and_none_left_empty(self):
        held = self.held()
        wanted = sum(answer == "yes" for answer in self.said.values())
        assert len(held) == (wanted if self.capacity is None else min(self.capacity, wanted))

    @invariant()
    def those_who_wait_wait_in_order(self):
        assert [
            one.person_id for one in self.run(responses.people(self.database.reading, self.meeting.id, "waiting"))
        ] == self.queue

    @invariant()
    def the_summary_is_a_recount_of_history(self):
        last = {row["person_id"]: row for row in self.ask(EVENTS)}
        standing = ["waiting" if row["place"] == "waiting" else row["answer"] for row in last.values()]
        found = self.run(responses.summary(self.database.reading, self.meeting.id))
        assert found == responses.Summary(
            **{group: standing.count(group) for group in ("yes", "maybe", "no", "waiting")}
        )

    @invariant()
    def everyone_who_moved_up_is_told_once(self):
        told = self.ask("SELECT COUNT(*) AS n FROM contact_attempt WHERE reason = 'place_free'")[0]["n"]
        moved = self.ask(
            "SELECT COUNT(*) AS n FROM response_event AS event WHERE place = 'held' AND 'waiting' = ("
            "SELECT place FROM response_event AS earlier"
            " WHERE earlier.person_id = event.person_id AND earlier.id < event.id"
            " ORDER BY id DESC LIMIT 1)"
        )[0]["n"]
        assert told == moved

    @invariant()
    def nothing_is_unsound(self):
        assert self.run(violations(self.database.reading)) == []


Places.TestCase.settings = SETTINGS
TestPlaces = Places.TestCase
