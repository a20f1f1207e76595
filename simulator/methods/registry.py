"""The table of methods: name, parameters, and the function that does it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from simulator.chats import Bot
from simulator.reply import Json
from simulator.world import World

Uploads = dict[str, tuple[str, bytes]]


@dataclass(slots=True)
class Asked:
    """One call as a method gets it: params hold values of their own types, and known names only."""

    world: World
    bot: Bot
    method: str
    params: Json
    files: Uploads


Act = Callable[[Asked], object]


@dataclass(slots=True, frozen=True)
class Method:
    """One method: its name, every parameter it knows, those it cannot do without, and what it does."""

    name: str
    known: frozenset[str]
    required: tuple[str, ...]
    act: Act


METHODS: dict[str, Method] = {}


def method(name: str, parameters: str = "") -> Callable[[Act], Act]:
    """Enter a function as the method of this name; parameters are named in one string, a required one ends in "!"."""
    names = parameters.split()
    known = frozenset(one.rstrip("!") for one in names)
    required = tuple(one[:-1] for one in names if one.endswith("!"))

    def enter(act: Act) -> Act:
        METHODS[name.lower()] = Method(name, known, required, act)
        return act

    return enter
