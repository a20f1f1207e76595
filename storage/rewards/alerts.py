"""What officers have to know about rewards: raised once, told to each officer, ended when it is over."""

from dataclasses import dataclass

from storage.database import Reading, Writing

TOLD_FOR = 3 * 24 * 3600


@dataclass(frozen=True)
class Alert:
    """An open matter. `kind` is 'low_stock', 'pool_empty', 'budget_reached', 'payouts_stopped' or 'lost_key'.

    `about` is the pool's, the budget's or the stop's id; `words` are a name or figures, never a code.
    """

    id: int
    kind: str
    about: int
    words: str
    raised_at: int
    ended_at: int | None


_RAISE = """
INSERT INTO reward_alert (kind, about, words, raised_at) VALUES (:kind, :about, :words, :now)
ON CONFLICT (kind, about) WHERE ended_at IS NULL DO NOTHING RETURNING id
"""
_TELL = """
INSERT INTO contact_attempt (person_id, approach_id, reason, about, sequence, language, state, due_at, until_at,
                             planned_at, changed_at)
SELECT person.id, approach.id, 'reward_alert', 0, :alert_id, person.language, 'planned', :now, :until, :now, :now
FROM person JOIN role_grant ON role_grant.person_id = person.id AND role = 'officer' AND revoked_at IS NULL, approach
WHERE approach.code = 'bot' AND telegram_id IS NOT NULL
ON CONFLICT (person_id, reason, about, sequence) DO NOTHING
"""
_END = "UPDATE reward_alert SET ended_at = :now WHERE kind = :kind AND about = :about AND ended_at IS NULL"
_OPEN = "SELECT * FROM reward_alert WHERE ended_at IS NULL ORDER BY id"
_BY_ID = "SELECT * FROM reward_alert WHERE id = :alert_id"


async def raise_(tx: Writing, kind: str, about: int, words: str, now: int) -> bool:
    """Tell every officer, unless this matter is open already; whether it is new.

    Each is told by an attempt with the reason 'reward_alert' whose sequence is the alert's id.
    """
    alert_id = await tx.value(_RAISE, kind=kind, about=about, words=words, now=now)
    if alert_id is not None:
        await tx.run(_TELL, alert_id=alert_id, now=now, until=now + TOLD_FOR)
    return alert_id is not None


async def end(tx: Writing, kind: str, about: int, now: int) -> None:
    """The matter is over; it is told anew when it comes again."""
    await tx.run(_END, kind=kind, about=about, now=now)


async def open_(db: Reading) -> list[Alert]:
    """What is open, the oldest first."""
    return [Alert(**dict(row)) for row in await db.rows(_OPEN)]


async def by_id(db: Reading, alert_id: int) -> Alert | None:
    """The alert, or None when there is no such one."""
    row = await db.row(_BY_ID, alert_id=alert_id)
    return None if row is None else Alert(**dict(row))
