"""The methods of the Bot API, by theme; importing this package enters them all in the table."""

from __future__ import annotations

from simulator.methods import account, messages, updates
from simulator.methods.registry import METHODS, Asked, Method, Uploads

__all__ = ["METHODS", "Asked", "Method", "Uploads", "account", "messages", "updates"]
