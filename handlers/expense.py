"""What it cost to come: fares, childcare. Apart from rewards; a second person looks, and it is paid by hand."""

from telegram import Update

import texts
from handlers import forms
from handlers.context import Context
from handlers.feature import Answers, Button, Feature, Form, Refusal, Step
from handlers.saying import Saying, key
from rules import money
from rules.roles import WORKERS
from storage import attendance, meetings
from storage.database import Writing
from storage.rewards import expenses

MOST = 20_000  # pence: what is more is talked about with a person


async def ask(update: Update, context: Context) -> None:
    """What for, and how much; only after somebody came."""
    meeting_id = context.press.number(0)
    meeting = None if meeting_id is None else await meetings.by_id(context.db, meeting_id)
    if meeting is None:
        return await context.notice("button.closed")
    if await attendance.standing(context.db, meeting.id, context.person.id) != "came":
        return await context.notice("reward.cannot.not_there", alert=True)
    await forms.begin(context, EXPENSE, {"meeting": meeting.id})


def read_amount(context: Context, text: str, answers: Answers) -> int | Refusal:
    """An amount as people write it, in pence; up to £200."""
    pence = money.parse(text)
    if not pence:
        return Refusal("expense.amount.how")
    return pence if pence <= MOST else Refusal("expense.amount.much", {"most": money.written(MOST)})


async def keep(tx: Writing, context: Context, answers: Answers) -> tuple[str, int]:
    """Write it down for a second person; how it ended, and the pence."""
    me, meeting_id, pence = context.person.id, int(answers["meeting"]), int(answers["amount"])
    said = await expenses.claim(tx, me, meeting_id, answers["what"], pence, context.now)
    return said, pence


async def reply(context: Context, kept: tuple[str, int]) -> None:
    """That it is noted, or why not."""
    said, pence = kept
    values = {"amount": money.written(pence)}
    await context.speak(Saying(f"expense.said.{said}", values, ((key("command.mine", "go", "mine"),),)))


def shown(pence: int) -> texts.Words:
    """The amount as we read it, so that a slip is seen."""
    return texts.words("expense.shown", amount=money.written(pence))


EXPENSE = Form(
    "expense",
    (Step("what", ("travel", "childcare", "other")), Step("amount", reader=read_amount, shows=shown)),
    keep,
    reply,
    WORKERS,
)
FEATURE = Feature(name="expense", buttons=(Button("expense", ask, WORKERS),), forms=(EXPENSE,))
