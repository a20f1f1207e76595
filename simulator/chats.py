"""Bots and chats as the stand-in keeps them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from simulator import wording
from simulator.errors import ForbiddenError
from simulator.inbox import Inbox
from simulator.reply import Json

Message = Json


@dataclass(slots=True)
class Chat:
    """One chat of one bot: who is in it, what stands in it, and whether the bot may write."""

    id: int
    public: Json
    started: bool = True
    blocked: bool = False
    deactivated: bool = False
    member: bool = True
    messages: dict[int, Message] = field(default_factory=dict)
    pinned: list[int] = field(default_factory=list)
    keyboard: Json | None = None
    force_reply: Json | None = None
    typing_until: float = 0.0
    alerts: list[Json] = field(default_factory=list)

    def admit(self) -> None:
        """Raise ForbiddenError when the bot may not write here."""
        if self.blocked or self.deactivated or not self.started or not self.member:
            raise ForbiddenError(self._why_not())

    def _why_not(self) -> str:
        if self.deactivated:
            return wording.DEACTIVATED
        if not self.member:
            return wording.LEFT
        return wording.BLOCKED if self.blocked else wording.NOT_STARTED


@dataclass(slots=True)
class Query:
    """A tap on an inline button that waits for its answer."""

    chat: Chat
    at: float
    answered: bool = False


@dataclass(slots=True)
class Webhook:
    """Where updates go instead of being fetched; last_error_date is in unix seconds."""

    url: str
    secret: str | None
    max_connections: int
    last_error_date: int | None = None
    last_error: str | None = None


@dataclass(slots=True)
class Bot:
    """One bot: its token, its face to the world, its chats and its waiting updates."""

    token: str
    user: Json
    message_ids: Iterator[int]
    inbox: Inbox = field(default_factory=Inbox)
    chats: dict[int, Chat] = field(default_factory=dict)
    queries: dict[str, Query] = field(default_factory=dict)
    commands: dict[tuple[str, str], list[Json]] = field(default_factory=dict)
    words: dict[tuple[str, str], str] = field(default_factory=dict)
    webhook: Webhook | None = None
