"""Tests as dialogues: people with phones, the real program, a stand-in for Telegram and a clock that stands still.

    ada = stage.somebody("Ada")
    await ada.says("/start")
    ada.sees("join.hello")            # a text by name, or words
    await ada.taps("Yes")             # a button by its words, or by the name of its text

`sees` looks at what has come or changed since the person last did something.
"""

import re
from contextlib import asynccontextmanager
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

import texts
from bot.app import Program, build
from bot.settings import Settings
from rules.roles import Role
from simulator import Phone, Simulator
from storage import grants, people
from tests.in_process import InProcess
from texts.catalogue import catalogue

TOKEN = "123456:invented-for-tests"
LONDON = ZoneInfo("Europe/London")
MONDAY_NOON = int(datetime(2027, 3, 1, 12, 0, tzinfo=LONDON).timestamp())
FAST = {"sends_per_second": 100_000, "sends_per_second_in_a_chat": 10_000}


class Clock:
    """Unix seconds that pass only when a test says so."""

    def __init__(self, now=MONDAY_NOON):
        self.now = float(now)

    def __call__(self):
        return self.now

    def passes(self, **spans):
        """Let hours=2, days=1, minutes=30 or seconds=5 go by."""
        lengths = {"seconds": 1, "minutes": 60, "hours": 3600, "days": 24 * 3600}
        self.now += sum(lengths[span] * count for span, count in spans.items())


class Stage:
    """The program and the people who talk to it."""

    def __init__(self, program: Program, simulator: Simulator, clock: Clock) -> None:
        self.program, self.simulator, self.clock = program, simulator, clock

    token = TOKEN

    @property
    def db(self):
        return self.program.database.reading

    def somebody(self, name="Ada", language="en"):
        """Somebody with a phone who has never written to us."""
        return Someone(self, self.simulator.phone(TOKEN, name, language), language)

    async def worker(self, name="Ada", market="home_care", shift="days", job="care_worker", strand="network"):
        """Somebody who has signed up, tap by tap."""
        someone = self.somebody(name)
        await someone.says("/start")
        for step in ("join.consent.button.yes", f"market.{market}", f"shift.{shift}", f"job.{job}", f"strand.{strand}"):
            await someone.taps(step)
        return someone

    async def staff(self, *roles: Role, name="Olu"):
        """Somebody who has been given these roles by one-time codes."""
        someone = self.somebody(name)
        for role in roles:
            async with self.program.database.transaction() as tx:
                code = await grants.make_code(tx, role, None, int(self.clock.now))
            await someone.says(f"/start enrol-{code}")
        return someone

    async def coordinator(self, name="Cas"):
        return await self.staff(Role.COORDINATOR, name=name)

    async def officer(self, name="Olu"):
        return await self.staff(Role.OFFICER, name=name)

    async def passes(self, **spans):
        """Let time go by, and everything that is due happen."""
        self.clock.passes(**spans)
        await self.program.settle()

    async def settle(self):
        await self.program.settle()


class Someone:
    """A person with a phone."""

    def __init__(self, stage: Stage, phone: Phone, language: str) -> None:
        self.stage, self.phone, self.language = stage, phone, language
        self._before: dict[int, Any] = {}
        self._alerts_before = 0

    @property
    def id(self):
        return self.phone.id

    async def person(self):
        """What the database knows, or None."""
        return await people.by_telegram(self.stage.db, self.id)

    # ---- doing

    async def says(self, words):
        await self._does(lambda: self.phone.says(words))

    async def sends(self, kind, **fields):
        await self._does(lambda: self.phone.sends(kind, **fields))

    async def edits(self, message_id, words):
        await self._does(lambda: self.phone.edits(message_id, words))

    async def blocks(self):
        await self._does(self.phone.blocks)

    async def unblocks(self):
        await self._does(self.phone.unblocks)

    async def taps(self, button, *, on=None):
        """Tap the newest button with these words (or those of a text by its name), `on` a message with these words."""
        message, key = self._button(button, on)
        await self._does(lambda: self.phone.taps(message["message_id"], key["callback_data"]))

    async def forges(self, data, message_id=None):
        """Send any callback data, as no honest phone would."""
        known = [m["message_id"] for m in self.phone.messages if m["from"]["is_bot"]]
        await self._does(lambda: self.phone.taps(message_id or known[-1], data))

    async def does(self, act):
        """Anything else a phone can do."""
        await self._does(act)

    async def _does(self, act):
        await self.stage.settle()
        self._before = {m["message_id"]: look(m) for m in self.phone.messages}
        self._alerts_before = len(self.phone.alerts)
        act()
        await self.stage.settle()

    # ---- seeing

    @property
    def fresh(self):
        """The bot's messages that have come or changed since the person last did something."""
        return [m for m in self.phone.messages if m["from"]["is_bot"] and self._before.get(m["message_id"]) != look(m)]

    @property
    def alerts(self):
        """The notices that answered the last tap."""
        return [alert.text for alert in self.phone.alerts[self._alerts_before :] if alert.text]

    @property
    def shown(self):
        """All that is new: messages, then notices."""
        return [words_of(m) for m in self.fresh] + self.alerts

    @property
    def buttons(self):
        """The words on the buttons of the newest message that has any."""
        newest = next(m for m in reversed(self.phone.messages) if keys_of(m))
        return [key["text"] for row in keys_of(newest) for key in row]

    def sees(self, wanted, *more, **values):
        """The text of this name (with these values, if given), or these words, came or changed since the last act."""
        for one in (wanted, *more):
            assert self._has(one, values), f"{self.phone.name} does not see {one!r}, but: {self.shown}"

    def sees_not(self, *unwanted):
        for one in unwanted:
            assert not self._has(one, {}), f"{self.phone.name} sees {one!r}: {self.shown}"

    def sees_nothing(self):
        assert self.shown == []

    def _has(self, wanted, values):
        patterns = patterns_of(self.language, wanted, values)
        return any(pattern.search(words) for words in self.shown for pattern in patterns)

    def _button(self, wanted, on):
        patterns = patterns_of(self.language, wanted, {})
        for message in reversed(self.phone.messages):
            if on is not None and not any(p.search(words_of(message)) for p in patterns_of(self.language, on, {})):
                continue
            for key in (key for row in keys_of(message) for key in row):
                if any(pattern.fullmatch(key["text"]) for pattern in patterns):
                    return message, key
        raise AssertionError(f"no button {wanted!r} on {self.phone.name}'s screen: {self.phone.screen}")


def look(message):
    """What a person would notice a change of."""
    return words_of(message), str(message.get("reply_markup")), message.get("document", {}).get("file_id")


def words_of(message):
    return message.get("text") or message.get("caption") or ""


def keys_of(message):
    return message.get("reply_markup", {}).get("inline_keyboard", [])


def patterns_of(language, wanted, values):
    """What may stand on a screen for a text's name (in the person's language or in English), or for plain words."""
    if not texts.exists(wanted):
        return [re.compile(re.escape(wanted), re.IGNORECASE)]
    if values:
        return [re.compile(re.escape(without_tags(texts.render(language, wanted, **values))))]
    books = [catalogue(code) for code in dict.fromkeys((language, "en"))]
    return [pattern_of(form) for book in books for form in book.forms.get(wanted, ())]


def pattern_of(template):
    literals = re.split(r"\{[^{}]*\}", without_tags(template))
    return re.compile(".*".join(re.escape(literal.strip("\n")) for literal in literals), re.DOTALL)


def without_tags(html):
    return re.sub(r"</?[a-z]+[^>]*>", "", html).replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")


@asynccontextmanager
async def staged(folder, simulator=None, steady=None, **settings):
    """A program of its own in `folder`, with settings as in the environment but without the prefix.

    A `simulator` that is handed in is a Telegram that was there before, with its clock; `steady` is a clock that nobody
    can set.
    """
    clock = simulator.clock if simulator else Clock()
    simulator = simulator or Simulator(clock, flood=False)
    simulator.bot(TOKEN, username="care_compact_bot", name="Care Compact")
    chosen = {"token": TOKEN, "data_dir": folder, "council_name": "Royal Borough of Testing", **FAST, **settings}
    settings = Settings(_env_file=None, **chosen)
    async with build(settings, request=InProcess(simulator), now=clock, steady=steady) as program:
        yield Stage(program, simulator, clock)
