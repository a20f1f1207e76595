"""Telegram's HTML: text with tags in, plain text and entities out, offsets and lengths in UTF-16 units."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from simulator.errors import BadRequestError
from simulator.limits import clean, utf16
from simulator.reply import Json

TAGS = {
    "b": "bold",
    "strong": "bold",
    "i": "italic",
    "em": "italic",
    "u": "underline",
    "ins": "underline",
    "s": "strikethrough",
    "strike": "strikethrough",
    "del": "strikethrough",
    "code": "code",
    "pre": "pre",
    "a": "text_link",
    "blockquote": "blockquote",
    "tg-spoiler": "spoiler",
    "span": "spoiler",
    "tg-emoji": "custom_emoji",
}
_SPECIAL = re.compile("[<&]")
_TAG_NAME = re.compile(r"[^\s>]*")
_END_NAME = re.compile(r"/([^\s>]*)\s*")
_ATTRIBUTE = re.compile(r"\s*(?P<name>[^\s=>]*)\s*(?P<equals>=?)\s*")
_VALUE = re.compile(r"\"([^\"]*)\"|'([^']*)'|([A-Za-z0-9.\-]+)")
_REFERENCE = re.compile(r"&(?:(lt|gt|amp|quot)|#(?:x([0-9a-fA-F]{1,6})|(\d{1,7})));?")
_NAMED = {"lt": "<", "gt": ">", "amp": "&", "quot": '"'}
_LINK = re.compile(r"(?:https?|tg|ton|tonsite)://\S+|[\w-]+(?:\.[\w-]+)+(?:[/?#:]\S*)?", re.IGNORECASE)
_CODE = frozenset({"code", "pre"})


@dataclass(slots=True)
class _Open:
    """A tag that waits for its end."""

    tag: str
    offset: int
    chunk: int
    attributes: dict[str, str] = field(default_factory=dict)


class _Reader:
    def __init__(self, source: str) -> None:
        self.source = source
        self.chunks: list[str] = []
        self.length = 0
        self.open: list[_Open] = []
        self.entities: list[Json] = []

    def read(self) -> tuple[str, list[Json]]:
        at = 0
        while found := _SPECIAL.search(self.source, at):
            self._text(self.source[at : found.start()])
            at = self._tag(found.start()) if found[0] == "<" else self._reference(found.start())
        self._text(self.source[at:])
        if self.open:
            raise _unparsable(f'Can\'t find end tag corresponding to start tag "{self.open[-1].tag}"')
        return "".join(self.chunks), self.entities

    def _text(self, chunk: str) -> None:
        if chunk:
            self.chunks.append(chunk)
            self.length += utf16(chunk)

    def _reference(self, at: int) -> int:
        found = _REFERENCE.match(self.source, at)
        character = _character(found) if found else None
        if not found or character is None:
            self._text("&")
            return at + 1
        self._text(clean(character))
        return found.end()

    def _tag(self, at: int) -> int:
        return self._end(at) if self.source.startswith("/", at + 1) else self._start(at)

    def _start(self, at: int) -> int:
        name = _TAG_NAME.match(self.source, at + 1)
        if name is None or name.end() == len(self.source):
            raise self._at("Unclosed start tag", at)
        tag = name[0].lower()
        if tag not in TAGS:
            raise self._at(f'Unsupported start tag "{tag}"', at)
        opened = _Open(tag, self.length, len(self.chunks))
        after = self._attributes(opened, name.end(), at)
        if tag == "span" and opened.attributes.get("class") != "tg-spoiler":
            raise self._at('Tag "span" must have class "tg-spoiler"', at)
        self.open.append(opened)
        return after

    def _attributes(self, opened: _Open, at: int, tag_at: int) -> int:
        while True:
            found = _ATTRIBUTE.match(self.source, at)
            if found is None or found.end() == len(self.source):
                raise self._at("Unclosed start tag", tag_at)
            if not found["name"] and not found["equals"]:
                return found.end() + 1
            at = self._attribute(opened, found, tag_at)

    def _attribute(self, opened: _Open, found: re.Match[str], tag_at: int) -> int:
        name = found["name"].lower()
        if not name:
            raise self._at(f'Empty attribute name in the tag "{opened.tag}"', tag_at)
        if not found["equals"]:
            if name != "expandable":
                raise self._at(f'Expected equal sign in declaration of an attribute of the tag "{opened.tag}"', tag_at)
            opened.attributes[name] = ""
            return found.end("name")
        value = _VALUE.match(self.source, found.end())
        if value is None:
            raise self._at("Unclosed start tag", tag_at)
        opened.attributes[name] = _REFERENCE.sub(
            lambda m: _character(m) or m[0], value[1] or value[2] or value[3] or ""
        )
        return value.end()

    def _end(self, at: int) -> int:
        if not self.open:
            raise self._at("Unexpected end tag", at)
        found = _END_NAME.match(self.source, at + 1)
        if found is None or not self.source.startswith(">", found.end()):
            raise self._at("Unclosed end tag", at)
        opened = self.open.pop()
        name = found[1].lower()
        if name not in ("", opened.tag):
            raise self._at("Unmatched end tag", at, f', expected "</{opened.tag}>", found "</{name}>"')
        self._close(opened)
        return found.end() + 1

    def _close(self, opened: _Open) -> None:
        length = self.length - opened.offset
        if length == 0:
            return
        entity: Json = {"type": TAGS[opened.tag], "offset": opened.offset, "length": length}
        inner = "".join(self.chunks[opened.chunk :])
        if opened.tag == "a" and not _link(entity, opened.attributes.get("href") or inner):
            return
        if opened.tag == "tg-emoji":
            return
        if opened.tag == "code" and opened.attributes.get("class", "").startswith("language-"):
            entity["language"] = opened.attributes["class"][len("language-") :]
        if opened.tag == "blockquote" and "expandable" in opened.attributes:
            entity["type"] = "expandable_blockquote"
        self.entities.append(entity)

    def _at(self, what: str, at: int, rest: str = "") -> BadRequestError:
        return _unparsable(f"{what} at byte offset {len(self.source[:at].encode())}{rest}")


def _unparsable(what: str) -> BadRequestError:
    return BadRequestError(f"can't parse entities: {what}")


def _character(found: re.Match[str]) -> str | None:
    if found[1]:
        return _NAMED[found[1]]
    code = int(found[2], 16) if found[2] else int(found[3])
    return chr(code) if 0 < code <= 0x10FFFF and not 0xD800 <= code <= 0xDFFF else None  # noqa: PLR2004  Unicode's range


def _link(entity: Json, target: str) -> bool:
    target = target.strip()
    if not _LINK.fullmatch(target):
        return False
    entity["url"] = target if "://" in target else f"http://{target}"
    if entity["url"].count("/") == 2:  # noqa: PLR2004  "http://host": Telegram adds the closing slash
        entity["url"] += "/"
    return True


def parse(source: str) -> tuple[str, list[Json]]:
    """Read HTML; raises BadRequestError in Telegram's words for what it cannot read (Bot API, "HTML style")."""
    text, entities = _Reader(source).read()
    return text, settle(entities)


def settle(entities: list[Json]) -> list[Json]:
    """Order entities as Telegram does, the outer before the inner, with nothing inside code or pre."""
    entities.sort(key=lambda e: (e["offset"], -e["length"]))
    if len(entities) < 2 or not any(e["type"] in _CODE for e in entities):  # noqa: PLR2004  one cannot be nested
        return entities
    kept: list[Json] = []
    blocks: list[Json] = []
    for entity in sorted(entities, key=lambda e: (e["type"] != "pre", e["type"] != "code")):
        around = next((b for b in blocks if _overlap(b, entity)), None)
        if around is None or entity["type"].endswith("blockquote"):
            kept.append(entity)
        elif "language" in entity and around["type"] == "pre":
            around["language"] = entity["language"]
        if entity["type"] in _CODE and around is None:
            blocks.append(entity)
    for entity in kept:
        if entity["type"] == "code":
            entity.pop("language", None)
    return sorted(kept, key=lambda e: (e["offset"], -e["length"]))


def _overlap(one: Json, other: Json) -> bool:
    starts_before_end = bool(one["offset"] < other["offset"] + other["length"])
    return starts_before_end and bool(other["offset"] < one["offset"] + one["length"])
