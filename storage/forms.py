"""Open conversations, one per chat, and how far people get in each form."""

import json
from dataclasses import dataclass, field
from typing import Any

from storage.database import Reading, Writing


@dataclass(frozen=True)
class OpenForm:
    """A form left at `step`: `serial` is in its buttons, `message_id` shows the question, `touched_at` unix seconds."""

    chat_id: int
    person_id: int
    form: str
    step: str
    answers: dict[str, Any] = field(default_factory=dict)
    serial: int = 1
    message_id: int | None = None
    touched_at: int = 0


@dataclass(frozen=True)
class StepCount:
    """How often a question was asked and how often it was answered."""

    form: str
    step: str
    asked: int
    answered: int


_LOAD = "SELECT * FROM open_form WHERE chat_id = :chat_id"
_SAVE = """
INSERT INTO open_form (chat_id, person_id, form, step, answers, serial, message_id, touched_at)
VALUES (:chat_id, :person_id, :form, :step, :answers, :serial, :message_id, :touched_at)
ON CONFLICT (chat_id) DO UPDATE SET
    person_id = excluded.person_id, form = excluded.form, step = excluded.step, answers = excluded.answers,
    serial = excluded.serial, message_id = excluded.message_id, touched_at = excluded.touched_at
"""
_CLOSE = "DELETE FROM open_form WHERE chat_id = :chat_id"
_CLOSE_OLDER = "DELETE FROM open_form WHERE touched_at < :then RETURNING chat_id"
_COUNT = """
INSERT INTO form_step_count (form, step, asked, answered) VALUES (:form, :step, :asked, :answered)
ON CONFLICT (form, step) DO UPDATE SET asked = asked + excluded.asked, answered = answered + excluded.answered
"""
_DROP_OFF = "SELECT form, step, asked, answered FROM form_step_count ORDER BY form, asked DESC, step"


async def load(db: Reading, chat_id: int) -> OpenForm | None:
    """The form open in this chat, or None."""
    row = await db.row(_LOAD, chat_id=chat_id)
    return None if row is None else OpenForm(**dict(row) | {"answers": json.loads(row["answers"])})


async def save(tx: Writing, form: OpenForm) -> None:
    """Keep the form as it stands, in place of whatever was open in the chat. Answers must be what JSON can hold."""
    await tx.run(_SAVE, **vars(form) | {"answers": json.dumps(form.answers)})


async def close(tx: Writing, chat_id: int) -> None:
    """No form is open in this chat."""
    await tx.run(_CLOSE, chat_id=chat_id)


async def close_older_than(tx: Writing, then: int) -> int:
    """Close the forms nobody has touched since `then`; how many they were."""
    return len(await tx.rows(_CLOSE_OLDER, then=then))


async def count_asked(tx: Writing, form: str, step: str) -> None:
    """One more person has been asked this question."""
    await tx.run(_COUNT, form=form, step=step, asked=1, answered=0)


async def count_answered(tx: Writing, form: str, step: str) -> None:
    """One more person has answered this question."""
    await tx.run(_COUNT, form=form, step=step, asked=0, answered=1)


async def drop_off(db: Reading) -> list[StepCount]:
    """Every question's counts, form by form, the most asked first."""
    return [StepCount(**dict(row)) for row in await db.rows(_DROP_OFF)]
