"""/help and /home, what each role can do, a person please, and a kind answer to what was not understood."""

import difflib

from telegram import Message, Update

import texts
from handlers import form_buttons, forms, menus, welcome
from handlers.acquaintance import meet
from handlers.context import Context
from handlers.feature import Button, Command, Feature
from handlers.prompts import Place
from handlers.saying import Key, key
from rules.roles import EVERYONE, Role
from storage import help_requests

KINDS = ("photo", "video", "voice", "audio", "sticker", "contact", "location", "document")
_ALL = frozenset(Role)
_APART = frozenset({"start", "home", "language", "help", "person"})  # not on the home page, or in its last row


async def help_(update: Update, context: Context) -> None:
    """Every command this person may use, one to a line."""
    lines = [
        texts.words("help.line", command=f"/{name}", what=texts.words(f"command.{name}")) for name, _ in _menu(context)
    ]
    await context.say(
        "help.list",
        (key("button.home", "go", "home"), key("button.person", "go", "person")),
        lines=texts.listed(lines, "lines"),
        council=context.council.name,
    )


async def home(update: Update, context: Context) -> None:
    """What can be done from here, each at a tap: what was left, the work of a role, then the rest."""
    place = await forms.standing(context)
    await forms.set_aside(context)
    doing = [one for one in menus.commands() if menus.may(context.roles, one.roles) and one.name not in _APART]
    doing.sort(key=lambda one: bool(one.roles & {Role.ANYONE, Role.WORKER}))
    rows = [(key(f"command.{one.name}", "go", one.name),) for one in doing if one.in_menu]
    if context.roles == {Role.ANYONE}:
        rows.insert(0, (key("help.begin", "go", "start"),))
    if place:
        rows.insert(0, (_carry_on(place),))
    language = (key("button.language", "go", "language"),) if len(context.council.languages) > 1 else ()
    await context.say(
        "help.home", *rows, (*language, key("help.button", "go", "help"), key("button.person", "go", "person"))
    )


def _carry_on(place: Place) -> Key:
    data = key("help.carry_on", "resume", place.row.serial, "on").data
    return Key("help.carry_on", data, {"form": texts.words(f"form.name.{place.form.name}")})


def _menu(context: Context) -> list[tuple[str, str]]:
    return menus.menu(context.roles, context.language)


async def go(update: Update, context: Context) -> None:
    """A button that stands for a command."""
    await run_command(update, context, context.press.word(0))


async def run_command(update: Update, context: Context, name: str) -> None:
    """Do what the command of this name does, when this person may."""
    command = menus.command(name)
    if command is None:
        await context.notice("button.closed", alert=True)
    elif not menus.may(context.roles, command.roles):
        await refused(context, command)
    else:
        await command.run(update, context)


async def refused(context: Context, command: Command) -> None:
    """A command of a role the person does not hold: signing up gives it, or it is as if there were none.

    Staff are offered the one of their own that is like it: /meeting for /meetings.
    """
    if Role.WORKER in command.roles and context.roles - {Role.ANYONE}:
        near = [(key(f"command.{name}", "go", name),) for name in _near(context, command.name)]
        await context.say(
            "help.for_workers", *near, (key("help.begin", "go", "start"), key("button.home", "go", "home"))
        )
    elif Role.WORKER in command.roles:
        await context.say("help.join_first", (key("help.begin", "go", "start"),))
    else:
        await unknown_command(context, f"/{command.name}")


async def unknown_command(context: Context, words: str) -> None:
    """A word after a slash that means nothing here, with the one that was probably meant."""
    typed = words[1:].split("@", maxsplit=1)[0].split()[:1] or [""]
    keys = [(key(f"command.{name}", "go", name),) for name in _near(context, typed[0].lower())]
    await context.say("help.unknown_command", *keys, (key("button.home", "go", "home"),))
    await _ask_again(context)


def _near(context: Context, typed: str) -> list[str]:
    """The command most like this word among those that the person may use; none when none is like it."""
    allowed = [one.name for one in menus.commands() if menus.may(context.roles, one.roles)]
    return difflib.get_close_matches(typed, allowed, 1, 0.6)


async def _ask_again(context: Context) -> None:
    if not await forms.ask_again(context):
        await welcome.ask_again(context)


async def not_understood(context: Context) -> None:
    """Words with no question open: what would be understood."""
    if context.known is None:
        await context.say("help.hello", (key("help.begin", "go", "start"),), council=context.council.name)
        return
    await context.say("help.not_understood", (key("button.home", "go", "home"), key("button.person", "go", "person")))


async def unreadable(update: Update, context: Context) -> None:
    """A photo, voice message or the like: thanks, and what can be read; then the open question again."""
    kind = kind_of(update.message) if update.message else None
    if kind is None:
        return
    await context.say(f"help.unreadable.{kind}")
    await _ask_again(context)


def kind_of(message: Message) -> str | None:
    """What was sent instead of words, or None for Telegram's own notes about the chat, which want no answer."""
    found = next((kind for kind in KINDS if getattr(message, kind)), None)
    return found or ("other" if message.effective_attachment else None)


async def ask_person(update: Update, context: Context) -> None:
    """Put the person in the queue of those who want to speak to somebody."""
    async with context.transaction() as tx:
        person = await meet(tx, context)
        new = await help_requests.ask(tx, person.id, context.now)
    keys = (key("help.never_mind", "person.done"),)
    await context.say("help.person" if new else "help.person_again", keys, hours=context.council.office_hours)
    await _ask_again(context)


async def never_mind(update: Update, context: Context) -> None:
    """Take the person out of the queue again."""
    waiting = await help_requests.waiting(context.db)
    mine = next((one for one in waiting if context.known and one.person.id == context.known.id), None)
    if mine is None:
        await context.notice("button.closed", alert=True)
        return
    async with context.transaction() as tx:
        await help_requests.done(tx, mine.id, context.person.id, context.now)
    await context.show("help.person_undone", (key("button.person", "go", "person"),))


FEATURE = Feature(
    name="help",
    commands=(
        Command("help", help_, EVERYONE),
        Command("home", home, EVERYONE, in_menu=False),
        Command("person", ask_person, EVERYONE),
    ),
    buttons=(Button("go", go, _ALL), Button("person.done", never_mind, _ALL), *form_buttons.BUTTONS),
)
