"""What a meeting offers, said in its invites and frozen there; and an audience split between offers."""

import pytest

from storage import arms, attempts, broadcasts, export_rows, people
from storage.audience import Audience
from tests.dialogue import staged, words_of
from tests.handlers.acts import invites_everyone, opens_meeting
from tests.handlers.rewarding import KEY, has_a_budget, has_vouchers, in_the_catalogue, offers_for


@pytest.fixture
async def shop(data_dir):
    async with staged(data_dir, voucher_keys=KEY) as stage:
        await has_a_budget(stage)
        pool_id = await has_vouchers(stage, 1000)
        await in_the_catalogue(stage, budget_id=1, pool_id=pool_id)
        await in_the_catalogue(stage, "certificate", 0, "a certificate")
        await in_the_catalogue(stage, "none", 0, "our thanks")
        yield stage


async def invites_of(stage, meeting_id):
    rows = await stage.db.rows("SELECT id FROM contact_attempt WHERE reason = 'invite' AND about = :m", m=meeting_id)
    return [await attempts.by_id(stage.db, row["id"]) for row in rows]


async def test_a_coordinator_chooses_from_the_catalogue_and_the_invite_says_it(shop):
    cas, ada = await shop.coordinator(), await shop.worker("Ada")
    meeting = await opens_meeting(shop)
    await cas.forges(f"v1:offer.open:{meeting.id}")
    cas.sees("Offered as thanks: nothing")
    await cas.taps("Choose from the catalogue")
    await cas.taps("Done")
    cas.sees("offer.how_many")
    await cas.taps("a £10 voucher")
    await cas.taps("Done")
    cas.sees("Offered as thanks: a £10 voucher")
    await invites_everyone(shop, cas, 1)
    assert "a £10 voucher" in words_of(ada.phone.messages[-1])
    (invite,) = await invites_of(shop, meeting.id)
    assert (invite.reward, invite.offer_id is not None, invite.arm) == ("a £10 voucher", True, "")
    await cas.forges(f"v1:offer.none:{meeting.id}")
    cas.sees("Offered as thanks: nothing")
    (invite,) = await invites_of(shop, meeting.id)
    assert invite.reward == "a £10 voucher"


async def test_an_invite_offers_it_in_the_language_of_the_person_also_while_that_is_a_draft(shop):
    cas, noor = await shop.coordinator(), await shop.worker("Noor")
    person = await noor.person()
    async with shop.program.database.transaction() as tx:
        await people.change(tx, person.id, "language", "ar-x-draft")
    meeting = await opens_meeting(shop)
    await offers_for(shop, meeting, 1)
    await invites_everyone(shop, cas, 1)
    (invite,) = await invites_of(shop, meeting.id)
    assert (invite.reward, invite.language) == ("قسيمة", "ar-x-draft")


async def test_an_empty_catalogue_and_a_meeting_that_is_over(stage):
    cas = await stage.coordinator()
    meeting = await opens_meeting(stage)
    await cas.forges(f"v1:offer.choose:{meeting.id}")
    cas.sees("offer.empty")
    await stage.passes(days=5)
    for verb in ("open", "choose", "none"):
        await cas.forges(f"v1:offer.{verb}:{meeting.id}")
        cas.sees("button.closed")


async def exported_rows(stage):
    path, until = stage.program.settings.database_path, int(stage.clock.now) + 1
    return [row async for page in export_rows.stream(path, 0, until) for row in page]


async def splits(cas, *picks):
    await cas.says("/invite")
    await cas.taps("meeting.line")
    await cas.taps("invite.audience.done")
    await cas.taps("Split between offers")
    for pick in picks:
        await cas.taps(pick)
    await cas.taps("Done")


async def test_an_audience_is_split_shown_by_market_and_shift_and_kept(shop):
    cas = await shop.coordinator()
    markets, shifts = ("home_care", "care_home"), ("days", "evenings")
    people = [await shop.worker(f"W{n}", market=markets[n % 2], shift=shifts[n // 2 % 2]) for n in range(8)]
    meeting = await opens_meeting(shop)
    await splits(cas, "a £10 voucher", "our thanks")
    cas.sees("8 people in 2 groups", "A: a £10 voucher", "B: our thanks", "cannot be drawn again")
    await cas.taps("Draw now")
    cas.sees("Home care: A 2 and B 2", "Evenings: A 2 and B 2", "Everybody: A 4 and B 4", "Nothing is sent yet")
    cas.sees("As a thank-you: a £10 voucher", "As a thank-you: our thanks")
    assert await invites_of(shop, meeting.id) == []
    await cas.says("8")
    await shop.passes(seconds=61)
    invites = await invites_of(shop, meeting.id)
    assert sorted(one.arm for one in invites) == ["A"] * 4 + ["B"] * 4
    assert {(one.arm, one.reward) for one in invites} == {("A", "a £10 voucher"), ("B", "our thanks")}
    exported = [dict(zip(export_rows.COLUMNS, row, strict=True)) for row in await exported_rows(shop)]
    assert {(row["arm"], row["offer"]) for row in exported if row["purpose"] == "invite"} == {("A", 1), ("B", 2)}
    for someone in people:
        person_id = (await someone.person()).id
        (mine,) = [one for one in invites if one.person_id == person_id]
        assert mine.reward in words_of(someone.phone.messages[-1])


async def test_a_second_invite_keeps_the_arm_and_newcomers_are_drawn_too(shop):
    cas = await shop.coordinator()
    for n in range(4):
        await shop.worker(f"W{n}")
    meeting = await opens_meeting(shop, days=20)
    await splits(cas, "a £10 voucher", "our thanks")
    await cas.taps("Draw now")
    await cas.says("4")
    await shop.passes(seconds=61)
    first = {one.person_id: one.arm for one in await invites_of(shop, meeting.id)}
    await shop.worker("New")
    await shop.passes(days=8)
    await invites_everyone(shop, cas, 1)
    async with shop.program.database.transaction() as tx:
        silent = Audience(meeting_id=meeting.id, not_answered=True, invented=False)
        await broadcasts.begin(tx, silent, None, None, int(shop.clock.now))
    arms_of = {}
    for one in await invites_of(shop, meeting.id):
        arms_of.setdefault(one.person_id, []).append(one.arm)
    assert len(first) == 4
    assert all(arms_of[person] == [arm, arm] for person, arm in first.items())
    assert [found for person, found in arms_of.items() if person not in first] in ([["A", "A"]], [["B", "B"]])


async def test_it_is_drawn_once(shop):
    cas = await shop.coordinator()
    for n in range(4):
        await shop.worker(f"W{n}")
    meeting = await opens_meeting(shop)
    await splits(cas, "a £10 voucher", "our thanks")
    await cas.taps("Draw now")
    trial = await arms.of_meeting(shop.db, meeting.id)
    await cas.taps("Split between offers")
    cas.sees("Everybody: A 2 and B 2", "As a thank-you: our thanks")
    assert await arms.of_meeting(shop.db, meeting.id) == trial


async def test_one_thing_is_no_split_and_no_is_no(shop):
    cas = await shop.coordinator()
    await shop.worker("Ada")
    meeting = await opens_meeting(shop)
    await splits(cas, "our thanks")
    await cas.taps("Draw now")
    cas.sees("Please switch on 2 to 4 things")
    await cas.taps("a £10 voucher")
    await cas.taps("Done")
    await cas.taps("No, go back")
    assert await arms.of_meeting(shop.db, meeting.id) is None
    assert await broadcasts.live(shop.db) == []
