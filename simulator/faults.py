"""Faults on demand: what can go wrong between a bot and Telegram."""

from __future__ import annotations

import random
from dataclasses import dataclass, fields
from typing import Any

from simulator.errors import ApiError, BadRequestError, FloodError, ForbiddenError
from simulator.reply import Json, Reply

KINDS = ("429", "500", "502", "403", "400", "refuse", "lose", "hang", "slow", "half_open", "malformed")


@dataclass(slots=True)
class Fault:
    """One kind of fault: times is how often (None: for good), after is how many fitting calls it lets pass first.

    "429", "500", "502", "403" and "400" answer so without acting (with acts, after acting); "refuse" closes the
    connection before acting; "lose" acts and drops the connection; "half_open" acts and sends half an answer; "hang"
    does not act and answers 502 after seconds; "slow" waits seconds, then acts; "malformed" puts a broken update
    into getUpdates.
    """

    kind: str
    method: str | None = None
    chat_id: int | None = None
    times: int | None = 1
    retry_after: int = 1
    after: int = 0
    probability: float = 1.0
    seconds: float = 30.0
    token: str | None = None
    description: str | None = None
    acts: bool = False

    def __post_init__(self) -> None:
        """Refuse an unknown kind with a ValueError."""
        if self.kind not in KINDS:
            message = f"unknown fault {self.kind!r}: one of {', '.join(KINDS)}"
            raise ValueError(message)

    def fits(self, token: str, method: str, params: Json) -> bool:
        """Say whether this fault concerns the call."""
        wanted = "getUpdates" if self.kind == "malformed" else self.method
        return (
            (wanted is None or wanted.lower() == method)
            and (self.token is None or self.token == token)
            and (self.chat_id is None or str(self.chat_id) == str(params.get("chat_id")))
        )

    def error(self) -> ApiError:
        """Give the refusal that a fault with a status answers with."""
        words = self.description
        if self.kind == "429":
            return FloodError(self.retry_after)
        if self.kind == "403":
            return ForbiddenError(words or "bot was blocked by the user")
        if self.kind == "400":
            return BadRequestError(words or "chat not found")
        if self.kind == "500":
            return ApiError(500, words or "Internal Server Error")
        return ApiError(502, words or "Bad Gateway")


class HalfAnswerError(ConnectionResetError):
    """The answer breaks off in the middle; reply is what it would have been."""

    def __init__(self, reply: Reply) -> None:
        super().__init__("the answer broke off")
        self.reply = reply


class Faults:
    """The faults that are set, oldest first; dice is the source of chance, to be seeded by tests."""

    def __init__(self) -> None:
        self.items: list[Fault] = []
        self.dice = random.Random()  # noqa: S311  chance for tests, not for secrets

    def add(self, fault: Fault) -> Fault:
        """Set one more fault."""
        self.items.append(fault)
        return fault

    def clear(self) -> None:
        """Take all faults away."""
        self.items.clear()

    def strike(self, token: str, method: str, params: Json) -> Fault | None:
        """Give the fault that hits this call (method in lower case), and use it up."""
        for fault in self.items:
            if fault.fits(token, method, params) and self._is_due(fault):
                return fault
        return None

    def _is_due(self, fault: Fault) -> bool:
        if fault.after > 0:
            fault.after -= 1
            return False
        if fault.probability < 1.0 and self.dice.random() >= fault.probability:
            return False
        if fault.times is not None:
            fault.times -= 1
            if fault.times <= 0:
                self.items.remove(fault)
        return True


def fault_from(fields_given: dict[str, Any]) -> Fault:
    """Build a fault from a JSON object; raises ValueError for an unknown kind or field."""
    unknown = set(fields_given) - {field.name for field in fields(Fault)}
    if unknown or "kind" not in fields_given:
        message = f"unknown or missing fields: {', '.join(sorted(unknown)) or 'kind'}"
        raise ValueError(message)
    return Fault(**fields_given)
