"""A stand-in for Telegram's Bot API on this machine, for people in a browser and for tests."""

from __future__ import annotations

from simulator.core import Simulator
from simulator.faults import Fault
from simulator.groups import Group
from simulator.phone import Alert, Phone
from simulator.reply import Reply

__all__ = ["Alert", "Fault", "Group", "Phone", "Reply", "Simulator"]
