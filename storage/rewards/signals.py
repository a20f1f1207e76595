"""What a person may want to look at. Each is a sign and no proof; nothing follows from any of them by itself."""

from dataclasses import dataclass

from storage.database import Reading

APPROVED_MANY, OF_ALL_PERCENT = 10, 80
SHOWN_OFTEN = 6
DOOR_AROUND = 2 * 3600
RECORDED_LATE = 3 * 24 * 3600
WITHIN = 90 * 24 * 3600


@dataclass(frozen=True)
class Signal:
    """A sign: `why` is its code, `about` and `number` say of what ('claim', 'expense', 'person'), `figure` how much.

    Codes: 'one_approver' (figure: claims), 'alone', 'attendance_after_claim' (seconds), 'recorded_late' (seconds),
    'shown_often' (times), 'door_far_from_time' (seconds), 'reversed_after_shown' (pence).
    """

    why: str
    about: str
    number: int
    figure: int


_SIGNS = {
    "one_approver": """
        SELECT 'person' AS about, approved_by AS number, count(*) AS figure FROM claim
        WHERE approved_by IS NOT NULL AND approved_at > :since AND invented = :invented
        GROUP BY approved_by
        HAVING count(*) >= :many AND count(*) * 100 >= :percent * (
            SELECT count(*) FROM claim AS every
            WHERE every.approved_by IS NOT NULL AND every.approved_at > :since AND every.invented = :invented)
    """,
    "alone": """
        SELECT 'claim' AS about, id AS number, kept AS figure FROM claim
        WHERE alone AND approved_at > :since AND invented = :invented
        UNION ALL SELECT 'expense', id, pence FROM expense_claim
        WHERE alone AND decided_at > :since AND invented = :invented
    """,
    "attendance_after_claim": """
        SELECT 'claim' AS about, claim.id AS number, MIN(event.written_at) - claim.claimed_at AS figure
        FROM claim JOIN attendance_event AS event
          ON event.person_id = claim.person_id AND event.meeting_id = claim.meeting_id AND standing = 'came'
        WHERE claim.claimed_at > :since AND claim.invented = :invented
        GROUP BY claim.id HAVING MIN(event.written_at) > claim.claimed_at OR MAX(event.written_at) > claim.claimed_at
    """,
    "recorded_late": """
        SELECT 'claim' AS about, claim.id AS number,
               MIN(event.written_at) - meeting.starts_at - meeting.minutes * 60 AS figure
        FROM claim JOIN meeting ON meeting.id = claim.meeting_id
        JOIN attendance_event AS event
          ON event.person_id = claim.person_id AND event.meeting_id = claim.meeting_id AND standing = 'came'
        WHERE claim.claimed_at > :since AND claim.invented = :invented
        GROUP BY claim.id HAVING figure > :late
    """,
    "shown_often": """
        SELECT 'claim' AS about, id AS number, shows AS figure FROM claim
        WHERE shows >= :often AND shown_at > :since AND invented = :invented
    """,
    "door_far_from_time": """
        SELECT 'claim' AS about, claim.id AS number,
               CASE WHEN attendance.at < meeting.starts_at THEN meeting.starts_at - attendance.at
                    ELSE attendance.at - meeting.starts_at - meeting.minutes * 60 END AS figure
        FROM claim JOIN meeting ON meeting.id = claim.meeting_id
        JOIN attendance ON attendance.person_id = claim.person_id AND attendance.meeting_id = claim.meeting_id
        WHERE how = 'door' AND standing = 'came' AND claim.claimed_at > :since AND claim.invented = :invented
          AND attendance.at NOT BETWEEN meeting.starts_at - :around AND meeting.starts_at + minutes * 60 + :around
    """,
    "reversed_after_shown": """
        SELECT 'claim' AS about, id AS number, kept + given AS figure FROM claim
        WHERE flag = 'not_there' AND changed_at > :since AND invented = :invented
    """,
}


async def look(db: Reading, now: int, *, invented: bool) -> list[Signal]:
    """Every sign of the last 90 days, by kind. A long read: ask `reports`."""
    bounds = {"often": SHOWN_OFTEN, "around": DOOR_AROUND, "late": RECORDED_LATE, "since": now - WITHIN}
    bounds |= {"many": APPROVED_MANY, "percent": OF_ALL_PERCENT, "invented": int(invented)}
    return [Signal(why, **dict(row)) for why, sql in _SIGNS.items() for row in await db.rows(sql, **bounds)]
