"""The invented borough's providers and partners: who came, who left, who fell silent, and how many there are."""

from datetime import date, datetime, timedelta

from rules.council import Council
from rules.shares import Total
from storage import organisation_log, organisations, passing_on, people, stages, themes, totals
from storage.database import Writing

MARK = " (invented)"
SOURCE = "Invented for the demo"
PROVIDERS = (
    ("Oak Lane Care", ("home_care",), "10-49", (("engaged", 60, "staff_asked"), ("regular", 40, ""))),
    ("Elm House", ("care_home",), "50-249", (("engaged", 80, "recruitment"),)),
    ("Riverside Nursing", ("care_home", "nursing_home"), "250+", (("left", 30, "short_staffed"),)),
    ("Ash Support", ("supported_living",), "1-9", (("approached", 20, ""),)),
    ("Willow Home Care", ("home_care",), "1-9", ()),
)
PARTNERS = (
    ("Example College", "education", (("engaged", 50, "recruitment"),)),
    ("Borough Health Partnership", "health", (("replied", 25, ""),)),
    ("Carers Together", "voluntary", ()),
)
SAID = (("training", "lead"), ("recruitment", "join"), ("wellbeing", "not_now"))
TOTALS = (("home_care", 1_200, 1_100, 1_300), ("care_home", 900, 850, 1_000), ("all", 3_400, 3_000, 3_800))


async def settle(tx: Writing, council: Council, now: int) -> None:
    """Fill the ledger of organisations and of known totals; everything in it is marked as invented."""
    today = datetime.fromtimestamp(now, council.zone).date()
    for name, markets, size, steps in PROVIDERS:
        one = await organisations.add(tx, "provider", name + MARK, now, markets=markets, size_band=size, invented=True)
        await _come_far(tx, one.id, steps, today, now)
    for name, kind, steps in PARTNERS:
        one = await organisations.add(tx, "partner", name + MARK, now, partner_type=kind, invented=True)
        await _come_far(tx, one.id, steps, today, now)
    await _a_story(tx, now)
    for market, figure, low, high in TOTALS:
        if market in (*council.markets, totals.ALL):
            day = today.replace(month=1, day=1)
            await totals.add(tx, market, "posts", Total(low, figure, high), SOURCE, day, "host:demo", now)


async def _come_far(tx: Writing, number: int, steps: tuple[tuple[str, int, str], ...], today: date, now: int) -> None:
    for stage, days_ago, motive in steps:
        await stages.say(tx, number, stage, today - timedelta(days=days_ago), None, now, motive=motive)


async def _a_story(tx: Writing, now: int) -> None:
    """A manager who agreed to pass a code on and by whose code nobody came, what she said, and a college."""
    (oak,) = await organisations.named(tx, PROVIDERS[0][0] + MARK)
    manager = await people.add_by_hand(tx, "Maria" + MARK, now, invented=True)
    await organisations.speaks_for(tx, manager.id, oak.id, "registered manager")
    code = await passing_on.make(tx, oak.id, None, now, invented=True)
    await passing_on.say(tx, code.id, "agreed", now - 12 * 86_400)
    await organisation_log.comment(tx, oak.id, "letter", "Letters go unread here. Ring us after two.", None, now)
    (college,) = await organisations.named(tx, PARTNERS[0][0] + MARK)
    for theme, interest in SAID:
        await themes.say(tx, college.id, theme, interest, None, now)
