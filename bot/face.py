"""What people see of the bot before they write to it: its descriptions and its command menu, in each language."""

import structlog

import texts
from bot.logs import fault
from bot.transport import Line, TelegramError
from handlers import menus
from rules.council import Council
from rules.roles import Role

log = structlog.get_logger()
_STRANGER = frozenset({Role.ANYONE})


async def show(line: Line, council: Council) -> None:
    """Set it; the first language is the one for everybody whose own is not offered. A failure is logged and let be."""
    try:
        for language in council.languages:
            code = language.partition("-")[0]
            await _say(line, council, language, None if language == council.languages[0] else code)
    except TelegramError as error:
        log.warning("descriptions and menus could not be set", **fault(error))


async def _say(line: Line, council: Council, language: str, code: str | None) -> None:
    await line.set_my_commands(menus.menu(_STRANGER, language), language_code=code)
    words = texts.plain(language, "bot.description", council=council.name)
    await line.set_my_description(words, language_code=code)
    words = texts.plain(language, "bot.short_description", council=council.name)
    await line.set_my_short_description(words, language_code=code)
