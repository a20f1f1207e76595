"""The bot's own face: who it is, its name and what it says about itself."""

from __future__ import annotations

from simulator import limits, wording
from simulator.errors import BadRequestError
from simulator.methods.commands import language_of
from simulator.methods.registry import Asked, method


@method("getMe")
def get_me(asked: Asked) -> object:
    """Say who the bot is."""
    return {
        **asked.bot.user,
        "can_join_groups": True,
        "can_read_all_group_messages": False,
        "supports_inline_queries": False,
        "can_connect_to_business": False,
        "has_main_web_app": False,
    }


@method("logOut")
@method("close")
def step_back(_asked: Asked) -> object:
    """Say yes: this server keeps no session that could be closed."""
    return True


def _set(asked: Asked, what: str, most: int, too_long: str) -> object:
    text = limits.clean(asked.params.get(what, "")).strip()
    if len(text) > most:
        raise BadRequestError(too_long)
    asked.bot.words[what, language_of(asked)] = text
    asked.world.show_bots()
    return True


def _get(asked: Asked, what: str) -> object:
    return {what: asked.bot.words.get((what, language_of(asked)), "")}


@method("setMyDescription", "description language_code")
def set_my_description(asked: Asked) -> object:
    """Set what an empty chat shows, at most 512 characters."""
    return _set(asked, "description", limits.DESCRIPTION, wording.DESCRIPTION_LONG)


@method("getMyDescription", "language_code")
def get_my_description(asked: Asked) -> object:
    """Give what an empty chat shows in this language."""
    return _get(asked, "description")


@method("setMyShortDescription", "short_description language_code")
def set_my_short_description(asked: Asked) -> object:
    """Set what the bot's profile shows, at most 120 characters."""
    return _set(asked, "short_description", limits.SHORT_DESCRIPTION, wording.SHORT_LONG)


@method("getMyShortDescription", "language_code")
def get_my_short_description(asked: Asked) -> object:
    """Give what the bot's profile shows in this language."""
    return _get(asked, "short_description")


@method("setMyName", "name language_code")
def set_my_name(asked: Asked) -> object:
    """Set the bot's name, at most 64 characters; the one without a language is shown by getMe as well."""
    done = _set(asked, "name", limits.NAME, wording.NAME_LONG)
    if not language_of(asked) and asked.bot.words["name", ""]:
        asked.bot.user["first_name"] = asked.bot.words["name", ""]
    return done


@method("getMyName", "language_code")
def get_my_name(asked: Asked) -> object:
    """Give the bot's name in this language."""
    return {"name": asked.bot.words.get(("name", language_of(asked))) or asked.bot.user["first_name"]}
