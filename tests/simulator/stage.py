"""What every test of the stand-in uses: a clock that stands still, and a caller who says what was answered."""

from typing import Any

from simulator import Simulator

TOKEN = "123456:ABC-def"
OTHER = "654321:ZYX-wvu"
Json = dict[str, Any]


class Clock:
    def __init__(self) -> None:
        self.now = 1_790_000_000.0

    def __call__(self) -> float:
        return self.now

    def goes(self, seconds: float) -> None:
        self.now += seconds


class Caller:
    """One bot's side: `await api("sendMessage", ...)` gives the result, `api.refused(...)` the words of refusal."""

    def __init__(self, sim: Simulator, token: str = TOKEN) -> None:
        self.sim = sim
        self.token = token

    async def __call__(self, method: str, files: Any = None, **params: Any) -> Any:
        reply = await self.sim.call(self.token, method, params, files)
        assert reply.status == 200, reply.body
        assert reply.body["ok"] is True
        return reply.body["result"]

    async def refused(self, method: str, files: Any = None, **params: Any) -> str:
        reply = await self.sim.call(self.token, method, params, files)
        assert reply.status >= 400
        assert reply.body["ok"] is False
        assert reply.body["error_code"] == reply.status
        return str(reply.body["description"])


def inline(*data: str) -> Json:
    return {"inline_keyboard": [[{"text": one or "?", "callback_data": one} for one in data]]}
