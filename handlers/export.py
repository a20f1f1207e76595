"""An officer's export: a summary that points at nobody in the chat, and the file with names on the host.

Files about people never go through Telegram.
"""

from collections.abc import Mapping
from dataclasses import fields
from datetime import datetime

from telegram import Update

import texts
from handlers import forms
from handlers.context import Context
from handlers.feature import Answers, Command, Feature, Form, Refusal, Step
from handlers.naming import safe
from handlers.periods import PERIODS, period
from handlers.saying import Saying
from reports import attempts
from rules.disclosure import percentage
from rules.roles import OFFICERS
from storage import figures
from storage.database import Writing
from storage.figures import Figures

SHORTEST_WHY, LONGEST_WHY = 5, 500
FOLDER = "exports"


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


async def start(update: Update, context: Context) -> None:
    """Ask for the period and the purpose."""
    await forms.begin(context, EXPORT)


EXPORT = Form(
    name="export",
    steps=(Step("period", PERIODS), Step("why", reader=read_why)),
    finish=finish,
    reply=reply,
    roles=OFFICERS,
)

FEATURE = Feature(name="export", commands=(Command("export", start, OFFICERS),), forms=(EXPORT,))
