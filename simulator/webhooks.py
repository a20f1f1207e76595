"""Posting updates to a bot's own address, one at a time, again and again until it takes them."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable

import aiohttp

from simulator.chats import Bot, Webhook
from simulator.errors import ConflictError
from simulator.reply import Json

_TIMEOUT = aiohttp.ClientTimeout(total=60)
_FIRST_PAUSE, _LONGEST_PAUSE = 0.05, 5.0
_TAKEN = range(200, 300)

Answer = Callable[[Bot, Json], Awaitable[object]]


class Webhooks:
    """One task for each bot that has a webhook; answer does the call that a bot may send back in its response."""

    def __init__(self, answer: Answer, clock: Callable[[], float]) -> None:
        self._answer = answer
        self._clock = clock
        self._tasks: dict[str, asyncio.Task[None]] = {}

    def follow(self, bot: Bot) -> None:
        """Start or stop posting, as the bot's webhook now says; must be called while a loop runs."""
        old = self._tasks.pop(bot.token, None)
        if old is not None:
            old.cancel()
        if bot.webhook is not None:
            self._tasks[bot.token] = asyncio.get_running_loop().create_task(self._post_all(bot, bot.webhook))

    async def stop(self) -> None:
        """End all posting."""
        tasks = list(self._tasks.values())
        self._tasks.clear()
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)

    async def _post_all(self, bot: Bot, hook: Webhook) -> None:
        waiting, pause = bot.inbox.waiting, _FIRST_PAUSE
        async with aiohttp.ClientSession(timeout=_TIMEOUT) as session:
            while bot.webhook is hook:
                if not waiting:
                    await _next(bot)
                    continue
                head = waiting[0]
                if await self._take(session, bot, hook, head[1]):
                    pause = _FIRST_PAUSE
                    if waiting and waiting[0] is head:
                        waiting.popleft()
                else:
                    await asyncio.sleep(pause)
                    pause = min(pause * 2, _LONGEST_PAUSE)

    async def _take(self, session: aiohttp.ClientSession, bot: Bot, hook: Webhook, update: Json) -> bool:
        headers = {"X-Telegram-Bot-Api-Secret-Token": hook.secret} if hook.secret else {}
        try:
            async with session.post(hook.url, json=update, headers=headers) as response:
                if response.status not in _TAKEN:
                    self._complain(hook, f"Wrong response from the webhook: {response.status} {response.reason}")
                    return False
                sent_back = await response.json() if response.content_type == "application/json" else None
        except (aiohttp.ClientError, OSError, TimeoutError, ValueError) as error:
            self._complain(hook, f"Connection failed: {type(error).__name__}")
            return False
        if isinstance(sent_back, dict) and "method" in sent_back:
            await self._answer(bot, sent_back)
        return True

    def _complain(self, hook: Webhook, what: str) -> None:
        hook.last_error = what
        hook.last_error_date = int(self._clock())


async def _next(bot: Bot) -> None:
    try:
        await bot.inbox.wait(_TIMEOUT.total or 1)
    except ConflictError:
        return  # the bot has begun to fetch, or has set another webhook: the loop will see
