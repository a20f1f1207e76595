"""Contacts made elsewhere, known totals and venues."""

from datetime import datetime
from pathlib import Path

import pytest

from storage import by_hand, organisations, routes
from tests.dialogue import LONDON
from tests.incoming.acts import everything, imports, problems, undoes
from tests.storage.world import DAY, NOON, column, worker

EXAMPLES = Path(__file__).parents[2] / "docs" / "examples"
CALLS = "Date,Time,Who,Phone,Organisation,How,Outcome,Note\n"
TOTALS = "Market,Size band,Figure,Low,High,Unit,Source,Date\n"
VENUES = "Name,Address,Kind,Step-free,Latitude,Longitude\n"


@pytest.fixture
async def known(database):
    async with database.transaction() as tx:
        ada = await worker(tx, "Ada", telegram=False)
        await routes.add(tx, ada, "phone", "+447700900101", NOON)
        await worker(tx, "Bo")
        await worker(tx, "Bo")
        await organisations.add(tx, "provider", "Ash House", NOON, invented=False)
    return database


async def test_contacts_go_to_the_person_the_organisation_or_the_place(known, written):
    lines = "14/02/2027,14:30,,07700900101,,phoned,spoke,\n15/02/2027,,Ann,,ash house,visit,Left a message,At lunch\n"
    await imports(known, written(CALLS + lines + "16 Feb 2027,9.15pm,Somebody new,,,in person,not interested,\n"))
    rows = await known.reading.rows(
        "SELECT person_id, organisation_id, place, code, sent_at, answer, outcome, note FROM contact_attempt"
        " JOIN approach ON approach.id = approach_id ORDER BY contact_attempt.id"
    )
    at = [
        int(datetime(2027, 2, *moment, tzinfo=LONDON).timestamp()) for moment in ((14, 14, 30), (15, 12), (16, 21, 15))
    ]
    assert [tuple(row) for row in rows] == [
        (1, None, None, "call", at[0], "spoke", "answered", ""),
        (None, 1, "Ash House", "visit", at[1], "left_message", None, "Ann: At lunch"),
        (None, None, "Somebody new", "in_person", at[2], "refused", "answered", ""),
    ]
    assert await column(known.reading, "SELECT count(*) FROM attempt_event") == [3]


async def test_two_equal_calls_are_two_and_a_second_import_adds_none(known, written):
    call = "14/02/2027,,Ada,,,call,no answer,\n"
    assert (await imports(known, written(CALLS + call + call))).new == 2
    assert (await imports(known, written(CALLS + call + call))).same == 2
    assert (await imports(known, written(CALLS + call * 3))).new == 1
    assert await column(known.reading, "SELECT sequence FROM contact_attempt ORDER BY id") == [1, 2, 3]


async def test_contacts_that_cannot_be_placed_are_refused_by_line(known, written):
    lines = [
        "14/02/2027,,Bo,,,call,spoke,", "14/02/2027,,,07700900177,,call,spoke,", "14/02/2027,,,,Nowhere,call,spoke,",
        "14/02/2027,,,,,call,spoke,", "soon,,Ada,,,call,spoke,", "14/02/2027,25:00,Ada,,,call,spoke,",
        "14/02/2028,,Ada,,,call,spoke,", "14/02/2027,,Ada,,,pigeon,spoke,", "14/02/2027,,Ada,,,call,hmm,",
    ]  # fmt: skip
    done = await imports(known, written(CALLS + "\n".join(lines)))
    assert [code for _, code, _ in problems(done)] == [
        "several_of_name", "nobody_of_phone", "no_organisation", "nobody", "not_a_date", "not_a_time", "in_future",
        "not_a_way", "not_an_outcome",
    ]  # fmt: skip
    assert [line for line, _, _ in problems(done)] == list(range(2, 11))


async def test_contacts_taken_back_stay_in_the_history_and_can_be_imported_anew(known, written):
    path = written(CALLS + "14/02/2027,,Ada,,,call,spoke,\n14/02/2027,,Ada,,,call,not attempted,\n")
    done = await imports(known, path)
    assert (await undoes(known, done)).left == []
    assert await column(known.reading, "SELECT why FROM contact_attempt") == ["taken_back"] * 2
    assert await column(known.reading, "SELECT count(*) FROM attempt_event") == [4]
    assert (await imports(known, path)).new == 2


async def test_a_contact_that_was_corrected_is_not_found_again_in_a_file(known, written):
    path = written(CALLS + "14/02/2027,,Ada,,,call,spoke,\n")
    await imports(known, path)
    (wrong,) = await column(known.reading, "SELECT id FROM contact_attempt")
    (bo, *_) = await column(known.reading, "SELECT id FROM person ORDER BY id DESC")
    async with known.transaction() as tx:
        await by_hand.correct(tx, wrong, "no_answer", "", "nobody was in", bo, NOON, since=0, anybodys=True)
    assert (await imports(known, path)).new == 1


async def test_a_call_that_closed_by_itself_can_still_be_taken_back(known, written):
    done = await imports(known, written(CALLS + "14/02/2027,,Ada,,,call,left a message,\n"))
    async with known.transaction() as tx:
        await tx.run("UPDATE contact_attempt SET outcome = 'no_response' WHERE silent_at < :now", now=NOON)
    assert (await undoes(known, done)).rows == 1


async def test_totals_are_kept_with_their_range_and_a_figure_put_right_stands_in_for_the_old(database, written):
    line = 'Home care,,"2,400",2200,2600,posts,Council estimate,31/03/2026\n'
    sized = "Care home,250+,12,,,providers,Register,2026-03-31\nAll,,9000,,,filled posts,Sector,46112\n"
    await imports(database, written(TOTALS + line + sized))
    kept = "SELECT market, size_band, unit, low, figure, high, as_of FROM known_total WHERE withdrawn_at IS NULL"
    assert [tuple(row) for row in await database.reading.rows(kept + " ORDER BY id")] == [
        ("home_care", None, "posts", 2200, 2400, 2600, "2026-03-31"),
        ("care_home", "250+", "providers", 12, 12, 12, "2026-03-31"),
        ("all", None, "posts", 9000, 9000, 9000, "2026-03-31"),
    ]
    assert (await imports(database, written(TOTALS + line + sized))).same == 3
    before = await everything(database, "known_total")
    right = await imports(database, written(TOTALS + line.replace("2,400", "2,500")))
    assert (right.new, right.changed) == (0, 1)
    assert await column(database.reading, "SELECT figure FROM known_total WHERE withdrawn_at IS NULL ORDER BY id") == [
        12, 9000, 2500,
    ]  # fmt: skip
    await undoes(database, right)
    assert (await everything(database, "known_total"))[0][:3] == before[0]


async def test_totals_that_say_too_little_are_refused_by_line(database, written):
    wrong = [
        "Mining,,1,,,posts,x,2026-03-31", "Home care,tiny,1,,,posts,x,2026-03-31", "Home care,,*,,,posts,x,2026-03-31",
        "Home care,,1,2,3,posts,x,2026-03-31", "Home care,,1,,,hats,x,2026-03-31", "Home care,,1,,,posts,,2026-03-31",
        "Home care,,1,,,posts,x,lately", "Home care,,,,,posts,x,2026-03-31",
    ]  # fmt: skip
    done = await imports(database, written(TOTALS + "\n".join(wrong)))
    assert [code for _, code, _ in problems(done)] == [
        "not_a_market", "not_a_size", "not_a_number", "low_high", "not_a_unit", "empty", "not_a_date", "empty",
    ]  # fmt: skip


async def test_venues_are_added_changed_and_taken_back_unless_a_meeting_is_held_there(database, written):
    hall = 'Hall,"2 High Street, Testing",Community hall,not known,51.48,0.01\n'
    first = await imports(database, written(VENUES + hall + "Church,3 High Street,church,no,,\n"))
    kept = "SELECT name, kind, step_free, latitude FROM venue ORDER BY id"
    assert [tuple(row) for row in await database.reading.rows(kept)] == [
        ("Hall", "community_centre", None, 51.48), ("Church", "faith", 0, None),
    ]  # fmt: skip
    changed = await imports(database, written(VENUES + hall.replace("not known", "yes")))
    assert (changed.new, changed.changed) == (0, 1)
    assert (await undoes(database, changed)).rows == 1
    async with database.transaction() as tx:
        await tx.run(
            "INSERT INTO meeting (title, strand, mode, venue_id, local_start, zone, starts_at, minutes, made_at)"
            " VALUES ('Talk', 'network', 'in_person', 1, '2027-03-08T19:30', 'Europe/London', 0, 60, 0)"
        )
    undone = await undoes(database, first, NOON + DAY)
    assert (undone.rows, undone.left) == (1, [("venue", 1)])


async def test_venues_that_are_nowhere_are_refused_by_line(database, written):
    wrong = (
        ",1 Street,hall,yes,,\nHall,1 Street,hall,perhaps,,\nHall,1 Street,hall,yes,91,0\nHall,1 Street,hall,yes,51,\n"
    )
    done = await imports(database, written(VENUES + wrong))
    assert problems(done) == [
        (2, "empty", "name"),
        (3, "not_yes_no", "step_free"),
        (4, "not_a_place", "latitude"),
        (5, "not_a_place", "latitude"),
    ]


@pytest.mark.parametrize("kind", ["totals", "venues"])
async def test_our_own_examples_are_taken(database, kind):
    done = await imports(database, EXAMPLES / f"{kind}.csv")
    assert (done.kind, done.new, done.refused) == (kind, 2, 0)
