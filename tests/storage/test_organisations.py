"""Providers and partners: found by a part of their name, their facts changed one by one, their people named."""

import sqlite3

import pytest

from storage import invariants, organisations, people
from tests.storage.world import NOON, worker


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
