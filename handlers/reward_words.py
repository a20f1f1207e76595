"""Rewards in words: what is offered after a meeting, how a claim stands, and what can be done about it.

Never a code: that is said in one place only, by handlers/reward.py, to whom it belongs.
"""

from collections.abc import Sequence

import texts
from handlers.saying import Key, Saying, key, shortened
from rules import money
from rules.council import Council
from storage.database import Reading
from storage.rewards import claim_row, claiming, offers
from storage.rewards.claim_row import LIVE, Claim
from storage.rewards.offers import Item, Offered

ON_A_BUTTON = 30
Rows = tuple[tuple[Key, ...], ...]


def called(words: dict[str, str], language: str) -> str:
    """What an item is called in a language, or in English."""
    return words.get(language.partition("-")[0]) or words.get("en") or next(iter(words.values()), "")


def claimable(offered: Offered | None) -> tuple[Item, ...]:
    """The items that somebody can ask for; recognition alone is no item."""
    return tuple(item for item in offered.items if item.kind != "none") if offered else ()


async def offer_of(db: Reading, person_id: int, meeting_id: int) -> tuple[Item, ...]:
    """What this person may still ask for after this meeting: nothing when they have decided already."""
    standing = await claim_row.of(db, person_id, meeting_id)
    if standing is not None and standing.state != "wished":
        return ()
    return claimable(await offers.offered(db, person_id, meeting_id))


def benefits(council: Council) -> str | texts.Words:
    """What is said about benefits before anybody claims; we never ask about them."""
    return council.benefits_notice or texts.words("reward.benefits")


def offer(items: Sequence[Item], council: Council, language: str) -> texts.Words:
    """What there is to choose from, with the notice about benefits where money is worth saying so."""
    listed = texts.listed([called(item.words, language) for item in items], "lines")
    worth = any(item.pence for item in items)
    return texts.words("reward.offer" if worth else "reward.offer.free", items=listed, benefits=benefits(council))


def offer_keys(items: Sequence[Item], meeting_id: int, language: str) -> Rows:
    """One tap claims; *less, or to charity* when there is one thing of value; *no, thank you* always."""
    takes = [
        (
            key(
                "reward.button.take",
                "reward.take",
                meeting_id,
                item.id,
                what=shortened(called(item.words, language), ON_A_BUTTON),
            ),
        )
        for item in items
    ]
    only = items[0] if len(items) == 1 else None
    parts = (
        ((key("reward.button.parts", "reward.parts", meeting_id, only.id),),)
        if only and only.pence and only.kind != "charity"
        else ()
    )
    return (*takes, *parts, (key("reward.button.no", "reward.no", meeting_id),))


async def parts_of(db: Reading, item: Item | Claim, *, invented: bool, total: int) -> list[tuple[int, int]]:
    """The ways to take so many pence: (kept, given) as all, half to charity, all to charity, and less."""
    kept, given = money.halves(total)
    ways = [(total, 0), (kept, given), (0, total)]
    if item.kind != "voucher":
        return [*ways, (kept, 0)]
    values = await claiming.stocked(db, item.pool_id, invented=invented)
    return [way for way in ways if way[0] in (0, total, *values)] + [(one, 0) for one in values if one < total][-2:]


def way_name(kept: int, given: int, total: int) -> str:
    """Which way it is: 'all', 'half', 'charity' or 'less'."""
    if not given:
        return "all" if kept == total else "less"
    return "charity" if not kept else "half"


def page(claim: Claim, council: Council, language: str) -> Saying:
    """How a claim stands, in the worker's words, with what they can do now."""
    return Saying(f"reward.page.{_standing(claim)}", values_of(claim, language), claim_keys(claim))


def values_of(claim: Claim, language: str) -> dict[str, object]:
    """What a text about a claim may say."""
    what: object = called(claim.words, language)
    if claim.given or claim.kept != claim.pence:
        name = "reward.shared" if claim.given and claim.kept else "reward.given" if claim.given else "reward.less"
        what = texts.words(name, what=what, kept=money.written(claim.kept), given=money.written(claim.given))
    return {"what": what, "given": money.written(claim.given), "title": claim.title}


def _standing(claim: Claim) -> str:
    match claim.state:
        case "waiting":
            return f"waiting.{claim.why}" if claim.why in ("pool", "budget", "stopped") else "approved"
        case "allocated" | "shown":
            return claim.state if claim.kind == "voucher" else f"{claim.state}.by_hand"
        case "refused":
            return f"refused.{claim.why}" if claim.why == "not_there" else "refused"
    return claim.state


def claim_keys(claim: Claim) -> Rows:
    """What can be done with a claim as it stands."""
    rows: list[tuple[Key, ...]] = []
    if claim.kind == "voucher" and claim.state in ("allocated", "shown"):
        rows.append((key("reward.button.show", "reward.show", claim.id),))
    if claim.kind == "certificate" and claim.state in ("allocated", "shown"):
        rows.append((key("thanks.button.certificate", "certificate", claim.meeting_id),))
    if claim.state in LIVE:
        if claim.pence and claim.kind != "charity":
            rows.append((key("reward.button.change", "reward.change", claim.id),))
        rows.append((key("reward.button.not_wanted", "reward.back", claim.id),))
    if claim.state == "declined":
        rows.append((key("reward.button.after_all", "reward.again", claim.meeting_id),))
    if claim.why != "not_there":
        rows.append((key("thanks.button.expense", "expense", claim.meeting_id),))
    return (*rows, (key("command.mine", "go", "mine"),))
