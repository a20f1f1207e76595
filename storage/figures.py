"""Counts of attempts in a period, for a summary: each attempt in one line, by what became of it."""

import json
from dataclasses import dataclass

from rules.sending import TO_STAFF
from rules.silence import EXPECTS_ANSWER
from storage.database import Reading


@dataclass(frozen=True)
class Figures:
    """Attempts `made`, with how many `people`; those still `to_come` or `left_out` are apart, and in no other count.

    made = reached + unsure + unreachable. reached = answered + silent + still_open + told; `told` are messages that
    ask for no answer. `yes`, `maybe` and `no` are answers to invites.
    """

    made: int
    people: int
    reached: int
    answered: int
    silent: int
    still_open: int
    told: int
    unsure: int
    unreachable: int
    to_come: int
    left_out: int
    yes: int
    maybe: int
    no: int

    @property
    def asked(self) -> int:
        """Those reached with something that asks for an answer: the base of the share that answered."""
        return self.answered + self.silent + self.still_open


_STAFF = json.dumps(sorted(TO_STAFF))  # a word to a coordinator is no attempt to reach anyone
_ATTEMPTS = """
WITH ended AS (
    SELECT person_id, reason, answer,
           CASE
               WHEN state IN ('planned', 'queued', 'sending', 'retry_wait') THEN 'to_come'
               WHEN state IN ('skipped', 'expired', 'cancelled') OR why IN ('taken_back', 'corrected') THEN 'left_out'
               WHEN state IN ('blocked', 'failed') OR (reason = 'by_hand' AND answer = 'wrong_contact')
                   THEN 'unreachable'
               WHEN outcome IN ('answered', 'late') THEN 'answered'
               WHEN outcome = 'no_response' THEN 'silent'
               WHEN state = 'unknown' THEN 'unsure'
               WHEN reason IN (SELECT value FROM json_each(:expect_answer)) THEN 'still_open'
               ELSE 'told'
           END AS became
    FROM contact_attempt LEFT JOIN person ON person.id = person_id
    WHERE planned_at >= :from_at AND planned_at < :until_at AND COALESCE(invented, 0) = :invented
      AND reason NOT IN (SELECT value FROM json_each(:to_staff))
)
SELECT count(*) FILTER (WHERE became NOT IN ('to_come', 'left_out')) AS made,
       count(DISTINCT person_id) FILTER (WHERE became NOT IN ('to_come', 'left_out')) AS people,
       count(*) FILTER (WHERE became IN ('answered', 'silent', 'still_open', 'told')) AS reached,
       count(*) FILTER (WHERE became = 'answered') AS answered,
       count(*) FILTER (WHERE became = 'silent') AS silent,
       count(*) FILTER (WHERE became = 'still_open') AS still_open,
       count(*) FILTER (WHERE became = 'told') AS told,
       count(*) FILTER (WHERE became = 'unsure') AS unsure,
       count(*) FILTER (WHERE became = 'unreachable') AS unreachable,
       count(*) FILTER (WHERE became = 'to_come') AS to_come,
       count(*) FILTER (WHERE became = 'left_out') AS left_out,
       count(*) FILTER (WHERE reason = 'invite' AND answer = 'yes') AS yes,
       count(*) FILTER (WHERE reason = 'invite' AND answer = 'maybe') AS maybe,
       count(*) FILTER (WHERE reason = 'invite' AND answer = 'no') AS no
FROM ended
"""


async def of_attempts(db: Reading, from_at: int, until_at: int, *, invented: bool) -> Figures:
    """The counts for attempts planned from `from_at` to before `until_at` (unix seconds), in one of the two worlds."""
    period = {"from_at": from_at, "until_at": until_at, "invented": int(invented)}
    (row,) = await db.rows(_ATTEMPTS, **period, expect_answer=json.dumps(sorted(EXPECTS_ANSWER)), to_staff=_STAFF)
    return Figures(**dict(row))
