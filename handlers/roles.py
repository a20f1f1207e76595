"""Who holds which role: the list, one-time codes for new people, and taking a role away.

A code works once and for 15 minutes; a role that is taken away is gone with that person's next message.
"""

from telegram import Update

from handlers import menus
from handlers.context import Context
from handlers.feature import Button, Command, Feature
from handlers.saying import Key, Saying, key
from rules.roles import OFFICERS, Role
from storage import audit, grants, people
from storage.people import Person

MINUTES = 15
PREFIX = "enrol-"
GIVEN = (Role.COORDINATOR, Role.OFFICER, Role.EDITOR, Role.FEEDBACK_READER, Role.DATA_STEWARD)


async def show(update: Update, context: Context) -> None:
    """Who holds which role."""
    await context.speak(await _list(context))


async def back(update: Update, context: Context) -> None:
    """The list again, in place."""
    await _show_list(context)


async def ask_role(update: Update, context: Context) -> None:
    """Ask which role the new person is to have."""
    keys = [(key(f"roles.invite.{role}", "roles.code", role.value),) for role in GIVEN]
    await context.show("roles.ask_role", *keys, (key("button.back", "roles.list"),))


async def make_code(update: Update, context: Context) -> None:
    """A one-time code for this role, shown once."""
    role = _role(context, 0)
    if role is None:
        return await context.notice("button.closed")
    async with context.transaction() as tx:
        code = await grants.make_code(tx, role, context.person.id, context.now, MINUTES)
        await audit.record(tx, context.now, _actor(context), "role_code", 1, role.value)
    link = f"https://t.me/{context.services.bot_username()}?start={PREFIX}{code}"
    values = {"role": role.value, "link": link, "code": PREFIX + code, "minutes": MINUTES}
    await context.speak(Saying("roles.code", values))


async def ask_revoke(update: Update, context: Context) -> None:
    """Ask before a role is taken away."""
    held = await _held(context)
    if held is None:
        return await context.notice("button.closed")
    person, role = held
    if await _is_last_officer(context, role):
        return await context.notice("roles.last_officer", alert=True)
    keys = (key("roles.button.take", "roles.take", person.id, role.value), key("roles.button.keep", "roles.list"))
    await context.show("roles.ask_revoke", keys, person=person, role=role.value)


async def take(update: Update, context: Context) -> None:
    """The person no longer holds the role."""
    held = await _held(context)
    if held is None or await _is_last_officer(context, held[1]):
        return await context.notice("button.closed")
    person, role = held
    async with context.transaction() as tx:
        await grants.revoke(tx, person.id, role, context.now)
        await audit.record(tx, context.now, _actor(context), "role_revoked", 1, f"{role.value} person:{person.id}")
    await _refresh_menu(context, person)
    await context.notice("roles.taken", person=person, role=role.value)
    await _show_list(context)


async def _refresh_menu(context: Context, person: Person) -> None:
    """What they may no longer do leaves their command menu; that it is refused does not wait for this."""
    if person.telegram_id is not None:
        held = await grants.roles_of(context.db, person.id) | people.by_standing(person)
        menu = menus.menu(held, person.language)
        await context.services.delivery.show_menu(person.telegram_id, person.language, menu)


async def _held(context: Context) -> tuple[Person, Role] | None:
    """The role the button is about, when somebody holds it at this moment."""
    person_id, role = context.press.number(0), _role(context, 1)
    found = (held for held in await grants.holders(context.db) if (held[0].id, held[1]) == (person_id, role))
    return next(found, None)


async def _is_last_officer(context: Context, role: Role) -> bool:
    officers = [held for _, held in await grants.holders(context.db) if held is Role.OFFICER]
    return role is Role.OFFICER and len(officers) == 1


def _role(context: Context, place: int) -> Role | None:
    return next((role for role in GIVEN if role.value == context.press.word(place)), None)


async def _show_list(context: Context) -> None:
    await context.replace(await _list(context))


async def _list(context: Context) -> Saying:
    rows = [(_holder(person, role),) for person, role in await grants.holders(context.db)]
    return Saying("roles.list", {"count": len(rows)}, (*rows, (key("roles.button.invite", "roles.invite"),)))


def _holder(person: Person, role: Role) -> Key:
    return key("roles.holder", "roles.revoke", person.id, role.value, person=person, role=role.value)


def _actor(context: Context) -> str:
    return f"person:{context.person.id}"


FEATURE = Feature(
    name="roles",
    commands=(Command("roles", show, OFFICERS),),
    buttons=(
        Button("roles.list", back, OFFICERS),
        Button("roles.invite", ask_role, OFFICERS),
        Button("roles.code", make_code, OFFICERS),
        Button("roles.revoke", ask_revoke, OFFICERS),
        Button("roles.take", take, OFFICERS),
    ),
)
