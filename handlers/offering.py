"""What a meeting offers as thanks: chosen from the catalogue by a coordinator, frozen on each invite that leaves."""

from collections.abc import Mapping, Sequence

from telegram import Update

import texts
from handlers import forms
from handlers.audience_form import label
from handlers.context import Context
from handlers.feature import Answers, Button, Choice, Feature, Form, Step
from handlers.meeting_words import is_open
from handlers.reward_words import called
from handlers.saying import Saying, key
from rules.roles import COORDINATORS
from storage import arms, audit, meetings
from storage.database import Reading, Writing
from storage.meetings import Meeting
from storage.rewards import offers
from storage.rewards.offers import Item

MOST_ITEMS = 4
SEPARATOR = " · "


async def words(db: Reading, meeting: Meeting, language: str) -> str:
    """What an invite to this meeting says is offered: the offer's words, or what was typed for the meeting."""
    if meeting.offer_id is None:
        return meeting.reward
    return joined(await offers.items(db, meeting.offer_id), language)


def joined(items: Sequence[Item], language: str) -> str:
    """An offer in one line, as it is frozen on an invite."""
    return SEPARATOR.join(called(item.words, language) for item in items)


async def open_(update: Update, context: Context) -> None:
    """What the meeting offers, and how it can be changed while people can be invited."""
    meeting = await _open(context)
    if meeting is None:
        return await context.notice("button.closed")
    await context.replace(await page(context.db, context, meeting))


async def page(db: Reading, context: Context, meeting: Meeting) -> Saying:
    """The offer of a meeting, or its trial."""
    trial = await arms.of_meeting(db, meeting.id)
    offer = await words(db, meeting, context.language) or texts.words("offer.nothing")
    keys = (
        (key("offer.button.choose", "offer.choose", meeting.id), key("offer.button.none", "offer.none", meeting.id)),
        (key("more.button.more", "more.open", meeting.id),),
    )
    return Saying("offer.page.split" if trial else "offer.page", {"meeting": meeting, "offer": offer}, keys)


async def choose(update: Update, context: Context) -> None:
    """The catalogue, to tap what this meeting offers."""
    meeting = await _open(context)
    if meeting is None:
        return await context.notice("button.closed")
    if not await offers.catalogue(context.db):
        return await context.notice("offer.empty", alert=True)
    await forms.begin(context, OFFER, {"meeting": meeting.id})


async def none(update: Update, context: Context) -> None:
    """Offer nothing from now on; invites that were written keep what they said."""
    meeting = await _open(context)
    if meeting is None:
        return await context.notice("button.closed")
    async with context.transaction() as tx:
        await offers.set_for_meeting(tx, meeting.id, None)
        await audit.record(
            tx, context.now, f"person:{context.person.id}", "offer_taken_off", 1, f"meeting:{meeting.id}"
        )
        fresh = await meetings.by_id(tx, meeting.id) or meeting
        after = await page(tx, context, fresh)
    await context.replace(after)


async def _open(context: Context) -> Meeting | None:
    number = context.press.number(0)
    meeting = None if number is None else await meetings.by_id(context.db, number)
    return meeting if is_open(meeting, context.now) else None


async def items(db: Reading, context: Context, answers: Answers) -> Sequence[Choice]:
    """The catalogue as switches, then the way on."""
    picks = answers.get("items_picks", [])
    return [
        *[
            Choice(
                str(item.id),
                label(
                    context,
                    "offer.on" if str(item.id) in picks else "offer.off",
                    what=called(item.words, context.language),
                ),
            )
            for item in await offers.catalogue(db)
        ],
        Choice("done"),
    ]


async def about_items(db: Reading, context: Context, answers: Answers) -> Mapping[str, object]:
    """For which meeting."""
    return {"meeting": await meetings.by_id(db, int(answers["meeting"]))}


async def keep(tx: Writing, context: Context, answers: Answers) -> list[Saying]:
    """Freeze what was chosen as an offer, for this meeting and every invite to it from now on."""
    picks = [int(one) for one in answers.get("items_picks", [])]
    meeting = await meetings.by_id(tx, int(answers["meeting"]))
    known = {item.id: item for item in await offers.catalogue(tx)}
    if meeting is None or not is_open(meeting, context.now):
        return [Saying("invite.gone")]
    if not 1 <= len(picks) <= MOST_ITEMS or not set(picks) <= set(known):
        again = {"meeting": answers["meeting"], "items_picks": picks_left(answers, known)}
        return [Saying("offer.how_many", {"most": MOST_ITEMS}), await forms.open_in(tx, context, OFFER, again)]
    offer_id = await freeze(tx, context, [known[pick] for pick in picks])
    await offers.set_for_meeting(tx, meeting.id, offer_id)
    why = f"offer:{offer_id} meeting:{meeting.id}"
    await audit.record(tx, context.now, f"person:{context.person.id}", "offer_set", len(picks), why)
    fresh = await meetings.by_id(tx, meeting.id) or meeting
    return [await page(tx, context, fresh)]


async def freeze(tx: Writing, context: Context, chosen: Sequence[Item]) -> int:
    """An offer of these items as they are now; its id."""
    name = joined(chosen, "en")[:100]
    return await offers.make(tx, name, [item.id for item in chosen], context.person.id, context.now)


def picks_left(answers: Answers, known: Mapping[int, Item]) -> list[str]:
    """The switches that are on and still in the catalogue."""
    return [one for one in answers.get("items_picks", []) if int(one) in known]


async def reply(context: Context, sayings: list[Saying]) -> None:
    """What follows."""
    for saying in sayings:
        await context.speak(saying)


OFFER = Form("offer", (Step("items", items, about=about_items, many=True),), keep, reply, COORDINATORS)
FEATURE = Feature(
    name="offering",
    buttons=(
        Button("offer.open", open_, COORDINATORS),
        Button("offer.choose", choose, COORDINATORS),
        Button("offer.none", none, COORDINATORS),
    ),
    forms=(OFFER,),
)
