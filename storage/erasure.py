"""Erasing a person: what stays are counts, and facts that cannot be put together again."""

import json
from datetime import datetime
from zoneinfo import ZoneInfo

from rules.local_time import band
from storage import responses
from storage.database import Database, Writing
from storage.rewards import reversing

SMALLEST_CELL = 10
_REAL = "SELECT id FROM person WHERE id = :person_id AND NOT invented"
_ATTEMPTS = """
SELECT COALESCE(sent_at, due_at) AS moment, approach_id, reason, venue_id, contact_attempt.reward AS reward,
       CASE WHEN contact_attempt.state IN ('planned', 'queued', 'sending', 'retry_wait')
              OR why IN ('taken_back', 'corrected') THEN 'cancelled'
            ELSE contact_attempt.state END AS state,
       outcome, answer, contact_attempt.offer_id AS offer_id, arm
FROM contact_attempt
LEFT JOIN attempt_reason ON attempt_reason.code = contact_attempt.reason
LEFT JOIN meeting ON meeting.id = contact_attempt.about AND attempt_reason.about = 'meeting'
WHERE person_id = :person_id AND contact_attempt.why NOT IN ('taken_back', 'corrected')
"""
_SHARED_MARKET = """
SELECT market FROM person
WHERE id = :person_id
  AND (SELECT count(*) FROM person AS other WHERE other.market = person.market AND NOT other.invented) >= :smallest
"""
# The ids are random: rows that lie side by side would tell that they were one person's.
_KEEP_FACTS = """
INSERT INTO erased_attempt (id, month, weekday, band, approach_id, reason, market, venue_id, reward, state, outcome,
                            answer, offer_id, arm)
SELECT random() & 0x7fffffffffffffff, value ->> 'month', value ->> 'weekday', value ->> 'band', value ->> 'approach_id',
       value ->> 'reason', :market, value ->> 'venue_id', value ->> 'reward', value ->> 'state', value ->> 'outcome',
       value ->> 'answer', value ->> 'offer_id', value ->> 'arm'
FROM json_each(:facts)
"""
_COUNT = """
INSERT INTO erased_count (what, how_many)
SELECT 'people', count(*) FROM person WHERE id = :person_id
UNION ALL SELECT 'joined', count(*) FROM person WHERE id = :person_id AND joined_at IS NOT NULL
UNION ALL SELECT 'met:' || approach.code, count(*) FROM person JOIN approach ON approach.id = first_approach
    WHERE person.id = :person_id GROUP BY approach.code
UNION ALL SELECT 'joined:' || approach.code, count(*) FROM person JOIN approach ON approach.id = first_approach
    WHERE person.id = :person_id AND joined_at IS NOT NULL GROUP BY approach.code
UNION ALL SELECT 'answer:' || answer, count(*) FROM response WHERE person_id = :person_id GROUP BY answer
ON CONFLICT (what) DO UPDATE SET how_many = how_many + excluded.how_many
"""
# The live count of a broadcast is shown in the chat of whoever made it.
_FORGET_CHAT = """
UPDATE broadcast SET chat_id = NULL, message_id = NULL
WHERE chat_id = (SELECT telegram_id FROM person WHERE id = :person_id)
"""
_PLACES = """
SELECT meeting_id FROM response JOIN meeting ON meeting.id = meeting_id
WHERE person_id = :person_id AND place = 'held' AND state = 'open' AND starts_at > :now
"""
# What an import keeps to undo itself holds what it wrote; so does that of a record merged into this person.
_FORGET_STEPS = """
DELETE FROM import_step
WHERE (what = 'person' AND row_id = :person_id)
   OR (what = 'person' AND row_id IN (SELECT gone_id FROM merged_person WHERE kept_id = :person_id))
   OR (what = 'contact_attempt' AND row_id IN (SELECT id FROM contact_attempt WHERE person_id = :person_id))
"""
_ERASE = "DELETE FROM person WHERE id = :person_id"
_OWE_REWRITE = """
INSERT INTO rewrite_owed (id, erasures) VALUES (1, 1) ON CONFLICT (id) DO UPDATE SET erasures = erasures + 1
"""


async def erase(tx: Writing, person_id: int, now: int, zone: ZoneInfo) -> None:
    """Nothing of the person is left in any table but unlinked facts and counts; what was to be sent is void.

    The places held at meetings to come go to those who wait. Of invented people nothing stays. Follow the commit with
    `after_erasure`: until then the files still have it all.
    """
    if await tx.row(_REAL, person_id=person_id):
        await _keep_facts(tx, person_id, zone)
        await tx.run(_COUNT, person_id=person_id)
    freed = [row["meeting_id"] for row in await tx.rows(_PLACES, person_id=person_id, now=now)]
    await tx.run(_FORGET_CHAT, person_id=person_id)
    await tx.run(_FORGET_STEPS, person_id=person_id)
    await reversing.forget(tx, person_id, now)
    await tx.run(_ERASE, person_id=person_id)
    await tx.run(_OWE_REWRITE)
    for meeting_id in freed:
        await responses.promote(tx, meeting_id, now)


async def _keep_facts(tx: Writing, person_id: int, zone: ZoneInfo) -> None:
    facts = []
    for row in await tx.rows(_ATTEMPTS, person_id=person_id):
        moment = datetime.fromtimestamp(row["moment"], zone)
        when = {"month": f"{moment:%Y-%m}", "weekday": moment.weekday(), "band": band(row["moment"], zone)}
        facts.append(dict(row) | when)
    market = await tx.value(_SHARED_MARKET, person_id=person_id, smallest=SMALLEST_CELL)
    await tx.run(_KEEP_FACTS, facts=json.dumps(facts), market=market)


async def after_erasure(database: Database) -> bool:
    """Leave the person in no page of any file. False when a long read or a full disk is in the way.

    Then `database.owes_truncation` holds, and this is to be called again; it is done at each start as well.
    """
    return await database.forget_deleted()
