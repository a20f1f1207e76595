"""A joining code: somebody we know without Telegram brings their account, and there is still one record of them."""

from handlers import menus, welcome
from handlers.context import Context
from handlers.saying import Key, key
from rules.roles import EVERYONE
from storage import audit, joining


async def bring(context: Context, code: str) -> None:
    """Join the account to the record; a code that is no good says so kindly and does nothing.

    Whoever holds a role is refused too: a coordinator who tries the link out must not become the worker.
    """
    holds_role = bool(context.roles - EVERYONE)
    async with context.transaction() as tx:
        joined = None if holds_role else await joining.redeem(tx, code, context.chat_id, context.language, context.now)
        if joined is not None:
            context.turn.person = joined.person
            await audit.record(tx, context.now, f"person:{joined.person.id}", "account_joined", 1, "")
            if not joined.person.consented:
                await welcome.stand_at_notice(tx, context)
    if joined is None:
        await context.say("join.meet.refused", (key("help.begin", "go", "start"), key("button.person", "go", "person")))
        return
    person, name = joined.person, joined.person.display_name
    await context.say("join.meet.done" if name else "join.meet.done_nameless", *_next(context), name=name)
    await menus.refresh(context)
    if not person.consented:
        await welcome.hello(context)


def _next(context: Context) -> list[tuple[Key, ...]]:
    person = context.person
    if not person.consented:
        return []
    if person.stopped_at is not None:
        return [(key("staying.come_back", "go", "back"),)]
    return [(key("command.free", "go", "free"), key("button.home", "go", "home"))]
