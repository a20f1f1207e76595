"""People without Telegram: added in a few taps, found again, joined by a one-time code, made one where they are two."""

import pytest

from rules.roles import Role
from storage import attempts, by_hand, consents, duplicates, invariants, joining, people, routes
from tests.dialogue import staged


async def adds(cas, name, *, reach="07700 900123", consent="Yes, on paper"):
    await cas.says("/people")
    await cas.taps("Add somebody new")
    await cas.says(name)
    if reach is None:
        await cas.taps("Skip this")
    else:
        await cas.says(reach)
    for tap in ("Letter", "Care home", "Nights", consent):
        await cas.taps(tap)


async def zoe_and_cas(stage, **how):
    cas = await stage.coordinator()
    await adds(cas, "Zoë Ng", **how)
    (zoe,) = await people.find(stage.db, "zoë", 5)
    return zoe, cas


async def link_for(stage, cas, person):
    await cas.forges(f"v1:people.code:{person.id}")
    cas.sees("people.code")
    words = cas.shown[-1]
    return next(word for word in words.replace("=", " ").split() if word.startswith("meet-"))


async def logged(stage, person_id, note="a talk"):
    async with stage.program.database.transaction() as tx:
        return await by_hand.log_by_hand(
            tx, person_id, None, "call", "spoke", note, None, int(stage.clock.now), about=0
        )


async def test_somebody_is_added_in_a_few_taps(stage):
    zoe, cas = await zoe_and_cas(stage)
    cas.sees("Zoë Ng", "Care home", "Phone 07700 900123", "They said so on paper")
    assert (zoe.market, zoe.shift, zoe.consented, zoe.telegram_id) == ("care_home", "nights", True, None)
    assert zoe.joined_at == int(stage.clock.now)
    answer = await consents.latest(stage.db, zoe.id)
    assert (answer.accepted, answer.route, answer.notice_version) == (True, "paper", "1")
    letter = await stage.db.value("SELECT id FROM approach WHERE code = 'letter'")
    assert zoe.first_approach == letter


@pytest.mark.parametrize(
    ("said", "accepted", "route"),
    [("Yes, they said so", True, "spoken"), ("They said no", False, "spoken"), ("Not asked yet", None, None)],
)
async def test_what_they_agreed_to_is_kept_as_it_was_said(stage, said, accepted, route):
    zoe, _ = await zoe_and_cas(stage, consent=said)
    answer = await consents.latest(stage.db, zoe.id)
    assert (answer and answer.accepted, answer and answer.route) == (accepted, route)
    assert (zoe.joined_at is not None) is bool(accepted)


@pytest.mark.parametrize("words", ["zo", "07700 900 123", "+447700900123", "900123"])
async def test_people_are_found_by_name_and_number(stage, words):
    zoe, cas = await zoe_and_cas(stage)
    await stage.worker("Ada")
    await cas.says("/people")
    await cas.says(words)
    if not cas._has("people.tried", {}) and not cas._has("Reached by", {}):
        await cas.taps("Zoë Ng")
    cas.sees("Zoë Ng", "Reached by")
    assert zoe.display_name == "Zoë Ng"


async def test_words_after_the_command_are_looked_for_at_once(stage):
    _, cas = await zoe_and_cas(stage)
    await cas.says("/people zo")
    cas.sees("Who is it? I found these with “zo”")
    await cas.taps("Zoë Ng")
    cas.sees("people.page")
    await cas.says("/people 07700 900123")
    cas.sees("people.page")
    await cas.says("/people nobody")
    cas.sees("Nobody with “nobody” is on record")
    assert cas.buttons[0] == "Add somebody new"


async def test_a_number_that_is_none_is_asked_again_and_nothing_is_lost(stage):
    cas = await stage.coordinator()
    await cas.says("/people")
    await cas.taps("Add somebody new")
    await cas.says("Zoë Ng")
    for typed, name in (
        ("0770", "too_short"),
        ("077009001234", "too_long"),
        ("07700 900123 or 07700 900456", "several"),
    ):
        await cas.says(typed)
        cas.sees(f"people.phone.{name}", "person_new.reach")
    await cas.says("07700 90012")
    cas.sees("please check this number")


async def test_the_page_shows_what_was_tried_and_what_comes_next(stage):
    zoe, cas = await zoe_and_cas(stage)
    await cas.taps("Log a contact")
    for tap in ("Phone call", "Left a message"):
        await cas.taps(tap)
    await cas.says("her son answered")
    await cas.forges(f"v1:people.open:{zoe.id}")
    cas.sees("Mon 1 Mar: Phone call, Left a message – her son answered")
    assert "Correct Mon 1 Mar" in cas.buttons
    await cas.taps("Add a way to reach them")
    await cas.says("through her manager at Rose Court")
    cas.sees("Through her manager at Rose Court")
    assert len(await routes.of_person(stage.db, zoe.id)) == 2


async def test_details_are_changed_and_a_way_taken_away(stage):
    zoe, cas = await zoe_and_cas(stage)
    await cas.taps("Change")
    await cas.taps("Usual shift")
    await cas.taps("Days")
    cas.sees("Care home · Days")
    await cas.forges(f"v1:people.edit:{zoe.id}")
    await cas.taps("Remove: Phone 07700 900123")
    cas.sees("people.no_route.saved")
    assert await routes.of_person(stage.db, zoe.id) == []


async def test_who_asks_to_be_forgotten_on_paper_is(stage):
    zoe, cas = await zoe_and_cas(stage)
    await cas.taps("Change")
    await cas.taps("Delete all about them")
    assert await people.by_id(stage.db, zoe.id)
    await cas.taps("Yes, delete it all")
    cas.sees("people.erased")
    assert await people.by_id(stage.db, zoe.id) is None
    for verb in ("open", "edit", "code", "erase", "yes_erase", "route", "field"):
        await cas.forges(f"v1:people.{verb}:{zoe.id}:market")
        cas.sees("button.closed")


async def test_the_link_joins_a_new_account_to_the_record(stage):
    zoe, cas = await zoe_and_cas(stage)
    await logged(stage, zoe.id)
    code = await link_for(stage, cas, zoe)
    phone = stage.somebody("Zo")
    await phone.says(f"/start {code}")
    phone.sees("Hello Zoë Ng", "join.meet.done")
    phone.sees_not("join.consent", "market.home_care")
    joined = await phone.person()
    assert (joined.id, joined.display_name, joined.consented) == (zoe.id, "Zoë Ng", True)
    assert len(await attempts.of_person(stage.db, zoe.id)) == 1
    assert await stage.db.value("SELECT count(*) FROM person WHERE display_name LIKE 'Z%'") == 1
    await phone.says("/meetings")
    phone.sees_not("help.join_first")


async def test_who_never_agreed_is_asked_first(stage):
    zoe, cas = await zoe_and_cas(stage, consent="Not asked yet")
    code = await link_for(stage, cas, zoe)
    phone = stage.somebody("Zo")
    await phone.says(f"/start {code}")
    phone.sees("join.meet.done", "join.hello", "join.consent")
    await phone.taps("join.consent.button.yes")
    assert (await phone.person()).id == zoe.id
    assert (await phone.person()).consented


async def test_an_account_with_a_record_of_its_own_is_made_one_with_it(stage):
    zoe, cas = await zoe_and_cas(stage)
    await logged(stage, zoe.id)
    phone = await stage.worker("Zo", market="home_care")
    mine = await phone.person()
    await logged(stage, mine.id)
    code = await link_for(stage, cas, zoe)
    await phone.says(f"/start {code}")
    phone.sees("join.meet.done")
    assert (await phone.person()).id == mine.id
    assert await people.by_id(stage.db, zoe.id) is None
    assert len(await attempts.of_person(stage.db, mine.id)) == 2
    assert await stage.db.value("SELECT market FROM other_market") == "care_home"
    assert await invariants.violations(stage.db) == []


async def test_a_code_works_once_and_only_the_newest(stage):
    zoe, cas = await zoe_and_cas(stage)
    old = await link_for(stage, cas, zoe)
    code = await link_for(stage, cas, zoe)
    first, second = stage.somebody("Zo"), stage.somebody("Mallory")
    await second.says(f"/start {old}")
    second.sees("join.meet.refused")
    await first.says(f"/start {code}")
    await second.says(f"/start {code}")
    second.sees("join.meet.refused")
    assert await second.person() is None


@pytest.mark.parametrize("code", ["meet-", "meet-x", "meet-" + "A" * 22, "meet-' OR 1=1"])
async def test_a_forged_code_does_nothing(stage, code):
    await zoe_and_cas(stage)
    phone = stage.somebody("Mallory")
    await phone.says(f"/start {code}")
    phone.sees("join.meet.refused")
    assert await phone.person() is None


async def test_an_old_code_does_nothing(stage):
    zoe, cas = await zoe_and_cas(stage)
    code = await link_for(stage, cas, zoe)
    stage.clock.passes(days=joining.DAYS, seconds=1)
    phone = stage.somebody("Zo")
    await phone.says(f"/start {code}")
    phone.sees("join.meet.refused")
    assert (await people.by_id(stage.db, zoe.id)).telegram_id is None


async def test_a_coordinator_who_tries_the_link_does_not_become_her(stage):
    zoe, cas = await zoe_and_cas(stage)
    code = await link_for(stage, cas, zoe)
    await cas.says(f"/start {code}")
    cas.sees("join.meet.refused")
    phone = stage.somebody("Zo")
    await phone.says(f"/start {code}")
    phone.sees("join.meet.done")


async def test_only_the_hash_of_a_code_is_kept(stage, data_dir):
    zoe, cas = await zoe_and_cas(stage)
    code = (await link_for(stage, cas, zoe)).removeprefix("meet-")
    for file in data_dir.glob("main.db*"):
        assert code.encode() not in file.read_bytes()


async def test_records_that_look_alike_are_shown_and_made_one(stage):
    zoe, cas = await zoe_and_cas(stage)
    await adds(cas, "Z. Ng")
    (other,) = await people.find(stage.db, "z. ng", 5)
    await logged(stage, other.id)
    await cas.taps("The same as Zoë Ng?")
    cas.sees("people.pair.phone", "Stays: Zoë Ng, without Telegram", "Goes into it: Z. Ng", "contacts 1")
    await cas.taps("Yes, one person")
    cas.sees("people.merged", "Zoë Ng", "Phone call, We spoke")
    assert await people.by_id(stage.db, other.id) is None
    assert len(await attempts.of_person(stage.db, zoe.id)) == 1
    await cas.forges(f"v1:people.merge:{zoe.id}:{other.id}")
    cas.sees("button.closed")
    assert await stage.db.value("SELECT count(*) FROM audit WHERE action = 'people_merged'") == 1


async def test_two_people_are_told_apart_for_good(stage):
    zoe, cas = await zoe_and_cas(stage)
    await adds(cas, "Zoe Ng", reach=None)
    await cas.says("/people")
    await cas.taps("Records that look alike")
    cas.sees("1 pair of records looks alike")
    await cas.taps("people.button.a_pair")
    await cas.taps("No, two people")
    cas.sees("people.apart", "people.pairs.none")
    assert await duplicates.pairs(stage.db) == []
    assert (await people.by_id(stage.db, zoe.id)).display_name == "Zoë Ng"


async def test_two_accounts_are_never_offered_as_one(stage):
    await stage.worker("Ada Lovelace")
    await stage.worker("Ada Lovelace")
    cas = await stage.coordinator()
    await cas.says("/people")
    assert "Records that look alike" not in cas.buttons
    ids = [row["id"] for row in await stage.db.rows("SELECT id FROM person WHERE display_name = 'Ada Lovelace'")]
    await cas.forges(f"v1:people.merge:{ids[0]}:{ids[1]}")
    cas.sees("button.closed")
    assert await stage.db.value("SELECT count(*) FROM merged_person") == 0


async def test_an_officer_looks_and_corrects_but_does_not_change(stage):
    zoe, cas = await zoe_and_cas(stage)
    await logged(stage, zoe.id)
    olu = await stage.staff(Role.OFFICER)
    await olu.says("/people")
    assert "Add somebody new" not in olu.buttons
    await olu.says("07700900123")
    olu.sees("Zoë Ng")
    assert [one for one in olu.buttons if one.startswith("Correct")]
    assert "Change" not in olu.buttons
    for verb in ("edit", "code", "erase", "yes_erase", "route", "new"):
        await olu.forges(f"v1:people.{verb}:{zoe.id}")
        olu.sees("button.closed")
    assert cas is not None


async def test_a_worker_has_no_such_page(stage):
    zoe, _ = await zoe_and_cas(stage)
    ada = await stage.worker("Ada")
    for verb in ("open", "code", "yes_erase", "pairs"):
        await ada.forges(f"v1:people.{verb}:{zoe.id}")
        ada.sees("button.closed")


async def test_in_a_rehearsal_everybody_added_is_invented(data_dir):
    async with staged(data_dir, rehearsal=True) as stage:
        zoe, _ = await zoe_and_cas(stage)
        assert zoe.invented
