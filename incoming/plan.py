"""From judged rows to what would change, and to the change itself: one walk, looked at first and written later."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from incoming.kinds import KINDS
from incoming.parsed import PROBLEMS_KEPT, TOLD_EVERY, Parsed, Tell
from incoming.record import Asked, Problem
from incoming.settling import CHANGED, NEW, SAME, Doubt, Settled
from storage import audit, imports
from storage.database import Reading, Writing
from storage.import_steps import write


@dataclass
class Plan:
    """What an import would do, or has done: rows by what comes of them, problems, and what somebody has to decide.

    `gone` are names of places that were on record and are not in the file. `import_id` is set when it was done.
    """

    kind: str
    read: int
    refused: int
    left_out: Counter[str]
    authorities: Counter[str]
    notes: tuple[str, ...]
    problems: list[Problem]
    counts: Counter[str] = field(default_factory=Counter)
    doubts: list[Doubt] = field(default_factory=list)
    gone: list[str] = field(default_factory=list)
    import_id: int | None = None

    @property
    def new(self) -> int:
        """Rows that are not on record yet."""
        return self.counts[NEW]

    @property
    def changed(self) -> int:
        """Rows that are on record otherwise."""
        return self.counts[CHANGED]

    @property
    def same(self) -> int:
        """Rows that are on record as they are."""
        return self.counts[SAME]

    @property
    def does_nothing(self) -> bool:
        """Whether there is nothing to write."""
        return not (self.new or self.changed or self.gone)

    def take(self, one: Settled) -> None:
        """Count one verdict."""
        if one.doubt:
            self.doubts.append(one.doubt)
        if one.problem is None:
            self.counts[one.verdict] += 1
            return
        self.refused += 1
        if len(self.problems) < PROBLEMS_KEPT:
            self.problems.append(one.problem)


async def preview(db: Reading, parsed: Parsed, asked: Asked, tell: Tell = lambda _: None) -> Plan:
    """What importing these rows would do. Nothing is written."""
    return await _walk(db, None, parsed, asked, tell)


async def carry_out(
    tx: Writing, parsed: Parsed, asked: Asked, file: tuple[str, str], tell: Tell = lambda _: None
) -> Plan:
    """Import the rows; `file` is its name and SHA-256. All of it is in this transaction, with the way back."""
    import_id = await imports.begin(tx, parsed.kind, *file, asked.actor, asked.now)
    plan = await _walk(tx, tx, parsed, asked, tell, import_id)
    plan.import_id = import_id
    await imports.end(
        tx, import_id, rows_read=plan.read, added=plan.new, changed=plan.changed, refused=plan.refused,
        gone=len(plan.gone),
    )  # fmt: skip
    await audit.record(tx, asked.now, asked.actor, "import", plan.new + plan.changed, parsed.kind)
    return plan


async def undo(tx: Writing, import_id: int, actor: str, now: int) -> imports.Undone | None:
    """Take an import back; None when it cannot be any more."""
    undone = await imports.undo(tx, import_id, now)
    if undone is not None:
        await audit.record(tx, now, actor, "import_undone", undone.rows, f"import {import_id}")
    return undone


async def _walk(
    db: Reading, tx: Writing | None, parsed: Parsed, asked: Asked, tell: Tell, import_id: int | None = None
) -> Plan:
    plan = Plan(
        parsed.kind, parsed.read, parsed.refused, parsed.left_out, parsed.authorities, parsed.notes,
        list(parsed.problems),
    )  # fmt: skip
    settling = KINDS[parsed.kind].settles(replace(asked, import_id=import_id), parsed)
    for records in parsed.chunks(TOLD_EVERY):
        verdicts = await settling.settle(db, records)
        for one in verdicts:
            plan.take(one)
        await _write(tx, import_id, verdicts, asked)
        tell(len(records))
    gone = await settling.gone(db)
    plan.gone = [one.name for one in gone]
    if tx and import_id:
        await write(tx, import_id, [one.change for one in gone], asked.now)
    plan.problems.sort(key=lambda problem: problem.line)
    return plan


async def _write(tx: Writing | None, import_id: int | None, verdicts: Sequence[Settled], asked: Asked) -> None:
    if tx and import_id:
        changes = [change for one in verdicts for change in (one.change, one.also) if change]
        await write(tx, import_id, changes, asked.now)
