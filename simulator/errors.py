"""What the stand-in answers when it refuses a call."""

from __future__ import annotations


class ApiError(Exception):
    """A refusal with Telegram's status and wording; retry_after is in seconds."""

    def __init__(self, status: int, description: str, retry_after: int | None = None) -> None:
        super().__init__(description)
        self.status = status
        self.description = description
        self.retry_after = retry_after


class BadRequestError(ApiError):
    """A 400: the call itself is wrong."""

    def __init__(self, what: str) -> None:
        super().__init__(400, f"Bad Request: {what}")


class ForbiddenError(ApiError):
    """A 403: the bot may not write there."""

    def __init__(self, what: str) -> None:
        super().__init__(403, f"Forbidden: {what}")


class ConflictError(ApiError):
    """A 409: two ways of fetching updates are in each other's way."""

    def __init__(self, what: str) -> None:
        super().__init__(409, f"Conflict: {what}")


class FloodError(ApiError):
    """A 429: too many messages; wait retry_after seconds."""

    def __init__(self, retry_after: int) -> None:
        super().__init__(429, f"Too Many Requests: retry after {retry_after}", retry_after)
