"""Things people send that are not text, invented where nothing is given."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from simulator.drawing import tea
from simulator.files import Shelf
from simulator.reply import Json

Fields = dict[str, Any]
# Of the message itself rather than of the thing sent.
_OF_MESSAGE = frozenset(
    {"caption", "caption_entities", "media_group_id", "forward_origin", "via_bot", "has_media_spoiler"}
)

_INVENTED: dict[str, tuple[str, Json]] = {
    "voice": ("voice.ogg", {"duration": 3, "mime_type": "audio/ogg"}),
    "audio": ("song.mp3", {"duration": 60, "mime_type": "audio/mpeg", "title": "A song"}),
    "video": ("video.mp4", {"duration": 5, "width": 320, "height": 240, "mime_type": "video/mp4"}),
    "video_note": ("round.mp4", {"duration": 5, "length": 240}),
    "animation": ("wave.mp4", {"duration": 2, "width": 320, "height": 240, "mime_type": "video/mp4"}),
    "sticker": (
        "sticker.webp",
        {"type": "regular", "width": 512, "height": 512, "is_animated": False, "is_video": False, "emoji": "👍"},
    ),
}
_PLAIN: dict[str, Json] = {
    "location": {"latitude": 51.4826, "longitude": 0.0077},
    "venue": {
        "location": {"latitude": 51.4826, "longitude": 0.0077},
        "title": "The library",
        "address": "1 High Street",
    },
    "dice": {"emoji": "🎲", "value": 4},
    "poll": {
        "id": "1",
        "question": "Tea?",
        "options": [{"persistent_id": "1", "text": "Yes", "voter_count": 0}],
        "total_voter_count": 0,
        "is_closed": False,
        "is_anonymous": True,
        "type": "regular",
        "allows_multiple_answers": False,
        "allows_revoting": True,
        "members_only": False,
    },
}


def content_of(shelf: Shelf, token: str, user: Json, kind: str, fields: Fields) -> Json:
    """Give the part of a message that holds the thing sent; raises ValueError for an unknown kind.

    "document" and "photo" take file_name and data (bytes); other fields go into Telegram's object for the kind.
    """
    about = {name: value for name, value in fields.items() if name in _OF_MESSAGE}
    inner = {name: value for name, value in fields.items() if name not in _OF_MESSAGE}
    if kind in _FILES:
        return {**_FILES[kind](shelf, token, inner), **about}
    if kind in _INVENTED:
        name, invented = _INVENTED[kind]
        file_id = shelf.keep(token, kind, name, f"an invented {kind}".encode())
        return {kind: {**shelf.base(file_id), **invented, **inner}, **about}
    if kind == "contact":
        own: Json = {"phone_number": "+447700900123", "first_name": user["first_name"], "user_id": user["id"]}
        return {kind: {**own, **inner}, **about}
    if kind in _PLAIN:
        return {kind: {**_PLAIN[kind], **inner}, **about}
    message = f"nobody can send a {kind!r}"
    raise ValueError(message)


def _photo(shelf: Shelf, token: str, fields: Fields) -> Json:
    file_id = shelf.keep(token, "photo", fields.get("file_name", "photo.png"), fields.get("data", tea()))
    return {"photo": shelf.photo(file_id)}


def _document(shelf: Shelf, token: str, fields: Fields) -> Json:
    name = fields.get("file_name", "note.txt")
    file_id = shelf.keep(token, "document", name, fields.get("data", b"A small note.\n"))
    return {"document": shelf.document(file_id)}


_FILES: dict[str, Callable[[Shelf, str, Fields], Json]] = {"photo": _photo, "document": _document}
