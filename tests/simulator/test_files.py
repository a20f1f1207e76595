"""Photos and documents: what is taken, what is refused, whose they are."""

import struct

import pytest

from simulator import limits
from simulator.pictures import size_of, small_png
from tests.simulator.stage import OTHER, Caller

JPEG = b"\xff\xd8\xff\xe0\x00\x04\x00\x00\xff\xc0\x00\x11\x08\x00\x30\x00\x40" + bytes(20)


def png(width, height):
    return small_png()[:16] + struct.pack(">II", width, height) + small_png()[24:]


def test_pictures_tell_their_size():
    assert size_of(small_png(9)) == (9, 9)
    assert size_of(png(640, 480)) == (640, 480)
    assert size_of(JPEG) == (64, 48)
    assert size_of(b"GIF89a" + struct.pack("<HH", 3, 5)) == (3, 5)
    for broken in (b"", b"%PDF-1.7", JPEG[:12], small_png()[:20], png(0, 9), b"\xff\xd8nonsense"):
        assert size_of(broken) is None


async def test_a_photo_must_be_one(api, ada):
    assert (await api("sendPhoto", {"photo": ("a.jpg", JPEG)}, chat_id=ada.id))["photo"][0]["width"] == 64
    for data, words in [
        (b"text", "IMAGE_PROCESS_FAILED"),
        (png(210, 10), "PHOTO_INVALID_DIMENSIONS"),
        (png(9000, 9000), "PHOTO_INVALID_DIMENSIONS"),
        (b"", "file must be non-empty"),
    ]:
        refusal = await api.refused("sendPhoto", {"photo": ("a.png", data)}, chat_id=ada.id)
        assert refusal == f"Bad Request: {words}"
    assert await api.refused("sendPhoto", chat_id=ada.id) == "Bad Request: there is no photo in the request"


async def test_files_can_be_too_big(api, ada, monkeypatch):
    monkeypatch.setattr(limits, "UPLOAD_BYTES", 100)
    monkeypatch.setattr(limits, "DOWNLOAD_BYTES", 50)
    sent = await api("sendDocument", {"document": ("a.bin", bytes(100))}, chat_id=ada.id)
    refusal = await api.refused("getFile", file_id=sent["document"]["file_id"])
    assert refusal == "Bad Request: file is too big"
    refusal = await api.refused("sendDocument", {"document": ("a.bin", bytes(101))}, chat_id=ada.id)
    assert refusal == "Request Entity Too Large"


async def test_captions_have_1024_characters(api, ada):
    upload = {"document": ("a.txt", b"a")}
    words = f"<i>{'x' * 1024}</i>"
    assert await api("sendDocument", upload, chat_id=ada.id, caption=words, parse_mode="HTML")
    refusal = await api.refused("sendDocument", upload, chat_id=ada.id, caption="x" * 1025)
    assert refusal == "Bad Request: message caption is too long"


async def test_attached_files_are_found_by_name(api, ada):
    sent = await api("sendDocument", {"f1": ("a.csv", b"a,b")}, chat_id=ada.id, document="attach://f1")
    assert (sent["document"]["file_name"], sent["document"]["mime_type"]) == ("a.csv", "text/csv")
    assert await api.refused("sendDocument", chat_id=ada.id, document="attach://f2")


async def test_file_ids_work_for_their_own_bot_and_kind(sim, api, ada):
    number = (await api("sendDocument", {"document": ("a.csv", b"a")}, chat_id=ada.id))["document"]["file_id"]
    assert (await api("sendDocument", chat_id=ada.id, document=number))["document"]["file_id"] == number
    wrong = "Bad Request: wrong file identifier/HTTP URL specified"
    assert await api.refused("sendPhoto", chat_id=ada.id, photo=number) == wrong
    assert await api.refused("sendDocument", chat_id=ada.id, document="https://example.org/a.csv") == wrong
    grace = sim.phone(OTHER, started=True)
    other = Caller(sim, OTHER)
    assert await other.refused("sendDocument", chat_id=grace.id, document=number) == wrong
    assert await other.refused("getFile", file_id=number) == "Bad Request: invalid file_id"


async def test_refused_sends_leave_no_trace(sim, api, ada):
    ada.blocks()
    await api.refused("sendDocument", {"document": ("a.csv", b"a")}, chat_id=ada.id)
    assert (sim.ledger, ada.messages) == ([], [])


@pytest.mark.parametrize("kind", ["photo", "document", "voice", "video", "sticker", "audio", "video_note", "animation"])
async def test_what_people_send_can_be_fetched(sim, api, ada, kind):
    ada.sends(kind)
    (update,) = await api("getUpdates")
    sent = update["message"][kind]
    file_id = sent[-1]["file_id"] if kind == "photo" else sent["file_id"]
    found = await api("getFile", file_id=file_id)
    assert sim.world.shelf.at(api.token, found["file_path"]).data
