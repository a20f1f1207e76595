"""From the text in a call to the text and entities in a message."""

from __future__ import annotations

import re

from simulator import html, limits, wording
from simulator.errors import BadRequestError
from simulator.reply import Json

_FOUND = re.compile(
    r"(?P<url>https?://[^\s<>\"]*[\w/=&#-])"
    r"|(?P<email>[\w.+-]+@[\w-]+(?:\.[\w-]+)+)"
    r"|(?<![\w/<>@])(?P<bot_command>/[A-Za-z0-9_]{1,64}(?:@[A-Za-z0-9_]{3,32})?)(?![\w/])"
    r"|(?<![\w@])(?P<mention>@[A-Za-z][A-Za-z0-9_]{3,31})(?!\w)"
    r"|(?<![\w#])(?P<hashtag>#(?=\w*[^\W\d])\w{1,256})"
    r"|(?<![\w.@/-])(?P<bare>(?:[\w-]+\.)+(?:com|org|net|uk|io|me)(?:/[^\s<>\"]*[\w/=&#-])?)(?![\w.-])"
)
_CHANCE = re.compile(r"[@/#.]")
_CLOSED = frozenset({"code", "pre", "text_link", "text_mention"})
KNOWN = frozenset(
    [
        "mention",
        "hashtag",
        "cashtag",
        "bot_command",
        "url",
        "email",
        "phone_number",
        "bold",
        "italic",
        "underline",
        "strikethrough",
        "spoiler",
        "blockquote",
        "expandable_blockquote",
        "code",
        "pre",
        "text_link",
        "text_mention",
        "custom_emoji",
        "date_time",
    ]
)


def found_in(text: str, given: list[Json]) -> list[Json]:
    """Add to the given entities what Telegram finds by itself: commands, mentions, hashtags, links, addresses."""
    if not _CHANCE.search(text):
        return given
    taken = [(e["offset"], e["offset"] + e["length"]) for e in given if e["type"] in _CLOSED]
    entities = list(given)
    for match in _FOUND.finditer(text):
        kind = "url" if match.lastgroup == "bare" else match.lastgroup
        offset = limits.utf16(text[: match.start()])
        length = limits.utf16(match[0])
        if not any(offset < end and start < offset + length for start, end in taken):
            entities.append({"type": kind, "offset": offset, "length": length})
    return html.settle(entities) if len(entities) > len(given) else given


def formatted(params: Json, name: str) -> tuple[str, list[Json]]:
    """Give the text of a call after cleaning, parsing and trimming, with its entities.

    Raises BadRequestError for an unknown parse mode, tags it cannot read, or entities of a wrong shape.
    """
    text = limits.clean(params.get(name, ""))
    mode = str(params.get("parse_mode", "")).lower()
    if mode == "html":
        text, entities = html.parse(text)
    elif mode:
        raise BadRequestError(wording.PARSE_MODE)
    else:
        entities = _given(params.get("entities" if name == "text" else f"{name}_entities", []))
    text, entities = limits.trim(text, entities)
    return text, found_in(text, entities)


def _given(entities: list[object]) -> list[Json]:
    return html.settle([_entity(entity) for entity in entities])


def _entity(entity: object) -> Json:
    if not isinstance(entity, dict):
        what = "can't parse MessageEntity: expected an Object"
        raise BadRequestError(what)
    for field, kind, words in (("type", str, "String"), ("offset", int, "Number"), ("length", int, "Number")):
        if field not in entity:
            what = f"can't parse MessageEntity: Can't find field \"{field}\""
            raise BadRequestError(what)
        if type(entity[field]) is not kind:
            what = f'can\'t parse MessageEntity: Field "{field}" must be of type {words}'
            raise BadRequestError(what)
    if entity["type"] not in KNOWN:
        what = "can't parse MessageEntity: Unsupported type specified"
        raise BadRequestError(what)
    return dict(entity)


def text_content(params: Json) -> Json:
    """Give the text part of a message; raises BadRequestError when it is missing, blank or too long."""
    if not params.get("text"):
        raise BadRequestError(wording.TEXT_EMPTY)
    text, entities = formatted(params, "text")
    if not text:
        raise BadRequestError(wording.TEXT_BLANK)
    if len(text) > limits.TEXT:
        raise BadRequestError(wording.TEXT_LONG)
    return {"text": text, "entities": entities} if entities else {"text": text}


def caption_content(params: Json) -> Json:
    """Give the caption part of a message, empty where there is none; raises BadRequestError when it is too long."""
    text, entities = formatted(params, "caption")
    if len(text) > limits.CAPTION:
        raise BadRequestError(wording.CAPTION_LONG)
    if not text:
        return {}
    return {"caption": text, "caption_entities": entities} if entities else {"caption": text}
