"""The so many columns that together cover the most weight, proved best by branch and bound (maximum coverage).

A column is an int whose bit i says that group i is covered; a group stands for `weight` people who are alike. Bounds:
what is covered grows by less and less (it is submodular), so no choice gains more than the best single gains left
added up (Nemhauser, Wolsey and Fisher, 1978).

The same hour of other weeks covers nearly the same people, and every choice would be looked at once for each week. So
columns that are nearly alike are families, and a family counts as all that any of its columns covers. Families that
together do not cover more than the best columns found hold nothing better; only the columns of the others are tried.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import reduce
from operator import or_

from rules.weights import Weights

_ALIKE = 1.25  # two columns are of a family when together they cover at most a quarter more than both of them do


@dataclass(frozen=True)
class Cover:
    """Columns and the weight they cover. No choice covers more than `at_most`; `looks` is how much work it took."""

    chosen: tuple[int, ...]
    reached: int
    at_most: int
    looks: int


def best_cover(columns: Sequence[int], how_many: int, weights: Weights, ties: Sequence[int], looks: int) -> Cover:
    """The columns that cover the most; of equal ones, more of the first mask of `ties`, then of the next ...

    `looks` bounds how often a column is looked at. When that is not enough, `at_most` is over `reached`.
    """
    useful = undominated(columns, weights)
    within = weights.within(reduce(or_, columns, 0))
    found = _Best(within, ties, looks)
    search([columns[at] for at in useful], min(how_many, len(useful)), found)
    chosen = [useful[at] for at in found.chosen]
    spare = sorted((at for at in range(len(columns)) if at not in chosen), key=lambda at: -weights.of(columns[at]))
    chosen += spare[: how_many - len(chosen)]
    return Cover(tuple(chosen), found.reached, max(found.reached, found.open), found.looks)


def search(columns: Sequence[int], how_many: int, found: "_Best") -> None:
    """Begin with what greed takes, mended by swaps; then look at families, and inside those that may hold more."""
    if not how_many:
        return
    start(columns, how_many, found)
    kin = families(columns, found.weights)
    lower = _Tree(columns, found, found.offer)
    if len(kin) <= how_many:
        lower.look(range(len(columns)), how_many)
        return

    def within(chosen: tuple[int, ...], _covered: int, _value: int) -> None:
        lower.look([at for family in chosen for at in kin[family]], how_many)

    unions = [reduce(or_, (columns[at] for at in family)) for family in kin]
    _Tree(unions, found, within).look(range(len(unions)), how_many)


def families(columns: Sequence[int], weights: Weights) -> list[list[int]]:
    """The places of columns that are nearly alike, together: each is like the first of its family."""
    found: list[list[int]] = []
    for at, column in enumerate(columns):
        for family in found:
            first = columns[family[0]]
            if _ALIKE * weights.of(column & first) >= weights.of(column | first):
                family.append(at)
                break
        else:
            found.append([at])
    return found


def undominated(columns: Sequence[int], weights: Weights) -> list[int]:
    """The places of the columns that no other column contains; of equal ones the first. The heaviest first."""
    first: dict[int, int] = {}
    for at, column in enumerate(columns):
        first.setdefault(column, at)
    heaviest = sorted(first.items(), key=lambda item: (-weights.of(item[0]), item[1]))
    kept: list[tuple[int, int]] = []
    for column, at in heaviest:
        if column and not any(column & ~other == 0 for other, _ in kept):
            kept.append((column, at))
    return [at for _, at in kept]


def start(columns: Sequence[int], how_many: int, found: "_Best") -> None:
    """What greed takes; then one column in the place of another while that covers more. It makes the search short."""
    chosen: tuple[int, ...] = ()
    covered = 0
    for _ in range(how_many):
        rest = [at for at in range(len(columns)) if at not in chosen]
        pick = max(rest, key=lambda at: found.weights.of(columns[at] & ~covered))
        chosen, covered = (*chosen, pick), covered | columns[pick]
    found.offer(chosen, covered, found.weights.of(covered))
    while any(_swapped(columns, out, found) for out in range(how_many)):
        pass


def _swapped(columns: Sequence[int], out: int, found: "_Best") -> bool:
    """Whether another column in the place of this one covered more, and is in it now."""
    kept, before = found.chosen[:out] + found.chosen[out + 1 :], found.reached
    covered = reduce(or_, (columns[at] for at in kept), 0)
    for at in range(len(columns)):
        value = 0 if at in kept else found.weights.of(covered | columns[at])
        if value > found.reached:
            found.offer((*kept, at), covered | columns[at], value)
    return found.reached > before


@dataclass
class _Best:
    """The best so far. `open` is the highest bound of what was left unseen, `looks` the work, of `left` allowed."""

    weights: Weights
    ties: Sequence[int]
    left: int
    chosen: tuple[int, ...] = ()
    reached: int = 0
    tie: tuple[int, ...] = ()
    open: int = 0
    looks: int = 0

    def offer(self, chosen: tuple[int, ...], covered: int, value: int) -> None:
        """Take these columns, which cover no less than the best so far, unless they break a tie worse."""
        tie = tuple(self.weights.of(covered & mask) for mask in self.ties)
        if value > self.reached or (tie, *(-at for at in sorted(chosen))) > (
            self.tie,
            *(-at for at in sorted(self.chosen)),
        ):
            self.chosen, self.reached, self.tie = chosen, value, tie

    def hopeless(self, bound: int) -> bool:
        """Whether nothing under this bound can be better."""
        return bound < self.reached or (bound == self.reached and not self.ties)

    def tired(self, bound: int) -> bool:
        """Whether the work allowed is done; what has this bound is left unseen then."""
        if self.looks < self.left:
            return False
        self.open = max(self.open, bound)
        return True


@dataclass
class _Tree:
    """Depth first. Each node takes the column that gains most; what comes after it in that order may follow it.

    `leaf` is told each choice that may be better than the best: its places, what they cover, and what that weighs.
    """

    columns: Sequence[int]
    found: _Best
    leaf: Callable[[tuple[int, ...], int, int], None]

    def look(self, places: Iterable[int], how_many: int) -> None:
        """Look through every choice of so many of these columns."""
        gains = [(self.found.weights.of(self.columns[at]), at) for at in places]
        gains.sort(key=lambda gain: (-gain[0], gain[1]))
        self._node((), 0, gains, how_many, 0)

    def _node(self, chosen: tuple[int, ...], covered: int, stale: list[tuple[int, int]], left: int, value: int) -> None:
        """`stale` are the gains of an earlier node, the greatest first: gains only ever fall."""
        if left == 1:
            self._leaves(chosen, covered, stale, value)
            return
        gains = self._gains(covered, stale, left, value)
        for place, (gain, at) in enumerate(gains):
            bound = value + sum(more for more, _ in gains[place : place + left])
            if len(gains) - place < left or self.found.hopeless(bound) or self.found.tired(bound):
                return
            self._node((*chosen, at), covered | self.columns[at], gains[place + 1 :], left - 1, value + gain)

    def _gains(self, covered: int, stale: list[tuple[int, int]], left: int, value: int) -> list[tuple[int, int]]:
        """What each column still gains, but for those that cannot be part of anything good any more."""
        most = sum(gain for gain, _ in stale[: left - 1])
        gains = []
        for before, at in stale:
            if self.found.hopeless(value + before + most):
                break
            gains.append((self.found.weights.of(self.columns[at] & ~covered), at))
        self.found.looks += len(gains)
        gains.sort(key=lambda gain: (-gain[0], gain[1]))
        return gains

    def _leaves(self, chosen: tuple[int, ...], covered: int, stale: list[tuple[int, int]], value: int) -> None:
        for before, at in stale:
            if self.found.hopeless(value + before) or self.found.tired(value + before):
                return
            self.found.looks += 1
            gain = self.found.weights.of(self.columns[at] & ~covered)
            if not self.found.hopeless(value + gain):
                self.leaf((*chosen, at), covered | self.columns[at], value + gain)
