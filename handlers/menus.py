"""Who may do what, read from FEATURES: the command menu of a chat, and the docs page that lists every command."""

from collections.abc import Iterable, Iterator

import handlers  # read when somebody asks, not at import: features import this file
import texts
from handlers.context import Context
from handlers.feature import Command
from rules.roles import Role
from storage import grants, people


def may(roles: frozenset[Role], needed: frozenset[Role]) -> bool:
    """Whether one of `roles` is among those `needed`; what anyone may do, everyone may. All else is refused."""
    return bool(roles & needed) or Role.ANYONE in needed


def commands() -> Iterator[Command]:
    """Every command there is, in the order of FEATURES."""
    return (command for feature in handlers.FEATURES for command in feature.commands)


def command(name: str) -> Command | None:
    """The command of this name, or None."""
    return next((one for one in commands() if one.name == name), None)


def menu(roles: frozenset[Role], language: str) -> list[tuple[str, str]]:
    """What these roles see in their command menu: each command with its one-line help."""
    return [
        (one.name, texts.plain(language, f"command.{one.name}"))
        for one in commands()
        if one.in_menu and may(roles, one.roles)
    ]


async def refresh(context: Context) -> None:
    """Show this chat the menu of the roles the person holds by now."""
    person = context.known
    granted = await grants.roles_of(context.db, person.id) if person else frozenset()
    held = people.by_standing(person) | granted
    await context.services.delivery.show_menu(context.chat_id, context.language, menu(held, context.language))


def docs_page() -> str:
    """docs/commands.md, from FEATURES and the English texts."""
    rows = (f"| /{one.name} | {texts.plain('en', f'command.{one.name}')} | {_who(one.roles)} |" for one in commands())
    return texts.plain("en", "docs.commands") + "\n" + "\n".join(rows) + "\n"


def _who(roles: Iterable[Role]) -> str:
    if Role.ANYONE in roles:
        return texts.plain("en", "role.anyone")
    return ", ".join(texts.plain("en", f"role.{role}") for role in Role if role in roles)
