"""Feedback that cannot be linked to its author: a second file, never attached to the main one."""

from storage.unlinked.door import Unlinked, opened
from storage.unlinked.file import NotAsDesigned, PepperWrong
from storage.unlinked.mailbox import Item, Reply
from storage.unlinked.pepper import CannotOpen, PepperExposed, PepperMissing, make_for_new
from storage.unlinked.pulses import Tap, Told
from storage.unlinked.readings import Quote
from storage.unlinked.tokens import Paper

__all__ = [
    "CannotOpen",
    "Item",
    "NotAsDesigned",
    "Paper",
    "PepperExposed",
    "PepperMissing",
    "PepperWrong",
    "Quote",
    "Reply",
    "Tap",
    "Told",
    "Unlinked",
    "make_for_new",
    "opened",
]
