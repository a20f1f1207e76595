"""A worker's rewards: claimed with one tap after a meeting, less of it, charity, no; and the code, shown on request.

Each tap is answered with how it stands now. A tap that comes twice, too late or from somebody else changes nothing.
"""

from datetime import date

from telegram import Update

import texts
from handlers import reward_words
from handlers.context import Context
from handlers.feature import Button, Feature
from handlers.reward_words import called, parts_of
from handlers.saying import Key, Saying, key
from rules import money
from rules.council import Council
from rules.roles import WORKERS
from storage import staff_notices, vanishing
from storage.attempts import Attempt
from storage.database import Reading, Writing
from storage.rewards import claim_row, claiming, giving, offers, showing
from storage.rewards.claim_row import Answer, Claim

SHOWN_FOR = 10 * 60
EXPLAINED = ("not_there", "own_record", "no_offer", "no_such_amount", "stopped")
CLOSED = "button.closed"


async def take(update: Update, context: Context) -> None:
    """Claim the whole of an item."""
    meeting_id, item_id = context.press.number(0), context.press.number(1)
    if meeting_id is None or item_id is None:
        return await context.notice(CLOSED)
    async with context.transaction() as tx:
        answer = await claiming.claim(tx, context.person.id, meeting_id, item_id, context.now)
        await _tell_staff(tx, context, answer)
    await _reply(context, answer)


async def ask_parts(update: Update, context: Context) -> None:
    """Less, or some of it to charity: the ways there are, before anything is claimed."""
    meeting_id, item_id = context.press.number(0) or 0, context.press.number(1) or 0
    offered = await offers.offered(context.db, context.person.id, meeting_id)
    item = offered.item(item_id) if offered else None
    if item is None:
        return await context.notice(CLOSED)
    ways = await parts_of(context.db, item, invented=context.person.invented, total=item.pence)
    keys = [(_way(way, item.pence, "reward.part", meeting_id, item.id, *way),) for way in ways]
    values = {"what": called(item.words, context.language), "benefits": reward_words.benefits(context.council)}
    await context.show("reward.parts", *keys, (key("reward.button.no", "reward.no", meeting_id),), **values)


async def take_part(update: Update, context: Context) -> None:
    """Claim an item so: so many pence for themselves, so many to charity."""
    numbers = [context.press.number(place) for place in range(4)]
    meeting_id, item_id, kept, given = numbers
    if meeting_id is None or item_id is None or kept is None or given is None:
        return await context.notice(CLOSED)
    async with context.transaction() as tx:
        answer = await claiming.claim(tx, context.person.id, meeting_id, item_id, context.now, kept=kept, given=given)
        await _tell_staff(tx, context, answer)
    await _reply(context, answer)


def _way(way: tuple[int, int], total: int, verb: str, *about: int) -> Key:
    kept, given = (money.written(part) for part in way)
    return key(f"reward.way.{reward_words.way_name(*way, total)}", verb, *about, kept=kept, given=given)


async def no(update: Update, context: Context) -> None:
    """No, thank you: they may change their mind."""
    meeting_id = context.press.number(0)
    if meeting_id is None:
        return await context.notice(CLOSED)
    async with context.transaction() as tx:
        answer = await claiming.decline_offer(tx, context.person.id, meeting_id, context.now)
    await _reply(context, answer)


async def again(update: Update, context: Context) -> None:
    """After a no: what there is, once more."""
    meeting_id = context.press.number(0) or 0
    claim = await claim_row.of(context.db, context.person.id, meeting_id)
    items = reward_words.claimable(await offers.offered(context.db, context.person.id, meeting_id))
    if claim is None or claim.state != "declined" or not items:
        return await context.notice(CLOSED)
    keys = reward_words.offer_keys(items, meeting_id, context.language)
    values = {"offer": reward_words.offer(items, context.council, context.language), "title": claim.title}
    await context.show("reward.again", *keys, **values)


async def ask_change(update: Update, context: Context) -> None:
    """Of what is claimed, less or some to charity."""
    claim = await _mine(context)
    if claim is None or claim.state not in claim_row.LIVE or not claim.pence:
        return await context.notice(CLOSED)
    total = claim.kept + claim.given
    keys = []
    for way in await parts_of(context.db, claim, invented=claim.invented, total=total):
        verb, part = ("reward.give", way[1]) if sum(way) == total else ("reward.less", way[0])
        if way != (claim.kept, claim.given) and (verb == "reward.give" or not claim.given):
            keys.append((_way(way, total, verb, claim.id, part),))
    values = {"what": called(claim.words, context.language), "benefits": reward_words.benefits(context.council)}
    await context.show("reward.parts", *keys, (key("button.back", "reward.open", claim.id),), **values)


async def give(update: Update, context: Context) -> None:
    """So many pence of it go to charity."""
    claim_id, pence = context.press.number(0), context.press.number(1)
    if claim_id is None or pence is None:
        return await context.notice(CLOSED)
    async with context.transaction() as tx:
        answer = await giving.give(tx, context.person.id, claim_id, pence, context.now)
    await _reply(context, answer)


async def less(update: Update, context: Context) -> None:
    """Only so many pence."""
    claim_id, pence = context.press.number(0), context.press.number(1)
    if claim_id is None or pence is None:
        return await context.notice(CLOSED)
    async with context.transaction() as tx:
        answer = await giving.less(tx, context.person.id, claim_id, pence, context.now)
    await _reply(context, answer)


async def back(update: Update, context: Context) -> None:
    """After all: no, thank you."""
    claim_id = context.press.number(0)
    if claim_id is None:
        return await context.notice(CLOSED)
    async with context.transaction() as tx:
        answer = await giving.decline(tx, context.person.id, claim_id, context.now)
    await _reply(context, answer)


async def open_(update: Update, context: Context) -> None:
    """How it stands now."""
    claim = await _mine(context)
    if claim is None:
        return await context.notice(CLOSED)
    await context.replace(reward_words.page(claim, context.council, context.language))


async def show(update: Update, context: Context) -> None:
    """The code, in a message that cannot be passed on and goes away after ten minutes. The same each time."""
    claim_id = context.press.number(0)
    if claim_id is None:
        return await context.notice(CLOSED)
    async with context.transaction() as tx:
        shown = await showing.show(tx, context.services.vault, context.person.id, claim_id, context.now)
    if shown.said == "lost_key":
        return await context.notice("reward.lost_key", alert=True)
    if shown.said != "shown" or shown.claim is None or shown.code is None:
        return await _reply(context, Answer(shown.said, shown.claim))
    until = texts.words("reward.until", day=date.fromisoformat(shown.expires_on)) if shown.expires_on else ""
    values = {**reward_words.values_of(shown.claim, context.language), "code": shown.code, "until": until}
    values |= {"kept": money.written(shown.claim.kept)}
    message_id = await context.speak(Saying("reward.code", values, protected=True))
    if message_id is not None:
        async with context.services.database.transaction() as tx:
            due_at = context.now + SHOWN_FOR
            await vanishing.add(tx, context.chat_id, message_id, context.person.id, due_at)
    await context.replace(reward_words.page(shown.claim, context.council, context.language))


async def _mine(context: Context) -> Claim | None:
    number = context.press.number(0)
    claim = None if number is None else await claim_row.by_id(context.db, number)
    return claim if claim and claim.person_id == context.person.id else None


async def _tell_staff(tx: Writing, context: Context, answer: Answer) -> None:
    if answer.said == "to_approve" and answer.claim:
        await staff_notices.to_approve(tx, answer.claim.id, context.now)


async def _reply(context: Context, answer: Answer) -> None:
    """How it stands now, or why nothing has changed."""
    context.services.delivery.wake()
    mine = answer.claim if answer.claim and answer.claim.person_id == context.person.id else None
    if answer.said in EXPLAINED:
        await context.notice(f"reward.cannot.{answer.said}", alert=True)
    elif mine is None or answer.said in ("not_yours", "no_offer"):
        await context.notice(CLOSED)
    else:
        await context.replace(reward_words.page(mine, context.council, context.language))


async def compose(db: Reading, attempt: Attempt, council: Council) -> Saying | None:
    """News of a claim: that it is ready, or how it has changed. Never a code."""
    claim = await claim_row.by_id(db, attempt.about)
    if claim is None or claim.person_id != attempt.person_id or claim.state in ("shown", "wished"):
        return None
    return reward_words.page(claim, council, attempt.language)


FEATURE = Feature(
    name="reward",
    buttons=tuple(
        Button(f"reward.{verb}", run, WORKERS)
        for verb, run in {
            "take": take, "parts": ask_parts, "part": take_part, "no": no, "again": again, "change": ask_change,
            "give": give, "less": less, "back": back, "open": open_, "show": show,
        }.items()
    ),
    composes={"reward_ready": compose, "reward_changed": compose},
)  # fmt: skip
