"""Whatever is tapped, decided and taken back in whatever order: every penny is known, and none is spent twice."""

from hypothesis import strategies as st
from hypothesis.stateful import initialize, invariant, rule

from storage import attendance
from storage.invariants import violations
from storage.rewards import budgets, claim_row, deciding, giving, ledger, reversing, showing
from tests.storage.machine import SETTINGS, DatabaseMachine
from tests.storage.rewards_world import VAULT, Borough
from tests.storage.world import DAY, NOON

PEOPLE = st.integers(0, 3)
KINDS = st.sampled_from(["voucher", "voucher", "food", "charity", "certificate"])


class Money(DatabaseMachine):
    @initialize(approval=st.sampled_from(["none", "second"]), pence=st.integers(5, 50))
    def begin(self, approval, pence):
        self.now = NOON
        self.borough = Borough(self.database, pence=pence * 100)
        self.run(self.borough.found(approval=approval, vouchers_of=(1000, 500)))
        self.people = [self.run(self.borough.came(f"W{number}")) for number in range(4)]
        self.codes = {}
        self.vouchers = 0

    def do(self, step, *values, **named):
        return self.run(self.borough.do(step, *values, **named))

    def claim_of(self, who):
        return self.run(self.borough.claim_of(self.people[who]))

    @rule(who=PEOPLE, kind=KINDS, given=st.sampled_from([0, 0, 500]))
    def claim(self, who, kind, given):
        self.run(self.borough.claims(self.people[who], kind, self.now, given=given))

    @rule(who=PEOPLE, step=st.sampled_from([giving.decline, giving.give_back]))
    def say_no(self, who, step):
        if claim := self.claim_of(who):
            self.do(step, self.people[who], claim.id, self.now)

    @rule(who=PEOPLE, step=st.sampled_from([giving.give, giving.less]), pence=st.sampled_from([0, 200, 500, 800, 1000]))
    def take_less(self, who, step, pence):
        if claim := self.claim_of(who):
            self.do(step, self.people[who], claim.id, pence, self.now)

    @rule(who=PEOPLE, yes=st.booleans())
    def decide(self, who, yes):
        if claim := self.claim_of(who):
            olive = self.borough.olive
            self.do(deciding.approve, claim.id, olive, self.now) if yes else self.do(
                deciding.refuse, claim.id, olive, "no", self.now
            )

    @rule(who=PEOPLE)
    def show(self, who):
        claim = self.claim_of(who)
        shown = self.do(showing.show, VAULT, self.people[who], claim.id, self.now) if claim else None
        if shown and shown.code:
            assert self.codes.setdefault(shown.code, claim.id) == claim.id
            assert list(self.codes.values()).count(claim.id) == 1

    @rule(who=PEOPLE, there=st.booleans())
    def attend(self, who, there):
        async def step(tx):
            if there:
                await self.borough.present(tx, self.people[who], now=self.now)
            else:
                await attendance.take_back(tx, self.borough.meeting.id, self.people[who], self.now)

        self.do(step)

    @rule(days=st.sampled_from([1, 60, 200]))
    def time_goes_by(self, days):
        self.now += days * DAY
        self.do(reversing.expire, self.now)

    @rule(pence=st.sampled_from([500, 1000]), runs_out=st.booleans())
    def stock(self, pence, runs_out):
        self.run(self.borough.stock(pence, expires_on="2027-03-20" if runs_out else None))

    @rule(pence=st.integers(0, 60))
    def change_the_budget(self, pence):
        self.do(budgets.set_total, self.borough.budget, pence * 100, self.now, "host:ada")

    @invariant()
    def the_money_adds_up(self):
        assert self.run(violations(self.database.reading)) == []
        sums = self.run(ledger.sums(self.database.reading, invented=False))
        (meter,) = self.run(budgets.meters(self.database.reading, invented=False))
        assert sums.reserved + sums.issued <= meter.total
        claims = [
            claim
            for who in range(4)
            for claim in self.run(claim_row.of_person(self.database.reading, self.people[who]))
        ]
        assert sum(claim.reserved for claim in claims) == sums.reserved
        assert sum(claim.issued for claim in claims) == sums.issued


Money.TestCase.settings = SETTINGS
TestMoney = Money.TestCase
