"""How a bot hears of things: fetching updates, or having them posted to it."""

from __future__ import annotations

import re
from urllib.parse import urlsplit

from simulator import limits, wording
from simulator.chats import Webhook
from simulator.errors import BadRequestError, ConflictError
from simulator.methods.registry import Asked, method
from simulator.reply import Json

_SECRET = re.compile(r"[\w-]{1,256}", re.ASCII)
_NEARBY = frozenset({"localhost", "127.0.0.1", "::1"})
_CONNECTIONS = 40


def first_updates(asked: Asked) -> list[Json]:
    """Confirm what the offset says, and give what is there at once; raises ConflictError while a webhook is set."""
    bot, params = asked.bot, asked.params
    if bot.webhook is not None:
        raise ConflictError(wording.WEBHOOK_ACTIVE)
    bot.inbox.allow(params.get("allowed_updates"))
    bot.inbox.turn_away(wording.OTHER_POLLER)
    if params.get("offset"):
        bot.inbox.confirm(params["offset"])
    return bot.inbox.first(_limit(params))


def _limit(params: Json) -> int:
    return int(max(1, min(params.get("limit") or limits.UPDATES, limits.UPDATES)))


@method("getUpdates", "offset limit timeout allowed_updates")
def get_updates(asked: Asked) -> object:
    """Give the waiting updates at once; the simulator itself waits for more where a timeout is given."""
    return first_updates(asked)


async def wait_for_updates(asked: Asked) -> list[Json]:
    """Do getUpdates with its long poll: wait up to timeout seconds for the first update."""
    updates = first_updates(asked)
    seconds = min(asked.params.get("timeout", 0), limits.POLL_SECONDS)
    if updates or seconds <= 0:
        return updates
    await asked.bot.inbox.wait(seconds)
    return asked.bot.inbox.first(_limit(asked.params))


@method("setWebhook", "url! certificate ip_address max_connections allowed_updates drop_pending_updates secret_token")
def set_webhook(asked: Asked) -> object:
    """Have updates posted to an address: HTTPS anywhere, or plain HTTP on this machine."""
    url, secret = asked.params.get("url", ""), asked.params.get("secret_token")
    if not url:
        return delete_webhook(asked)
    parts = urlsplit(url)
    if not parts.hostname or not (parts.scheme == "https" or (parts.scheme == "http" and parts.hostname in _NEARBY)):
        raise BadRequestError(wording.WEBHOOK_HTTPS)
    if secret is not None and not _SECRET.fullmatch(secret):
        raise BadRequestError(wording.WEBHOOK_SECRET)
    _drop(asked)
    inbox = asked.bot.inbox
    inbox.allow(asked.params.get("allowed_updates"))
    asked.bot.webhook = Webhook(url, secret, asked.params.get("max_connections", _CONNECTIONS))
    inbox.turn_away(wording.WEBHOOK_SET)
    _tell(asked)
    return True


@method("deleteWebhook", "drop_pending_updates")
def delete_webhook(asked: Asked) -> object:
    """Go back to fetching."""
    _drop(asked)
    asked.bot.webhook = None
    _tell(asked)
    return True


def _tell(asked: Asked) -> None:
    if asked.world.webhook_changed is not None:
        asked.world.webhook_changed(asked.bot)


def _drop(asked: Asked) -> None:
    if asked.params.get("drop_pending_updates"):
        asked.bot.inbox.waiting.clear()


@method("getWebhookInfo")
def get_webhook_info(asked: Asked) -> object:
    """Say where updates go, how many wait and what went wrong last."""
    hook, inbox = asked.bot.webhook, asked.bot.inbox
    info: Json = {"url": "", "has_custom_certificate": False, "pending_update_count": len(inbox.waiting)}
    if hook is not None:
        info |= {"url": hook.url, "max_connections": hook.max_connections, "ip_address": "127.0.0.1"}
        if hook.last_error is not None:
            info |= {"last_error_date": hook.last_error_date, "last_error_message": hook.last_error}
    if inbox.allowed:
        info["allowed_updates"] = sorted(inbox.allowed)
    return info
