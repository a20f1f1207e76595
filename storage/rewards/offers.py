"""The catalogue and what is made of it: an offer is a frozen copy of items, and is never changed."""

import json
import sqlite3
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from storage.database import Reading, Writing


@dataclass(frozen=True)
class Item:
    """Something that can be offered. `words` by language; `approval` is 'none' or 'second'; money in pence."""

    id: int
    kind: str
    pence: int
    words: dict[str, str]
    approval: str
    budget_id: int | None
    pool_id: int | None
    active: bool = True


@dataclass(frozen=True)
class Offered:
    """What one person was offered for one meeting: the items to choose from, as frozen when the invitation left.

    `attempt_id` is that invitation, None for somebody who was not written to; `arm` is '' outside a trial.
    """

    offer_id: int
    arm: str
    attempt_id: int | None
    items: tuple[Item, ...]

    def item(self, item_id: int) -> Item | None:
        """The item with this id, or None when it is not part of the offer."""
        return next((item for item in self.items if item.id == item_id), None)


_ADD = """
INSERT INTO reward_item (kind, pence, words, approval, budget_id, pool_id, made_by, made_at)
VALUES (:kind, :pence, :words, :approval, :budget_id, :pool_id, :made_by, :now) RETURNING id
"""
_SWITCH = "UPDATE reward_item SET active = :active WHERE id = :item_id RETURNING id"
_REWORD = "UPDATE reward_item SET words = json_patch(words, :words) WHERE id = :item_id RETURNING id"
_CATALOGUE = """
SELECT id, kind, pence, words, approval, budget_id, pool_id, active FROM reward_item
WHERE active OR :retired ORDER BY kind, pence, id
"""
_MAKE = "INSERT INTO offer (name, made_by, made_at) VALUES (:name, :made_by, :now) RETURNING id"
_COPY = """
INSERT INTO offer_item (offer_id, item_id, kind, pence, words, approval, budget_id, pool_id)
SELECT :offer_id, id, kind, pence, words, approval, budget_id, pool_id FROM reward_item
WHERE active AND id IN (SELECT value FROM json_each(:items))
RETURNING item_id
"""
_SET = "UPDATE meeting SET offer_id = :offer_id WHERE id = :meeting_id AND state IN ('draft', 'open') RETURNING id"
_OFFERS = "SELECT id, name FROM offer ORDER BY id DESC LIMIT :most"
_ITEMS = """
SELECT item_id AS id, kind, pence, words, approval, budget_id, pool_id, 1 AS active FROM offer_item
WHERE offer_id = :offer_id ORDER BY pence DESC, item_id
"""
# What the invitation said holds; then the arm that was drawn; then what the meeting offers to whoever comes by.
_OFFERED = """
SELECT offer_id, arm, id AS attempt_id, 0 AS rank, -id AS later FROM contact_attempt
WHERE person_id = :person_id AND about = :meeting_id AND reason = 'invite' AND offer_id IS NOT NULL
  AND (sent_at IS NOT NULL OR state IN ('accepted', 'unknown', 'sending'))
UNION ALL
SELECT COALESCE(trial_arm.offer_id, meeting.offer_id), trial_arm.arm, NULL, 1, 0
FROM trial_place JOIN trial ON trial.id = trial_place.trial_id JOIN meeting ON meeting.id = trial.meeting_id
JOIN trial_arm ON trial_arm.trial_id = trial.id AND trial_arm.arm = trial_place.arm
WHERE person_id = :person_id AND trial.meeting_id = :meeting_id
  AND COALESCE(trial_arm.offer_id, meeting.offer_id) IS NOT NULL
UNION ALL
SELECT offer_id, '', NULL, 2, 0 FROM meeting WHERE id = :meeting_id AND offer_id IS NOT NULL
ORDER BY rank, later LIMIT 1
"""


async def add_item(  # noqa: PLR0913 - an item of the catalogue is this many facts
    tx: Writing,
    kind: str,
    pence: int,
    words: Mapping[str, str],
    now: int,
    *,
    approval: str = "none",
    budget_id: int | None = None,
    pool_id: int | None = None,
    made_by: int | None = None,
) -> int:
    """A new item of the catalogue; its id. Raises sqlite3.IntegrityError for one that could not be paid or given."""
    item_id: int = await tx.value(
        _ADD,
        kind=kind,
        pence=pence,
        words=json.dumps(dict(words), ensure_ascii=False),
        approval=approval,
        budget_id=budget_id,
        pool_id=pool_id,
        made_by=made_by,
        now=now,
    )
    return item_id


async def switch_item(tx: Writing, item_id: int, *, active: bool) -> bool:
    """Take an item into new offers, or into none; False when there is no such one. Old offers stay as they are."""
    return bool(await tx.rows(_SWITCH, item_id=item_id, active=int(active)))


async def reword_item(tx: Writing, item_id: int, language: str, words: str) -> bool:
    """How the item is called in a language from now on; False when there is no such one."""
    return bool(await tx.rows(_REWORD, item_id=item_id, words=json.dumps({language: words}, ensure_ascii=False)))


async def catalogue(db: Reading, *, retired: bool = False) -> list[Item]:
    """Everything that can be offered, by kind and value; `retired` ones too when asked for."""
    return [_item(row) for row in await db.rows(_CATALOGUE, retired=int(retired))]


async def make(tx: Writing, name: str, item_ids: Sequence[int], made_by: int | None, now: int) -> int:
    """A frozen offer of these items; its id. Raises ValueError when one is unknown or retired, or there is none."""
    offer_id: int = await tx.value(_MAKE, name=name, made_by=made_by, now=now)
    copied = await tx.rows(_COPY, offer_id=offer_id, items=json.dumps(list(item_ids)))
    if not item_ids or {row["item_id"] for row in copied} != set(item_ids):
        raise ValueError("an offer is made of items that are in the catalogue")
    return offer_id


async def set_for_meeting(tx: Writing, meeting_id: int, offer_id: int | None) -> bool:
    """What the meeting offers from now on; invitations that were written keep theirs. False when it is over."""
    return bool(await tx.rows(_SET, meeting_id=meeting_id, offer_id=offer_id))


async def recent(db: Reading, most: int = 20) -> list[tuple[int, str]]:
    """Offers, the newest first: id and name."""
    return [(row["id"], row["name"]) for row in await db.rows(_OFFERS, most=most)]


async def items(db: Reading, offer_id: int) -> tuple[Item, ...]:
    """The items of an offer, the most valuable first; empty when there is no such offer."""
    return tuple(_item(row) for row in await db.rows(_ITEMS, offer_id=offer_id))


async def offered(db: Reading, person_id: int, meeting_id: int) -> Offered | None:
    """What this person was offered for this meeting, or None when nothing was."""
    row = await db.row(_OFFERED, person_id=person_id, meeting_id=meeting_id)
    if row is None:
        return None
    return Offered(row["offer_id"], row["arm"], row["attempt_id"], await items(db, row["offer_id"]))


def _item(row: sqlite3.Row) -> Item:
    return Item(**{**dict(row), "words": json.loads(row["words"]), "active": bool(row["active"])})
