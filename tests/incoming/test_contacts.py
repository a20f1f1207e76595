"""Lists of people: read in every form, never merged by a guess, never over what somebody said, and back again."""

import json
from pathlib import Path

import pytest

from storage import erasure, people, routes
from tests.dialogue import LONDON
from tests.incoming.acts import everything, imports, problems, undoes
from tests.incoming.books import xlsx
from tests.storage.world import NOON, column, worker

PHONES = Path(__file__).parents[3] / "shared" / "data" / "text" / "phones.json"
OURS = Path(__file__).parents[2] / "docs" / "examples" / "contacts.csv"
HEADS = "Name,Phone,E-mail,Address,Language,Market,Shift,Employer,Consent,Consent date\n"
ADA = "Ada Lovelace,07700 900101,ADA@care.example,1 Ash Lane,English,Home care,nights,Birch,yes,01/02/2027\n"
TABLES = ("person", "contact_route", "consent")


async def names(database):
    return await column(database.reading, "SELECT display_name FROM person ORDER BY id")


async def ways(database, person_id=1):
    return [(way.kind, way.value) for way in await routes.of_person(database.reading, person_id)]


async def test_a_person_comes_with_their_ways_their_words_and_their_consent(database, written):
    await imports(database, written(HEADS + ADA))
    ada = await people.by_id(database.reading, 1)
    assert (ada.display_name, ada.language, ada.market, ada.shift, ada.employer, ada.consented, ada.telegram_id) == (
        "Ada Lovelace", "en", "home_care", "nights", "Birch", True, None,
    )  # fmt: skip
    assert await ways(database) == [("email", "ada@care.example"), ("phone", "+447700900101"), ("post", "1 Ash Lane")]
    (consent,) = await database.reading.rows("SELECT route, given_at FROM consent")
    assert tuple(consent) == ("paper", NOON - 28 * 24 * 3600)


async def test_a_second_import_of_the_same_file_changes_nothing(database, written):
    bo = "Bo Li,,bo@care.example,,,Residential homes,,,no,\nAda Lovelace,07700 900109,,,,,,,,\n"
    path = written(HEADS + ADA + bo)
    assert (await imports(database, path)).new == 3
    before = await everything(database, *TABLES)
    again = await imports(database, path)
    assert (again.new, again.changed, again.same) == (0, 0, 3)
    assert await everything(database, *TABLES) == before


async def test_headings_in_another_order_first_names_apart_and_phones_as_numbers(database, written):
    rows = [["Consent", "Surname", "Mobile number", "First name"], ["Y", "Lovelace", 7700900101, "Ada"]]
    await imports(database, written(xlsx(rows), "a.xlsx"))
    assert await names(database) == ["Ada Lovelace"]
    assert await ways(database) == [("phone", "+447700900101")]


@pytest.mark.skipif(not PHONES.exists(), reason="the list of typed numbers is not beside the project")
async def test_phone_numbers_in_every_form_are_taken_or_refused_by_line(database, written):
    typed = json.loads(PHONES.read_text(encoding="utf-8"))
    lines = [f'P{place},"{one["typed"]}"\n' for place, one in enumerate(typed)]
    done = await imports(database, written("Name,Phone\n" + "".join(lines)))
    wrong = {line for line, code, _ in problems(done) if code == "not_a_phone"}
    right = {place + 2 for place, one in enumerate(typed) if one.get("possible")}
    assert right & wrong == set()
    assert wrong == {place + 2 for place, one in enumerate(typed) if one["typed"].strip()} - right


async def test_what_is_wrong_is_refused_by_line_and_field(database, written):
    wrong = [
        "A,12,,,,,,,,", "B,,not an address,,,,,,,", "C,,c@c.example,,Klingonese,,,,,", "D,,d@d.example,,,Mining,,,,",
        "E,,e@e.example,,,,sometimes,,,", "F,,f@f.example,,,,,,perhaps,", "G,,g@g.example,,,,,,yes,31/02/2026",
        "H,,h@h.example,,,,,,yes,01/01/2099", "I,,,,,,,,,", ",07700900101,,,,,,,,", ",,,,,,,,,",
    ]  # fmt: skip
    done = await imports(database, written(HEADS + "\n".join(wrong)))
    assert problems(done) == [
        (2, "not_a_phone", "phone"), (3, "not_an_email", "email"), (4, "not_a_language", "language"),
        (5, "not_a_market", "market"), (6, "not_a_shift", "shift"), (7, "not_yes_no", "consent"),
        (8, "not_a_date", "consent_date"), (9, "in_future", "consent_date"), (10, "no_way", ""), (11, "no_way", ""),
    ]  # fmt: skip
    assert await names(database) == []


async def test_what_a_list_adds_is_added_and_what_somebody_said_stays(database, written):
    async with database.transaction() as tx:
        ada = await worker(tx, "Ada Lovelace", market="care_home")
        await routes.add(tx, ada, "phone", "+447700900101", NOON)
    done = await imports(database, written(HEADS + ADA.replace("yes", "no")))
    assert (done.new, done.changed, done.doubts) == (0, 1, [])
    person = await people.by_id(database.reading, ada)
    assert (person.market, person.shift, person.employer) == ("care_home", "nights", "Birch")
    assert not person.consented  # the list's no is later than her yes
    assert ("email", "ada@care.example") in await ways(database)


async def test_an_older_answer_never_stands_in_for_a_newer_one(database, written):
    await imports(database, written(HEADS + ADA))
    older = ADA.replace("yes,01/02/2027", "no,01/01/2027")
    assert (await imports(database, written(HEADS + older))).same == 1
    assert (await people.by_id(database.reading, 1)).consented


@pytest.mark.parametrize(
    ("choice", "people_after", "verdict"), [("skip", 1, "skipped"), ("same", 1, "changed"), ("apart", 2, "new")]
)
async def test_a_phone_of_somebody_elses_is_for_the_officer_to_decide(database, written, choice, people_after, verdict):
    await imports(database, written(HEADS + ADA))
    other = written(HEADS + "Grace Hopper,07700900101,grace@care.example,,,,,,,\n")
    done = await imports(database, other, same_contact=choice)
    (doubt,) = done.doubts
    assert (doubt.why, doubt.name, doubt.known_as, doubt.choice) == (
        "same_contact", "Grace Hopper", "Ada Lovelace", choice,
    )  # fmt: skip
    assert (done.counts[verdict], len(await names(database))) == (1, people_after)
    again = await imports(database, other, same_contact=choice)
    assert (again.new, again.changed) == (0, 0)


async def test_the_same_name_with_another_phone_is_kept_apart_unless_somebody_says_same(database, written):
    await imports(database, written(HEADS + ADA))
    other = written(HEADS + "Lovelace Áda,07700900102,,,,,,,,\n")
    done = await imports(database, other, decided={2: "same"})
    assert (done.new, done.changed, done.doubts[0].why) == (0, 1, "same_name")
    assert ("phone", "+447700900102") in await ways(database)
    assert (await imports(database, written(HEADS + "Ada Lovelace,07700900103,,,,,,,,\n"))).new == 1


async def test_one_phone_for_two_names_in_a_file_is_refused_and_an_equal_row_is_not(database, written):
    done = await imports(database, written(HEADS + ADA + ADA + ADA.replace("Ada", "Grace")))
    assert (done.new, done.same, problems(done)) == (1, 1, [(4, "twice", "")])


async def test_an_import_of_people_is_taken_back_whole(database, written):
    async with database.transaction() as tx:
        ada = await worker(tx, "Ada Lovelace", telegram=False, consented=False)
        await routes.add(tx, ada, "phone", "+447700900101", NOON)
    before = await everything(database, "person", "contact_route")
    done = await imports(database, written(HEADS + ADA + "Bo,,bo@care.example,,,,,,yes,\n"))
    undone = await undoes(database, done)
    assert (undone.rows, undone.left) == (2, [])
    assert await everything(database, "person", "contact_route") == before
    assert not (await people.by_id(database.reading, ada)).consented


async def test_an_undo_leaves_a_person_who_has_joined_or_been_called_since(database, written):
    lines = "Bo,,bo@care.example,,,,,,,\nCy,,cy@care.example,,,,,,,\nDi,,di@care.example,,,,,,,\n"
    done = await imports(database, written(HEADS + lines))
    async with database.transaction() as tx:
        await tx.run("UPDATE person SET telegram_id = 7 WHERE display_name = 'Bo'")
        await routes.add(tx, 2, "phone", "+447700900105", NOON)
    undone = await undoes(database, done)
    assert (undone.rows, undone.left) == (1, [("person", 2), ("person", 1)])
    assert await names(database) == ["Bo", "Cy"]


async def test_an_erased_person_is_in_no_step_of_any_import(database, written):
    await imports(database, written(HEADS + ADA))
    async with database.transaction() as tx:
        await erasure.erase(tx, 1, NOON, LONDON)
    assert await column(database.reading, "SELECT after FROM import_step") == []


async def test_invented_people_are_never_mixed_with_real_ones(database, written):
    await imports(database, written(HEADS + ADA))
    assert (await imports(database, written(HEADS + ADA), rehearsal=True)).new == 1
    assert await column(database.reading, "SELECT invented FROM person ORDER BY id") == [0, 1]


async def test_our_own_example_is_taken(database):
    done = await imports(database, OURS)
    assert (done.kind, done.new, done.refused) == ("contacts", 2, 0)
