"""Providers and partners: found by a part of their name, their facts changed one by one, their people named."""

import sqlite3
from zoneinfo import ZoneInfo

import pytest

from storage import erasure, invariants, organisation_log, organisations, other_markets, people, themes
from tests.storage.world import NOON, worker

LONDON = ZoneInfo("Europe/London")


async def names(db, *args, **switches):
    return [one.name for one in await organisations.find(db, *args, **switches)]


async def test_found_by_words_market_kind_and_stage(tx):
    await organisations.add(tx, "provider", "Oak Tree Care", NOON, markets=("home_care", "care_home"))
    await organisations.add(tx, "provider", "Elm House", NOON, markets=("care_home",), size_band="10-49")
    await organisations.add(tx, "partner", "Oak College", NOON, partner_type="education")
    assert await names(tx, "OAK", 10) == ["Oak College", "Oak Tree Care"]
    assert await names(tx, "tree oak", 10) == ["Oak Tree Care"]
    assert await names(tx, "", 10, market="care_home") == ["Elm House", "Oak Tree Care"]
    assert await names(tx, "", 10, kind="partner") == ["Oak College"]
    assert await names(tx, "", 10, stage="engaged") == []
    assert await names(tx, "", 1, skipped=1) == ["Oak College"]
    assert await organisations.count(tx, "oak") == 2
    assert await organisations.count(tx, market="care_home", stage="not_approached") == 2


async def test_facts_are_changed_one_by_one_and_markets_are_several(tx):
    oak = await organisations.add(tx, "provider", "Oak", NOON, markets=("home_care",), phone="+442079460000")
    await organisations.change(tx, oak.id, "ownership", "family")
    await organisations.change(tx, oak.id, "size_band", "250+")
    await organisations.set_markets(tx, oak.id, ("care_home", "home_care", "care_home"))
    oak = await organisations.by_id(tx, oak.id)
    assert (oak.ownership, oak.size_band, oak.phone) == ("family", "250+", "+442079460000")
    assert oak.markets == ("care_home", "home_care")
    with pytest.raises(KeyError):
        await organisations.change(tx, oak.id, "stage", "engaged")


async def test_a_size_or_type_there_is_not_is_refused(tx):
    for wrong in ({"size_band": "5"}, {"partner_type": "bank"}):
        with pytest.raises(sqlite3.IntegrityError):
            await organisations.add(tx, "partner", "Oak", NOON, **wrong)


async def test_people_speak_for_it_until_they_do_not(tx):
    oak = await organisations.add(tx, "provider", "Oak", NOON)
    manager = await people.add_by_hand(tx, "Mo", NOON)
    await worker(tx, "Ada")
    await organisations.speaks_for(tx, manager.id, oak.id, "registered manager")
    (mo,) = await organisations.people_of(tx, oak.id)
    assert (mo.display_name, mo.position, mo.strand) == ("Mo", "registered manager", "board")
    await organisations.speaks_no_longer(tx, manager.id)
    assert await organisations.people_of(tx, oak.id) == []


async def test_exactly_this_name(tx):
    await organisations.add(tx, "provider", "Straße Care", NOON)
    assert [one.name for one in await organisations.named(tx, " STRASSE  care ")] == ["Straße Care"]
    assert await organisations.named(tx, "Straße") == []
    assert await organisations.by_id(tx, 404) is None
    assert await invariants.violations(tx) == []


async def test_invented_organisations_and_real_ones_are_found_apart(tx):
    await organisations.add(tx, "provider", "Oak", NOON)
    await organisations.add(tx, "provider", "Made-up Oak", NOON, invented=True)
    assert await names(tx, "oak", 5, invented=False) == ["Oak"]
    assert await names(tx, "oak", 5, invented=True) == ["Made-up Oak"]
    assert await organisations.count(tx, invented=True) == 1
    assert await organisations.count(tx) == 2


async def test_erasing_somebody_leaves_what_the_organisation_said_and_nothing_of_them(database):
    async with database.transaction() as tx:
        oak = await organisations.add(tx, "provider", "Oak", NOON)
        mo = await people.meet(tx, 77, "en", None, False, NOON)
        await people.change(tx, mo.id, "display_name", "Zebedee")
        await organisations.speaks_for(tx, mo.id, oak.id, "zq-position")
        await other_markets.switch(tx, mo.id, "care_home")
        await themes.say(tx, oak.id, "training", "lead", mo.id, NOON)
        await themes.ask(tx, oak.id, mo.id, NOON)
        await organisation_log.comment(tx, oak.id, "letter", "Ring us", mo.id, NOON)
    async with database.transaction() as tx:
        await erasure.erase(tx, mo.id, NOON, LONDON)
    assert await erasure.after_erasure(database)
    files = b"".join(file.read_bytes() for file in database.path.parent.glob(database.path.name + "*"))
    assert b"Zebedee" not in files
    assert b"zq-position" not in files
    assert await themes.of_organisation(database.reading, oak.id) == {"training": "lead"}
    assert [one.words for one in await organisation_log.comments(database.reading, oak.id, 5)] == ["Ring us"]
    assert await database.reading.value("SELECT count(*) FROM other_market") == 0
    assert await invariants.violations(database.reading) == []


async def test_the_question_about_themes_goes_once_while_it_is_open_and_only_to_who_can_be_written_to(tx):
    oak = await organisations.add(tx, "provider", "Oak", NOON)
    reached = await worker(tx, "Mo")
    for person_id in (reached, await worker(tx, "Off", telegram=False), await worker(tx, "No", consented=False)):
        await organisations.speaks_for(tx, person_id, oak.id, "")
    assert await themes.can_be_asked(tx, invented=False) == [oak.id]
    assert await themes.ask(tx, oak.id, None, NOON) == 1
    assert await themes.ask(tx, oak.id, None, NOON) == 0
    assert await themes.can_be_asked(tx, invented=True) == []
