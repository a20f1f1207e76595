"""What a visitor can do with a phone: join, write, change, send, block, and add one more."""

import pytest

from tests.browser.stage import TOKEN

pytestmark = [pytest.mark.browser, pytest.mark.asyncio(loop_scope="session")]


async def test_a_new_person_starts_from_a_typed_code(stage):
    await stage.opens()
    await stage.phone(stage.ada).get_by_role("button", name="Scan a poster or code").click()
    dialog = stage.page.get_by_role("dialog", name="Scan a code with Ada's phone")
    await dialog.get_by_label("Or type a code").fill("https://t.me/care_compact_bot?start=poster-7")
    await dialog.get_by_role("button", name="Open").click()
    await stage.sees(stage.ada, "/start poster-7")
    assert (await stage.heard("message"))[-1]["text"] == "/start poster-7"


async def test_a_poster_can_be_scanned_by_whom_it_is_for(stage):
    grace = stage.person("Grace")
    await stage.opens()
    cards = f"{stage.base}/sim/cards"
    await stage.page.request.post(cards, data={"title": "Poster at the bus stop", "payload": "poster-busstop"})
    private = {"title": "Officer's one-time code", "payload": "enrol-x", "for_phone": grace.id}
    await stage.page.request.post(cards, data=private)
    await stage.button(stage.ada, "Scan a code").click()
    dialog = stage.page.get_by_role("dialog")
    code = dialog.get_by_role("button", name="Poster at the bus stop")
    await code.wait_for()
    assert await dialog.get_by_text("one-time").count() == 0
    await stage.eventually("[...document.querySelectorAll('.code img')].every((image) => image.naturalWidth > 0)")
    await code.click()
    await stage.sees(stage.ada, "/start poster-busstop")


async def test_a_person_writes_and_changes_it(stage):
    stage.meet(stage.ada)
    await stage.opens()
    field = stage.phone(stage.ada).get_by_label("Message from Ada")
    await field.fill("I can come at 3")
    await field.press("Enter")
    await stage.sees(stage.ada, "I can come at 3")
    assert await field.input_value() == ""
    await stage.log(stage.ada).locator(".from-person").last.hover()
    await stage.log(stage.ada).get_by_role("button", name="Change this message").last.click()
    await field.fill("I can come at 4")
    await stage.button(stage.ada, "Send").click()
    await stage.sees(stage.ada, "I can come at 4")
    assert (await stage.heard("edited_message"))[-1]["text"] == "I can come at 4"


async def test_blocking_closes_the_writing_line_until_unblocked(stage):
    stage.meet(stage.ada)
    await stage.opens()
    await stage.button(stage.ada, "Block").click()
    await stage.phone(stage.ada).get_by_text("Ada has blocked the bot.").wait_for()
    reply = await stage.sim.call(TOKEN, "sendMessage", {"chat_id": stage.ada.id, "text": "x"})
    assert reply.status == 403
    await stage.button(stage.ada, "Unblock").click()
    await stage.phone(stage.ada).get_by_label("Message from Ada").wait_for()
    assert [change["new_chat_member"]["status"] for change in await stage.heard("my_chat_member")] == [
        "kicked",
        "member",
    ]


@pytest.mark.parametrize(
    ("words", "kind"), [("Picture", "photo"), ("Voice", "voice"), ("Sticker", "sticker"), ("Place", "location")]
)
async def test_things_other_than_words_can_be_sent(stage, words, kind):
    stage.meet(stage.ada)
    await stage.opens()
    await stage.button(stage.ada, "Send something else").click()
    await stage.button(stage.ada, words).click()
    await stage.eventually("document.querySelectorAll('.from-person').length === 2")
    assert kind in (await stage.heard("message"))[-1]


async def test_a_file_from_this_computer_can_be_sent(stage, tmp_path):
    own = tmp_path / "rota.csv"
    own.write_text("day,shift\n", encoding="utf-8")
    stage.meet(stage.ada)
    await stage.opens()
    await stage.button(stage.ada, "Send something else").click()
    await stage.phone(stage.ada).locator("input[type=file]").set_input_files(own)
    await stage.sees(stage.ada, "rota.csv")
    assert (await stage.heard("message"))[-1]["document"]["file_name"] == "rota.csv"


async def test_a_document_can_be_downloaded(stage):
    stage.meet(stage.ada)
    params = {"chat_id": stage.ada.id, "caption": "The summary"}
    files = {"document": ("summary.csv", b"a,b\r\n1,2\r\n")}
    await stage.sim.call(TOKEN, "sendDocument", params, files)
    await stage.opens()
    async with stage.page.expect_download() as coming:
        await stage.log(stage.ada).get_by_role("link", name="summary.csv").click()
    download = await coming.value
    assert download.suggested_filename == "summary.csv"
    with open(await download.path(), "rb") as file:  # noqa: ASYNC230, PTH123  a small file that is already on this disk
        assert file.read() == b"a,b\r\n1,2\r\n"


async def test_one_more_phone_is_a_tap_away(stage):
    await stage.opens()
    await stage.page.get_by_role("button", name="Add a phone").click()
    dialog = stage.page.get_by_role("dialog", name="Add a phone")
    await dialog.get_by_label("Name").fill("Zofia")
    await dialog.get_by_label("Who they are").select_option("Coordinator")
    await dialog.get_by_role("button", name="Add the phone").click()
    region = stage.page.get_by_role("region", name="Zofia Coordinator")
    await region.wait_for()
    assert await stage.page.locator(".phone").count() == 2


async def test_trouble_can_be_switched_on_and_off(stage):
    stage.meet(stage.ada)
    await stage.opens()
    await stage.page.get_by_role("button", name="Behind the scenes").click()
    drawer = stage.page.get_by_role("complementary", name="Behind the scenes")
    await drawer.get_by_role("button", name="Telegram stumbles three times").click()
    await drawer.get_by_text("Waiting: 502").wait_for()
    reply = await stage.sim.call(TOKEN, "sendMessage", {"chat_id": stage.ada.id, "text": "x"})
    assert reply.status == 502
    await drawer.get_by_role("button", name="Switch all trouble off").click()
    await drawer.get_by_text("Waiting: 502").wait_for(state="detached")
    await stage.bot_says(stage.ada, "Back again")
    await stage.sees(stage.ada, "Back again")
