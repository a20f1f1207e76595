"""Codes that are handed on: counted, and nobody stays tied to the code they came by."""

from storage import erasure, links, people
from tests.storage.test_erasure import LONDON
from tests.storage.world import DAY, NOON, worker


async def newcomer(tx, link, telegram_id=77, invented=False):
    person = await people.meet(tx, telegram_id, "en", link.approach_code, invented, NOON)
    await links.opened(tx, link, person.id, first_met=True)
    return person


async def came_by(tx, person_id):
    return await tx.value("SELECT came_by FROM person WHERE id = :id", id=person_id)


async def figures(tx, link):
    found = await links.by_code(tx, link.code)
    return found.opened, found.first_met, found.joined


async def test_a_worker_has_one_code_for_good(tx):
    ada, bo = await worker(tx, "Ada"), await worker(tx, "Bo")
    link = await links.of_worker(tx, ada, NOON, invented=False)
    assert await links.of_worker(tx, ada, NOON + 1, invented=False) == link
    assert (await links.of_worker(tx, bo, NOON, invented=False)).code != link.code
    assert await links.by_code(tx, link.code.upper()) == link
    assert await links.by_code(tx, "by-nobody") is None
    assert (link.approach_code, link.person_id, link.organisation_id) == ("peer", ada, None)


async def test_who_came_by_a_code_is_counted_and_then_forgotten(tx):
    link = await links.of_worker(tx, await worker(tx), NOON, invented=False)
    person = await newcomer(tx, link)
    assert await came_by(tx, person.id) == link.id
    await people.joined(tx, person.id, NOON)
    await links.joined(tx, person.id)
    assert await came_by(tx, person.id) is None
    assert await figures(tx, link) == (1, 1, 1)
    await links.joined(tx, person.id)
    await links.opened(tx, link, person.id, first_met=False)
    assert await figures(tx, link) == (2, 1, 1)
    assert await came_by(tx, person.id) is None


async def test_a_sign_up_left_halfway_is_forgotten_after_a_while(tx):
    link = await links.of_worker(tx, await worker(tx), NOON, invented=False)
    person = await newcomer(tx, link)
    assert await links.forget_abandoned(tx, NOON - 1) == 0
    assert await links.forget_abandoned(tx, NOON + 14 * DAY) == 1
    assert await came_by(tx, person.id) is None
    await links.joined(tx, person.id)
    assert await figures(tx, link) == (1, 1, 0)


async def test_an_organisation_may_have_several_codes(tx):
    care = await tx.value(
        "INSERT INTO organisation (kind, name, made_at) VALUES ('provider', 'Greenfield', 0) RETURNING id"
    )
    codes = {await links.add(tx, "manager", NOON, organisation_id=care) for _ in range(3)}
    assert len(codes) == 3
    found = await links.by_code(tx, codes.pop())
    assert (found.organisation_id, found.approach_code) == (care, "manager")


async def test_the_code_of_somebody_erased_goes_on_counting_for_nobody(tx):
    ada = await worker(tx)
    link = await links.of_worker(tx, ada, NOON, invented=False)
    person = await newcomer(tx, link)
    await erasure.erase(tx, ada, NOON, LONDON)
    await links.joined(tx, person.id)
    assert await figures(tx, link) == (1, 1, 1)
    assert (await links.by_code(tx, link.code)).person_id is None


async def test_invented_people_are_not_counted_for_a_real_code(tx):
    link = await links.of_worker(tx, await worker(tx), NOON, invented=False)
    person = await newcomer(tx, link, invented=True)
    await links.joined(tx, person.id)
    assert (await links.by_code(tx, link.code)).joined == 0
