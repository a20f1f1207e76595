"""/share: a worker's own link for a colleague. How many came is counted, never who."""

from storage import links
from tests.handlers.test_arrivals import SIGN_UP


async def link_shown(someone):
    (message,) = [m for m in someone.fresh if "photo" in m]
    return next(word for word in message["caption"].split() if word.startswith("https://"))


async def test_a_worker_hands_on_her_link_and_sees_how_many_came_and_never_who(stage):
    ada = await stage.worker("Ada")
    await ada.says("/share")
    ada.sees("By your link: 0")
    link = await link_shown(ada)
    bo = stage.somebody("Xiomara")
    await bo.says(f"/start {link.partition('start=')[2]}")
    bo.sees_not("Ada")
    for step in SIGN_UP:
        await bo.taps(step)
    await ada.says("/share")
    ada.sees("By your link: 1")
    ada.sees_not("Xiomara")
    assert await link_shown(ada) == link


async def test_two_workers_have_two_links(stage):
    ada, bo = await stage.worker("Ada"), await stage.worker("Bo")
    await ada.says("/share")
    await bo.says("/share")
    assert await link_shown(ada) != await link_shown(bo)


async def test_somebody_who_has_not_agreed_has_no_link(stage):
    ada = stage.somebody("Ada")
    await ada.says("/start")
    await ada.says("/share")
    ada.sees_not("share.code")
    assert await links.by_code(stage.db, "by-") is None
    assert await stage.db.value("SELECT COUNT(*) FROM shared_link") == 0
