"""What every handler may use, built once in the program's composition root."""

from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Protocol

from handlers.saying import Saying
from rules.council import Council
from storage.database import Database
from storage.rewards.vault import Vault
from storage.unlinked import Unlinked


class Delivery(Protocol):
    """The one way out. Only its implementation calls Telegram's sending methods."""

    async def reply(self, chat_id: int, saying: Saying, language: str) -> int | None:
        """Send at once, ahead of every broadcast; the message's id, or None when it is not known to have arrived."""

    async def edit(self, chat_id: int, message_id: int, saying: Saying, language: str) -> bool:
        """Change a message in place; False when it can no longer be changed."""

    async def answer(self, query_id: str, text: str | None, *, alert: bool = False) -> None:
        """Answer a button press, with a short notice when there is `text`. A late answer is not an error."""

    async def delete(self, chat_id: int, message_id: int) -> bool:
        """Take a message away; False when it could not be."""

    async def leave(self, chat_id: int) -> None:
        """Leave a group or channel."""

    async def show_menu(self, chat_id: int, language: str, commands: list[tuple[str, str]]) -> None:
        """Set this chat's command menu: (command, one-line help)."""

    async def fetch(self, file_id: str) -> bytes | None:
        """The content of a file somebody sent; None when it cannot be had. Never within a transaction."""

    def wake(self) -> None:
        """Attempts were written: look at what is due now rather than at the next tick."""


@dataclass(frozen=True)
class Services:
    """What is open and chosen: the databases, the way out, the council, the clock (unix seconds), the data folder.

    `vault` opens voucher codes, and only for the person who is shown one.
    """

    database: Database
    delivery: Delivery
    council: Council
    now: Callable[[], float]
    data_dir: Path
    bot_username: Callable[[], str]
    unlinked: Unlinked
    vault: Vault = field(default_factory=Vault)
