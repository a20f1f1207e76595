"""Whatever happens in whatever order, every table of counts is what a recount of the raw history gives.

And nothing is lost on the way: attempts that were ever made stay countable when people are merged or erased.
"""

from collections import Counter
from contextlib import suppress
from zoneinfo import ZoneInfo

from hypothesis import strategies as st
from hypothesis.stateful import initialize, invariant, rule

from rules import dispositions
from storage import availability, by_hand, contacts, erasure, people, reach, responses
from storage.attempts import close_silent
from storage.invariants import violations
from storage.merging import CannotMerge, merge
from tests.storage import recount
from tests.storage.machine import SETTINGS, DatabaseMachine
from tests.storage.world import DAY, HOUR, NOON, invited, open_meeting, worker

LONDON = ZoneInfo("Europe/London")
WHO = st.integers(0, 6)
MARKETS, SHIFTS = ("home_care", "care_home", None, "not_said"), ("days", "nights", None)
ROWS = {name: f"SELECT * FROM {name} ORDER BY rowid" for name in recount.TABLES}  # noqa: S608 - names of our own tables
ROWS |= {name: f"SELECT * FROM {name}" for name in ("other_market", "availability", "poll_vote", "attendance")}  # noqa: S608 - names of our own tables


class Reach(DatabaseMachine):
    @initialize()
    def begin(self):
        self.now = NOON
        self.meetings = [self.run(open_meeting(self.database)) for _ in range(2)]
        self.people, self.made_by_hand, self.erased, self.struck_and_gone = [], [], Counter(), 0
        for number in range(5):
            self.arrive(MARKETS[number % 4], SHIFTS[number % 3], telegram=number % 2 == 0)
        self.staff = self.write(worker, "Cas", consented=False)

    def write(self, act, *arguments, **named):
        async def step():
            async with self.database.transaction() as tx:
                return await act(tx, *arguments, **named)

        return self.run(step())

    def one(self, who):
        return self.people[who % len(self.people)] if self.people else None

    @rule(market=st.sampled_from(MARKETS), shift=st.sampled_from(SHIFTS), telegram=st.booleans())
    def arrive(self, market, shift, telegram):
        self.people.append(self.write(worker, "Ada", telegram=False, market=market, shift=shift))
        if telegram:
            self.write(bring_telegram, self.people[-1])

    @rule(who=WHO, outcome=st.sampled_from(dispositions.OUTCOMES), way=st.sampled_from(["call", "visit", "letter"]))
    def log(self, who, outcome, way):
        if self.people:
            closes = {"silent_at": self.now + DAY}
            logged = self.write(
                by_hand.log_by_hand, self.one(who), None, way, outcome, "", self.staff, self.now, **closes
            )
            self.made_by_hand.append(logged)

    @rule(meeting=st.integers(0, 1))
    def invite(self, meeting):
        self.run(invited(self.database, self.meetings[meeting], self.now, self.now + 3 * DAY))

    @rule(who=WHO, meeting=st.integers(0, 1), answer=st.sampled_from(["yes", "maybe", "no"]))
    def answer(self, who, meeting, answer):
        if self.people:
            with suppress(responses.MeetingGone):
                self.write(responses.record, self.one(who), self.meetings[meeting].id, answer, self.now)

    @rule(who=WHO, day=st.integers(0, 6))
    def say_when_free(self, who, day):
        if self.people:
            self.write(availability.set_week, self.one(who), {(day, "morning"): True}, self.now)

    @rule(who=WHO)
    def sign_up(self, who):
        if self.people:
            self.write(people.joined, self.one(who), self.now)

    @rule(who=WHO, market=st.sampled_from(["home_care", "nursing_home"]))
    def have_a_second_job(self, who, market):
        if self.people:
            self.write(second_job, self.one(who), market)

    @rule(which=st.integers(0, 30), outcome=st.sampled_from(dispositions.OUTCOMES))
    def correct(self, which, outcome):
        if self.made_by_hand:
            wrong = self.made_by_hand[which % len(self.made_by_hand)]
            right = self.write(by_hand.correct, wrong, outcome, "", "typed wrong", self.staff, self.now, since=0)
            if right is not None:
                self.made_by_hand.append(right)

    @rule(which=st.integers(0, 30))
    def take_back(self, which):
        if self.made_by_hand:
            self.write(contacts.take_back, self.made_by_hand[which % len(self.made_by_hand)], self.staff, self.now)

    @rule(one=WHO, other=WHO)
    def merge(self, one, other):
        if self.people:
            try:
                done = self.write(merge, self.one(one), self.one(other), "coordinator", self.staff, self.now)
            except CannotMerge:
                return
            self.people.remove(done.gone.id)

    @rule(who=WHO)
    def erase(self, who):
        if len(self.people) > 2:
            gone = self.one(who)
            history = self.history()
            self.erased.update(
                row["approach_id"] for row in history.attempts if row["person_id"] == gone and history.made(row)
            )
            self.struck_and_gone += sum(
                row["person_id"] == gone and row["why"] in recount.STRUCK for row in history.rows["contact_attempt"]
            )
            self.write(erasure.erase, gone, self.now, LONDON)
            self.people.remove(gone)

    @rule(hours=st.integers(1, 80))
    def time_passes(self, hours):
        self.now += hours * HOUR
        self.write(close_silent, self.now)

    def history(self):
        return recount.History({name: [dict(row) for row in self.ask(sql)] for name, sql in ROWS.items()})

    def spans(self):
        yield reach.Span(0, self.now + 1, LONDON)
        yield reach.Span(NOON + DAY, max(NOON + 2 * DAY, self.now - DAY), LONDON)

    @invariant()
    def counts_are_what_a_recount_gives(self):
        history = self.history()
        for span in self.spans():
            everything = span.from_at == 0
            ways = self.run(reach.by_approach(self.database.reading, span, invented=False))
            expected = recount.by_approach(history, span)
            wanted_id = {approach["code"]: approach["id"] for approach in history.rows["approach"]}
            for way in ways:
                wanted = expected[way.code]
                assert {name: getattr(way, name) for name in wanted} == wanted, way.code
                assert not everything or way.erased_made == self.erased[wanted_id[way.code]], way.code
            groups = self.run(reach.by_group(self.database.reading, span, invented=False))
            found = {(one.by_what, one.said): Counter(vars(one) | {"by_what": 0, "said": 0}) for one in groups}
            assert {key: +counts for key, counts in found.items()} == {
                key: +counts for key, counts in recount.by_group(history, span).items()
            }
            left = self.run(reach.not_attempted(self.database.reading, span, self.now, invented=False))
            assert sum(count for _, count in left) == recount.untried(history, span)

    @invariant()
    def no_attempt_is_ever_lost(self):
        """What was made by hand is there as itself or struck out; of the erased, what counted is there as a fact."""
        (live,) = self.ask("SELECT count(*) AS n FROM contact_attempt WHERE reason = 'by_hand'")
        (facts,) = self.ask("SELECT count(*) AS n FROM erased_attempt WHERE reason = 'by_hand'")
        assert live["n"] + facts["n"] + self.struck_and_gone == len(self.made_by_hand)

    @invariant()
    def the_database_is_sound(self):
        assert self.run(violations(self.database.reading)) == []


async def bring_telegram(tx, person_id):
    await tx.run("UPDATE person SET telegram_id = 5000 + id WHERE id = :person_id", person_id=person_id)


async def second_job(tx, person_id, market):
    await tx.run("INSERT OR IGNORE INTO other_market (person_id, market) VALUES (:p, :m)", p=person_id, m=market)


TestReach = Reach.TestCase
TestReach.settings = SETTINGS
