"""The command menu, per scope and language."""

from __future__ import annotations

import re

from simulator import limits, wording
from simulator.chats import Bot, Chat
from simulator.errors import BadRequestError
from simulator.methods.registry import Asked, method
from simulator.reply import Json

_COMMAND = re.compile(r"[a-z0-9_]{1,32}")
LANGUAGE = re.compile(r"(?:[a-z]{2})?")
# Tuples, not sets: a caller may put anything here, also what has no hash.
_PLAIN = ("default", "all_private_chats", "all_group_chats", "all_chat_administrators")
_OF_CHAT = ("chat", "chat_administrators", "chat_member")
_NUMBER = re.compile(r"-?\d{1,19}", re.ASCII)


def language_of(asked: Asked) -> str:
    """Give the language of a call, empty for all; raises BadRequestError unless it is two small letters."""
    language = str(asked.params.get("language_code", ""))
    if not LANGUAGE.fullmatch(language):
        raise BadRequestError(wording.LANGUAGE_BAD)
    return language


def _scope(asked: Asked) -> str:
    scope = asked.params.get("scope", {"type": "default"})
    kind = scope.get("type")
    if kind in _PLAIN:
        return str(kind)
    if kind not in _OF_CHAT:
        raise BadRequestError(wording.SCOPE_BAD)
    chat_id = scope.get("chat_id")
    number = int(chat_id) if isinstance(chat_id, str) and _NUMBER.fullmatch(chat_id) else chat_id
    chat = asked.world.chat(asked.bot, number)
    person = f":{scope.get('user_id')}" if kind == "chat_member" else ""
    return f"{kind}:{chat.id}{person}"


def _command(given: object) -> Json:
    if not isinstance(given, dict):
        raise BadRequestError(wording.COMMAND_OBJECT)
    command, words = given.get("command"), given.get("description")
    if not isinstance(command, str) or not _COMMAND.fullmatch(command.removeprefix("/")):
        raise BadRequestError(wording.COMMAND_BAD)
    if not isinstance(words, str) or not 1 <= len(words.strip()) <= limits.COMMAND_WORDS:
        raise BadRequestError(wording.COMMAND_WORDS)
    return {"command": command.removeprefix("/"), "description": words.strip()}


def _changed(asked: Asked, scope: str) -> object:
    number = int(scope.split(":")[1]) if ":" in scope else None
    for chat in asked.bot.chats.values() if number is None else [asked.bot.chats[number]]:
        asked.world.touch(chat)
    asked.world.show_bots()
    return True


@method("setMyCommands", "commands! scope language_code")
def set_my_commands(asked: Asked) -> object:
    """Set the menu for one scope and language."""
    commands = asked.params["commands"]
    if len(commands) > limits.COMMANDS:
        raise BadRequestError(wording.COMMANDS_MANY)
    scope, language = _scope(asked), language_of(asked)
    asked.bot.commands[scope, language] = [_command(one) for one in commands]
    return _changed(asked, scope)


@method("getMyCommands", "scope language_code")
def get_my_commands(asked: Asked) -> object:
    """Give the menu set for exactly this scope and language."""
    return asked.bot.commands.get((_scope(asked), language_of(asked)), [])


@method("deleteMyCommands", "scope language_code")
def delete_my_commands(asked: Asked) -> object:
    """Take the menu of this scope and language away, so that the next wider one shows."""
    scope = _scope(asked)
    asked.bot.commands.pop((scope, language_of(asked)), None)
    return _changed(asked, scope)


def menu(bot: Bot, chat: Chat, language: str) -> list[Json]:
    """Give the menu that a person with this language sees: the narrowest scope first (Bot API, BotCommandScope)."""
    wide = ("all_private_chats",) if chat.id > 0 else ("all_group_chats",)
    for scope in (f"chat:{chat.id}", *wide, "default"):
        for spoken in (language.partition("-")[0], ""):
            if (scope, spoken) in bot.commands:
                return bot.commands[scope, spoken]
    return []
