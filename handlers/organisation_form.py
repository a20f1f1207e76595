"""A new organisation in a few taps, and each of its facts changed on its own."""

from collections.abc import Callable, Sequence

from telegram import Update

import texts
from handlers import forms, organisation_words
from handlers.context import Context
from handlers.feature import Answers, Button, Choice, Form, Refusal, Step
from handlers.naming import coded, market, market_choices
from handlers.readers import line
from handlers.saying import Saying, key
from rules import emails, phones
from rules.roles import COORDINATORS
from storage import organisations
from storage.database import Reading, Writing
from storage.organisations import KINDS, PARTNER_TYPES, SIZE_BANDS, Organisation

NAME_LONGEST, LINE_LONGEST = 120, 200
FACTS = (
    *("name", "partner_type", "markets", "size_band", "ownership", "local_authority"),
    *("address", "postcode", "phone", "email", "website"),
)
UNKNOWN = ("not_said", "")
SIZES = tuple(Choice(band, text=f"size_band.{number}") for number, band in enumerate(SIZE_BANDS))


async def new(update: Update, context: Context) -> None:
    """The questions about a new one."""
    await forms.begin(context, NEW)


async def facts(update: Update, context: Context) -> None:
    """Everything on record about it, each with a way to change it."""
    one = await _pressed(context)
    if one is None:
        return await context.notice("button.closed")
    await context.replace(_facts(context, one))


async def change(update: Update, context: Context) -> None:
    """Ask for one fact."""
    one, fact = await _pressed(context), context.press.word(1)
    if one is None or fact not in _of_kind(one):
        return await context.notice("button.closed")
    picks = {"markets_picks": list(one.markets)} if fact == "markets" else {}
    await forms.begin(context, CHANGE, {"organisation": one.id, "fact": fact, **picks})


async def _pressed(context: Context) -> Organisation | None:
    number = context.press.number(0)
    return None if number is None else await organisations.by_id(context.db, number)


def _of_kind(one: Organisation) -> tuple[str, ...]:
    return tuple(fact for fact in FACTS if fact != "partner_type" or one.kind == "partner")


def _facts(context: Context, one: Organisation) -> Saying:
    known = {
        **{fact: getattr(one, fact) for fact in FACTS},
        "partner_type": texts.words(f"partner_type.{one.partner_type}") if one.partner_type else "",
        "size_band": organisation_words.size(one.size_band),
        "markets": texts.listed([market(context.council, code) for code in one.markets]) if one.markets else "",
    }
    lines = [
        texts.words("organisations.fact", fact=texts.words(f"organisations.fact.{fact}"), value=known[fact] or _none())
        for fact in _of_kind(one)
    ]
    if one.location_id:
        lines.append(texts.words("organisations.register", location=one.location_id, owner=one.provider_name))
    keys = [key(f"organisations.fact.{fact}", "org.change", one.id, fact) for fact in _of_kind(one)]
    rows = tuple(tuple(keys[at : at + 3]) for at in range(0, len(keys), 3))
    values = {"name": one.name, "lines": texts.listed(lines, "lines")}
    return Saying("organisations.facts", values, (*rows, (organisation_words.back(one.id),)))


def _none() -> texts.Words:
    return texts.words("value.none")


async def read_name(context: Context, typed: str, answers: Answers) -> str | Refusal:
    """A name that no other organisation has: the same name in two streets wants the street."""
    words = line(NAME_LONGEST)(context, typed, answers)
    if isinstance(words, Refusal):
        return words
    same = [one for one in await organisations.named(context.db, words) if one.id != answers.get("organisation")]
    return Refusal("organisations.same_name", {"name": words}) if same else words


def read_phone(context: Context, typed: str, answers: Answers) -> str | Refusal:
    """A phone number as +44…."""
    try:
        return phones.read(typed).number
    except phones.NotAPhone:
        return Refusal("organisations.no_phone")


def read_email(context: Context, typed: str, answers: Answers) -> str | Refusal:
    """An e-mail address."""
    return emails.read(typed) or Refusal("organisations.no_email")


async def markets_on(db: Reading, context: Context, answers: Answers) -> Sequence[Choice]:
    """The council's markets, those that are on with a tick; then, done."""
    picks, names = answers.get("markets_picks", ()), context.council.market_names
    listed = await market_choices(db, context, answers)
    ticked = [
        Choice(one.value, f"✓ {names.get(one.value) or texts.plain(context.language, one.text or '')}")
        if one.value in picks
        else one
        for one in listed
    ]
    return [*ticked, Choice("done", text="organisations.markets.done")]


async def make(tx: Writing, context: Context, answers: Answers) -> int:
    """The organisation, made; its number."""
    size = answers["size_band"]
    made = await organisations.add(
        tx,
        answers["kind"],
        answers["name"],
        context.now,
        markets=answers.get("markets_picks", ()),
        partner_type=answers.get("partner_type"),
        size_band=None if size in UNKNOWN else size,
        invented=context.council.rehearsal,
    )
    return made.id


async def reply(context: Context, number: int) -> None:
    """Its page."""
    one = await organisations.by_id(context.db, number)
    if one is not None:
        await context.speak(await organisation_words.page(context, one))


async def keep(tx: Writing, context: Context, answers: Answers) -> int:
    """The one fact, kept; whose it is."""
    number, fact = answers["organisation"], answers["fact"]
    if fact == "markets":
        await organisations.set_markets(tx, number, answers.get("markets_picks", ()))
    else:
        empty = None if fact in ("size_band", "partner_type") else ""
        await organisations.change(tx, number, fact, empty if answers[fact] in UNKNOWN else answers[fact])
    return int(number)


async def reply_facts(context: Context, number: int) -> None:
    """The facts, with the change in them."""
    one = await organisations.by_id(context.db, number)
    if one is not None:
        await context.speak(_facts(context, one))


def _only(fact: str) -> Callable[[Answers], bool]:
    return lambda answers: answers.get("fact") == fact


NEW: Form = Form(
    "organisation_new",
    (
        Step("kind", coded("organisation_kind", *KINDS)),
        Step(
            "partner_type",
            coded("partner_type", *PARTNER_TYPES),
            when=lambda said: said.get("kind") == "partner",
            columns=2,
        ),
        Step("name", reader=read_name),
        Step("markets", markets_on, when=lambda said: said.get("kind") == "provider", columns=2, many=True),
        Step("size_band", SIZES, optional=True, columns=2),
    ),
    make,
    reply,
    COORDINATORS,
)
CHANGE: Form = Form(
    "organisation_change",
    (
        Step("name", reader=read_name, when=_only("name")),
        Step("partner_type", coded("partner_type", *PARTNER_TYPES), when=_only("partner_type"), columns=2),
        Step("markets", markets_on, when=_only("markets"), columns=2, many=True),
        Step("size_band", SIZES, when=_only("size_band"), optional=True, columns=2),
        *(
            Step(fact, reader=line(LINE_LONGEST), when=_only(fact), optional=True)
            for fact in ("ownership", "local_authority", "address", "postcode", "website")
        ),
        Step("phone", reader=read_phone, when=_only("phone"), optional=True),
        Step("email", reader=read_email, when=_only("email"), optional=True),
    ),
    keep,
    reply_facts,
    COORDINATORS,
)
FORMS: tuple[Form, ...] = (NEW, CHANGE)
BUTTONS: tuple[Button, ...] = (
    Button("org.new", new, COORDINATORS),
    Button("org.facts", facts, COORDINATORS),
    Button("org.change", change, COORDINATORS),
)
