"""Arms: who gets which offer or wording, drawn once from a recorded seed and never again."""

import json
import secrets
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from rules.split import Entrant, place
from storage import audit
from storage.database import Reading, Writing


@dataclass(frozen=True)
class Trial:
    """A split of one meeting's audience: `what` is 'offer' or 'wording', `arms` their ids (an approach's) by name."""

    id: int
    meeting_id: int
    what: str
    seed: str
    arms: Mapping[str, int]


_MAKE = """
INSERT INTO trial (meeting_id, what, seed, made_by, made_at) VALUES (:meeting_id, :what, :seed, :made_by, :now)
ON CONFLICT (meeting_id) DO NOTHING RETURNING id
"""
_ARM = """
INSERT INTO trial_arm (trial_id, arm, offer_id, approach_id)
VALUES (:trial_id, :arm, CASE :what WHEN 'offer' THEN :target END, CASE :what WHEN 'wording' THEN :target END)
"""
_OF_MEETING = "SELECT id, what, seed FROM trial WHERE meeting_id = :meeting_id"
_ARMS = """
SELECT arm, COALESCE(offer_id, approach_id) AS target FROM trial_arm WHERE trial_id = :trial_id ORDER BY arm
"""
_PLACED = "SELECT person_id, market, shift, arm FROM trial_place WHERE trial_id = :trial_id"
_NEW = """
SELECT person.id AS person_id, COALESCE(market, '') AS market, COALESCE(shift, '') AS shift
FROM json_each(:people) JOIN person ON person.id = json_each.value
WHERE NOT EXISTS (SELECT 1 FROM trial_place WHERE trial_id = :trial_id AND person_id = person.id)
"""
_PLACE = """
INSERT INTO trial_place (trial_id, person_id, arm, market, shift, placed_at)
SELECT :trial_id, value ->> 0, value ->> 1, value ->> 2, value ->> 3, :now FROM json_each(:drawn)
"""
_INVITED = "SELECT person_id FROM contact_attempt WHERE broadcast_id = :broadcast_id AND person_id IS NOT NULL"
# What the meeting offers, or what the arm does, and its words in the person's language, of which a draft is one too.
_FREEZE = """
UPDATE contact_attempt
SET offer_id = COALESCE(trial_arm.offer_id, meeting.offer_id), arm = COALESCE(trial_arm.arm, ''),
    reward = COALESCE((SELECT group_concat(COALESCE(words ->> (substr(contact_attempt.language, 1, instr(
                                               contact_attempt.language || '-', '-') - 1)), words ->> 'en'), ' · ')
                       FROM offer_item WHERE offer_id = COALESCE(trial_arm.offer_id, meeting.offer_id)),
                      contact_attempt.reward),
    approach_id = COALESCE(trial_arm.approach_id, contact_attempt.approach_id)
FROM broadcast JOIN meeting ON meeting.id = broadcast.meeting_id
JOIN contact_attempt AS invited ON invited.broadcast_id = broadcast.id
LEFT JOIN trial ON trial.meeting_id = meeting.id
LEFT JOIN trial_place ON trial_place.trial_id = trial.id AND trial_place.person_id = invited.person_id
LEFT JOIN trial_arm ON trial_arm.trial_id = trial.id AND trial_arm.arm = trial_place.arm
WHERE broadcast.id = :broadcast_id AND contact_attempt.id = invited.id AND invited.offer_id IS NULL AND invited.arm = ''
"""
_BALANCE = """
SELECT market, shift, arm, count(*) AS how_many FROM trial_place WHERE trial_id = :trial_id GROUP BY market, shift, arm
"""


async def make(
    tx: Writing, meeting_id: int, what: str, arms: Mapping[str, int], made_by: int | None, now: int
) -> Trial:
    """Split the meeting's audience from now on between offers (or approaches), by the names of the arms.

    The seed is drawn here, once, and is on the audit. Raises ValueError for fewer than two arms, or when the meeting
    has a trial already.
    """
    if len(arms) < 2:  # noqa: PLR2004 - one arm is no split
        raise ValueError("a trial needs two arms or more")
    seed = secrets.token_hex(16)
    trial_id = await tx.value(_MAKE, meeting_id=meeting_id, what=what, seed=seed, made_by=made_by, now=now)
    if trial_id is None:
        raise ValueError("this meeting's audience is split already")
    for arm, target in arms.items():
        await tx.run(_ARM, trial_id=trial_id, arm=arm, what=what, target=target)
    actor = "host:program" if made_by is None else f"person:{made_by}"
    await audit.record(tx, now, actor, "trial_made", len(arms), f"meeting {meeting_id}, seed {seed}")
    return Trial(trial_id, meeting_id, what, seed, dict(arms))


async def of_meeting(db: Reading, meeting_id: int) -> Trial | None:
    """The trial of this meeting, or None."""
    row = await db.row(_OF_MEETING, meeting_id=meeting_id)
    if row is None:
        return None
    arms = {one["arm"]: one["target"] for one in await db.rows(_ARMS, trial_id=row["id"])}
    return Trial(row["id"], meeting_id, row["what"], row["seed"], arms)


async def draw(tx: Writing, trial: Trial, people: Sequence[int], now: int) -> int:
    """Give each of these people an arm who has none; how many got one. Whoever has one keeps it."""
    rows = await tx.rows(_NEW, trial_id=trial.id, people=json.dumps(list(people)))
    new = [Entrant(row["person_id"], row["market"], row["shift"]) for row in rows]
    placed = [
        (Entrant(row["person_id"], row["market"], row["shift"]), row["arm"])
        for row in await tx.rows(_PLACED, trial_id=trial.id)
    ]
    drawn = [
        (one.person_id, arm, one.market, one.shift) for one, arm in place(new, sorted(trial.arms), trial.seed, placed)
    ]
    await tx.run(_PLACE, trial_id=trial.id, drawn=json.dumps(drawn), now=now)
    return len(drawn)


async def freeze(tx: Writing, broadcast_id: int, meeting_id: int, now: int) -> None:
    """Write the offer and the arm onto each attempt of a broadcast that was just begun. They never change after."""
    trial = await of_meeting(tx, meeting_id)
    if trial is not None:
        people = [row["person_id"] for row in await tx.rows(_INVITED, broadcast_id=broadcast_id)]
        await draw(tx, trial, people, now)
    await tx.run(_FREEZE, broadcast_id=broadcast_id)


async def balance(db: Reading, trial_id: int) -> Counter[tuple[str, str, str]]:
    """How many people are in each (market, shift, arm)."""
    rows = await db.rows(_BALANCE, trial_id=trial_id)
    return Counter({(row["market"], row["shift"], row["arm"]): row["how_many"] for row in rows})
