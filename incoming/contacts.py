"""A list of people: who they are, how they can be reached, and whether they agreed to be on record."""

from datetime import UTC, datetime

from babel import Locale

import texts
from incoming.layout import Field, Layout, plain
from incoming.record import Asked, LeftOut, Problem, Record, Wrong, too_long
from incoming.table import Row
from incoming.values import day, market, yes_no
from incoming.ways import ways
from rules.council import Council
from rules.quiet import SHIFTS

_REST = (
    Field("phone", ("Phone", "Phone number", "Telephone", "Telephone number", "Mobile", "Mobile number", "Tel")),
    Field("email", ("E-mail", "Email", "Email address", "E-mail address")),
    Field("address", ("Postal address", "Address", "Home address")),
    Field("language", ("Language", "Preferred language", "First language")),
    Field("market", ("Market", "Kind of care work", "Sector", "Setting")),
    Field("shift", ("Shift", "Usual shift", "Shifts")),
    Field("employer", ("Employer", "Organisation", "Works for", "Care provider")),
    Field("consent", ("Consent", "Consent given", "Agreed to be contacted", "Agreed")),
    Field("consent_date", ("Consent date", "Date of consent", "Agreed on")),
    Field("consent_route", ("Consent route", "How consent was given", "How agreed")),
)
# A register or a log of calls has names and phones too, and must never be taken for a list of people.
_NEVER = (
    "Service types", "CQC Location ID (for office use only)", "Location ID", "Location URL", "cqc_id", "area_code",
    "Provider ID", "CQC Provider ID (for office use only)", "Outcome", "Step-free", "Figure", "Latitude",
)  # fmt: skip
_FIRST = Field("first", ("First name", "Forename", "Given name"), needed=True)
_LAST = Field("last", ("Surname", "Last name", "Family name"), needed=True)
LAYOUTS = (
    Layout("contacts", (Field("name", ("Name", "Full name", "Contact name"), needed=True), *_REST), never=_NEVER),
    Layout("contacts", (_FIRST, _LAST, *_REST), never=_NEVER),
)
LONGEST = {"name": 120, "address": 300, "employer": 120}
_ROUTES = {"telegram": "telegram", "phone": "call", "by phone": "call", "call": "call", "email": "email",
           "e mail": "email", "in person": "in_person", "face to face": "in_person"}  # fmt: skip
_CODE = 3  # letters of a language without a place
_LANGUAGES = {plain(name): code for code, name in Locale("en").languages.items() if len(code) <= _CODE}
_NOON = 12
_DAY = 24 * 3600


def read(row: Row, asked: Asked) -> Record | Problem | LeftOut:
    """One person, or why the row is refused."""
    given = dict(row.values)
    if not any(given.values()):
        return LeftOut("blank")
    given["name"] = " ".join((given.get("name") or f"{given.get('first', '')} {given.get('last', '')}").split())
    try:
        record: Record = {
            "line": row.line,
            "name": given["name"],
            "routes": _routes(given),
            "employer": " ".join(given.get("employer", "").split()) or None,
            "language": _language(given.get("language", ""), asked.council),
            "market": market(given.get("market", ""), asked.council),
            "shift": _shift(given.get("shift", "")),
            "consent": _consent(given, asked),
        }
    except Wrong as wrong:
        return Problem(row.line, wrong.code, wrong.field)
    if not record["name"] or not record["routes"]:
        return Problem(row.line, "no_way")
    return too_long(row.line, given, LONGEST) or record


def _routes(given: dict[str, str]) -> list[list[str]]:
    routes = ways(given)
    if words := given.get("address"):
        routes.append(["post", ", ".join(part.strip(" ,") for part in words.split("\n") if part.strip(" ,"))])
    return routes


def _language(words: str, council: Council) -> str | None:
    if not words:
        return None
    own = {texts.native_name(code).casefold(): code for code in council.languages}
    said = plain(words)
    code = own.get(words.casefold()) or _LANGUAGES.get(said) or (said if said in _LANGUAGES.values() else None)
    if code is None:
        raise Wrong("not_a_language", "language")
    return code


def _shift(words: str) -> str | None:
    said = plain(words).removesuffix(" shifts").removesuffix(" shift")
    named = {code: code for code in SHIFTS} | {code.removesuffix("s"): code for code in SHIFTS}
    if not said:
        return None
    if said not in named:
        raise Wrong("not_a_shift", "shift")
    return named[said]


def _consent(given: dict[str, str], asked: Asked) -> list[object] | None:
    """The answer as it is kept: yes or no, by which way, when (unix seconds), to which notice."""
    words = given.get("consent", "")
    if not words:
        return None
    agreed, when = yes_no(words), asked.now
    if agreed is None:
        raise Wrong("not_yes_no", "consent")
    if said := given.get("consent_date"):
        date = day(said)
        if date is None:
            raise Wrong("not_a_date", "consent_date")
        when = int(datetime(date.year, date.month, date.day, _NOON, tzinfo=UTC).timestamp())
        if when > asked.now + _DAY:
            raise Wrong("in_future", "consent_date")
    route = _ROUTES.get(plain(given.get("consent_route", "")), "paper")
    return [int(agreed), route, when, asked.council.notice_version]
