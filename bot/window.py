"""Updates between Telegram and us: in order of arrival, and how far Telegram may be told that they are handled."""

import asyncio
from collections.abc import Iterable


class Slot:
    """One update's place in the window."""

    def __init__(self, update_id: int) -> None:
        self.update_id = update_id
        self.done = asyncio.Event()


class Window:
    """What Telegram still holds and we have seen. Ids are compared for being the same, never for size.

    `handled` are updates whose effects an earlier run has committed: when they come again they are done at once.
    """

    def __init__(self, handled: Iterable[int] = ()) -> None:
        self._handled = set(handled)
        self._slots: dict[int, Slot] = {}
        self._changed = asyncio.Event()

    def take(self, update_id: int) -> Slot | None:
        """A place for an update that has just arrived, or None when it has one or was handled before."""
        if update_id in self._slots:
            return None
        slot = self._slots[update_id] = Slot(update_id)
        if update_id in self._handled:
            self.release(slot)
            return None
        return slot

    def find(self, update_id: int) -> Slot | None:
        """The place of an update that has come already."""
        return self._slots.get(update_id)

    def release(self, slot: Slot) -> None:
        """Its effects are on disk, or it has none: Telegram may be told."""
        slot.done.set()
        self._changed.set()

    def to_tell(self) -> list[int]:
        """The handled updates at the front, in order of arrival: an offset one past the last confirms exactly these."""
        ids = []
        for update_id, slot in self._slots.items():
            if not slot.done.is_set():
                break
            ids.append(update_id)
        return ids

    def told(self, update_ids: Iterable[int]) -> None:
        """Telegram has answered to an offset past these and will not repeat them."""
        for update_id in update_ids:
            self._slots.pop(update_id, None)
            self._handled.discard(update_id)

    def left_over(self) -> list[int]:
        """Forget and give those an earlier run handled that Telegram did not send first: it knows of them."""
        gone = [update_id for update_id in self._handled if update_id not in self._slots]
        self._handled.difference_update(gone)
        return gone

    @property
    def before(self) -> list[int]:
        """The updates an earlier run handled that may come again."""
        return list(self._handled)

    @property
    def busy(self) -> bool:
        """Whether anything is not done yet."""
        return any(not slot.done.is_set() for slot in self._slots.values())

    async def moved(self, seconds: float, *, to_the_end: bool) -> None:
        """Return when something is done (everything, when `to_the_end`), or after so many seconds."""
        try:
            async with asyncio.timeout(seconds):
                while self.busy or not to_the_end:
                    await self._changed.wait()
                    self._changed.clear()
                    if not to_the_end:
                        return
        except TimeoutError:
            return
