"""Prices that bound what any choice of columns can cover: Lagrangian relaxation of maximum coverage, on bits.

A group priced p (0 to 1) is paid p by every column that covers it, and 1 - p is given away at the start. A choice then
never covers more than what is given away and what its columns are paid together (Fisher, 1981). Prices are whole
fifteenths, kept as binary places of ints, so that one round costs a few counts of bits per column.
"""

import random
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from rules.weights import Weights

_PLACES = 4
UNIT = (1 << _PLACES) - 1
_ROUNDS = 80


@dataclass(frozen=True)
class Prices:
    """What is given away and what each column is paid, in fifteenths. Without prices nothing is bounded."""

    given: int = 0
    paid: tuple[int, ...] = ()

    def bound(self, chosen: Iterable[int], rest: Sequence[int], left: int) -> int:
        """The most that these columns with so many more of the rest can cover, in whole weight."""
        most = sorted((self.paid[at] for at in rest), reverse=True)[:left]
        return (self.given + sum(self.paid[at] for at in chosen) + sum(most)) // UNIT


def priced(columns: Sequence[int], weights: Weights, how_many: int, goal: int) -> Prices:
    """Prices under which no choice of so many columns covers much: the best found in some rounds from full price down.

    Each round, groups that the best-paid columns cover more than once become cheaper, and those they miss dearer; ever
    fewer of them at a time, picked at random with a fixed seed. It ends early when `goal` is as much as can be covered.
    """
    chance = random.Random(0)  # noqa: S311 - which groups move first is no secret
    width = weights.everyone.bit_length()
    price = [weights.everyone] * _PLACES
    best, lowest = Prices(), -1
    for round_ in range(_ROUNDS):
        now = _paid(columns, weights, price)
        order = sorted(range(len(columns)), key=lambda at: -now.paid[at])[:how_many]
        bound = now.given + sum(now.paid[at] for at in order)
        if lowest < 0 or bound < lowest:
            best, lowest = now, bound
        if lowest // UNIT <= goal:
            return best
        once = twice = 0
        for at in order:
            once, twice = once | columns[at], twice | (once & columns[at])
        some = weights.everyone
        for _ in range(1 + round_ * 4 // _ROUNDS):
            some &= chance.getrandbits(width)
        _cheaper(price, twice & some)
        _dearer(price, weights.everyone & ~once & some)
    return best


def _paid(columns: Sequence[int], weights: Weights, price: Sequence[int]) -> Prices:
    def worth(groups: int) -> int:
        return sum(weights.of(groups & bits) << place for place, bits in enumerate(price))

    return Prices(UNIT * weights.total - worth(weights.everyone), tuple(worth(column) for column in columns))


def _cheaper(price: list[int], groups: int) -> None:
    """One fifteenth less for each of these groups that costs anything."""
    borrow = groups & (price[0] | price[1] | price[2] | price[3])
    for place in range(_PLACES):
        price[place], borrow = price[place] ^ borrow, borrow & ~price[place]


def _dearer(price: list[int], groups: int) -> None:
    """One fifteenth more for each of these groups that is not at its full price."""
    carry = groups & ~(price[0] & price[1] & price[2] & price[3])
    for place in range(_PLACES):
        price[place], carry = price[place] ^ carry, carry & price[place]
