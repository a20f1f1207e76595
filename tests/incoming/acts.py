"""Importing in a line: read the file, judge it, look at it, write it."""

from incoming import files, plan
from incoming.record import Asked
from rules.council import Council
from tests.storage.world import NOON

ACTOR = "host:olu"


def asked(now=NOON, rehearsal=False, **more):
    return Asked(Council(rehearsal=rehearsal), now, ACTOR, **more)


async def looks(database, path, kind=None, **more):
    with files.recognised(path, kind) as table, files.judged(table, asked(**more)) as parsed:
        return await plan.preview(database.reading, parsed, asked(**more))


async def imports(database, path, kind=None, **more):
    """Look, then write; what was promised is what is done."""
    choice = asked(**more)
    with files.recognised(path, kind) as table, files.judged(table, choice) as parsed:
        promised = await plan.preview(database.reading, parsed, choice)
        async with database.transaction() as tx:
            done = await plan.carry_out(tx, parsed, choice, (path.name, files.digest(path)))
    assert (promised.counts, promised.gone, promised.refused) == (done.counts, done.gone, done.refused)
    return done


async def undoes(database, done, now=NOON + 60):
    async with database.transaction() as tx:
        return await plan.undo(tx, done.import_id, ACTOR, now)


def problems(done):
    return [(one.line, one.code, one.field) for one in done.problems]


async def everything(database, *tables):
    """Every row of these tables, to compare before with after."""
    asked = [f"SELECT * FROM {table}" for table in tables]  # noqa: S608 - the test names the tables
    return [[tuple(row) for row in await database.reading.rows(sql)] for sql in asked]
