"""The methods of the Bot API, by theme; importing this package enters them all in the table."""

from __future__ import annotations

from simulator.methods import account, commands, edits, files, messages, places, rooms, updates
from simulator.methods.registry import METHODS, Asked, Method, Uploads

THEMES = (account, commands, edits, files, messages, places, rooms, updates)

__all__ = ["METHODS", "THEMES", "Asked", "Method", "Uploads"]
