"""Arms are drawn once from a recorded seed, even by market and shift, and stand on each attempt."""

from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rules.split import Entrant, place
from storage import arms, attempts, erasure
from storage.rewards import offers
from tests.storage.test_erasure import LONDON
from tests.storage.world import NOON, invite, send_all, worker

SHIFTS = ("days", "nights", "days")
INVITES = """
SELECT person_id, offer_id, arm, reward FROM contact_attempt
WHERE reason = 'invite' AND person_id > 2 ORDER BY id
"""
entrants = st.lists(
    st.builds(Entrant, st.integers(1, 10_000), st.sampled_from(["a", "b", ""]), st.sampled_from(["x", "y"])),
    unique_by=lambda one: one.person_id, max_size=60,
)  # fmt: skip


@given(entrants, st.integers(2, 4), st.text(min_size=1, max_size=8))
def test_a_split_is_even_in_each_group_and_the_same_again(crowd, how_many, seed):
    names = [f"arm {number}" for number in range(how_many)]
    drawn = place(crowd, names, seed)
    assert {one for one, _ in drawn} == set(crowd)
    assert sorted(drawn, key=str) == sorted(place(crowd[::-1], names, seed), key=str)
    counts = Counter((one.market, one.shift, arm) for one, arm in drawn)
    for market, shift in {(one.market, one.shift) for one in crowd}:
        sizes = [counts[market, shift, arm] for arm in names]
        assert max(sizes) - min(sizes) <= 1


@given(entrants, entrants)
def test_whoever_comes_later_moves_nobody(first, later):
    drawn = place(first, ("A", "B"), "seed")
    known = {one.person_id for one in first}
    added = place([one for one in later if one.person_id not in known], ("A", "B"), "seed", drawn)
    assert not {one.person_id for one, _ in added} & known


def test_one_arm_is_no_split():
    for names in (("A",), ("A", "A")):
        with pytest.raises(ValueError, match="two arms"):
            place([], names, "seed")


async def crowd(borough, how_many, first=0):
    async with borough.database.transaction() as tx:
        return [
            await worker(tx, f"W{number}", market=("home_care", "care_home")[number % 2], shift=SHIFTS[number % 3])
            for number in range(first, first + how_many)
        ]


async def two_offers(borough):
    async with borough.database.transaction() as tx:
        plain = await offers.make(tx, "Only a voucher", [borough.items["voucher"]], None, NOON)
        return await arms.make(tx, borough.meeting.id, "offer", {"A": borough.offer, "B": plain}, borough.cora, NOON)


async def frozen(borough):
    rows = await borough.database.reading.rows(INVITES)
    return [tuple(row) for row in rows]


async def test_each_invite_carries_its_arm_and_offer_and_nobody_is_drawn_again(borough):
    trial = await two_offers(borough)
    await crowd(borough, 20)
    await invite(borough.database, borough.meeting)
    first = await frozen(borough)
    sizes = Counter(arm for _, _, arm, _ in first)
    assert abs(sizes["A"] - sizes["B"]) <= 2
    assert {(offer, arm) for _, offer, arm, _ in first} == {(offer, arm) for arm, offer in trial.arms.items()}
    assert {reward for _, _, arm, reward in first if arm == "B"} == {"a voucher"}
    await crowd(borough, 6, first=20)
    await invite(borough.database, borough.meeting)
    assert (await frozen(borough))[:20] == first
    assert sum((await arms.balance(borough.database.reading, trial.id)).values()) == 26
    assert await arms.of_meeting(borough.database.reading, borough.meeting.id) == trial


async def test_what_was_offered_is_what_the_invitation_said(borough):
    trial = await two_offers(borough)
    people = await crowd(borough, 4)
    async with borough.database.transaction() as tx:
        await arms.draw(tx, trial, people, NOON)
    before = [await offers.offered(borough.database.reading, one, borough.meeting.id) for one in people]
    assert {(one.arm, one.attempt_id) for one in before} == {("A", None), ("B", None)}
    await invite(borough.database, borough.meeting)
    await send_all(borough.database, NOON)
    after = [await offers.offered(borough.database.reading, one, borough.meeting.id) for one in people]
    assert [(one.offer_id, one.arm) for one in after] == [(one.offer_id, one.arm) for one in before]
    assert all(one.attempt_id for one in after)
    async with borough.database.transaction() as tx:
        await offers.set_for_meeting(tx, borough.meeting.id, None)
    for one, offered in zip(people, after, strict=True):
        assert await offers.offered(borough.database.reading, one, borough.meeting.id) == offered


async def test_a_wording_is_an_approach_and_the_offer_stays_the_meetings(borough):
    async with borough.database.transaction() as tx:
        other = await tx.value("SELECT id FROM approach WHERE code = 'direct'")
        bot = await tx.value("SELECT id FROM approach WHERE code = 'bot'")
        await arms.make(tx, borough.meeting.id, "wording", {"plain": bot, "warm": other}, None, NOON)
    people = await crowd(borough, 10)
    await invite(borough.database, borough.meeting)
    sent = [(await attempts.of_person(borough.database.reading, one))[0] for one in people]
    found = Counter((one.arm, one.approach_id, one.offer_id) for one in sent)
    assert set(found) == {("plain", bot, borough.offer), ("warm", other, borough.offer)}
    assert max(found.values()) <= 6


async def test_outside_a_trial_everybody_is_offered_what_the_meeting_offers(borough):
    await crowd(borough, 2)
    await invite(borough.database, borough.meeting)
    assert {row[1:3] for row in await frozen(borough)} == {(borough.offer, "")}
    assert await arms.of_meeting(borough.database.reading, borough.meeting.id) is None


async def test_a_second_trial_or_one_arm_is_refused(borough):
    await two_offers(borough)
    async with borough.database.transaction() as tx:
        with pytest.raises(ValueError, match="split already"):
            await arms.make(tx, borough.meeting.id, "offer", {"A": borough.offer, "B": borough.offer}, None, NOON)
        with pytest.raises(ValueError, match="two arms"):
            await arms.make(tx, borough.meeting.id, "offer", {"A": borough.offer}, None, NOON)


async def test_of_the_erased_the_arm_stays_as_a_fact(borough):
    await two_offers(borough)
    people = await crowd(borough, 2)
    await invite(borough.database, borough.meeting)
    await send_all(borough.database, NOON)
    async with borough.database.transaction() as tx:
        for one in people:
            await erasure.erase(tx, one, NOON, LONDON)
    facts = await borough.database.reading.rows("SELECT offer_id, arm FROM erased_attempt WHERE reason = 'invite'")
    assert {row["arm"] for row in facts} == {"A", "B"}
    assert await borough.database.reading.value("SELECT count(*) FROM trial_place") == 0


async def test_an_offer_is_a_copy_that_a_later_catalogue_does_not_touch(borough):
    async with borough.database.transaction() as tx:
        assert await offers.reword_item(tx, borough.items["voucher"], "ar", "قسيمة")
        assert await offers.switch_item(tx, borough.items["food"], active=False)
        assert not await offers.switch_item(tx, 404, active=False)
        with pytest.raises(ValueError, match="in the catalogue"):
            await offers.make(tx, "Gone", [borough.items["food"]], None, NOON)
        with pytest.raises(ValueError, match="in the catalogue"):
            await offers.make(tx, "Nothing", [], None, NOON)
    read = borough.database.reading
    frozen_items = await offers.items(read, borough.offer)
    assert {one.kind for one in frozen_items} == {"voucher", "food", "charity", "certificate", "none"}
    assert all("ar" not in one.words for one in frozen_items)
    kinds = [one.kind for one in await offers.catalogue(read)]
    assert "food" not in kinds
    assert len(await offers.catalogue(read, retired=True)) == len(kinds) + 1
    assert (borough.offer, "All") in await offers.recent(read)
