"""When people are free: said, taken back, different on some days, on a rota, and asked again when it has grown old."""

import sqlite3
from datetime import date

import pytest

from rules.rota import Different, Rota, Said
from storage import attempts, availability, people
from tests.storage.world import DAY, NOON, withdraw, worker, workers

MONDAY, SUNDAY = date(2027, 3, 1), date(2027, 3, 7)
ROTA = Rota(2, MONDAY, (frozenset({"late", "early"}), None, *[frozenset()] * 12))


async def test_a_week_is_said_cell_by_cell_and_taken_back(tx):
    ada = await worker(tx)
    await availability.say(tx, ada, [0, 1], ["late", "evening"], True, NOON)
    await availability.say(tx, ada, [1], ["late"], False, NOON + 1)
    await availability.say(tx, ada, [0], ["evening"], None, NOON + 2)
    said = await availability.of_person(tx, ada)
    assert said == Said({(0, "late"): True, (1, "evening"): True, (1, "late"): False})
    assert await availability.said_at(tx, ada) == NOON + 1


async def test_a_whole_week_stands_in_the_place_of_a_rota(tx):
    ada = await worker(tx)
    await availability.set_rota(tx, ada, ROTA, NOON)
    await availability.say(tx, ada, [5], ["late"], True, NOON)
    assert (await availability.of_person(tx, ada)).rota == ROTA
    await availability.set_week(tx, ada, {(6, "early"): False}, NOON)
    assert await availability.of_person(tx, ada) == Said({(6, "early"): False})


async def test_a_rota_of_another_length_is_refused(tx):
    ada = await worker(tx)
    for weeks, days in ((3, 21), (2, 13)):
        with pytest.raises(sqlite3.IntegrityError):
            await availability.set_rota(tx, ada, Rota(weeks, MONDAY, (None,) * days), NOON)


async def test_what_is_different_is_kept_once_and_can_be_taken_back(tx):
    ada, ben = await worker(tx), await worker(tx)
    for _ in range(2):
        nights = await availability.add_exception(tx, ada, "nights_this_week", MONDAY, SUNDAY, NOON)
    off = await availability.add_exception(tx, ada, "one_off", SUNDAY, SUNDAY, NOON, ["late"])
    assert (await availability.of_person(tx, ada)).exceptions == (
        Different(nights, "nights_this_week", MONDAY, SUNDAY),
        Different(off, "one_off", SUNDAY, SUNDAY, frozenset({"late"})),
    )
    assert (await availability.of_person(tx, ada, from_day="2027-03-08")).exceptions == ()
    assert not await availability.drop_exception(tx, ben, nights)
    assert await availability.drop_exception(tx, ada, nights)
    with pytest.raises(sqlite3.IntegrityError):
        await availability.add_exception(tx, ada, "away", SUNDAY, MONDAY, NOON)


async def test_many_are_read_at_once_and_nothing_is_left_of_whoever_takes_it_all_back(tx):
    ada, ben, cat, dan = [await worker(tx) for _ in range(4)]
    await availability.say(tx, ada, [0], ["late"], False, NOON)
    await availability.add_exception(tx, ben, "away", MONDAY, SUNDAY, NOON)
    await availability.add_exception(tx, ben, "away", SUNDAY, SUNDAY, NOON)
    await availability.set_rota(tx, cat, ROTA, NOON)
    await availability.say(tx, dan, [0], ["late"], True, NOON)
    found = await availability.of_people(tx, [ada, ben, cat])
    assert found == {person: await availability.of_person(tx, person) for person in (ada, ben, cat)}
    assert len(found[ben].exceptions) == 2
    for person in (ada, ben, cat, dan):
        await availability.forget(tx, person)
        assert not await availability.of_person(tx, person)
        assert await availability.said_at(tx, person) is None


async def test_hours_that_have_grown_old_are_asked_for_again_once(database):
    ada, recent, stopped, gone, never = await workers(database, 5)
    now = NOON + 200 * DAY
    async with database.transaction() as tx:
        for person in (ada, recent, stopped, gone):
            await availability.say(tx, person, [0], ["late"], True, NOON)
        await availability.add_exception(tx, recent, "away", MONDAY, SUNDAY, now - DAY)
        await people.stop(tx, stopped, NOON)
        await withdraw(tx, gone)
        assert await availability.ask_again(tx, now, now - 180 * DAY, now + 14 * DAY) == 1
        assert await availability.ask_again(tx, now + DAY, now - 179 * DAY, now + 14 * DAY) == 0
    (asked,) = await attempts.of_person(database.reading, ada)
    assert (asked.reason, asked.about, asked.due_at, asked.until_at) == ("ask_hours", 0, now, now + 14 * DAY)
    assert await attempts.of_person(database.reading, never) == []
    async with database.transaction() as tx:
        assert await availability.ask_again(tx, now + 181 * DAY, now + DAY, now + 190 * DAY) == 2  # and the recent one


async def test_quiet_hours_move_and_move_back(tx):
    ada = await worker(tx)
    await people.move_quiet(tx, ada, "08:00", "16:00", NOON)
    person = await people.by_id(tx, ada)
    assert (person.moved_from, person.moved_until, person.moved_end_at) == ("08:00", "16:00", NOON)
    await people.move_quiet_back(tx, ada)
    assert (await people.by_id(tx, ada)).moved_end_at is None
