"""A choice of times in words: when it is, whom it reaches and whom it leaves out, by market, shift and strand."""

from collections.abc import Iterable, Sequence
from datetime import datetime

import texts
from handlers.naming import market
from handlers.poll_times import wired
from handlers.saying import Key, Saying, key
from reports.times import KINDS, Asked, Chosen, Compared, Share, Times
from rules import day_hours, day_window
from rules.council import Council
from storage.searches import Search

ONE, PAIR, MOST = 1, 2, 5
Row = tuple[Key, ...]


def starts_shown(start: str) -> datetime:
    """A wall time as words can say it."""
    return datetime.fromisoformat(start)


def shown_window(days: str) -> texts.Words:
    """A window of days in full words."""
    first, last = day_window.unwritten(days)
    return texts.words("when.window.day" if first == last else "when.window.shown", first=first, last=last)


def shown_hours(hours: str) -> texts.Words | texts.Listed:
    """Ranges of hours in words."""
    ranges = day_hours.unwritten(hours)
    if ranges == day_hours.ALL_DAY:
        return texts.words("when.hours.any")
    return texts.listed([texts.words("when.hours.range", start=start, end=end) for start, end in ranges])


def best_one_and_pair(council: Council, search: Search, asked: Asked, found: Times) -> list[Saying]:
    """The best time, and in a second message the best pair with what else can be asked for."""
    if not found.chosen:
        return [Saying("when.no_slots", _where(asked), ((key("when.button.again", "when.again", search.id),),))]
    one, *more = found.chosen
    first = Saying("when.found.one", _values(council, asked, found, one), _acts(search, one))
    if not more or len(more[0].starts) == ONE:
        return [Saying(first.name, first.values, (*first.keys, *_further(search, one)))]
    return [first, _several(council, search, asked, found, more[0])]


def best_so_many(council: Council, search: Search, asked: Asked, found: Times) -> list[Saying]:
    """The best so many times together."""
    if not found.chosen:
        return best_one_and_pair(council, search, asked, found)
    return [_several(council, search, asked, found, found.chosen[0])]


def _several(council: Council, search: Search, asked: Asked, found: Times, chosen: Chosen) -> Saying:
    values = _values(council, asked, found, chosen)
    return Saying("when.found.several", values, (*_acts(search, chosen), *_further(search, chosen)))


def _where(asked: Asked) -> dict[str, object]:
    return {"days": shown_window(asked.days), "hours": shown_hours(asked.hours)}


def _values(council: Council, asked: Asked, found: Times, chosen: Chosen) -> dict[str, object]:
    proof = "when.proved" if chosen.proved else "when.not_proved"
    return {
        **_where(asked),
        "people": found.people,
        "silent": found.silent,
        "count": len(chosen.starts),
        "slots": _slots(chosen.starts),
        "can": chosen.can,
        "left_out": chosen.left_out,
        "not_said": chosen.not_said,
        "groups": _by_kind(council, chosen.shares),
        "proof": texts.words(proof, most=chosen.at_most, short=chosen.at_most - chosen.can),
    }


def _slots(starts: Iterable[str]) -> texts.Listed:
    return texts.listed([texts.words("when.slot", at=starts_shown(one)) for one in starts], "lines")


def _by_kind(council: Council, shares: Sequence[Share]) -> texts.Listed:
    """A line for each group, under the kind of group it is."""
    found = []
    for kind in KINDS:
        lines = [
            texts.words("when.share", group=_named(council, one), counts=_counts(one))
            for one in shares
            if one.kind == kind
        ]
        if lines:
            found.append(texts.words(f"when.by.{kind}", shares=texts.listed(lines, "lines")))
    return texts.listed(found, "lines")


def _counts(share: Share) -> texts.Listed:
    """How many can, cannot and have not said; none of a kind is not mentioned, but that nobody can is."""
    counts = {"can": share.can, "cannot": share.left_out, "not_said": share.not_said}
    said = [texts.words(f"when.count.{what}", count=count) for what, count in counts.items() if count or what == "can"]
    return texts.listed(said)


def _named(council: Council, share: Share) -> object:
    if not share.code:
        return texts.words("value.none")
    return market(council, share.code) if share.kind == "market" else texts.words(f"{share.kind}.{share.code}")


def _acts(search: Search, chosen: Chosen) -> tuple[Row, ...]:
    """The choice made a meeting or a poll, or compared with another time: a tap each."""
    many = len(chosen.starts)
    meet = tuple(
        (key("when.button.meet", "when.meet", search.id, wired(start), at=starts_shown(start)),)
        for start in chosen.starts
    )
    poll = key("when.button.poll_one" if many == ONE else "when.button.poll", "when.poll", search.id, many, count=many)
    return (*meet, (poll,), (key("when.button.why", "when.why", search.id, many),))


def _further(search: Search, chosen: Chosen) -> tuple[Row, ...]:
    more = tuple(
        key("when.button.many", "when.many", search.id, many, count=many)
        for many in range(PAIR, MOST + 1)
        if many != len(chosen.starts)
    )
    week, again = key("when.button.week", "when.week", search.id), key("when.button.again", "when.again", search.id)
    return (more, (week,), (again,))


def compared(council: Council, search: Search, how_many: int, found: Compared) -> Saying:
    """Why the best beats another time: who can only come to the one, and who only to the other."""
    reach = "when.reach.one" if len(found.best) == ONE else "when.reach.several"
    beats = "more" if found.best_can > found.other_can else "less" if found.best_can < found.other_can else "same"
    values = {
        "best": _slots(found.best),
        "count": len(found.best),
        "other": starts_shown(found.other),
        "best_can": texts.words(reach, count=found.best_can),
        "other_can": found.other_can,
        "other_not_said": found.other_not_said,
        "both": found.both,
        "only_best": _only(council, ("when.only_best", "when.only_best.nobody"), found.only_best),
        "only_other": _only(council, ("when.only_other", "when.only_other.nobody"), found.only_other),
    }
    other = found.other
    return Saying(
        f"when.compared.{beats}",
        values,
        (
            *(
                (key("when.button.meet", "when.meet", search.id, wired(start), at=starts_shown(start)),)
                for start in dict.fromkeys((*found.best, other))
            ),
            (key("when.button.why_more", "when.why", search.id, how_many),),
        ),
    )


def _only(council: Council, names: tuple[str, str], shares: Sequence[Share]) -> texts.Words:
    some, nobody = names
    people = sum(one.can for one in shares if one.kind == KINDS[0])
    if not people:
        return texts.words(nobody)
    return texts.words(some, count=people, groups=_by_kind(council, shares))
