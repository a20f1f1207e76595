"""Venues: where meetings can be held, and what each place is like."""

from incoming.layout import Field, Layout, plain
from incoming.record import Asked, LeftOut, Problem, Record, Wrong, too_long
from incoming.table import Row
from incoming.values import degrees, yes_no

LAYOUTS = (
    Layout(
        "venues",
        (
            Field("name", ("Name", "Venue"), needed=True),
            Field("address", ("Address",), needed=True),
            Field("kind", ("Kind", "Type", "Kind of place")),
            Field("step_free", ("Step-free", "Step-free access", "Wheelchair access", "Accessible"), needed=True),
            Field("private", ("Private room", "Private")),
            Field("transport", ("Transport", "How to get there")),
            Field("latitude", ("Latitude", "Lat")),
            Field("longitude", ("Longitude", "Long", "Lon", "Lng")),
        ),
    ),
)
KINDS = {
    "library": ("library",),
    "community_centre": ("community centre", "community hall", "village hall", "hall"),
    "workplace": ("workplace", "office", "care home"),
    "cafe": ("cafe", "coffee shop"),
    "faith": ("faith", "church", "mosque", "temple", "gurdwara", "synagogue"),
    "council": ("council", "town hall", "civic centre"),
    "other": ("other", ""),
}
_KINDS = {words: code for code, many in KINDS.items() for words in (plain(code), *many)}
LONGEST = {"name": 120, "address": 300, "transport": 300}


def read(row: Row, asked: Asked) -> Record | Problem | LeftOut:  # noqa: ARG001 - a reading like the others
    """One venue, or why the row is refused."""
    given = dict(row.values)
    if not any(given.values()):
        return LeftOut("blank")
    if not given["name"]:
        return Problem(row.line, "empty", "name")
    try:
        record: Record = {
            "line": row.line,
            "name": " ".join(given["name"].split()),
            "address": ", ".join(part.strip(" ,") for part in given["address"].split("\n") if part.strip(" ,")),
            "kind": _KINDS.get(plain(given.get("kind", "")), "other"),
            "step_free": _said(given, "step_free"),
            "private": _said(given, "private"),
            "transport": given.get("transport", ""),
            "latitude": _degrees(given, "latitude", 90),
            "longitude": _degrees(given, "longitude", 180),
        }
    except Wrong as wrong:
        return Problem(row.line, wrong.code, wrong.field)
    if (record["latitude"] is None) != (record["longitude"] is None):
        return Problem(row.line, "not_a_place", "latitude")
    return too_long(row.line, given, LONGEST) or record


def _said(given: dict[str, str], name: str) -> int | None:
    words = given.get(name, "")
    if not words or plain(words) in ("not known", "unknown", "dont know"):
        return None
    said = yes_no(words)
    if said is None:
        raise Wrong("not_yes_no", name)
    return int(said)


def _degrees(given: dict[str, str], name: str, most: int) -> float | None:
    words = given.get(name, "")
    found = degrees(words, most) if words else None
    if words and found is None:
        raise Wrong("not_a_place", name)
    return found
