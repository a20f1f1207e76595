"""People in the demo without a phone on the page: most answer after a while, some never do, one has blocked the bot."""

import asyncio
from dataclasses import dataclass, field
from random import Random

from simulator import Phone, Simulator

SILENT_SHARE = 0.3
LOOK_EVERY = 0.7
SLOWEST = 25.0


@dataclass
class Invented:
    """One of them: the phone, the messages already seen, and whether this one ever answers."""

    phone: Phone
    answers: bool
    seen: set[int] = field(default_factory=set)


def gather(sim: Simulator, token: str, names: tuple[str, ...], chance: Random) -> list[Invented]:
    """Phones for these names, off the page. The last one blocks the bot."""
    sim.bot(token)
    found = [Phone(sim.world, sim.world.bots[token], name, "en", started=True) for name in names]
    found[-1].chat.blocked = True
    return [Invented(phone, answers=chance.random() > SILENT_SHARE) for phone in found]


async def live(crowd: list[Invented], chance: Random) -> None:
    """Look at every phone now and then, and tap something a little later, until cancelled."""
    async with asyncio.TaskGroup() as taps:
        while True:
            await asyncio.sleep(LOOK_EVERY)
            for one in crowd:
                for message_id, choices in _unseen(one):
                    if one.answers:
                        data, seconds = chance.choice(choices), chance.uniform(1, SLOWEST)
                        taps.create_task(_tap_later(one.phone, message_id, data, seconds))


def _unseen(one: Invented) -> list[tuple[int, list[str]]]:
    """The new messages with a first row of several buttons, which is what an invite looks like."""
    found = []
    for message in one.phone.messages:
        if message["message_id"] in one.seen or not message["from"]["is_bot"]:
            continue
        one.seen.add(message["message_id"])
        rows = message.get("reply_markup", {}).get("inline_keyboard", [])
        choices = [button["callback_data"] for row in rows[:1] for button in row if "callback_data" in button]
        if len(choices) > 1:
            found.append((message["message_id"], choices))
    return found


async def _tap_later(phone: Phone, message_id: int, data: str, seconds: float) -> None:
    await asyncio.sleep(seconds)
    phone.taps(message_id, data)
