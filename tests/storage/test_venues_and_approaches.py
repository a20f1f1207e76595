import sqlite3

import pytest

from storage import approaches, venues
from tests.storage.world import NOON, make


async def test_the_venue_used_last_comes_first(database):
    async with database.transaction() as tx:
        hall = await venues.add(tx, name="Hall", now=NOON)
        cafe = await venues.add(
            tx, name="Café", kind="cafe", step_free=True, private=False, transport="bus 53", now=NOON
        )
        assert [one.name for one in await venues.all(tx)] == ["Café", "Hall"]
        await make(tx, mode="in_person", venue_id=hall.id, now=NOON + 1)
    assert [one.name for one in await venues.all(database.reading)] == ["Hall", "Café"]
    assert await venues.by_id(database.reading, cafe.id) == cafe
    assert (cafe.step_free, cafe.private, hall.step_free) == (True, False, None)
    assert await venues.by_id(database.reading, 99) is None


async def test_a_venue_lies_on_earth(database):
    with pytest.raises(sqlite3.IntegrityError):
        async with database.transaction() as tx:
            await venues.add(tx, name="Nowhere", latitude=91.0, now=NOON)


async def test_an_approach_is_known_by_its_code(database):
    async with database.transaction() as tx:
        poster = await approaches.add(tx, "library-blue", "poster", "blue", "poster", NOON)
    assert await approaches.by_code(database.reading, "library-blue") == poster
    assert await approaches.by_code(database.reading, "nothing") is None
    assert (await approaches.all(database.reading))[-1] == poster
    assert "bot" in {one.code for one in await approaches.all(database.reading)}
    with pytest.raises(sqlite3.IntegrityError):
        async with database.transaction() as tx:
            await approaches.add(tx, "library-blue", "poster", "red", "poster", NOON)
