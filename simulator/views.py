"""What the page is told about bots, phones, calls and receipts, as JSON."""

from __future__ import annotations

from typing import TYPE_CHECKING

from simulator.ledger import Call, Receipt
from simulator.methods.commands import menu
from simulator.phone import Phone
from simulator.reply import Json

if TYPE_CHECKING:
    from simulator.core import Simulator


def state_of(sim: Simulator) -> Json:
    """Everything the page needs to begin; now is in unix seconds."""
    return {
        "now": sim.clock(),
        "simulation": True,
        "clock_can_be_moved": sim.forward is not None,
        "timezone": sim.timezone,
        "bots": [bot_state(sim, token, index) for index, token in enumerate(sim.world.bots)],
        "phones": [phone_state(sim, phone) for phone in sim.phones.values()],
    }


def bot_state(sim: Simulator, token: str, index: int) -> Json:
    """One bot by its place in the list; its token is never told."""
    bot = sim.world.bots[token]
    return {
        "index": index,
        "username": bot.user["username"],
        "name": bot.user["first_name"],
        "words": [{"what": what, "language": lang, "text": text} for (what, lang), text in bot.words.items()],
        "commands": [
            {"scope": scope, "language": language, "commands": commands}
            for (scope, language), commands in bot.commands.items()
        ],
    }


def phone_state(sim: Simulator, phone: Phone) -> Json:
    """One phone as it looks now."""
    chat, alert = phone.chat, phone.chat.alerts[-1] if phone.chat.alerts else None
    return {
        "id": phone.id,
        "bot": list(sim.world.bots).index(phone.bot.token),
        "name": phone.name,
        "label": phone.label,
        "blocked": chat.blocked,
        "started": chat.started,
        "language_code": phone.language_code,
        "messages": [{**m, "from_bot": m["from"]["is_bot"]} for m in chat.messages.values()],
        "menu": menu(phone.bot, chat, phone.language_code),
        "keyboard": chat.keyboard,
        "force_reply": chat.force_reply is not None,
        "placeholder": (chat.force_reply or chat.keyboard or {}).get("input_field_placeholder"),
        "typing": sim.clock() < chat.typing_until,
        "alert": alert if alert and alert["text"] else None,
        "pinned": chat.pinned[-1] if chat.pinned else None,
    }


def receipt_view(sim: Simulator, receipt: Receipt) -> Json:
    """One line of the ledger."""
    return {
        "at": receipt.at,
        "bot": list(sim.world.bots).index(receipt.token),
        "chat_id": receipt.chat_id,
        "method": receipt.method,
        "message_id": receipt.message_id,
        "text": receipt.text,
        "data": receipt.data,
    }


def call_view(call: Call) -> Json:
    """One line of the transcript; a call that was cut off has the outcome "cut"."""
    return {
        "at": call.at,
        "method": call.method,
        "params": call.params,
        "status": call.status,
        "body": call.body,
        "fault": call.fault,
        "outcome": f"{call.status or 'cut'}" + (f" ({call.fault})" if call.fault else ""),
    }
