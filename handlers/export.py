"""An officer's export: a summary that points at nobody in the chat, and the file with names on the host.

Files about people never go through Telegram.
"""

from collections.abc import Mapping
from dataclasses import dataclass, fields
from datetime import datetime
from zoneinfo import ZoneInfo

from telegram import Update

import texts
from handlers import forms
from handlers.context import Context
from handlers.feature import Answers, Command, Feature, Form, Refusal, Step
from handlers.saying import Saying
from reports import attempts
from rules.disclosure import percentage, published
from rules.roles import OFFICERS
from storage import figures
from storage.database import Writing
from storage.figures import Figures

SHORTEST_WHY, LONGEST_WHY = 5, 500
FOLDER = "exports"


@dataclass(frozen=True)
class Period:
    """From `first` to before `until`, both local midnights; the code is the one that was tapped."""

    code: str
    first: datetime
    until: datetime


def period(code: str, now: int, zone: ZoneInfo) -> Period:
    """The period that a choice means at `now` (unix seconds). Raises ValueError for an unknown one."""
    today = datetime.fromtimestamp(now, zone).replace(hour=0, minute=0, second=0, microsecond=0)
    month, next_month = today.replace(day=1), _month_after(today)
    match code:
        case "this_month":
            return Period(code, month, next_month)
        case "last_month":
            return Period(code, _month_before(month), month)
        case "this_year":
            return Period(code, month.replace(month=1), month.replace(year=month.year + 1, month=1))
        case "all":
            return Period(code, datetime.fromtimestamp(0, zone), next_month)
    raise ValueError(f"no such period: {code!r}")


def _month_after(day: datetime) -> datetime:
    return day.replace(year=day.year + day.month // 12, month=day.month % 12 + 1, day=1)


def _month_before(first: datetime) -> datetime:
    return first.replace(year=first.year - (first.month == 1), month=(first.month - 2) % 12 + 1)


def read_why(context: Context, text: str, answers: Answers) -> str | Refusal:
    """The purpose, in words that will mean something to whoever reads the record."""
    words = " ".join(text.split())
    if len(words) < SHORTEST_WHY:
        return Refusal("export.why.too_short")
    if len(words) > LONGEST_WHY:
        return Refusal("export.why.too_long", {"longest": LONGEST_WHY, "length": len(words)})
    return words


async def finish(tx: Writing, context: Context, answers: Answers) -> attempts.Asked:
    """What is to be written, and where."""
    asked_for = period(answers["period"], context.now, context.council.zone)
    stamp = datetime.fromtimestamp(context.now, context.council.zone).strftime("%Y%m%d-%H%M%S")
    return attempts.Asked(
        out=context.services.data_dir / FOLDER / f"attempts-{asked_for.code}-{stamp}.csv",
        form="csv",
        from_at=int(asked_for.first.timestamp()),
        until_at=int(asked_for.until.timestamp()),
        identified=True,
        purpose=answers["why"],
        who=f"person:{context.person.id}",
    )


async def reply(context: Context, asked: attempts.Asked) -> None:
    """Write the file, then say what is safe to say, and where the file is."""
    services = context.services
    asked.out.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    try:
        written = await attempts.write(services.database, asked, services.council, context.now)
    except OSError:
        await context.say("export.failed")
        return
    await context.speak(await _summary(context, asked))
    await context.say("export.written", file=f"{FOLDER}/{asked.out.name}", rows=_about(written))


async def _summary(context: Context, asked: attempts.Asked) -> Saying:
    database, council = context.services.database, context.council
    found = await figures.of_attempts(database.reports, asked.from_at, asked.until_at, invented=council.rehearsal)
    days = {
        "first": datetime.fromtimestamp(asked.from_at, council.zone),
        "last": datetime.fromtimestamp(asked.until_at - 1, council.zone),
    }
    return Saying("export.summary.all" if asked.from_at == 0 else "export.summary", {**days, **summary(found)})


def summary(found: Figures) -> Mapping[str, object]:
    """Every count as it may be published, and the share that answered where it may be said."""
    share = percentage(found.answered, found.asked)
    rate = texts.words("export.rate", share=share) if share is not None else texts.words("export.rate.none")
    return {"rate": rate} | {one.name: safe(getattr(found, one.name)) for one in fields(found)}


def _about(rows: int) -> object:
    shown = safe(rows)
    return texts.words("export.about", count=shown) if isinstance(shown, int) and shown else shown


def safe(count: int) -> texts.Words | int:
    """A count as it may be published: a rounded number, or "1 to 7"."""
    shown = published(count).count
    return texts.words("export.few") if shown is None else shown


async def start(update: Update, context: Context) -> None:
    """Ask for the period and the purpose."""
    await forms.begin(context, EXPORT)


EXPORT = Form(
    name="export",
    steps=(Step("period", ("this_month", "last_month", "this_year", "all")), Step("why", reader=read_why)),
    finish=finish,
    reply=reply,
    roles=OFFICERS,
)

FEATURE = Feature(name="export", commands=(Command("export", start, OFFICERS),), forms=(EXPORT,))
