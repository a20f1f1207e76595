"""Sixty flows beside the main database, four hundred in order, and two runs that differ in who wrote."""

import random
from contextlib import closing
from sqlite3 import connect

import pytest

from rules import codes
from storage import unlinked
from storage.database import opened
from storage.migrate import migrate
from tests import needles
from tests.shape.sources import ROOT
from tests.unlinked import detectors, week


def main_files(path):
    return {name: path.with_name(path.name + name).read_bytes() for name in ("", "-wal", "-shm")}


async def full_flow(traces, feedback, one):
    await feedback.put(one.code, one.text, one.topic)
    await feedback.put(one.code, one.text, one.topic)
    await feedback.mailbox(one.code)


async def test_the_main_database_is_byte_for_byte_the_same_after_sixty_flows(folder):
    path = folder / "main.db"
    migrate(path, ROOT / "migrations")
    traces = week.begin(folder, 60)
    async with opened(path) as database:
        await database.reading.value("SELECT count(*) FROM person")
        before = main_files(path)
        async with unlinked.opened(traces.path, traces.pepper, now=traces.now, cost=week.CHEAP) as feedback:
            for one in traces.written:
                await full_flow(traces, feedback, one)
            assert await feedback.release(week.WEEKS[0], week.ELIGIBLE) > 0
        assert main_files(path) == before


async def test_four_hundred_items_keep_no_order_of_arrival(folder):
    traces = week.begin(folder, 400, seed=3)
    bodies = [one.text for one in traces.written]
    async with unlinked.opened(traces.path, traces.pepper, now=traces.now, cost=week.CHEAP) as feedback:
        for one in traces.written:
            await feedback.put(one.code, one.text, one.topic)
        assert detectors.order("in the pool", bodies, detectors.order_in_file(traces.path, bodies)) == []
        assert detectors.layout(traces.path, folder / "again.db") == []
        for name in week.WEEKS:
            await feedback.release(name, week.ELIGIBLE)
        read = [item.body for item in await feedback.issued()]
        assert read == [item.body for item in await feedback.issued()]
    assert sorted(read) == sorted(bodies)
    assert detectors.order("as it is read", bodies, read) == []
    assert detectors.order("as it lies", bodies, detectors.order_in_file(traces.path, bodies)) == []


def test_the_measure_of_order_sees_an_order():
    bodies = [f"body {number:03}" for number in range(400)]
    assert detectors.order("as written", bodies, bodies) == ["as written: Spearman 1.00 over 400"]
    assert detectors.order("backwards", bodies, bodies[::-1]) == ["backwards: Spearman -1.00 over 400"]
    mostly = [*bodies[:80], *random.Random(1).sample(bodies[80:], 320)]
    assert detectors.order("mostly shuffled", bodies, mostly) != []


async def shape_of(folder, who):
    """The same words at the same moments, written by other people under other codes."""
    traces = week.begin(folder, 50, seed=5)
    codes_of = random.Random(who)
    async with unlinked.opened(traces.path, traces.pepper, now=traces.now, cost=week.CHEAP) as feedback:
        for one in traces.written:
            code = "".join(codes_of.choices(codes.ALPHABET, k=codes.LENGTH))
            await feedback.put(code, one.text, one.topic)
    with closing(connect(traces.path)) as connection:
        schema = connection.execute("SELECT type, name, sql FROM sqlite_schema ORDER BY name").fetchall()
        pages = connection.execute("PRAGMA page_count").fetchone()
    return traces.path.stat().st_size, pages, schema


async def test_who_wrote_changes_nothing_about_the_file(folder):
    assert await shape_of(folder / "one", 1) == await shape_of(folder / "other", 2)


async def test_the_first_item_of_a_person_looks_like_a_later_one(folder):
    traces = week.begin(folder, 30)
    async with unlinked.opened(traces.path, traces.pepper, now=traces.now, cost=week.CHEAP) as feedback:
        for one in traces.written:
            assert await feedback.put(one.code, one.text, one.topic)
            assert not await feedback.put(one.code, one.text, one.topic)
            assert await feedback.put(one.code, one.text + " and more", one.topic)


async def test_no_needles_with_scrypt_at_its_full_cost(folder):
    traces = week.begin(folder, 6)
    async with unlinked.opened(traces.path, traces.pepper, now=traces.now) as feedback:
        await week.write(traces, feedback, [week.START + 60 * number for number in range(6)])
        assert await feedback.release(week.WEEKS[0], {}) >= 5
        item = next(item for item in await feedback.issued() if item.body == traces.written[0].text)
        assert await feedback.answer(item.slot, "thank you for this", week.WEEKS[1])
        assert [reply.body for reply in await feedback.mailbox(traces.written[0].code)] == ["thank you for this"]
    assert needles.scan(folder, week.hay(traces), apart=["pepper"]) == []


@pytest.mark.parametrize("text", ["short", " " * 20 + "short", "x" * 3501, "\0" * 30, ""])
async def test_what_is_too_short_or_too_long_is_refused(feedback, text):
    with pytest.raises(ValueError, match="10 to 3500"):
        await feedback.put(codes.fresh(), text, "pay")


async def test_any_script_and_half_characters_are_kept(feedback):
    for text in (
        "أخاف أن أتكلم في العمل",
        "我害怕在工作中说话 真的很害怕",
        "x" * 3500,
        "half a \ud83d and a \0 in it",
        "🙏🏿" * 9,
    ):
        assert await feedback.put(codes.fresh(), text, "general")
    await feedback.release("2026-W07", {})
    kept = {item.body for item in await feedback.issued()}
    assert {"أخاف أن أتكلم في العمل", "half a \ufffd and a  in it", "🙏🏿" * 9} <= kept


async def test_no_code_is_no_item(feedback):
    with pytest.raises(ValueError, match="no code"):
        await feedback.put("nothing like a code", "a text that is long enough", "pay")
