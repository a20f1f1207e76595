"""The money looked at: when the program starts, and once on each local day after."""

from datetime import datetime

import structlog

from handlers.services import Services
from storage.rewards import reversing, watch

log = structlog.get_logger()


class Watch:
    """`look` does it when the day is new. What does not add up stops payouts until somebody on the host lifts that."""

    def __init__(self, services: Services) -> None:
        self._services = services
        self._day = ""

    async def look(self) -> None:
        """Look at the money and let go what has run out, once a day; twice does no harm."""
        now = int(self._services.now())
        day = datetime.fromtimestamp(now, self._services.council.zone).date().isoformat()
        if day == self._day:
            return
        if await watch.look(self._services.database, now):
            log.error("alert: the money does not add up; payouts are stopped. See: python -m bot payouts")
        else:
            async with self._services.database.transaction() as tx:
                await reversing.expire(tx, now)
        self._day = day
