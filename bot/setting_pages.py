"""The settings as pages show them: each with its default and what it is."""

from collections.abc import Iterator
from datetime import time
from typing import Any

from pydantic import SecretStr

from bot.settings import Settings
from bot.settings_feedback import FeedbackSettings


def described() -> Iterator[tuple[str, str | None, str]]:
    """Each setting: its name, its default as it is written (None: there is none, it has to be set), and what it is."""
    # Those of feedback last, although their class comes first.
    for name, field in sorted(Settings.model_fields.items(), key=lambda item: item[0] in FeedbackSettings.model_fields):
        default = None if field.is_required() else _written(field.default)
        yield f"BOT_{name.upper()}", default, str(field.description)


def env_example() -> str:
    """The text of `.env.example`: each setting under a line that says what it is, with its default."""
    lines = [
        line
        for name, default, what in described()
        for line in (f"# {what}", f"{name}=" if default is None else f"#{name}={default}")
    ]
    return "\n".join(lines) + "\n"


def _written(default: Any) -> str:
    if default is None:
        return ""
    if isinstance(default, tuple):
        return ", ".join(default)
    if isinstance(default, bool):
        return str(default).lower()
    if isinstance(default, time):
        return default.strftime("%H:%M")
    return default.get_secret_value() if isinstance(default, SecretStr) else str(default)
