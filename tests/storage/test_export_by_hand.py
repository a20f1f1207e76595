"""What the file says of contacts made by hand: corrections beside the corrected, call-backs, many people at once."""

from storage import by_hand, contacts, many
from tests.storage.test_export_rows import exported
from tests.storage.world import DAY, HOUR, NOON, workers

COURT = """
INSERT INTO organisation (kind, name, size_band, invented, made_at)
VALUES ('provider', 'Rose Court', '10-49', 1, 0)
"""


async def call(database, person, outcome, **more):
    async with database.transaction() as tx:
        return await by_hand.log_by_hand(tx, person, None, "call", outcome, "", person, NOON, **more)


async def test_a_correction_stands_beside_what_it_corrects(database):
    (ada,) = await workers(database, 1)
    wrong = await call(database, ada, "spoke")
    async with database.transaction() as tx:
        await by_hand.correct(
            tx, wrong, "call_back", "", "two calls mixed up", ada, NOON + HOUR, since=0, call_back_at=NOON + 5 * HOUR
        )
    old, new = exported(database)
    assert (old["answer"], old["why"], old["final_state"], old["attempt_number"], old["corrects"]) == (
        "spoke",
        "corrected",
        "corrected",
        None,
        0,
    )
    assert (new["answer"], new["final_state"], new["attempt_number"], new["corrects"], new["correction"]) == (
        "call_back",
        "by_hand",
        1,
        1,
        "two calls mixed up",
    )
    assert (new["call_back_hours"], new["planned_at"]) == (5, NOON)


async def test_what_was_taken_back_has_no_number(database):
    (ada,) = await workers(database, 1)
    mistake = await call(database, ada, "spoke", needs_person=True)
    async with database.transaction() as tx:
        assert await contacts.take_back(tx, mistake, ada, NOON + HOUR)
    (row,) = exported(database)
    assert (row["final_state"], row["attempt_number"], row["needs_person"]) == ("taken_back", None, 0)


async def test_many_people_are_one_row_with_their_numbers(database):
    async with database.transaction() as tx:
        await many.log(tx, "the market", 14, 3, "", None, "2027-03-01", NOON, invented=False)
        await many.log(tx, "a rehearsal", 5, 0, "", None, "2027-03-01", NOON + DAY, invented=True)
    (row,) = exported(database, invented=False)
    assert (row["place"], row["approach_kind"], row["talked_to"], row["took_one"], row["answer"]) == (
        "the market",
        "stall",
        14,
        3,
        "spoke",
    )
    assert len(exported(database, invented=True)) == 1


async def test_an_organisation_is_named_and_an_invented_one_kept_apart(database):
    async with database.transaction() as tx:
        await tx.run(COURT)
        await by_hand.log_by_hand(tx, None, "Rose Court", "email", "passed_on", "", None, NOON, organisation_id=1)
        await by_hand.log_by_hand(tx, None, "Rose Court", "call", "not_attempted", "", None, NOON, why="no_number")
    (row,) = exported(database, invented=True)
    assert (row["organisation"], row["organisation_kind"], row["organisation_size"]) == (
        "Rose Court",
        "provider",
        "10-49",
    )
    (other,) = exported(database, invented=False)
    assert (other["answer_why"], other["state"], other["organisation"]) == ("no_number", "skipped", None)
