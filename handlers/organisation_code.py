"""A manager's own code: made, asked for, agreed, passed on; and how many came, without any name."""

from telegram import Update

import texts
from handlers import organisation_words
from handlers.context import Context
from handlers.feature import Button, Feature
from handlers.organisations import pressed
from handlers.saying import Key, Saying, key
from rules.roles import COORDINATORS
from storage import organisations, passing_on, stages
from storage.organisations import Organisation
from storage.passing_on import STEPS, PassedOn

NEXT = {
    "made": ("asked", "agreed", "refused"),
    "asked": ("agreed", "passed_on", "refused"),
    "agreed": ("passed_on", "refused"),
    "passed_on": ("refused",),
    "refused": ("asked", "agreed"),
}


async def show(update: Update, context: Context) -> None:
    """Its newest code and how far it has come; a new one is made when there is none."""
    one = await pressed(context)
    if one is None:
        return await context.notice("button.closed")
    found = await passing_on.of_organisation(context.db, one.id)
    if not found:
        async with context.transaction() as tx:
            made = await passing_on.make(tx, one.id, context.person.id, context.now, invented=one.invented)
        found = [made]
    await context.replace(_page(context, one, found[0]))


async def step(update: Update, context: Context) -> None:
    """The code has come one step on, by what the manager said."""
    link_id, said = context.press.number(0), context.press.word(1)
    code = None if link_id is None else await passing_on.by_id(context.db, link_id)
    one = await organisations.by_id(context.db, code.organisation_id) if code else None
    if code is None or one is None or said not in STEPS or said not in NEXT[code.standing]:
        return await context.notice("button.closed")
    async with context.transaction() as tx:
        await passing_on.say(tx, code.id, said, context.now)
        await stages.follow(tx, context.now, context.council.zone, organisation_id=one.id)
        now = await passing_on.by_id(tx, code.id)
    await context.replace(_page(context, one, now or code))


def _page(context: Context, one: Organisation, code: PassedOn) -> Saying:
    link = f"https://t.me/{context.services.bot_username()}?start={code.code}"
    values = {
        "name": one.name,
        "link": link,
        "standing": organisation_words.standing(context, code),
        "came": texts.words("organisations.code.came", opened=code.opened, new=code.first_met, joined=code.joined),
    }
    steps: tuple[Key, ...] = tuple(
        key(f"organisations.code.step.{said}", "org.code_step", code.id, said) for said in NEXT[code.standing]
    )
    return Saying("organisations.code", values, (*((said,) for said in steps), (organisation_words.back(one.id),)))


FEATURE: Feature = Feature(
    name="organisation_code",
    buttons=(Button("org.code", show, COORDINATORS), Button("org.code_step", step, COORDINATORS)),
)
