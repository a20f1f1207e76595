"""A file of vouchers: a code, a value and, where there is one, a last day in each row."""

import re
from dataclasses import dataclass, field
from datetime import date

from incoming.layout import Field, Layout
from incoming.table import Row, Table
from incoming.values import day
from rules.money import parse
from storage.rewards.vouchers import NewVoucher

LAYOUT = Layout(
    "vouchers",
    (
        Field("code", ("code", "voucher code", "voucher", "gift code", "gift card number", "card number"), needed=True),
        Field("value", ("value", "amount", "face value", "worth"), needed=True),
        Field("expires", ("expires", "expiry", "expiry date", "valid until", "last day", "use by")),
    ),
)
# Of a shorter one the last four characters, which exports show, would be too much of it.
_CODE = re.compile(r"[^\s](?:[^\n\r\t]{6,126})[^\s]")
# Text that a spreadsheet would work out on opening it, in a file that came as text.
_COMES_ALIVE = ("=", "+", "-", "@")
MOST_PENCE = 50_000


@dataclass(frozen=True)
class Judged:
    """What a file holds: vouchers to load with their lines, and lines that are refused with the code of why."""

    good: tuple[tuple[int, NewVoucher], ...] = field(repr=False)
    refused: tuple[tuple[int, str], ...]


def judged(table: Table, today: date) -> Judged:
    """Every row judged: loaded or refused, with the table's own code or one of those below."""
    good: list[tuple[int, NewVoucher]] = []
    refused: list[tuple[int, str]] = []
    seen: set[str] = set()
    for row in table.rows():
        found = _read(row, today)
        same = "" if isinstance(found, str) else "".join(found.code.split()).replace("-", "").casefold()
        if isinstance(found, str) or same in seen:
            refused.append((row.line, found if isinstance(found, str) else "twice"))
        else:
            seen.add(same)
            good.append((row.line, found))
    return Judged(tuple(good), tuple(refused))


def _read(row: Row, today: date) -> NewVoucher | str:
    if row.problem:
        return row.problem
    code, pence, words = row.values["code"], parse(row.values["value"]), row.values.get("expires", "")
    last_day = day(words) if words else None
    if code.startswith(_COMES_ALIVE):
        return "formula"
    if not _CODE.fullmatch(code):
        return "not_a_code"
    if pence is None or not 0 < pence <= MOST_PENCE:
        return "not_an_amount"
    if words and (last_day is None or last_day < today):
        return "past" if last_day else "not_a_day"
    return NewVoucher(code, pence, last_day.isoformat() if last_day else None)
