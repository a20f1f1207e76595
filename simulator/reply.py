"""What a call gives back."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, TypeAlias

from simulator.errors import ApiError

Json: TypeAlias = dict[str, Any]


@dataclass(slots=True, frozen=True)
class Reply:
    """An HTTP status and the JSON object that goes with it, as Telegram shapes it."""

    status: int
    body: Json


def success(result: object) -> Reply:
    """Wrap a result as Telegram does."""
    return Reply(200, {"ok": True, "result": result})


def refusal(error: ApiError) -> Reply:
    """Wrap an error as Telegram does."""
    body: Json = {"ok": False, "error_code": error.status, "description": error.description}
    if error.retry_after is not None:
        body["parameters"] = {"retry_after": error.retry_after}
    return Reply(error.status, body)
