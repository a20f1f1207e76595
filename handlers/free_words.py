"""What is different on some days, in words."""

from datetime import time, timedelta

import texts
from handlers import week
from handlers.saying import Key, Saying
from rules.council import Council
from rules.presets import ASLEEP_BY_DAY
from rules.rota import Different, Said


def line(one: Different) -> texts.Words:
    """What is different, in a few words."""
    match one.kind:
        case "nights_this_week":
            return texts.words("free.nights_line", until=one.until_day)
        case "same_as_last_week":
            return texts.words("free.same_line", until=one.until_day)
        case "away":
            return texts.words("free.away_line", until=one.until_day)
        case _:
            return texts.words("free.one_off_line", on=one.from_day)


def saved(council: Council, one: Different, rows: tuple[tuple[Key, ...], ...]) -> Saying:
    """That it was kept, and what follows from it."""
    values: dict[str, object] = {"until": one.until_day, "on": one.from_day}
    if one.kind == "nights_this_week":
        values |= {"start": time.fromisoformat(ASLEEP_BY_DAY[0]), "end": time.fromisoformat(ASLEEP_BY_DAY[1])}
    free = [week.called(band) for band in council.bands if band.code in one.bands]
    if one.kind == "one_off":
        name = "free.one_off" if free else "free.one_off.none"
        return Saying(name, values | {"bands": texts.listed(free)}, rows)
    names = {"nights_this_week": "free.nights_week", "same_as_last_week": "free.same_week", "away": "free.away"}
    return Saying(names[one.kind], values, rows)


def asleep_until(said: Said, one: Different) -> bool:
    """Whether these days are nights: said so, or the same as a week that was."""
    if one.kind == "nights_this_week":
        return True
    before = (one.from_day - timedelta(days=7), one.until_day - timedelta(days=7))
    return one.kind == "same_as_last_week" and any(
        last.kind == "nights_this_week" and last.from_day <= before[1] and last.until_day >= before[0]
        for last in said.exceptions
    )
