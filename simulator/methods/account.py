"""The bot's own face: who it is."""

from __future__ import annotations

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
