"""What people said about their hours, projected on dates: their usual week, a rota, and what is different."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta

from rules.bands import Band, nights_free

_WEEK = timedelta(days=7)
# Of two that hold on one day, the first kind goes; of one kind, what was said last.
_ORDER = ("one_off", "away", "nights_this_week", "same_as_last_week")


@dataclass(frozen=True)
class Different:
    """Something else than usual on these days, both in it. `bands` are those that are free on a one-off day.

    `kind` is 'nights_this_week', 'same_as_last_week', 'away' or 'one_off'.
    """

    id: int
    kind: str
    from_day: date
    until_day: date
    bands: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Rota:
    """Two or four weeks that repeat from `starts_on`. Each day: the bands that are free, or None: not said."""

    weeks: int
    starts_on: date
    pattern: tuple[frozenset[str] | None, ...]

    def on(self, day: date) -> frozenset[str] | None:
        """The bands that are free on this date, or None; the pattern holds before its first day as well."""
        return self.pattern[(day - self.starts_on).days % (7 * self.weeks)]


@dataclass(frozen=True)
class Said:
    """All that one person has said: `week` has (weekday from Monday 0, band) and whether they are free then."""

    week: Mapping[tuple[int, str], bool] = field(default_factory=dict)
    exceptions: tuple[Different, ...] = ()
    rota: Rota | None = None

    def __bool__(self) -> bool:
        return bool(self.week or self.exceptions or self.rota)


def free_on(said: Said, day: date, bands: tuple[Band, ...]) -> dict[str, bool]:
    """Each band of the date about which something is known, and whether the person is free in it."""
    different = _different(said, day)
    if different is None:
        return _as_usual(said, day, bands)
    match different.kind:
        case "one_off":
            return {band.code: band.code in different.bands for band in bands}
        case "away":
            return dict.fromkeys((band.code for band in bands), False)
        case "nights_this_week":
            free = nights_free(bands)
            return {band.code: band.code in free for band in bands}
        case _:
            return free_on(said, day - _WEEK, bands)


def _different(said: Said, day: date) -> Different | None:
    holds = [one for one in said.exceptions if one.from_day <= day <= one.until_day]
    return min(holds, key=lambda one: (_ORDER.index(one.kind), -one.id), default=None)


def _as_usual(said: Said, day: date, bands: tuple[Band, ...]) -> dict[str, bool]:
    rostered = said.rota.on(day) if said.rota else None
    if rostered is not None:
        return {band.code: band.code in rostered for band in bands}
    weekday = day.weekday()
    return {band.code: said.week[weekday, band.code] for band in bands if (weekday, band.code) in said.week}
