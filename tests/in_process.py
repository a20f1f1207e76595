"""The program's transport without sockets: calls go straight to a stand-in for Telegram that lives in this process."""

import asyncio
import json
from http import HTTPStatus
from typing import IO, Any, Protocol
from urllib.parse import unquote

from telegram.error import TimedOut
from telegram.request import BaseRequest, RequestData

from bot.transport import NeverLeft, Request, Unanswered


class Answerer(Protocol):
    """What the in-process transport needs of a stand-in for Telegram; `world.shelf` has the files people sent."""

    world: Any

    async def call(
        self, token: str, method: str, params: dict[str, Any], files: dict[str, tuple[str, bytes]] | None
    ) -> Any:
        """Act on one call; an object with `status` and `body`."""


class InProcess(Request):
    """A transport whose calls are the stand-in's own functions."""

    def __init__(self, stand_in: Answerer) -> None:
        self._stand_in = stand_in

    async def initialize(self) -> None:
        """Nothing to open: give other tasks a turn, as a real connection would."""
        await asyncio.sleep(0)

    async def shutdown(self) -> None:
        """Nothing to close: give other tasks a turn, as a real connection would."""
        await asyncio.sleep(0)

    async def do_request(
        self,
        url: str,
        method: str,
        request_data: RequestData | None = None,
        read_timeout: Any = BaseRequest.DEFAULT_NONE,
        write_timeout: Any = None,
        connect_timeout: Any = None,
        pool_timeout: Any = None,
    ) -> tuple[int, bytes]:
        """Status and body. Raises what `Transport` raises."""
        token, _, name = url.rpartition("/bot")[2].partition("/")
        if "/file/bot" in url:
            return self._file(token, name)
        files = (
            {part: (str(item[0]), _bytes(item[1])) for part, item in request_data.multipart_data.items()}
            if request_data
            else {}
        )
        params = dict(request_data.parameters) if request_data else {}
        try:
            async with asyncio.timeout(self.seconds(read_timeout, self.read_timeout)):
                reply = await self._stand_in.call(token, name, params, files or None)
        except ConnectionRefusedError:
            raise NeverLeft("refused") from None
        except TimeoutError:
            raise TimedOut("no answer in time") from None
        except OSError as error:
            raise Unanswered(type(error).__name__) from None
        return self.judged(reply.status, json.dumps(reply.body).encode())

    def _file(self, token: str, place: str) -> tuple[int, bytes]:
        """A file that somebody sent, from where `getFile` said it is."""
        stored = self._stand_in.world.shelf.at(unquote(token), unquote(place))
        return (HTTPStatus.OK, stored.data) if stored else (HTTPStatus.NOT_FOUND, b'{"ok": false}')


def _bytes(content: bytes | IO[bytes]) -> bytes:
    return content if isinstance(content, bytes) else content.read()
