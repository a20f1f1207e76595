"""Types of parameters: what each accepts, from JSON and from forms.

Where Telegram reads a wrong type as 0 or false without a word, this refuses: a caller's bug should be heard.
"""

from __future__ import annotations

import json
import math
import re
from collections.abc import Callable
from dataclasses import dataclass

from simulator.errors import BadRequestError
from simulator.reply import Json

_INTEGER = re.compile(r"[+-]?\d{1,19}", re.ASCII)
_TRUE = frozenset({"true", "yes", "1", "True"})
_FALSE = frozenset({"false", "no", "0", "False", ""})


@dataclass(slots=True, frozen=True)
class Kind:
    """A kind of parameter: its name in refusals and the function that reads it (ValueError when it cannot)."""

    name: str
    read: Callable[[object], object]


def _integer(value: object) -> object:
    if type(value) is int:
        return value
    if isinstance(value, str) and _INTEGER.fullmatch(value):
        return int(value)
    raise ValueError


def _string(value: object) -> object:
    if isinstance(value, str):
        return value
    if type(value) in (int, float):
        return str(value)
    raise ValueError


def _chat(value: object) -> object:
    try:
        return _integer(value)
    except ValueError:
        if isinstance(value, str):
            return value
        raise


def _number(value: object) -> object:
    if isinstance(value, int | float | str) and not isinstance(value, bool):
        number = float(value)
        if math.isfinite(number):
            return number
    raise ValueError


def _boolean(value: object) -> object:
    if isinstance(value, bool):
        return value
    if isinstance(value, str | int):
        if str(value) in _TRUE:
            return True
        if str(value) in _FALSE:
            return False
    raise ValueError


def _object(value: object) -> object:
    found = json.loads(value) if isinstance(value, str) else value
    if isinstance(found, dict):
        return found
    raise ValueError


def _array(value: object) -> object:
    found = json.loads(value) if isinstance(value, str) else value
    if isinstance(found, list):
        return found
    raise ValueError


def _file(value: object) -> object:
    if isinstance(value, str):
        return value
    raise ValueError


INTEGER = Kind("Integer", _integer)
STRING = Kind("String", _string)
CHAT = Kind("Integer or String", _chat)
FLOAT = Kind("Float", _number)
BOOLEAN = Kind("Boolean", _boolean)
OBJECT = Kind("Object", _object)
ARRAY = Kind("Array", _array)
FILE = Kind("InputFile or String", _file)

_OF_KIND = {
    INTEGER: "message_id offset limit timeout max_connections cache_time live_period heading proximity_alert_radius "
    "message_thread_id direct_messages_topic_id user_id",
    STRING: "text caption parse_mode business_connection_id message_effect_id inline_message_id callback_query_id url "
    "file_id title address foursquare_id foursquare_type google_place_id google_place_type phone_number first_name "
    "last_name vcard language_code description short_description name action secret_token ip_address",
    FLOAT: "latitude longitude horizontal_accuracy",
    BOOLEAN: "disable_notification protect_content allow_paid_broadcast show_caption_above_media has_spoiler "
    "disable_content_type_detection show_alert drop_pending_updates is_big",
    OBJECT: "link_preview_options suggested_post_parameters reply_parameters reply_markup scope menu_button media",
    ARRAY: "entities caption_entities allowed_updates message_ids commands reaction",
    FILE: "document photo voice thumbnail certificate",
    CHAT: "chat_id",
}
KINDS: dict[str, Kind] = {name: kind for kind, names in _OF_KIND.items() for name in names.split()}


def read(params: Json, known: frozenset[str]) -> Json:
    """The known parameters in their own types, without null ones; unknown ones are passed over as Telegram does.

    Raises BadRequestError naming the parameter and the type it must have.
    """
    result: Json = {}
    for name, value in params.items():
        if value is None or name not in known:
            continue
        kind = KINDS[name]
        try:
            result[name] = kind.read(value)
        except ValueError:
            raise BadRequestError(_complaint(name, kind, value)) from None
    return result


def _complaint(name: str, kind: Kind, value: object) -> str:
    if kind in (OBJECT, ARRAY) and isinstance(value, str) and not _is_json(value):
        return f"can't parse {name.replace('_', ' ')} JSON object"
    return f'parameter "{name}" must be of type {kind.name}'


def _is_json(value: str) -> bool:
    try:
        json.loads(value)
    except ValueError:
        return False
    return True
