"""An import on the phone's screen: the numbers, the problems, the questions, and the buttons under each."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, replace
from datetime import datetime

import texts
from handlers.context import Context
from handlers.saying import Key, Saying, key, labelled, shortened
from incoming import files, plan, words
from incoming.parsed import Parsed
from incoming.plan import Plan
from incoming.providers import plain_authority
from incoming.record import CHOICES, Asked
from incoming.staged import Shelf, Staged
from incoming.table import TableRefused
from storage import import_finds
from storage.imports import Import

__all__ = ["CHOICES", "Looked", "looked_at", "preview"]

READ_SECONDS = 15.0
MOST_ROWS = 20_000
"""In the chat: more would keep everybody waiting while it is written."""
AREAS = 8
PROBLEMS = 25
LONGEST_PAGE = 3_500


@dataclass(frozen=True)
class Looked:
    """A file that was understood, and what importing it would do."""

    parsed: Parsed
    asked: Asked
    plan: Plan
    sha256: str


@asynccontextmanager
async def looked_at(context: Context, staged: Staged) -> AsyncIterator[Looked | Saying]:
    """What is in the file, or the words that say why it cannot be taken; then it is not kept any longer."""
    shelf = Shelf(context.services.data_dir)
    path = shelf.path(staged)
    asked = Asked(
        context.council, context.now, f"person:{context.person.id}", staged.area, decided=staged.decided
    )  # fmt: skip
    try:
        table = await asyncio.to_thread(files.recognised, path, None, seconds=READ_SECONDS)
    except TableRefused as error:
        await asyncio.to_thread(shelf.drop, staged)
        yield Saying("import.refused", {"why": words.refusal(error, context.language)})
        return
    with table:
        if table.row_count > MOST_ROWS:
            await asyncio.to_thread(shelf.drop, staged)
            yield Saying("import.too_large_for_chat")
            return
        with await asyncio.to_thread(files.judged, table, asked) as parsed:
            looked = await plan.preview(context.db, parsed, asked)
            yield Looked(parsed, asked, looked, await asyncio.to_thread(files.digest, path))


async def put(context: Context, message_id: int | None, saying: Saying) -> None:
    """Say it in place of the message that said that we are at it, or anew."""
    delivery = context.services.delivery
    if message_id is None or not await delivery.edit(context.chat_id, message_id, saying, context.language):
        await context.speak(saying)


async def which_area(context: Context, staged: Staged, looked: Plan, skipped: int) -> Saying:
    """Which local authority's places to keep: our own first, then those we know, then the largest."""
    ours, known = plain_authority(context.council.name), await import_finds.authorities(context.db)
    names = sorted(looked.authorities)
    likely = sorted(
        names, key=lambda name: (plain_authority(name) not in ours, name not in known, -looked.authorities[name], name)
    )
    keys: list[tuple[Key, ...]] = [
        (labelled(f"{name} ({looked.authorities[name]})", "import.area", staged.token, names.index(name)),)
        for name in likely[skipped : skipped + AREAS]
    ]
    if len(names) > skipped + AREAS:
        keys.append((key("import.button.more_areas", "import.areas", staged.token, skipped + AREAS),))
    keys.append((key("import.button.all_areas", "import.area", staged.token), _cancel(staged)))
    return Saying("import.which_area", {"count": len(names)}, tuple(keys))


def chosen_area(staged: Staged, area: str | None) -> Staged:
    """The file with the area chosen; None keeps all."""
    return replace(staged, area=area, asked_area=True)


def with_choice(staged: Staged, line: int, choice: str) -> Staged:
    """The file with this line decided."""
    return replace(staged, decided=staged.decided | {line: choice})


def preview(staged: Staged, looked: Plan) -> Saying:
    """What would be done, and what can be done about it."""
    about = {"name": staged.file_name, "kind": texts.words(f"import.kind.{looked.kind}")}
    values = {**about, "counts": _counts(looked)}
    keys: list[tuple[Key, ...]] = []
    if undecided(staged, looked):
        keys.append((key("import.button.doubts", "import.doubts", staged.token, count=len(undecided(staged, looked))),))
    if looked.problems:
        keys.append((key("import.button.problems", "import.problems", staged.token, count=looked.refused),))
    if looked.does_nothing:
        return Saying("import.nothing_new", values, (*keys, (_cancel(staged),)))
    keys.append((key("import.button.write", "import.write", staged.token), _cancel(staged)))
    return Saying("import.preview", values, tuple(keys))


def _counts(looked: Plan) -> str:
    lines = [*words.counted(looked), *(texts.plain("en", f"import.note.{note}") for note in looked.notes)]
    return "\n".join([*lines, words.gone(looked)] if looked.gone else lines)


def undecided(staged: Staged, looked: Plan) -> list[int]:
    """The lines that look like somebody on record and that nobody has decided on."""
    return [doubt.line for doubt in looked.doubts if doubt.line not in staged.decided]


def problems(staged: Staged, looked: Plan, language: str) -> Saying:
    """The refused rows by line and reason, as many as fit."""
    lines, length = [], 0
    for one in looked.problems[:PROBLEMS]:
        lines.append(words.problem(one, language))
        length += len(lines[-1])
        if length > LONGEST_PAGE:
            break
    name = "import.problems.more" if looked.refused > len(lines) else "import.problems"
    left = looked.refused - len(lines)
    return Saying(name, {"lines": "\n".join(lines), "count": left}, ((_back(staged),),))


def next_doubt(staged: Staged, looked: Plan) -> Saying:
    """The next row to decide on, or the whole again when all are decided."""
    doubt = next((one for one in looked.doubts if one.line not in staged.decided), None)
    if doubt is None:
        return preview(staged, looked)
    values = {"name": doubt.name, "known": doubt.known_as, "line": doubt.line}
    keys = [
        (key(f"import.button.{choice}", "import.doubts", staged.token, doubt.line, choice),) for choice in CHOICES
    ]  # fmt: skip
    return Saying(f"import.decide.{doubt.why}", values, (*keys, (_back(staged),)))


def done(written: Plan) -> Saying:
    """What was written, and the way back."""
    keys = ((key("import.button.undo", "import.undo", written.import_id or 0),),)
    return Saying("import.done", {"counts": "\n".join(words.counted(written))}, keys)


def line_of(one: Import, when: datetime) -> str:
    """One import in a line."""
    name = "import.line.undone" if one.undone_at else "import.line"
    kind = texts.plain("en", f"import.kind.{one.kind}")
    file_name = shortened(one.file_name, 40)
    return texts.plain(
        "en", name, number=one.id, when=when, kind=kind, file=file_name, new=one.added, changed=one.changed
    )


def _cancel(staged: Staged) -> Key:
    return key("import.button.cancel", "import.cancel", staged.token)


def _back(staged: Staged) -> Key:
    return key("import.button.back", "import.again", staged.token)
