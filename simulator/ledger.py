"""What truly happened: every call, and everything that reached a chat."""

from __future__ import annotations

from dataclasses import dataclass

from simulator.reply import Json


@dataclass(slots=True, frozen=True)
class Receipt:
    """One message (or edit) that truly reached a chat; at is in unix seconds, data is the message as it then stood."""

    at: float
    token: str
    chat_id: int
    method: str
    message_id: int
    text: str
    data: Json


@dataclass(slots=True, frozen=True)
class Call:
    """One call of a method: what was asked, what was answered, and the fault it met, if any."""

    at: float
    token: str
    method: str
    params: Json
    status: int
    body: Json
    fault: str | None = None
