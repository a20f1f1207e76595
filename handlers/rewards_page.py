"""What officers see of rewards: the meter of each budget, the catalogue, the drawer of vouchers, what is late."""

from collections.abc import Sequence

import texts
from handlers.reward_words import called
from handlers.saying import Key, Saying, key, shortened
from rules import money
from rules.council import Council
from storage import people
from storage.database import Reading
from storage.rewards import alerts, budgets, claim_row, expenses, listed, offers, signals, stopping, vouchers
from storage.rewards.budgets import Meter
from storage.rewards.claim_row import Claim
from storage.rewards.offers import Item
from storage.rewards.signals import Signal
from storage.rewards.stopping import Stop

CELLS, SHOWN = 10, 8
_SPENT, _PROMISED, _LEFT = "█", "▒", "░"


def bar(meter: Meter) -> str:
    """Ten cells: spent, promised, left. Whatever is spent or promised shows, and full is only what is all gone."""
    if not meter.total:
        return _LEFT * CELLS
    spent = min(CELLS, -(-meter.issued * CELLS // meter.total))
    taken = min(CELLS, -(-(meter.issued + meter.reserved) * CELLS // meter.total))
    if meter.left and taken == CELLS:
        taken, spent = CELLS - 1, min(spent, CELLS - 1)
    return _SPENT * spent + _PROMISED * (taken - spent) + _LEFT * (CELLS - taken)


def meter_line(meter: Meter) -> texts.Words:
    """A budget, or a cap in it, as a bar and in words."""
    values = {
        "bar": bar(meter),
        "name": texts.words(f"rewards.kind.{meter.kind}") if meter.kind else meter.name,
        **{name: money.written(getattr(meter, name)) for name in ("total", "reserved", "issued", "left")},
    }
    name = "cap" if meter.kind else "closed" if meter.closed else "reached" if not meter.left else "meter"
    return texts.words(f"rewards.{name}", **values)


async def front(db: Reading, council: Council) -> Saying:
    """The first page: whether payouts go on, the meters, what waits, what is wrong."""
    invented = council.rehearsal
    meters = await budgets.meters(db, invented=invented)
    stop, wrong = await stopping.stopped(db), await alerts.open_(db)
    waiting = len(await claim_row.to_approve(db, invented=invented)) + len(
        await expenses.to_decide(db, invented=invented)
    )
    told = [texts.words(f"rewards.alert.{one.kind}", words=one.words) for one in wrong if one.kind != "payouts_stopped"]
    values = {
        "state": texts.words("rewards.stopped", why=why(stop)) if stop else texts.words("rewards.going"),
        "meters": _lines([meter_line(one) for one in meters], "rewards.no_budget"),
        "waiting": waiting,
        "alerts": _lines(told, "close.none"),
    }
    keys = (
        (key("rewards.button.items", "rewards.items"), key("rewards.button.budgets", "rewards.budgets")),
        (key("rewards.button.stock", "rewards.stock"), key("rewards.button.overdue", "rewards.overdue")),
        (key("rewards.button.claims", "go", "claims"), key("rewards.button.signals", "rewards.signals")),
        (key("rewards.button.how_to_resume" if stop else "rewards.button.stop", "rewards.ask_stop"),),
        (key("rewards.button.fresh", "rewards.open"), key("button.home", "go", "home")),
    )
    return Saying("rewards.page", values, keys)


def why(stop: Stop) -> str | texts.Words:
    """Why payouts are stopped: in our words when an officer did it, else what the program has found."""
    return texts.words("rewards.why.by_hand") if stop.why == "by_hand" else stop.why


def _lines(lines: Sequence[texts.Words], none: str) -> object:
    return texts.listed(lines, "lines") if lines else texts.words(none)


async def catalogue(db: Reading, language: str) -> Saying:
    """Everything that can be offered, and what was taken out of it."""
    found = await offers.catalogue(db, retired=True)
    lines = [item_line(one, language) for one in found[-SHOWN:]]
    rows = [
        (key("rewards.button.item", "rewards.item", one.id, what=shortened(called(one.words, language), 30)),)
        for one in found[-SHOWN:]
    ]
    values = {"lines": _lines(lines, "close.none"), "count": len(found)}
    return Saying("rewards.items", values, (*rows, (key("rewards.button.new_item", "rewards.new_item"),), _back()))


def item_line(item: Item, language: str) -> texts.Words:
    """An item in a line: what, its value, who approves."""
    values = {"what": called(item.words, language), "value": money.written(item.pence)}
    how = texts.words(f"rewards.approval.{item.approval}")
    kind = texts.words(f"rewards.kind.{item.kind}")
    return texts.words("rewards.item_line" if item.active else "rewards.item_line.off", how=how, kind=kind, **values)


async def one_item(db: Reading, item_id: int, council: Council, language: str) -> Saying | None:
    """One item with its words in each language, and what can be changed."""
    item = next((one for one in await offers.catalogue(db, retired=True) if one.id == item_id), None)
    if item is None:
        return None
    said = [
        texts.words("rewards.words_line", language=texts.native_name(code), words=words)
        for code, words in item.words.items()
    ]
    others = [code for code in (one.partition("-")[0] for one in council.languages) if code != "en"]
    rows = [
        (key("rewards.button.words", "rewards.words", item.id, code, language=texts.native_name(code)),)
        for code in others
    ]
    switch = key(
        "rewards.button.off" if item.active else "rewards.button.on", "rewards.switch", item.id, int(not item.active)
    )
    values = {"line": item_line(item, language), "words": texts.listed(said, "lines")}
    return Saying("rewards.one_item", values, (*rows, (switch,), (key("rewards.button.items", "rewards.items"),)))


async def budgets_page(db: Reading, council: Council) -> Saying:
    """Every budget with its meter and its caps; each can be capped and closed."""
    meters = await budgets.meters(db, invented=council.rehearsal)
    rows: list[tuple[Key, ...]] = []
    for one in (one for one in meters if not one.kind):
        shut = "rewards.button.reopen" if one.closed else "rewards.button.close"
        name = shortened(one.name, 18)
        rows.append((key("rewards.button.total", "rewards.total", one.budget_id, name=name),))
        rows.append(
            (
                key("rewards.button.cap", "rewards.cap", one.budget_id, name=name),
                key(shut, "rewards.close", one.budget_id, int(not one.closed), name=name),
            )
        )
    values = {"meters": _lines([meter_line(one) for one in meters], "rewards.no_budget")}
    return Saying(
        "rewards.budgets", values, (*rows, (key("rewards.button.new_budget", "rewards.new_budget"),), _back())
    )


async def stock(db: Reading, council: Council) -> Saying:
    """What the drawer holds by value, who waits, and which files wait for a second person on the host."""
    found = await vouchers.stock(db, invented=council.rehearsal)
    held = [one for one in await vouchers.batches(db) if one.state == "loaded"]
    lines = [
        texts.words("rewards.stock_line", pool=one.pool, value=money.written(one.pence), left=one.available,
                    ready=one.allocated, shown=one.shown, back=one.returned, expired=one.expired, waiting=one.waiting)
        for one in found
    ]  # fmt: skip
    unreleased = [
        texts.words("rewards.batch_line", number=one.id, file=one.file_name, count=one.how_many) for one in held
    ]
    values = {"lines": _lines(lines, "close.none"), "held": _lines(unreleased, "close.none")}
    return Saying("rewards.stock", values, (_back(),))


async def overdue(db: Reading, now: int, council: Council, language: str) -> Saying:
    """What has waited too long."""
    found = await listed.overdue(db, now, invented=council.rehearsal)
    lines = [_late(one, language) for one in found[:SHOWN]]
    return Saying(
        "rewards.overdue", {"lines": _lines(lines, "close.none"), "count": len(found)}, (_back(),), protected=True
    )


def _late(one: Claim, language: str) -> texts.Words:
    state = texts.words(f"rewards.state.{one.state}")
    name = one.display_name or texts.words("queue.nameless")
    return texts.words("rewards.late_line", name=name, what=called(one.words, language), title=one.title, state=state)


async def odd(db: Reading, now: int, council: Council) -> Saying:
    """What looks odd. Nothing follows from it by itself."""
    found = await signals.look(db, now, invented=council.rehearsal)
    lines = [
        texts.words(f"rewards.signal.{one.why}", name=await _whose(db, one), count=one.figure) for one in found[:SHOWN]
    ]
    return Saying("rewards.signals", {"lines": _lines(lines, "close.none")}, (_back(),), protected=True)


async def _whose(db: Reading, sign: Signal) -> object:
    """Whom a sign is about, by name."""
    if sign.about == "person":
        person = await people.by_id(db, sign.number)
        return person.display_name if person else texts.words("queue.nameless")
    found = await (claim_row if sign.about == "claim" else expenses).by_id(db, sign.number)
    return (found.display_name if found else None) or texts.words("queue.nameless")


def _in_words(code: str, words: str) -> texts.Words:
    return texts.words("rewards.words_line", language=texts.native_name(code), words=words)


def _back() -> tuple[Key, ...]:
    return (key("rewards.button.back", "rewards.open"),)
