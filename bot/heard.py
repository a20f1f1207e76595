"""What is recognised as unlinked feedback, read from the raw update before anything else has looked at it.

The prompt is the state: it carries the code and, on a line of its own, the topic. So a reply to it says all there is to
know, and nothing has to be kept.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

import texts
from handlers import buttons
from rules import codes
from rules.topics import TOPICS

PAPER = "slip-"
TAP = "sealed."
COMMANDS = ("feedback", "inbox")
MEDIA = ("photo", "video", "voice", "audio", "sticker", "contact", "location", "document", "video_note", "animation")
_COMMAND = re.compile(r"\A/([a-z_]+)(?:@\w+)?(?:\s+|\Z)", re.IGNORECASE)
Raw = Mapping[str, Any]


@dataclass(frozen=True)
class Asked:
    """One of our prompts: its code, its topic (None where the message names none), and its message id."""

    code: str
    topic: str | None
    message: int
    ours: bool


@dataclass(frozen=True)
class Tap:
    """A button of ours: what it was about, the message it stands under, and what that message answers."""

    chat: int
    user: int
    phone_language: str
    names: tuple[str, ...]
    query: str
    press: buttons.Press
    message: int | None
    asked: Asked | None
    replied: str
    replied_to: int | None


@dataclass(frozen=True)
class Said:
    """A message: `kind` is 'text', or what came instead of words; `album` is the same for the parts of one."""

    chat: int
    user: int
    phone_language: str
    names: tuple[str, ...]
    message: int
    kind: str
    words: str
    asked: Asked | None
    code: str | None
    command: str
    forwarded: bool
    album: str


def spoken(message: Raw, own: int) -> Said | None:
    """A private message as the sealed way reads it, whatever it is about; None for what no person said."""
    sender, chat = message.get("from") or {}, message.get("chat") or {}
    if chat.get("type") != "private" or not isinstance(sender.get("id"), int) or sender.get("is_bot"):
        return None
    words, reply = _text_of(message), message.get("reply_to_message") or {}
    return Said(
        chat["id"],
        sender["id"],
        str(sender.get("language_code") or ""),
        _names(sender),
        message["message_id"],
        "text" if "text" in message else next((kind for kind in MEDIA if kind in message), "other"),
        words,
        asked_in(reply, own),
        codes.carried(_COMMAND.sub("", words, count=1)),  # "inbox" has the shape of a code's first group
        _command_in(words),
        "forward_origin" in message or "forward_date" in message,
        str(message.get("media_group_id") or ""),
    )


def tapped(tap: Raw, own: int) -> Tap | None:
    """A tap on one of our buttons in a private chat, or None. `own` is the bot's id."""
    press = buttons.decode(str(tap.get("data") or ""))
    message = tap.get("message") or {}
    sealed = press is not None and (press.verb.startswith(TAP) or (press.verb == "go" and press.word(0) in COMMANDS))
    if press is None or not sealed or (message.get("chat") or {}).get("type") != "private":
        return None
    replied = message.get("reply_to_message") or {}
    return Tap(
        message["chat"]["id"],
        tap["from"]["id"],
        str(tap["from"].get("language_code") or ""),
        _names(tap["from"]),
        str(tap["id"]),
        press,
        message.get("message_id"),
        asked_in(message, own),
        _text_of(replied),
        replied.get("message_id"),
    )


def asked_in(message: Raw, own: int) -> Asked | None:
    """The prompt that a message is, or None for one without a code."""
    words = _text_of(message)
    code = codes.carried(words)
    if code is None:
        return None
    topic = next((_topics()[line] for line in map(str.strip, words.splitlines()) if line in _topics()), None)
    return Asked(code, topic, message["message_id"], ours=(message.get("from") or {}).get("id") == own)


def _command_in(words: str) -> str:
    """'feedback', 'inbox', 'paper' (a link from a sheet), or ''."""
    found = _COMMAND.match(words)
    name = found.group(1).lower() if found else ""
    if name == "start" and found and words[found.end() :].startswith(PAPER):
        return "paper"
    return name if name in COMMANDS else ""


def _names(sender: Raw) -> tuple[str, ...]:
    return tuple(str(sender[name]) for name in ("first_name", "last_name", "username") if sender.get(name))


def _text_of(message: Raw) -> str:
    return str(message.get("text") or message.get("caption") or "")


@cache
def _topics() -> dict[str, str]:
    """Each topic by its name, in every language there is."""
    return {name: topic for topic in TOPICS for name in texts.every(f"topic.{topic}")}
