"""/claims: what waits for a second person: rewards to approve, costs to pay, things to hand over."""

from collections.abc import Sequence

from telegram import Update

import texts
from handlers import forms, reward_words
from handlers.context import Context
from handlers.feature import Answers, Button, Choice, Command, Feature, Form, Step
from handlers.readers import line
from handlers.saying import Key, Saying, key, shortened
from rules import money
from rules.council import Council
from rules.roles import STAFF
from storage import people
from storage.attempts import Attempt
from storage.database import Reading, Writing
from storage.rewards import budgets, claim_row, deciding, expenses, listed, showing
from storage.rewards.claim_row import Claim
from storage.rewards.expenses import Expense

SHOWN, NAME_SHOWN, REASON_LONGEST = 5, 18, 200
REASONS = ("not_there", "twice", "mistake")


async def show(update: Update, context: Context) -> None:
    """All that waits, the oldest first."""
    await context.speak(await page(context.db, context))


async def again(update: Update, context: Context) -> None:
    """The same, in place."""
    await context.replace(await page(context.db, context))


async def page(db: Reading, context: Context) -> Saying:
    """What waits for a second person, each with its buttons."""
    invented = context.council.rehearsal
    wait = await claim_row.to_approve(db, invented=invented)
    costs = await expenses.to_decide(db, invented=invented)
    hand = await listed.to_hand_over(db, invented=invented)
    lines = [
        *[await _line(db, context, one) for one in wait[:SHOWN]],
        *[_cost(one) for one in costs[:SHOWN]],
        *[_by_hand(one, context.language) for one in hand[:SHOWN]],
    ]
    rows = [
        *[_pair("claims.button.yes", one.display_name, one.id, "claims.yes", "claims.no") for one in wait[:SHOWN]],
        *[
            _pair("claims.button.pay", one.display_name, one.id, "claims.pay", "claims.not_pay")
            for one in costs[:SHOWN]
        ],
        *[(key("claims.button.hand", "claims.hand", one.id, name=_short(one.display_name)),) for one in hand[:SHOWN]],
    ]
    count = len(wait) + len(costs) + len(hand)
    values = {"count": count, "lines": texts.listed(lines, "lines")}
    return Saying(
        "claims.page" if count else "claims.none", values, (*rows, (key("button.home", "go", "home"),)), protected=True
    )


def _pair(words: str, name: str | None, number: int, yes: str, no: str) -> tuple[Key, ...]:
    return key(words, yes, number, name=_short(name)), key("claims.button.no", no, number)


def _short(name: str | None) -> str:
    return shortened(name or "", NAME_SHOWN)


async def _line(db: Reading, context: Context, claim: Claim) -> texts.Words:
    who = await people.by_id(db, claim.recorded_by) if claim.recorded_by else None
    by = who.display_name if who else texts.words("claims.by_door")
    values = reward_words.values_of(claim, context.language)
    return texts.words("claims.line", name=claim.display_name or "", what=values["what"], title=claim.title, by=by)


def _cost(one: Expense) -> texts.Words:
    what = texts.words(f"expense.what.{one.what}")
    return texts.words("claims.cost", name=one.display_name or "", what=what, amount=money.written(one.pence))


def _by_hand(one: Claim, language: str) -> texts.Words:
    what = reward_words.values_of(one, language)["what"]
    return texts.words("claims.to_hand", name=one.display_name or "", what=what, title=one.title)


async def approve(update: Update, context: Context) -> None:
    """Say yes to a reward, as its second person."""
    number = context.press.number(0)
    if number is None:
        return await context.notice("button.closed")
    async with context.transaction() as tx:
        said = (await deciding.approve(tx, number, context.person.id, context.now)).said
        after = await page(tx, context)
    await _answered(context, said, after)


async def pay(update: Update, context: Context) -> None:
    """Say yes to costs: out of the only budget there is, or the one chosen next."""
    number, budget_id = context.press.number(0), context.press.number(1)
    if number is None:
        return await context.notice("button.closed")
    meters = await budgets.meters(context.db, invented=context.council.rehearsal)
    open_ = [one for one in meters if not one.kind and not one.closed]
    if budget_id is None and len(open_) > 1:
        rows = [(key("claims.button.budget", "claims.pay", number, one.budget_id, name=one.name),) for one in open_]
        return await _show(context, Saying("claims.which_budget", {}, tuple(rows)))
    chosen = budget_id or (open_[0].budget_id if open_ else 0)
    if not any(one.budget_id == chosen for one in open_):
        return await context.notice("claims.said.no_budget", alert=True)
    async with context.transaction() as tx:
        said = await expenses.approve(tx, number, chosen, context.person.id, context.now)
        after = await page(tx, context)
    await _answered(context, said, after)


async def _show(context: Context, saying: Saying) -> None:
    await context.replace(saying)


async def hand_over(update: Update, context: Context) -> None:
    """Something without a code was given to whom it is for."""
    number = context.press.number(0)
    if number is None:
        return await context.notice("button.closed")
    async with context.transaction() as tx:
        said = (await showing.hand_over(tx, number, context.person.id, context.now)).said
        after = await page(tx, context)
    await _answered(context, said, after)


async def _answered(context: Context, said: str, after: Saying) -> None:
    """What came of it, exactly, and what still waits."""
    context.services.delivery.wake()
    await context.notice(f"claims.said.{said}", alert=said not in ("ready", "approved", "shown", "given_away"))
    await context.replace(after)


async def ask_why(update: Update, context: Context) -> None:
    """Why a reward is refused."""
    number = context.press.number(0)
    claim = None if number is None else await claim_row.by_id(context.db, number)
    if claim is None or claim.state not in ("claimed", "waiting"):
        return await context.notice("button.closed")
    await forms.begin(context, NO, {"claim": claim.id})


async def ask_why_cost(update: Update, context: Context) -> None:
    """Why costs are refused."""
    number = context.press.number(0)
    cost = None if number is None else await expenses.by_id(context.db, number)
    if cost is None or cost.state != "claimed":
        return await context.notice("button.closed")
    await forms.begin(context, NO, {"expense": cost.id})


async def refuse(tx: Writing, context: Context, answers: Answers) -> tuple[str, Saying]:
    """Say no, with the reason; what was promised is free again."""
    me, why = context.person.id, str(answers["why"])
    if "claim" in answers:
        said: str = (await deciding.refuse(tx, int(answers["claim"]), me, why, context.now)).said
    else:
        said = await expenses.refuse(tx, int(answers["expense"]), me, why, context.now)
    return said, await page(tx, context)


async def refused(context: Context, result: tuple[str, Saying]) -> None:
    """What came of it, and what still waits."""
    context.services.delivery.wake()
    await context.say(f"claims.said.{result[0]}")
    await context.speak(result[1])


async def reasons(db: Reading, context: Context, answers: Answers) -> Sequence[Choice]:
    """The usual reasons; any other is typed."""
    return [Choice(reason, text=f"claims.why.{reason}") for reason in REASONS]


async def compose(db: Reading, attempt: Attempt, council: Council) -> Saying | None:
    """That something waits, while it does."""
    claim = await claim_row.by_id(db, attempt.about)
    if claim is None or claim.approved or claim.state != "claimed":
        return None
    return Saying("claims.news", {}, ((key("claims.button.look", "go", "claims"),),))


NO = Form("claim_no", (Step("why", reasons, reader=line(REASON_LONGEST)),), refuse, refused, STAFF)
FEATURE = Feature(
    name="claims",
    commands=(Command("claims", show, STAFF),),
    buttons=(
        Button("claims.open", again, STAFF),
        Button("claims.yes", approve, STAFF),
        Button("claims.no", ask_why, STAFF),
        Button("claims.pay", pay, STAFF),
        Button("claims.not_pay", ask_why_cost, STAFF),
        Button("claims.hand", hand_over, STAFF),
    ),
    forms=(NO,),
    composes={"claim_to_approve": compose},
)
