"""Telegram over aiohttp: the library's request class, and one honest word for how each call ended.

Neither a URL nor a payload is ever logged or put into an exception: the token stands in one, people's
words in the other.
"""

import json
from http import HTTPStatus
from typing import Any, Final

import aiohttp
from telegram import ForceReply, InlineKeyboardButton, InlineKeyboardMarkup
from telegram.error import BadRequest, Conflict, Forbidden, InvalidToken, NetworkError, TelegramError, TimedOut
from telegram.ext import ExtBot
from telegram.request import BaseRequest, RequestData

__all__ = ["Flood", "Line", "NeverLeft", "Request", "TelegramError", "Transport", "Unanswered", "line", "trouble"]

Markup = InlineKeyboardMarkup | ForceReply | None
UPDATES_ASKED_FOR: Final = ("message", "callback_query", "my_chat_member")
# Shorter than any server keeps an idle connection open: one that closes under a request leaves its outcome unknown.
IDLE_SECONDS = 15.0
LONGEST_SILENCE = 24 * 3600


class NeverLeft(NetworkError):
    """The request did not leave this host; repeating it is safe."""


class Unanswered(NetworkError):
    """The request left, and nobody can say whether Telegram acted on it."""


class Flood(NetworkError):
    """Telegram asked for silence for so many seconds; nothing was sent. (The library's own class warns of changes.)."""

    def __init__(self, seconds: int) -> None:
        super().__init__(f"flood: silence for {seconds} s")
        self.seconds = seconds


class Request(BaseRequest):
    """How an answer is read, whatever it came over."""

    @property
    def read_timeout(self) -> float:
        """Seconds without a byte from Telegram after which a call counts as unanswered."""
        return 20.0

    @staticmethod
    def parse_json_payload(payload: bytes) -> dict[str, Any]:
        """Telegram's JSON object. Raises Unanswered for anything else, without repeating what it was."""
        try:
            data = json.loads(payload)
        except ValueError:
            raise Unanswered("the answer was not JSON") from None
        if not isinstance(data, dict) or (data.get("ok") is True and "result" not in data):
            raise Unanswered("the answer was not in Telegram's form")
        return data

    def judged(self, status: int, payload: bytes) -> tuple[int, bytes]:
        """The answer, or the error for what the library would blur: 429, 5xx, redirects, a proxy's own page."""
        if status == HTTPStatus.TOO_MANY_REQUESTS:
            raise Flood(_retry_after(payload))
        if status >= HTTPStatus.INTERNAL_SERVER_ERROR or HTTPStatus.MULTIPLE_CHOICES <= status < HTTPStatus.BAD_REQUEST:
            raise Unanswered(f"status {status}")
        if status >= HTTPStatus.BAD_REQUEST and not payload.lstrip().startswith(b"{"):
            raise _blank(status)
        return status, payload

    def seconds(self, given: Any, default: float) -> float:
        """A timeout in seconds as the library hands it over, or the default."""
        return default if given is BaseRequest.DEFAULT_NONE or given is None else float(given)


class Transport(Request):
    """One aiohttp session with connections kept alive; `connections` is how many calls run at once."""

    def __init__(self, connections: int = 64) -> None:
        self._connections = connections
        self._session: aiohttp.ClientSession | None = None

    async def initialize(self) -> None:
        """Open the session; connections are made when first needed."""
        if self._session is None:
            connector = aiohttp.TCPConnector(limit=self._connections, keepalive_timeout=IDLE_SECONDS)
            self._session = aiohttp.ClientSession(connector=connector, cookie_jar=aiohttp.DummyCookieJar())

    async def shutdown(self) -> None:
        """Close the session and its connections."""
        if self._session is not None:
            session, self._session = self._session, None
            await session.close()

    async def do_request(
        self,
        url: str,
        method: str,
        request_data: RequestData | None = None,
        read_timeout: Any = BaseRequest.DEFAULT_NONE,
        write_timeout: Any = BaseRequest.DEFAULT_NONE,
        connect_timeout: Any = BaseRequest.DEFAULT_NONE,
        pool_timeout: Any = BaseRequest.DEFAULT_NONE,
    ) -> tuple[int, bytes]:
        """Status and body. Raises NeverLeft, Unanswered, TimedOut (unanswered too) or Flood."""
        if self._session is None:
            raise NeverLeft("the transport is closed")
        read = self.seconds(read_timeout, self.read_timeout)
        connect = self.seconds(connect_timeout, 5.0)
        patience = aiohttp.ClientTimeout(
            total=read + connect + 30,
            connect=connect + self.seconds(pool_timeout, 5.0),
            sock_connect=connect,
            sock_read=read,
        )
        try:
            async with self._session.request(
                method, url, timeout=patience, allow_redirects=False, **_body(request_data)
            ) as answer:
                return self.judged(answer.status, await answer.read())
        except (aiohttp.ClientConnectorError, aiohttp.ConnectionTimeoutError, aiohttp.InvalidURL) as error:
            raise NeverLeft(type(error).__name__) from None
        except TimeoutError:
            raise TimedOut("no answer in time") from None
        except aiohttp.ClientError as error:
            raise Unanswered(type(error).__name__) from None


class Line(ExtBot[None]):
    """The library's bot, with updates as Telegram sent them: one that cannot be parsed must not cost its neighbours."""

    async def fetch(self, offset: int | None, seconds: int, limit: int = 100) -> list[Any]:
        """Raw updates from `offset` on, waiting up to `seconds` for the first. Raises Unanswered when it is no list."""
        data = {"offset": offset, "timeout": seconds, "limit": limit, "allowed_updates": UPDATES_ASKED_FOR}
        updates = await self._post("getUpdates", data, read_timeout=seconds + 10.0)
        if not isinstance(updates, list):
            raise Unanswered("the updates were not a list")
        return updates

    # The library makes objects of all that Telegram answers and of every button: four fifths of the work of a message.
    # Of the answer only the id is wanted.

    async def send_words(
        self, chat_id: int, html: str, markup: Markup, *, protected: bool, answers: int | None = None
    ) -> int:
        """Send a text; its id in the chat. Raises what the library's own `send_message` raises, or Unanswered."""
        data = _words(html, markup) | {"chat_id": chat_id, "protect_content": protected or None}
        if answers:
            data["reply_parameters"] = {"message_id": answers, "allow_sending_without_reply": True}
        sent = await self._post("sendMessage", data)
        if not isinstance(sent, dict) or type(sent.get("message_id")) is not int:
            raise Unanswered("the message came back without its id")
        return int(sent["message_id"])

    async def content(self, file_id: str) -> bytes:
        """What is in a file that somebody sent. Raises what the library's own `get_file` raises, or Unanswered."""
        file = await self.get_file(file_id)
        return bytes(await file.download_as_bytearray())

    async def edit_words(self, chat_id: int, message_id: int, html: str, markup: Markup) -> None:
        """Put another text in place of one. Raises what the library's own `edit_message_text` raises."""
        await self._post("editMessageText", _words(html, markup) | {"chat_id": chat_id, "message_id": message_id})


def _words(html: str, markup: Markup) -> dict[str, Any]:
    keys = {"inline_keyboard": _rows(markup)} if isinstance(markup, InlineKeyboardMarkup) else markup
    return {"text": html, "parse_mode": "HTML", "link_preview_options": {"is_disabled": True}, "reply_markup": keys}


def _rows(markup: InlineKeyboardMarkup) -> list[list[dict[str, Any]]]:
    return [[_key(button) for button in row] for row in markup.inline_keyboard]


def _key(button: InlineKeyboardButton) -> dict[str, Any]:
    """A button of words and data, or whatever else the library makes of one."""
    if button.callback_data and not button.url:
        return {"text": button.text, "callback_data": button.callback_data}
    return button.to_dict()


def line(token: str, api_url: str, request: BaseRequest | None = None) -> Line:
    """A bot over `request`, or over two transports: waiting for updates never takes a connection from sending."""
    return Line(
        token,
        base_url=f"{api_url}/bot",
        base_file_url=f"{api_url}/file/bot",
        request=request or Transport(),
        get_updates_request=request or Transport(connections=2),
    )


def _body(request_data: RequestData | None) -> dict[str, Any]:
    if request_data is None:
        return {}
    if not request_data.contains_files:
        return {"json": request_data.parameters}
    form = aiohttp.FormData(quote_fields=False)  # Telegram shows a file's name as it comes, percent signs and all
    for name, value in request_data.json_parameters.items():
        form.add_field(name, value)
    for name, (filename, content, mime) in request_data.multipart_data.items():
        form.add_field(name, content, filename=filename, content_type=mime)
    return {"data": form}


def _retry_after(payload: bytes) -> int:
    """Seconds to wait; one when Telegram does not say. A number that no server means must not silence us for ever."""
    try:
        return min(LONGEST_SILENCE, max(1, int(json.loads(payload)["parameters"]["retry_after"])))
    except (ValueError, KeyError, TypeError):
        return 1


def _blank(status: int) -> TelegramError:
    """The error for a refusal whose body is not Telegram's, a proxy's page for one."""
    known: dict[int, type[TelegramError]] = {
        400: BadRequest,
        401: InvalidToken,
        403: Forbidden,
        404: InvalidToken,
        409: Conflict,
    }
    return known.get(status, Unanswered)(f"status {status}, not in Telegram's form")


def trouble(error: TelegramError) -> tuple[str, float]:
    """A word for what went wrong with fetching updates, and the least seconds to wait before the next try."""
    match error:
        case Flood(seconds=seconds):
            return "flood", float(seconds)
        case Conflict():
            return "another program fetches with this token", 5.0
        case InvalidToken():
            return "Telegram does not know this token", 30.0
    return "no connection", 1.0
