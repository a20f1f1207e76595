"""Counts of reach in words: what each approach did, which groups it met, and why nobody tried the others."""

from collections.abc import Sequence

import texts
from handlers.naming import market, safe
from rules.council import Council
from rules.disclosure import percentage, published
from rules.intervals import wilson
from storage.reach import Approach, Group

LISTED = 16  # approaches in one message
MANAGER = "manager"


def summary(ways: Sequence[Approach], found: Sequence[Group], untried: Sequence[tuple[str, int]]) -> dict[str, object]:
    """How many are known, tried, heard, engaged and left; what worked most, and what nothing came of."""
    everybody = next((group for group in found if group.by_what == "all"), Group("all", "all", 0, 0, 0, 0))
    return {
        "known": safe(everybody.known),
        "attempted": safe(everybody.attempted),
        "answered": safe(everybody.answered),
        "silent": safe(everybody.attempted - everybody.answered),
        "engaged": safe(everybody.engaged),
        "untried": safe(sum(count for _, count in untried)),
        "best": _best(ways),
        "nothing": _nothing(ways),
    }


def _best(ways: Sequence[Approach]) -> texts.Words:
    rated = [(share, way) for way in ways if (share := percentage(way.answered, way.attempted)) is not None]
    if not rated:
        return texts.words("reach.best.none")
    share, way = max(rated, key=lambda one: one[0])
    return texts.words("reach.best", way=called(way), rate=_rate(way.answered, way.attempted), share=share)


def _nothing(ways: Sequence[Approach]) -> texts.Words:
    silent = [called(way) for way in ways if way.used and not came_of(way)]
    if not silent:
        return texts.words("reach.nothing.none" if any(way.used for way in ways) else "reach.nothing.tried")
    return texts.words("reach.nothing", ways=texts.listed(silent))


def came_of(way: Approach) -> int:
    """Everything that came back from an approach: answers, people who came by it, organisations that answered."""
    return way.answered + way.first_met + way.organisations_answered + way.engaged + way.erased_answered


def managers(agreed: int, by_nobody: int) -> texts.Words | None:
    """How many agreed to pass a code on, and by how many of those codes nobody came; None when nobody agreed."""
    return texts.words("reach.managers", agreed=safe(agreed), nobody=safe(by_nobody)) if agreed else None


def ways(found: Sequence[Approach], passed_on: texts.Words | None = None) -> texts.Words:
    """A line to each approach that was used, what managers promised, then those that nobody has used."""
    used = [way for way in found if way.used]
    lines: list[texts.Words] = [_way(way) for way in used[:LISTED]]
    if len(used) > LISTED:
        lines.append(texts.words("reach.more", count=len(used) - LISTED))
    if passed_on is not None:
        lines.append(passed_on)
    if unused := [called(way) for way in found if not way.used and not (passed_on and way.code == MANAGER)]:
        lines.append(texts.words("reach.unused", ways=texts.listed(unused)))
    return texts.words("reach.lines", lines=texts.listed(lines, "lines"))


def _way(way: Approach) -> texts.Words:
    parts = []
    if way.attempted:
        counts = {name: safe(getattr(way, name)) for name in ("attempted", "accepted", "answered", "silent", "engaged")}
        parts.append(texts.words("reach.way.people", rate=_rate(way.answered, way.attempted), **counts))
    if way.organisations:
        counts = {"tried": safe(way.organisations), "answered": safe(way.organisations_answered)}
        parts.append(texts.words("reach.way.organisations", **counts))
    if way.placements:
        parts.append(_placed(way))
    if way.opened or way.first_met:
        counts = {name: safe(getattr(way, name)) for name in ("opened", "first_met", "signed_up")}
        parts.append(texts.words("reach.way.arrived", **counts))
    if not parts:
        parts.append(texts.words("reach.way.not_yet"))
    return texts.words("reach.way", way=called(way), parts=texts.listed(parts, "lines"))


def _placed(way: Approach) -> texts.Words:
    if way.reach_high is None:
        return texts.words("reach.way.placed", count=way.placements)
    return texts.words("reach.way.placed.seen", count=way.placements, low=way.reach_low or 0, high=way.reach_high)


def _rate(part: int, base: int) -> texts.Words:
    """The share with its 95 % interval, from the counts as they may be published."""
    share, of, shown = percentage(part, base), published(base).count, published(part).count
    if share is None or not of or shown is None:
        return texts.words("reach.rate.none")
    low, high = wilson(min(shown, of), of)
    return texts.words("reach.rate", share=share, low=round(100 * low), high=round(100 * high))


def groups(council: Council, found: Sequence[Group]) -> texts.Words:
    """Markets, then shifts; those who have not said come last in each."""
    lines: list[texts.Words] = []
    for by_what in ("market", "shift"):
        lines.append(texts.words(f"reach.by.{by_what}"))
        lines += [_group(council, group) for group in found if group.by_what == by_what]
    return texts.words("reach.lines", lines=texts.listed(lines, "lines"))


def _group(council: Council, group: Group) -> texts.Words:
    counts = {name: safe(getattr(group, name)) for name in ("known", "attempted", "answered", "engaged")}
    return texts.words("reach.group", who=group_name(council, group), **counts)


def group_name(council: Council, group: Group) -> str | texts.Words:
    """A market or a shift in words, or that it was not given."""
    if group.said is None:
        return texts.words("reach.not_given")
    return market(council, group.said) if group.by_what == "market" else texts.words(f"shift.{group.said}")


def untried(found: Sequence[tuple[str, int]]) -> texts.Words:
    """Why nobody tried, a line to each reason."""
    if not found:
        return texts.words("reach.untried.nobody")
    lines = [texts.words("reach.why", why=_why(why), how_many=safe(count)) for why, count in found]
    return texts.words("reach.lines", lines=texts.listed(lines, "lines"))


def _why(code: str) -> str | texts.Words:
    name = f"reach.why.{code}"
    return texts.words(name if texts.exists(name) else "reach.why.held_back")


def called(way: Approach) -> str | texts.Words:
    """What staff call an approach: its title, or its kind with its wording."""
    if way.title:
        return way.title
    name = f"reach.kind.{way.kind}"
    kind: str | texts.Words = texts.words(name) if texts.exists(name) else way.kind
    return texts.words("reach.kind.variant", kind=kind, variant=way.variant) if way.variant else kind
