"""/rewards, for officers: budgets and their meters, the catalogue, the drawer, what is late or odd; and the brake."""

from telegram import Update

from handlers import forms, rewards_forms, rewards_page
from handlers.context import Context
from handlers.feature import Button, Command, Feature, Form
from handlers.saying import Saying, key
from rules.council import Council
from rules.roles import OFFICERS
from storage import audit
from storage.attempts import Attempt
from storage.database import Reading
from storage.rewards import alerts, allocating, budgets, offers, stopping

BY_HAND = "by_hand"


async def show(update: Update, context: Context) -> None:
    """The first page."""
    await context.speak(await rewards_page.front(context.db, context.council))


async def open_(update: Update, context: Context) -> None:
    """The first page, in place."""
    await context.replace(await rewards_page.front(context.db, context.council))


async def items(update: Update, context: Context) -> None:
    """The catalogue."""
    await context.replace(await rewards_page.catalogue(context.db, context.language))


async def item(update: Update, context: Context) -> None:
    """One item of it."""
    await _show_item(context, context.press.number(0))


async def _show_item(context: Context, item_id: int | None) -> None:
    page = await rewards_page.one_item(context.db, item_id or 0, context.council, context.language)
    await (context.replace(page) if page else context.notice("button.closed"))


async def switch(update: Update, context: Context) -> None:
    """Take an item out of the catalogue, or back in; what was offered stays offered."""
    item_id, on = context.press.number(0), context.press.number(1)
    if item_id is None or on not in (0, 1):
        return await context.notice("button.closed")
    async with context.transaction() as tx:
        if await offers.switch_item(tx, item_id, active=bool(on)):
            action = "reward_item_on" if on else "reward_item_off"
            await audit.record(tx, context.now, f"person:{context.person.id}", action, 1, str(item_id))
    await _show_item(context, item_id)


async def new_item(update: Update, context: Context) -> None:
    """The questions for a new item; a budget comes first."""
    if not [one for one in await budgets.meters(context.db, invented=context.council.rehearsal) if not one.closed]:
        new = (key("rewards.button.new_budget", "rewards.new_budget"),)
        await context.say("rewards.budget_first", new)
        return
    await forms.begin(context, rewards_forms.ITEM)


async def words(update: Update, context: Context) -> None:
    """How an item is called in another language."""
    item_id, language = context.press.number(0), context.press.word(1)
    known = any(one.id == item_id for one in await offers.catalogue(context.db, retired=True))
    if not known or not any(code.partition("-")[0] == language for code in context.council.languages):
        return await context.notice("button.closed")
    await forms.begin(context, rewards_forms.WORDS, {"item": item_id, "language": language})


async def budget_list(update: Update, context: Context) -> None:
    """The budgets."""
    await context.replace(await rewards_page.budgets_page(context.db, context.council))


async def new_budget(update: Update, context: Context) -> None:
    """The questions for a new budget."""
    await forms.begin(context, rewards_forms.BUDGET)


async def cap(update: Update, context: Context) -> None:
    """The most for one kind within a budget."""
    await _ask_about_budget(context, rewards_forms.CAP)


async def total(update: Update, context: Context) -> None:
    """Another amount for a budget."""
    await _ask_about_budget(context, rewards_forms.TOTAL)


async def _ask_about_budget(context: Context, form: Form) -> None:
    budget_id = context.press.number(0)
    meters = await budgets.meters(context.db, invented=context.council.rehearsal)
    if not any(one.budget_id == budget_id for one in meters):
        return await context.notice("button.closed")
    await forms.begin(context, form, {"budget": budget_id})


async def close(update: Update, context: Context) -> None:
    """Promise nothing more out of a budget; or again."""
    budget_id, closed = context.press.number(0), context.press.number(1)
    if budget_id is None or closed not in (0, 1):
        return await context.notice("button.closed")
    async with context.transaction() as tx:
        actor = f"person:{context.person.id}"
        done = await budgets.close(tx, budget_id, context.now, actor, closed=bool(closed))
        await allocating.serve_waiting(tx, context.now)
        page = await rewards_page.budgets_page(tx, context.council)
    await (context.replace(page) if done else context.notice("button.closed"))


async def stock(update: Update, context: Context) -> None:
    """The drawer."""
    await context.replace(await rewards_page.stock(context.db, context.council))


async def overdue(update: Update, context: Context) -> None:
    """What takes too long."""
    await context.replace(await rewards_page.overdue(context.db, context.now, context.council, context.language))


async def signals(update: Update, context: Context) -> None:
    """What looks odd."""
    found = await rewards_page.odd(context.services.database.reports, context.now, context.council)
    await context.replace(found)


async def ask_stop(update: Update, context: Context) -> None:
    """Whether payouts are to stop; while they are, how they go on again."""
    stop = await stopping.stopped(context.db)
    back = (key("rewards.button.back", "rewards.open"),)
    if stop:
        return await _replace(context, Saying("rewards.resume", {"why": rewards_page.why(stop)}, (back,)))
    return await _replace(
        context, Saying("rewards.ask_stop", {}, ((key("rewards.button.stop_now", "rewards.stop"),), back))
    )


async def _replace(context: Context, saying: Saying) -> None:
    await context.replace(saying)


async def stop(update: Update, context: Context) -> None:
    """No money moves from now on; only a person on the host lifts it."""
    async with context.transaction() as tx:
        if await stopping.stop(tx, BY_HAND, context.now):
            await audit.record(tx, context.now, f"person:{context.person.id}", "payouts_stopped", 1, BY_HAND)
        page = await rewards_page.front(tx, context.council)
    await context.replace(page)


async def compose(db: Reading, attempt: Attempt, council: Council) -> Saying | None:
    """An alert, while it is open."""
    alert = await alerts.by_id(db, attempt.sequence)
    if alert is None or alert.ended_at is not None:
        return None
    words = {"words": alert.words}
    kind = "stopped_by_hand" if alert.words == BY_HAND else alert.kind
    return Saying(f"rewards.alert.{kind}", words, ((key("rewards.button.look", "go", "rewards"),),))


FEATURE = Feature(
    name="rewards",
    commands=(Command("rewards", show, OFFICERS),),
    buttons=tuple(
        Button(f"rewards.{verb}", run, OFFICERS)
        for verb, run in {
            "open": open_, "items": items, "item": item, "switch": switch, "new_item": new_item, "words": words,
            "budgets": budget_list, "new_budget": new_budget, "cap": cap, "total": total, "close": close,
            "stock": stock, "overdue": overdue, "signals": signals, "ask_stop": ask_stop, "stop": stop,
        }.items()
    ),
    forms=(rewards_forms.ITEM, rewards_forms.WORDS, rewards_forms.BUDGET, rewards_forms.CAP, rewards_forms.TOTAL),
    composes={"reward_alert": compose},
)  # fmt: skip
