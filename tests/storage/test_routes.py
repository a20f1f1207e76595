"""Ways to reach a person: each kept once, found by a part, gone with the person."""

import sqlite3

import pytest

from storage import routes
from tests.storage.test_erasure import erase
from tests.storage.world import NOON, workers

NUMBER = "+447700900123"


async def test_a_way_is_kept_once_and_taken_away(database):
    ada, bo = await workers(database, 2, telegram=False)
    async with database.transaction() as tx:
        assert await routes.add(tx, ada, "phone", NUMBER, NOON, "after six")
        assert not await routes.add(tx, ada, "phone", NUMBER, NOON)
        assert await routes.add(tx, bo, "phone", NUMBER, NOON)
        assert await routes.add(tx, ada, "through", "her manager", NOON)
    first, second = await routes.of_person(database.reading, ada)
    assert (first.kind, first.value, first.note) == ("phone", NUMBER, "after six")
    assert [one.id for one in await routes.holders(database.reading, "phone", NUMBER)] == [ada, bo]
    async with database.transaction() as tx:
        assert not await routes.remove(tx, bo, second.id)
        assert await routes.remove(tx, ada, second.id)
    assert len(await routes.of_person(database.reading, ada)) == 1


async def test_people_are_found_by_a_part_of_a_way(database):
    ada, _ = await workers(database, 2)
    async with database.transaction() as tx:
        await routes.add(tx, ada, "post", "12 High Street, Woolwich", NOON)
    assert [one.id for one in await routes.find(database.reading, "WOOLWICH high", 5)] == [ada]
    assert await routes.find(database.reading, "high greenwich", 5) == []


async def test_there_is_no_other_kind_of_way(database):
    (ada,) = await workers(database, 1)
    with pytest.raises(sqlite3.IntegrityError):
        async with database.transaction() as tx:
            await routes.add(tx, ada, "pigeon", "a loft", NOON)


async def test_ways_go_with_the_person(database):
    (ada,) = await workers(database, 1)
    async with database.transaction() as tx:
        await routes.add(tx, ada, "phone", NUMBER, NOON)
    await erase(database, ada)
    assert await database.reading.value("SELECT count(*) FROM contact_route") == 0
