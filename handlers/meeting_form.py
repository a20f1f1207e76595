"""The questions for a new meeting, how typed answers to them are read, and the making of it."""

import re
from collections.abc import Mapping, Sequence
from datetime import datetime

import texts
from handlers import forms, venue_form
from handlers.context import Context
from handlers.dates import read_starts, shown_start, sure_start
from handlers.feature import Answers, Choice, Form, Refusal, Step
from handlers.meeting_words import details
from handlers.readers import line
from handlers.saying import Saying, key
from handlers.venue_form import venue_of, where
from rules.local_time import instant
from rules.roles import COORDINATORS
from storage import meeting_facts, meetings
from storage.database import Reading, Writing
from storage.meetings import Meeting

TITLE_LONGEST = 120
LINE_LONGEST, CONTACT_LONGEST = 300, 200
SHORTEST, LONGEST = 5, 1440  # minutes
LARGEST, LONGEST_NUMBER = 99_999, 5
_LENGTH = re.compile(
    r"(?P<clock>[0-9]{1,5}):(?P<rest>[0-9]{1,2})"
    r"|(?P<hours>[0-9]{1,5}(\.[0-9]{1,5})?) ?(h|hrs?|hours?)( ?(and )?(?P<more>[0-9]{1,2}) ?(m|mins?|minutes?)?)?"
    r"|(?P<minutes>[0-9]{1,5}) ?(m|mins?|minutes?)?"
)
_WHERE = tuple(step.name for step in venue_form.STEPS)
CHANGES: Mapping[str, tuple[str, ...]] = {
    "title": ("title",),
    "strand": ("strand",),
    "where": _WHERE,
    "starts": ("starts",),
    "minutes": ("minutes",),
    "capacity": ("capacity",),
    "reward": ("reward",),
    "lead": ("lead", "lead_contact"),
}


def read_minutes(context: Context, text: str, answers: Answers) -> str | Refusal:
    """A length in minutes, from "90", "90 minutes", "2 hours", "1.5 h", "1 hour 30" or "1:30"."""
    minutes = minutes_in(text)
    return (
        str(minutes)
        if minutes is not None and SHORTEST <= minutes <= LONGEST
        else Refusal("meeting.minutes.not_understood")
    )


def minutes_in(text: str) -> int | None:
    """The minutes that `text` speaks of, or None when it is anything but a length."""
    found = _LENGTH.fullmatch(" ".join(text.lower().replace(",", ".").split()))
    if found is None:
        return None
    hours = float(found["hours"] or found["clock"] or 0)
    return round(hours * 60) + int(found["minutes"] or found["more"] or found["rest"] or 0)


def _digits(text: str) -> bool:
    return text.isascii() and text.isdigit() and len(text) <= LONGEST_NUMBER


def read_capacity(context: Context, text: str, answers: Answers) -> str | Refusal:
    """A number of places."""
    number = text.strip()
    if _digits(number) and 1 <= int(number) <= LARGEST:
        return str(int(number))
    return Refusal("meeting.capacity.not_understood")


def _shown_minutes(minutes: str) -> texts.Words:
    return texts.words("meeting.minutes.shown", count=int(minutes))


def starts(context: Context, answers: Answers) -> datetime:
    """The start as it was understood, on the council's clock."""
    zone = context.council.zone
    return datetime.fromtimestamp(instant(answers["starts"], zone), zone)


async def about_starts(db: Reading, context: Context, answers: Answers) -> Mapping[str, object]:
    """The start, to be shown back in full."""
    return {"starts": starts(context, answers)}


async def about_check(db: Reading, context: Context, answers: Answers) -> Mapping[str, object]:
    """Everything that was said, for the last look."""
    begins = starts(context, answers)
    unlimited, none = answers["capacity"] == "no_limit", answers["reward"] == "none"
    return {
        "title": answers["title"],
        "strand": answers["strand"],
        "starts": begins,
        "ends": datetime.fromtimestamp(int(begins.timestamp()) + int(answers["minutes"]) * 60, begins.tzinfo),
        "where": await where(db, answers),
        "capacity": texts.words("meeting.capacity.no_limit") if unlimited else int(answers["capacity"]),
        "reward": texts.words("meeting.reward.none") if none else answers["reward"],
        "lead": context.person.display_name if answers["lead"] == "me" else answers["lead"],
        "contact": answers["lead_contact"] or texts.words("meeting.no_contact"),
    }


async def check_choices(db: Reading, context: Context, answers: Answers) -> Sequence[Choice]:
    """A change for each line, and the making of it, open or as a draft."""
    return [Choice(value) for value in (*CHANGES, "make", "draft")]


async def finish(tx: Writing, context: Context, answers: Answers) -> Meeting | list[Saying]:
    """The meeting, made; or the question for the line that is to be changed, or whose time has passed meanwhile."""
    if answers["check"] in CHANGES:
        return [await _ask_again(tx, context, answers, CHANGES[answers["check"]])]
    if starts(context, answers).timestamp() <= context.now:
        return [Saying("meeting.starts.past"), await _ask_again(tx, context, answers, ("starts",))]
    return await make(tx, context, answers)


async def _ask_again(tx: Writing, context: Context, answers: Answers, steps: tuple[str, ...]) -> Saying:
    kept = {name: value for name, value in answers.items() if name not in {*steps, "check"}}
    return await forms.open_in(tx, context, MEETING, kept)


async def make(tx: Writing, context: Context, answers: Answers) -> Meeting:
    """The meeting as it was described, open for invites or a draft; its venue too when it is new."""
    made = await meetings.make(
        tx,
        title=answers["title"],
        strand=answers["strand"],
        mode=answers["mode"],
        venue_id=await venue_of(tx, context, answers),
        join_link=answers.get("link", ""),
        local_start=answers["starts"],
        zone=context.council.zone.key,
        minutes=int(answers["minutes"]),
        capacity=None if answers["capacity"] == "no_limit" else int(answers["capacity"]),
        reward="" if answers["reward"] == "none" else answers["reward"],
        lead=context.person.display_name if answers["lead"] == "me" else answers["lead"],
        made_by=context.person.id,
        now=context.now,
    )
    await meeting_facts.set_contact(tx, made.id, answers["lead_contact"])
    if answers["check"] == "make":
        await meetings.open_(tx, made.id)
    return await meetings.by_id(tx, made.id) or made


async def reply(context: Context, made: Meeting | list[Saying]) -> None:
    """The next question, or the news that the meeting is made."""
    if isinstance(made, list):
        for saying in made:
            await context.speak(saying)
        return
    draft = made.state == "draft"
    first = ("meeting.button.start", "meeting.start") if draft else ("meeting.button.invite", "invite.start")
    keys = ((key(*first, made.id),), (key("meeting.button.look", "meeting.open", made.id),))
    await context.speak(Saying("meeting.drafted" if draft else "meeting.made", details(made), keys))


_STEPS = (
    Step("title", reader=line(TITLE_LONGEST)),
    Step("strand", ("network", "board")),
    *venue_form.STEPS,
    Step("starts", reader=read_starts, shows=shown_start, confirms=sure_start),
    Step(
        "minutes", ("60", "90", "120", "180"), reader=read_minutes, columns=2, about=about_starts, shows=_shown_minutes
    ),
    Step("capacity", ("10", "15", "20", "30", "no_limit"), reader=read_capacity, columns=2),
    Step("reward", ("none",), reader=line(LINE_LONGEST)),
    Step("lead", ("me",), reader=line(TITLE_LONGEST)),
    Step("lead_contact", reader=line(CONTACT_LONGEST), optional=True),
    Step("check", check_choices, columns=2, about=about_check),
)
MEETING = Form("meeting", _STEPS, finish, reply, COORDINATORS)
