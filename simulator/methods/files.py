"""Photos and documents, sent and fetched."""

from __future__ import annotations

from simulator import limits, wording
from simulator.entities import caption_content
from simulator.errors import BadRequestError
from simulator.methods.registry import Asked, method
from simulator.methods.sending import SENDING, open_chat, send
from simulator.reply import Json

MEDIA = ("photo", "document")
_ATTACH = "attach://"


def attached(asked: Asked, kind: str, given: object) -> Json:
    """Give the photo or document part of a message from an upload or the id of a file known to the bot.

    Raises BadRequestError where there is none, or where it is an address: this server fetches nothing.
    """
    shelf, token = asked.world.shelf, asked.bot.token
    upload = asked.files.get(kind)
    if isinstance(given, str) and given.startswith(_ATTACH):
        upload = asked.files.get(given[len(_ATTACH) :])
    if upload is not None:
        file_id = shelf.keep(token, kind, upload[0] or kind, upload[1])
    elif not isinstance(given, str) or not given:
        raise BadRequestError(wording.FILE_NONE.format(kind=kind))
    else:
        stored = shelf.find(token, given)
        if stored is None or stored.kind != kind:
            raise BadRequestError(wording.FILE_WRONG)
        file_id = given
    return {"photo": shelf.photo(file_id)} if kind == "photo" else {"document": shelf.document(file_id)}


def _send_media(asked: Asked, kind: str) -> object:
    caption = caption_content(asked.params)
    chat = open_chat(asked)
    return send(asked, chat, {**attached(asked, kind, asked.params.get(kind)), **caption})


@method("sendPhoto", SENDING + "photo! caption parse_mode caption_entities show_caption_above_media has_spoiler")
def send_photo(asked: Asked) -> object:
    """Send a picture of at most 10 MB."""
    return _send_media(asked, "photo")


@method(
    "sendDocument", SENDING + "document! thumbnail caption parse_mode caption_entities disable_content_type_detection"
)
def send_document(asked: Asked) -> object:
    """Send a file of at most 50 MB."""
    return _send_media(asked, "document")


@method("getFile", "file_id!")
def get_file(asked: Asked) -> object:
    """Say where a file of at most 20 MB can be downloaded."""
    file_id = asked.params["file_id"]
    stored = asked.world.shelf.find(asked.bot.token, file_id)
    if stored is None:
        raise BadRequestError(wording.FILE_ID)
    if len(stored.data) > limits.DOWNLOAD_BYTES:
        raise BadRequestError(wording.FILE_BIG)
    return {**asked.world.shelf.base(file_id), "file_path": stored.path}
