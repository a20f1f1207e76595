"""The way out of a turn that nobody waits for the words of: one of a flood from the same chat."""

from handlers.services import Delivery


class Hushed:
    """Delivers all but the words: they would hold up everyone behind them."""

    def __init__(self, delivery: Delivery) -> None:
        self._delivery = delivery
        self.answer = delivery.answer
        self.edit = delivery.edit
        self.delete = delivery.delete
        self.leave = delivery.leave
        self.fetch = delivery.fetch
        self.show_menu = delivery.show_menu
        self.wake = delivery.wake

    async def reply(self, *_: object) -> int | None:
        """Not sent; there is no message to speak of."""
        return None
