"""The so many columns that together cover the most weight, proved best by branch and bound (maximum coverage).

A column is an int whose bit i says that group i is covered; a group stands for `weight` people who are alike. Bounds:
what is covered grows by less and less (it is submodular), so no choice gains more than the best single gains left
added up (Nemhauser, Wolsey and Fisher, 1978).
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import reduce
from operator import or_

from rules.weights import Weights


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
    coverable = reduce(or_, columns, 0)
    search = _Search([columns[at] for at in useful], weights.within(coverable), ties, looks)
    search.run(min(how_many, len(useful)))
    chosen = [useful[at] for at in search.best]
    spare = sorted((at for at in range(len(columns)) if at not in chosen), key=lambda at: -weights.of(columns[at]))
    chosen += spare[: how_many - len(chosen)]
    return Cover(tuple(chosen), search.reached, max(search.reached, search.open), search.looks)


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


@dataclass
class _Search:
    """Depth first. Each node takes the column that gains most; what comes after it in that order may follow it."""

    columns: Sequence[int]
    weights: Weights
    ties: Sequence[int]
    left: int
    best: tuple[int, ...] = ()
    reached: int = 0
    tie: tuple[int, ...] = ()
    open: int = 0
    looks: int = 0

    def run(self, how_many: int) -> None:
        """Find the best; `open` is the highest bound of what was left unseen."""
        if not how_many:
            return
        self._greedy(how_many)
        self._node((), 0, [(self.weights.of(column), at) for at, column in enumerate(self.columns)], how_many, 0)

    def _greedy(self, how_many: int) -> None:
        chosen: tuple[int, ...] = ()
        covered = 0
        for _ in range(how_many):
            rest = [at for at in range(len(self.columns)) if at not in chosen]
            pick = max(rest, key=lambda at: self.weights.of(self.columns[at] & ~covered))
            chosen, covered = (*chosen, pick), covered | self.columns[pick]
        self._offer(chosen, covered, self.weights.of(covered))
        self._swap(how_many)

    def _swap(self, how_many: int) -> None:
        """Put one column in the place of another while that covers more: a good start makes the search short."""
        better = True
        while better:
            better = False
            for out in range(how_many):
                kept = self.best[:out] + self.best[out + 1 :]
                covered = self._union(kept)
                for at in range(len(self.columns)):
                    value = 0 if at in kept else self.weights.of(covered | self.columns[at])
                    if value > self.reached:
                        self._offer((*kept, at), covered | self.columns[at], value)
                        better = True
                if better:
                    break

    def _union(self, chosen: Sequence[int]) -> int:
        covered = 0
        for at in chosen:
            covered |= self.columns[at]
        return covered

    def _offer(self, chosen: tuple[int, ...], covered: int, value: int) -> None:
        """Take these columns, which cover no less than the best so far, unless they break a tie worse."""
        tie = tuple(self.weights.of(covered & mask) for mask in self.ties)
        if value > self.reached or (tie, *(-at for at in sorted(chosen))) > (
            self.tie,
            *(-at for at in sorted(self.best)),
        ):
            self.best, self.reached, self.tie = chosen, value, tie

    def _hopeless(self, bound: int) -> bool:
        return bound < self.reached or (bound == self.reached and not self.ties)

    def _node(self, chosen: tuple[int, ...], covered: int, stale: list[tuple[int, int]], left: int, value: int) -> None:
        """`stale` are the gains of an earlier node, the greatest first: gains only ever fall."""
        if left == 1:
            self._leaves(chosen, covered, stale, value)
            return
        gains = self._gains(covered, stale, left, value)
        for place, (gain, at) in enumerate(gains):
            bound = value + sum(more for more, _ in gains[place : place + left])
            if len(gains) - place < left or self._hopeless(bound):
                return
            if self.looks >= self.left:
                self.open = max(self.open, bound)
                return
            self._node((*chosen, at), covered | self.columns[at], gains[place + 1 :], left - 1, value + gain)

    def _gains(self, covered: int, stale: list[tuple[int, int]], left: int, value: int) -> list[tuple[int, int]]:
        """What each column still gains, but for those that cannot be part of anything good any more."""
        most = sum(gain for gain, _ in stale[: left - 1])
        gains = []
        for before, at in stale:
            if self._hopeless(value + before + most):
                break
            gains.append((self.weights.of(self.columns[at] & ~covered), at))
        self.looks += len(gains)
        gains.sort(key=lambda gain: (-gain[0], gain[1]))
        return gains

    def _leaves(self, chosen: tuple[int, ...], covered: int, stale: list[tuple[int, int]], value: int) -> None:
        for before, at in stale:
            if self._hopeless(value + before):
                return
            self.looks += 1
            gain = self.weights.of(self.columns[at] & ~covered)
            if not self._hopeless(value + gain):
                self._offer((*chosen, at), covered | self.columns[at], value + gain)
