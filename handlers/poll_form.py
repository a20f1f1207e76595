"""The questions for a poll about times: for whom, which times, what the meeting is, until when people can answer."""

from collections.abc import Mapping, Sequence
from datetime import datetime

import texts
from handlers import forms
from handlers.audience_form import NOT_ANSWERED, audience_choices, audience_of
from handlers.audience_words import sentence
from handlers.context import Context
from handlers.feature import Answers, Choice, Form, Refusal, Step
from handlers.meeting_form import read_minutes, read_starts
from handlers.poll_page import page_of
from handlers.readers import line
from handlers.saying import Saying
from rules.local_time import instant
from rules.roles import COORDINATORS
from storage import audience as audiences
from storage import audit, polls, venues
from storage.database import Reading, Writing
from storage.polls import MOST_SLOTS

TITLE_LONGEST, VENUES_SHOWN, DAY = 120, 6, 24 * 3600
CLOSES: Mapping[str, int] = {"two": 2, "three": 3, "week": 7}
ONLINE = "online"


def wired(local_start: str) -> str:
    """A wall time as a button can carry it."""
    return local_start.replace("-", "").replace(":", "")


def unwired(word: str) -> str:
    """The wall time 'YYYY-MM-DDTHH:MM' that `wired` was given."""
    return datetime.strptime(word, "%Y%m%dT%H%M").isoformat(timespec="minutes")  # noqa: DTZ007 - a wall time


async def audience(db: Reading, context: Context, answers: Answers) -> Sequence[Choice]:
    """The switches of an invite's audience, but for the one about answers."""
    return [one for one in await audience_choices(db, context, answers) if one.value != NOT_ANSWERED]


async def slots(db: Reading, context: Context, answers: Answers) -> Sequence[Choice]:
    """The times suggested or typed, each a switch; then the way on."""
    picks = answers.get("slots_picks", [])
    listed = list(dict.fromkeys([*answers.get("suggested", []), *picks]))[: 2 * MOST_SLOTS]
    switches = [
        Choice(
            one,
            texts.plain(
                context.language,
                f"poll.slot.{'on' if one in picks else 'off'}",
                at=datetime.fromisoformat(unwired(one)),
            ),
        )
        for one in listed
    ]
    return [*switches, *([Choice("done")] if picks else [])]


def read_slot(context: Context, text: str, answers: Answers) -> str | Refusal:
    """One more time; ten are enough."""
    read = read_starts(context, text, answers)
    if isinstance(read, Refusal):
        return read
    picks = answers.get("slots_picks", [])
    return Refusal("poll.slots.enough", {"most": MOST_SLOTS}) if len(picks) >= MOST_SLOTS else wired(read)


async def places(db: Reading, context: Context, answers: Answers) -> Sequence[Choice]:
    """Online, and the places used last."""
    return [*[Choice(str(one.id), one.name) for one in (await venues.all(db))[:VENUES_SHOWN]], Choice(ONLINE)]


def starts_of(answers: Answers) -> list[str]:
    """The wall times that were switched on, at most ten, the earliest first."""
    return sorted(unwired(one) for one in answers.get("slots_picks", []))[:MOST_SLOTS]


def _closes_at(context: Context, answers: Answers) -> int:
    """The end of the time to answer: so many days from now, but before the first of the times."""
    first = min(instant(one, context.council.zone) for one in starts_of(answers))
    return min(context.now + CLOSES[answers["closes"]] * DAY, first - 3600)


async def about_check(db: Reading, context: Context, answers: Answers) -> Mapping[str, object]:
    """What would be asked, whom, how many they are, and until when."""
    chosen = audience_of(context, {"meeting": "0", **answers})
    times = [texts.words("when.slot", at=datetime.fromisoformat(one)) for one in starts_of(answers)]
    return {
        "title": answers["title"],
        "times": texts.listed(times, "lines"),
        "who": sentence(context.council, chosen),
        "count": await audiences.members(db, chosen, context.now),
        "closes": context.local(_closes_at(context, answers)),
    }


async def ask(tx: Writing, context: Context, answers: Answers) -> list[Saying]:
    """The poll, opened and sent to its audience; or nothing."""
    closes_at = _closes_at(context, answers)
    if answers["check"] == "no":
        return [Saying("poll.not_sent")]
    if closes_at <= context.now:
        kept = {
            name: value for name, value in answers.items() if name not in ("slots", "slots_picks", "check", "closes")
        }
        return [Saying("poll.too_soon"), await forms.open_in(tx, context, POLL, kept)]
    chosen = audience_of(context, {"meeting": "0", **answers})
    online = answers["venue"] == ONLINE
    poll = await polls.make(
        tx,
        title=answers["title"],
        strand=answers["strand"],
        mode=ONLINE if online else "in_person",
        venue_id=None if online else int(answers["venue"]),
        zone=context.council.zone.key,
        minutes=int(answers["minutes"]),
        closes_at=closes_at,
        reminds_at=context.now + (closes_at - context.now) // 2,
        lead=context.person.display_name,
        made_by=context.person.id,
        now=context.now,
    )
    await polls.add_slots(tx, poll, starts_of(answers))
    count = await polls.open_(tx, poll.id, chosen, context.now) or 0
    await audit.record(tx, context.now, f"person:{context.person.id}", "poll", count, f"poll:{poll.id}")
    return [Saying("poll.sent", {"count": count}), await page_of(tx, poll.id)]


async def reply(context: Context, sayings: list[Saying]) -> None:
    """What was done; the questions go out at once."""
    context.services.delivery.wake()
    for saying in sayings:
        await context.speak(saying)


POLL: Form = Form(
    "poll",
    (
        Step("audience", audience, columns=2, many=True),
        Step("minutes", ("60", "90", "120", "180"), reader=read_minutes, columns=2),
        Step("slots", slots, reader=read_slot, many=True),
        Step("title", reader=line(TITLE_LONGEST)),
        Step("strand", ("network", "board")),
        Step("venue", places),
        Step("closes", tuple(CLOSES)),
        Step("check", ("yes", "no"), about=about_check),
    ),
    ask,
    reply,
    COORDINATORS,
)
