"""A manager's own code to pass on: asked, agreed, passed on, and how many came by it. Never who.

The code itself is a link of `links`, which counts what comes back.
"""

from dataclasses import dataclass

from storage import links
from storage.database import Reading, Writing

STEPS = ("asked", "agreed", "passed_on", "refused")


@dataclass(frozen=True)
class PassedOn:
    """One code of an organisation: when each step was said (unix seconds), and how many opened it, were new, joined."""

    id: int
    organisation_id: int
    code: str
    asked_at: int | None
    agreed_at: int | None
    passed_on_at: int | None
    refused_at: int | None
    opened: int
    first_met: int
    joined: int
    made_at: int

    @property
    def standing(self) -> str:
        """Where it is: the last of asked, agreed, passed_on; or refused; or made, when nothing was said yet."""
        if self.refused_at is not None:
            return "refused"
        said = ("passed_on", self.passed_on_at), ("agreed", self.agreed_at), ("asked", self.asked_at)
        return next((step for step, at in said if at is not None), "made")

    @property
    def promised_at(self) -> int | None:
        """When they agreed or said that it was passed on, the first of both; None before that."""
        said = [at for at in (self.agreed_at, self.passed_on_at) if at is not None]
        return min(said) if said and self.refused_at is None else None


_OF = """
SELECT id, organisation_id, code, asked_at, agreed_at, passed_on_at, refused_at, opened, first_met, joined, made_at
FROM shared_link WHERE organisation_id = :organisation_id ORDER BY id DESC
"""
_BY_ID = """
SELECT id, organisation_id, code, asked_at, agreed_at, passed_on_at, refused_at, opened, first_met, joined, made_at
FROM shared_link WHERE id = :link_id AND organisation_id IS NOT NULL
"""
_SAY = {
    "asked": "UPDATE shared_link SET asked_at = COALESCE(asked_at, :now), refused_at = NULL WHERE id = :link_id",
    "agreed": """
        UPDATE shared_link SET asked_at = COALESCE(asked_at, :now), agreed_at = COALESCE(agreed_at, :now),
               refused_at = NULL WHERE id = :link_id
    """,
    "passed_on": """
        UPDATE shared_link SET asked_at = COALESCE(asked_at, :now), agreed_at = COALESCE(agreed_at, :now),
               passed_on_at = COALESCE(passed_on_at, :now), refused_at = NULL WHERE id = :link_id
    """,
    "refused": "UPDATE shared_link SET asked_at = COALESCE(asked_at, :now), refused_at = :now WHERE id = :link_id",
}
_UNKEPT = """
SELECT organisation.id AS organisation_id, name, min(COALESCE(passed_on_at, agreed_at)) AS since
FROM shared_link JOIN organisation ON organisation.id = organisation_id
WHERE opened = 0 AND refused_at IS NULL AND COALESCE(agreed_at, passed_on_at) <= :before
  AND organisation.invented = :invented AND gone_at IS NULL AND stage != 'left'
  AND NOT EXISTS (SELECT 1 FROM contact_attempt
                  WHERE contact_attempt.organisation_id = organisation.id AND reason = 'by_hand' AND sent_at > :before)
GROUP BY organisation.id ORDER BY since
"""
_AGREED = """
SELECT count(*) AS agreed, COALESCE(sum(came = 0), 0) AS by_nobody
FROM (SELECT sum(opened) AS came FROM shared_link JOIN organisation ON organisation.id = organisation_id
      WHERE refused_at IS NULL AND agreed_at >= :from_at AND agreed_at < :until_at AND organisation.invented = :invented
      GROUP BY organisation_id)
"""


async def of_organisation(db: Reading, organisation_id: int) -> list[PassedOn]:
    """Its codes, the newest first."""
    return [PassedOn(**dict(row)) for row in await db.rows(_OF, organisation_id=organisation_id)]


async def by_id(db: Reading, link_id: int) -> PassedOn | None:
    """The code an organisation has under this number, or None."""
    row = await db.row(_BY_ID, link_id=link_id)
    return PassedOn(**dict(row)) if row else None


async def make(tx: Writing, organisation_id: int, made_by: int | None, now: int, *, invented: bool) -> PassedOn:
    """A new code for its manager to pass on."""
    await links.add(tx, "manager", now, organisation_id=organisation_id, made_by=made_by, invented=invented)
    return (await of_organisation(tx, organisation_id))[0]


async def say(tx: Writing, link_id: int, step: str, now: int) -> None:
    """The code has come so far; what must have come before is dated now when nobody said it. Raises KeyError."""
    await tx.run(_SAY[step], link_id=link_id, now=now)


async def unkept(db: Reading, before: int, *, invented: bool) -> list[tuple[int, str, int]]:
    """Who agreed at `before` or earlier and by whose code nobody came: organisation, name, since when.

    Those whom somebody has been in touch with after `before`, or who have left, are not among them.
    """
    rows = await db.rows(_UNKEPT, before=before, invented=int(invented))
    return [(row["organisation_id"], row["name"], row["since"]) for row in rows]


async def agreed(db: Reading, from_at: int, until_at: int, *, invented: bool) -> tuple[int, int]:
    """How many organisations agreed from `from_at` to before `until_at` (unix seconds); by how many nobody came."""
    row = await db.row(_AGREED, from_at=from_at, until_at=until_at, invented=int(invented))
    return (row["agreed"], row["by_nobody"]) if row else (0, 0)
