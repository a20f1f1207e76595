"""People in the demo without a phone on the page: most answer after a while, some never do, one has blocked the bot."""

import asyncio
from collections.abc import Callable
from dataclasses import dataclass, field
from random import Random

from simulator import Phone, Simulator

SILENT_SHARE = 0.3
LOOK_EVERY = 0.5
SOONEST, SLOWEST = 2.0, 20.0
"""Seconds in front of the page until somebody answers."""
PATIENCE = 2 * 3600.0
"""Seconds on the demo's clock after which they have answered at the latest, however fast time goes by."""
REASONS, POLL = "rsvp.why", "poll.vote"


@dataclass
class Invented:
    """One of them: the phone, the messages already seen, and whether this one ever answers."""

    phone: Phone
    answers: bool
    seen: set[int] = field(default_factory=set)


@dataclass(frozen=True)
class Intention:
    """A tap that somebody will make: as soon as either clock has come so far."""

    phone: Phone
    message_id: int
    on_the_wall: float
    in_the_demo: float


class Crowd:
    """All of them. `now` is the demo's clock in unix seconds, `wall` the one of the person in front of the page."""

    def __init__(
        self, people: list[Invented], chance: Random, now: Callable[[], float], wall: Callable[[], float]
    ) -> None:
        self.people, self._chance, self._now, self._wall = people, chance, now, wall
        self._intentions: list[Intention] = []

    async def live(self) -> None:
        """Look at every phone now and then, until cancelled."""
        while True:
            self.look()
            await asyncio.sleep(LOOK_EVERY)

    def look(self) -> int:
        """Read what is new, and do what is due; how many taps that was."""
        for one in self.people:
            for message_id in _unseen(one):
                if one.answers:
                    self._intend(one.phone, message_id)
        now, wall = self._now(), self._wall()
        due = [it for it in self._intentions if it.on_the_wall <= wall or it.in_the_demo <= now]
        for intention in due:
            self._intentions.remove(intention)
            self._tap(intention)
        return len(due)

    def _intend(self, phone: Phone, message_id: int) -> None:
        share = self._chance.random()
        soon = SOONEST + share * (SLOWEST - SOONEST)
        self._intentions.append(Intention(phone, message_id, self._wall() + soon, self._now() + share * PATIENCE))

    def _tap(self, intention: Intention) -> None:
        """Tap one of the first row's buttons, of every row in a poll; who is asked for a reason gives one later."""
        rows = _rows(intention.phone.chat.messages.get(intention.message_id, {}))
        if rows and all(POLL in data for data in rows[0]):
            for row in rows:
                intention.phone.taps(intention.message_id, self._chance.choice(row))
            return
        asked_why = bool(rows) and REASONS in rows[0][0]
        choices = [data for row in (rows[:-1] if asked_why else rows[:1]) for data in row]
        if not choices:
            return
        chosen = self._chance.choice(choices)
        intention.phone.taps(intention.message_id, chosen)
        if chosen.endswith(":no") and not asked_why:
            self._intend(intention.phone, intention.message_id)


def gather(sim: Simulator, token: str, names: tuple[str, ...], chance: Random) -> list[Invented]:
    """Phones for these names, off the page. The last one blocks the bot."""
    sim.bot(token)
    found = [Phone(sim.world, sim.world.bots[token], name, "en", started=True) for name in names]
    for last in found[-1:]:
        last.chat.blocked = True
    return [Invented(phone, answers=chance.random() > SILENT_SHARE) for phone in found]


def _unseen(one: Invented) -> list[int]:
    """The new messages with a first row of several buttons, which is what an invite looks like."""
    fresh = [number for number in one.phone.chat.messages if number not in one.seen]
    one.seen.update(fresh)
    return [number for number in fresh if len((_rows(one.phone.chat.messages[number]) or [[]])[0]) > 1]


def _rows(message: dict[str, object]) -> list[list[str]]:
    markup = message.get("reply_markup")
    rows = markup.get("inline_keyboard", []) if isinstance(markup, dict) else []
    return [[key["callback_data"] for key in row if "callback_data" in key] for row in rows]
