"""Somebody whose week is another each time is asked about the coming one, once, from Friday noon on."""

from datetime import date, timedelta
from zoneinfo import ZoneInfo

from rules.local_time import instant, wall
from storage.database import Writing

FRIDAY, NOON = 4, "12:00"
# Whoever has said something about that week already is not asked.
_ASK = """
INSERT INTO contact_attempt (person_id, approach_id, reason, about, sequence, language, state, due_at, until_at,
                             planned_at, changed_at)
SELECT person.id, (SELECT id FROM approach WHERE code = 'bot'), 'ask_week', 0, :week, person.language, 'planned',
       :due_at, :until_at, :now, :now
FROM known_person AS person
WHERE week_changes AND barred = '' AND COALESCE(paused_until, 0) <= :now
  AND NOT EXISTS (SELECT 1 FROM rota WHERE person_id = person.id)
  AND NOT EXISTS (SELECT 1 FROM availability_exception
                  WHERE person_id = person.id AND until_day >= :monday AND from_day <= :sunday)
ON CONFLICT (person_id, reason, about, sequence) DO NOTHING
RETURNING id
"""


def monday_of(week: int) -> date:
    """The first day of the week that a question is about, by its number: weeks since the year 1."""
    return date.fromordinal(7 * week + 1)


async def ask(tx: Writing, now: int, zone: ZoneInfo) -> int:
    """Plan the question about the coming week to everybody whose week changes; how many. Twice does no harm.

    Only from Friday noon, by the council's clock, until the week begins.
    """
    today = date.fromisoformat(wall(now, zone)[:10])
    monday = today + timedelta(days=7 - today.weekday())
    due_at = instant(f"{monday - timedelta(days=7 - FRIDAY)}T{NOON}", zone)
    if now < due_at:
        return 0
    rows = await tx.rows(
        _ASK,
        week=(monday.toordinal() - 1) // 7,
        due_at=due_at,
        until_at=instant(f"{monday}T00:00", zone),
        monday=monday.isoformat(),
        sunday=(monday + timedelta(days=6)).isoformat(),
        now=now,
    )
    return len(rows)
