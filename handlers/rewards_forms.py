"""The questions behind /rewards: a new item, its words in another language, a new budget, a cap."""

from collections.abc import Callable, Mapping, Sequence
from datetime import date, datetime, time, timedelta

import texts
from handlers import rewards_page
from handlers.context import Context
from handlers.feature import Answers, Choice, Form, Refusal, Step
from handlers.readers import line
from handlers.saying import Saying
from rules import money
from rules.roles import OFFICERS
from storage import audit
from storage.database import Reading, Writing
from storage.rewards import allocating, budgets, offers, vouchers

KINDS = ("voucher", "travel", "food", "certificate", "training", "letter", "charity", "none")
OF_VALUE = ("voucher", "travel", "food", "training", "charity")
CAPPED = (*OF_VALUE, "expense")
WORDS_LONGEST, NAME_LONGEST = 80, 60
MOST_EACH, MOST_BUDGET = 50_000, 100_000_000  # pence
PERIODS = ("year", "march", "open")
MARCH_ENDS = (4, 1)


def _amount(most: int, *, least: int = 0) -> Callable[[Context, str, Answers], int | Refusal]:
    def read(context: Context, text: str, answers: Answers) -> int | Refusal:
        pence = money.parse(text)
        if pence is None or pence < least:
            return Refusal("rewards.amount.how")
        return pence if pence <= most else Refusal("rewards.amount.much", {"most": money.written(most)})

    return read


def shown(pence: int) -> str:
    """An amount as it was understood."""
    return money.written(pence)


async def budget_choices(db: Reading, context: Context, answers: Answers) -> Sequence[Choice]:
    """The budgets that are open."""
    meters = await budgets.meters(db, invented=context.council.rehearsal)
    return [Choice(str(one.budget_id), one.name) for one in meters if not one.kind and not one.closed]


async def pool_choices(db: Reading, context: Context, answers: Answers) -> Sequence[Choice]:
    """The drawers of vouchers there are; another name makes a new one."""
    return [Choice(str(number), name) for number, name in await vouchers.pools(db)]


async def keep_item(tx: Writing, context: Context, answers: Answers) -> list[Saying]:
    """Put it into the catalogue."""
    kind, me = answers["kind"], context.person.id
    pence = int(answers.get("value", 0))
    if kind in ("voucher", "charity") and not pence:
        return [Saying("rewards.item_needs_value")]
    pool_id = await _pool(tx, context, str(answers["pool"])) if kind == "voucher" else None
    budget_id = int(answers["budget"]) if pence else None
    words = {"en": answers["words"]}
    approval = answers["approval"]
    item_id = await offers.add_item(
        tx, kind, pence, words, context.now, approval=approval, budget_id=budget_id, pool_id=pool_id, made_by=me
    )
    await audit.record(tx, context.now, f"person:{me}", "reward_item_made", pence, str(item_id))
    return [Saying("rewards.kept"), await rewards_page.catalogue(tx, context.language)]


async def _pool(tx: Writing, context: Context, said: str) -> int:
    known = [number for number, name in await vouchers.pools(tx) if said in (str(number), name)]
    return known[0] if known else await vouchers.make_pool(tx, said, context.now)


async def keep_words(tx: Writing, context: Context, answers: Answers) -> list[Saying]:
    """How an item is called in one more language."""
    item_id = int(answers["item"])
    await offers.reword_item(tx, item_id, answers["language"], answers["words"])
    page = await rewards_page.one_item(tx, item_id, context.council, context.language)
    return [page] if page else [Saying("button.closed")]


async def keep_budget(tx: Writing, context: Context, answers: Answers) -> list[Saying]:
    """A new budget from now on."""
    if await budgets.by_name(tx, answers["name"]) is not None:
        return [Saying("rewards.name_in_use", {"name": answers["name"]})]
    until = _ends(context, answers["period"])
    await budgets.make(
        tx, answers["name"], int(answers["amount"]), context.now, until, context.now, f"person:{context.person.id}"
    )
    return [await rewards_page.budgets_page(tx, context.council)]


def _ends(context: Context, period: str) -> int:
    today = context.local(context.now).date()
    if period == "march":
        this = date(today.year, *MARCH_ENDS)
        last = this if today < this else date(today.year + 1, *MARCH_ENDS)
    else:
        last = today + timedelta(days=366 if period == "year" else 3660)
    return int(datetime.combine(last, time(), context.council.zone).timestamp())


async def keep_cap(tx: Writing, context: Context, answers: Answers) -> list[Saying]:
    """The most for one kind; "none" lifts it."""
    pence = None if answers["amount"] == "no_cap" else int(answers["amount"])
    actor = f"person:{context.person.id}"
    done = await budgets.set_cap(tx, int(answers["budget"]), answers["kind"], pence, context.now, actor)
    await allocating.serve_waiting(tx, context.now)
    said = [] if done else [Saying("rewards.cap_refused")]
    return [*said, await rewards_page.budgets_page(tx, context.council)]


async def about_total(db: Reading, context: Context, answers: Answers) -> Mapping[str, object]:
    """Which budget, and how much it is now."""
    meters = await budgets.meters(db, invented=context.council.rehearsal)
    found = next(one for one in meters if one.budget_id == int(answers["budget"]) and not one.kind)
    return {"name": found.name, "total": money.written(found.total)}


async def keep_total(tx: Writing, context: Context, answers: Answers) -> list[Saying]:
    """Another amount for a budget; who waits for it is served."""
    actor = f"person:{context.person.id}"
    done = await budgets.set_total(tx, int(answers["budget"]), int(answers["amount"]), context.now, actor)
    await allocating.serve_waiting(tx, context.now)
    said = [] if done else [Saying("rewards.cap_refused")]
    return [*said, await rewards_page.budgets_page(tx, context.council)]


async def reply(context: Context, sayings: list[Saying]) -> None:
    """What follows; whoever was in line may have news by now."""
    context.services.delivery.wake()
    for saying in sayings:
        await context.speak(saying)


async def about_words(db: Reading, context: Context, answers: Answers) -> Mapping[str, object]:
    """The language that the words are wanted in."""
    return {"language": texts.native_name(answers["language"])}


ITEM = Form(
    "reward_item",
    (
        Step("kind", tuple(Choice(kind, text=f"rewards.kind.{kind}") for kind in KINDS), columns=2),
        Step("words", reader=line(WORDS_LONGEST)),
        Step("value", reader=_amount(MOST_EACH), shows=shown, when=lambda answers: answers.get("kind") in OF_VALUE),
        Step("budget", budget_choices, when=lambda answers: bool(answers.get("value"))),
        Step("pool", pool_choices, reader=line(NAME_LONGEST), when=lambda answers: answers.get("kind") == "voucher"),
        Step("approval", ("none", "second")),
    ),
    keep_item,
    reply,
    OFFICERS,
)
WORDS = Form(
    "reward_words", (Step("words", reader=line(WORDS_LONGEST), about=about_words),), keep_words, reply, OFFICERS
)
BUDGET = Form(
    "reward_budget",
    (
        Step("name", reader=line(NAME_LONGEST)),
        Step("amount", reader=_amount(MOST_BUDGET, least=1), shows=shown),
        Step("period", PERIODS),
    ),
    keep_budget,
    reply,
    OFFICERS,
)
CAP = Form(
    "reward_cap",
    (
        Step("kind", tuple(Choice(kind, text=f"rewards.kind.{kind}") for kind in CAPPED), columns=2),
        Step("amount", ("no_cap",), reader=_amount(MOST_BUDGET), shows=shown),
    ),
    keep_cap,
    reply,
    OFFICERS,
)
TOTAL = Form(
    "reward_total",
    (Step("amount", reader=_amount(MOST_BUDGET, least=1), shows=shown, about=about_total),),
    keep_total,
    reply,
    OFFICERS,
)
