"""Vouchers: loaded by one, released by another, once each, and on disk only as ciphertext."""

import sqlite3

import pytest

from storage.rewards import alerts, vouchers
from storage.rewards.vault import LostKey, Vault, new_key
from tests.storage.rewards_world import KEYS, VAULT, code
from tests.storage.test_erasure import found_in_files
from tests.storage.world import NOON


async def load(borough, codes, vault=VAULT, actor="host:ada"):
    new = [vouchers.NewVoucher(one, 1000) for one in codes]
    return await borough.do(
        vouchers.load, vault, borough.pool, new, NOON, actor, file_name="b.csv", sha256="1", invented=False
    )


async def test_a_batch_is_nobodys_until_a_second_person_releases_it(borough):
    batch = await borough.stock(1000, released=False)
    (stock,) = await vouchers.stock(borough.database.reading, invented=False)
    assert (stock.loaded, stock.available) == (1, 2)
    people = [await borough.came(name) for name in ("Ada", "Ben", "Cat")]
    assert [(await borough.claims(one)).said for one in people] == ["ready", "ready", "waiting"]
    assert await borough.do(vouchers.release, batch, "host:ada", NOON) is None
    assert await borough.do(vouchers.release, batch, "host:ben", NOON) == 1
    assert await borough.do(vouchers.release, batch, "host:ben", NOON) is None
    assert (await borough.claim_of(people[2])).state == "allocated"
    listed = await vouchers.batches(borough.database.reading)
    assert [(one.state, one.how_many, one.pence, one.released_by) for one in listed] == [
        ("released", 2, 2000, "host:ben"), ("released", 1, 1000, "host:ben"),
    ]  # fmt: skip


async def test_the_same_code_is_not_taken_twice_however_it_is_written(borough):
    known = code(0)
    spelled = [known, known.lower(), known.replace("-", ""), f" {known} ", "NEW-CODE-0001"]
    assert await borough.do(vouchers.known_codes, VAULT, spelled) == [True, True, True, True, False]
    assert (await load(borough, spelled))[1] == 1


async def test_a_batch_that_was_not_released_can_be_destroyed(borough):
    batch = await borough.stock(1000, released=False)
    assert await borough.do(vouchers.discard, batch, "host:ada", NOON)
    assert not await borough.do(vouchers.discard, batch, "host:ada", NOON)
    assert not await borough.do(vouchers.discard, 1, "host:ada", NOON)
    gone = await borough.database.reading.row("SELECT state, ciphertext FROM voucher WHERE batch_id = :id", id=batch)
    assert tuple(gone) == ("void", None)


async def test_no_code_is_in_any_file_and_the_key_is_in_none(borough, path):
    async with borough.database.transaction() as tx:
        assert await vouchers.pools(tx) == [(borough.pool, "Shop")]
    needles = [code(number).encode() for number in range(2)] + [key.encode() for key in KEYS]
    assert found_in_files(path, needles) == []


async def test_keys_are_changed_and_the_old_one_can_go(borough):
    ada = await borough.came()
    await borough.claims(ada)
    assert await borough.do(Vault((KEYS[1], KEYS[0])).rotate) == 2
    assert await Vault(KEYS[1:]).opens(borough.database.reading)
    assert not await VAULT.opens(borough.database.reading)
    assert not await Vault().opens(borough.database.reading)
    assert await borough.do(vouchers.known_codes, Vault(KEYS[1:]), [code(0)]) == [True]
    for lost in (VAULT, Vault()):
        with pytest.raises(LostKey):
            await borough.do(lost.rotate)
        with pytest.raises(LostKey):
            await load(borough, ["ANOTHER-CODE"], lost)


async def test_before_anything_is_sealed_every_key_will_do(database):
    assert await Vault().opens(database.reading)
    async with database.transaction() as tx:
        assert await Vault((new_key(),)).rotate(tx) == 0


async def test_a_key_that_is_none_is_refused():
    assert not Vault().has_keys
    with pytest.raises(ValueError, match="Fernet key"):
        Vault(("short",))


async def test_low_stock_is_told_once_and_told_again_when_it_comes_again(borough):
    async with borough.database.transaction() as tx:
        await tx.run("UPDATE voucher_pool SET low_at = 2")
    for name in ("Ada", "Ben", "Cat"):
        await borough.claims(await borough.came(name))
    assert [(one.kind, one.words) for one in await alerts.open_(borough.database.reading)] == [
        ("pool_empty", "Shop: 0")
    ]
    await borough.stock(*[1000] * 4)
    assert await alerts.open_(borough.database.reading) == []
    await borough.claims(await borough.came("Dan"))
    await borough.claims(await borough.came("Eve"))
    (low,) = await alerts.open_(borough.database.reading)
    assert (low.kind, low.words) == ("low_stock", "Shop: 1")
    assert await alerts.by_id(borough.database.reading, low.id) == low
    assert await alerts.by_id(borough.database.reading, 404) is None
    told = await borough.database.reading.rows("SELECT sequence FROM contact_attempt WHERE reason = 'reward_alert'")
    assert len(told) == 3


@pytest.mark.parametrize(
    "sql",
    [
        "UPDATE ledger SET issued = 0", "DELETE FROM ledger", "UPDATE claim_event SET state = 'shown'",
        "DELETE FROM claim_event", "DELETE FROM claim", "DELETE FROM voucher", "UPDATE voucher SET pence = 1",
        "UPDATE voucher SET claim_id = 2 WHERE claim_id = 1", "UPDATE offer SET name = 'x'", "DELETE FROM offer_item",
        "DELETE FROM offer", "UPDATE offer_item SET pence = 1",
        "INSERT INTO ledger SELECT 99, at, kind, 1, 'food', 200000, 0, 1, NULL, NULL, NULL, '', '', 0 FROM ledger",
    ],
)  # fmt: skip
async def test_what_is_written_down_about_money_stays_as_it_is(borough, sql):
    for name in ("Ada", "Ben"):
        await borough.claims(await borough.came(name))
    with pytest.raises(sqlite3.IntegrityError, match=r"append-only|frozen|one claim|over the budget"):
        async with borough.database.transaction() as tx:
            await tx.run(sql)
