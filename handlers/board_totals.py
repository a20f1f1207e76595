"""How far the council has come, for those on the board: counts as they may be published, and no names of anybody."""

import texts
from handlers.context import Context
from handlers.naming import market, safe
from handlers.saying import Saying, key
from rules.stages import COME_FAR
from storage import organisations, reach
from storage.reach import Span


async def totals(context: Context) -> Saying:
    """People who take part, together and by market; providers and partners who do."""
    span = Span(0, context.now + 1, context.council.zone)
    groups = await reach.by_group(context.db, span, invented=context.council.rehearsal)
    everybody = next((group.engaged for group in groups if group.by_what == "all"), 0)
    lines = [
        texts.words("board.totals.line", what=_market(context, group.said), count=safe(group.engaged))
        for group in groups
        if group.by_what == "market"
    ]
    values = {
        "people": safe(everybody),
        "lines": texts.listed(lines, "lines"),
        "providers": safe(await _engaged(context, "provider")),
        "partners": safe(await _engaged(context, "partner")),
    }
    return Saying("board.totals", values, ((key("board.button.page", "board.page"),),))


def _market(context: Context, code: str | None) -> object:
    return market(context.council, code) if code else texts.words("board.totals.no_market")


async def _engaged(context: Context, kind: str) -> int:
    invented = context.council.rehearsal
    return sum([await organisations.count(context.db, kind=kind, stage=stage, invented=invented) for stage in COME_FAR])
