"""An audience said in words: who it is, who is left out and why."""

from collections.abc import Mapping, Sequence

import texts
from handlers.naming import market
from rules.council import Council
from storage.audience import Audience


def sentence(council: Council, audience: Audience) -> texts.Words:
    """Who the audience is, as one sentence."""
    said = list(_limits(council, audience))
    return texts.words("audience.some", limits=texts.listed(said)) if said else texts.words("audience.everyone")


def _limits(council: Council, audience: Audience) -> Sequence[texts.Words]:
    languages = [texts.native_name(code) for code in audience.languages or ()]
    named: Mapping[str, list[object]] = {
        "markets": [market(council, code) for code in audience.markets or ()],
        "shifts": [texts.words(f"shift.{code}") for code in audience.shifts or ()],
        "languages": list(languages),
        "strands": [texts.words(f"strand.{code}") for code in audience.strands or ()],
    }
    said = [texts.words(f"audience.{what}", names=texts.listed(names, "or")) for what, names in named.items() if names]
    said += [texts.words("audience.not_answered")] if audience.not_answered else []
    return [*said, texts.words("audience.rested", count=audience.rest_hours)] if audience.rest_hours else said


def with_lately(before: texts.Words, count: int, hours: int) -> texts.Listed:
    """Under who is left out: how many of the others somebody has talked to a short while ago, if any."""
    after = [texts.words("audience.lately", count=count, hours=hours)] if count else []
    return texts.listed([before, *after], "lines")


def left_out(reasons: Sequence[tuple[str, int]]) -> texts.Words:
    """How many people are left out for each reason, a line each."""
    lines = [texts.words(f"reason.{why}", count=count) for why, count in reasons if count]
    return (
        texts.words("audience.left_out", lines=texts.listed(lines, "lines"))
        if lines
        else texts.words("audience.nobody_left_out")
    )
