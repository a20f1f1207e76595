"""Contacts made elsewhere: a spreadsheet of calls, visits and letters, as somebody kept it."""

from datetime import date, datetime, time

from incoming.layout import Field, Layout, plain
from incoming.record import Asked, LeftOut, Problem, Record, Wrong, too_long
from incoming.table import Row
from incoming.values import clock, day
from incoming.ways import ways
from rules import dispositions
from rules.silence import silent_at

LAYOUTS = (
    Layout(
        "attempts",
        (
            Field("date", ("Date", "Date of contact", "When", "Day", "Date called"), needed=True),
            Field("time", ("Time", "Time of contact", "Time called")),
            Field("who", ("Who", "Name", "Person", "Contact", "Contact name", "Spoke to")),
            Field("phone", ("Phone", "Phone number", "Telephone", "Number", "Mobile")),
            Field("email", ("E-mail", "Email")),
            Field("organisation", ("Organisation", "Provider", "Employer", "Care provider", "Company")),
            Field("how", ("How", "Method", "Channel", "Type of contact", "Contact type"), needed=True),
            Field("outcome", ("Outcome", "Result", "What happened", "Response"), needed=True),
            Field("note", ("Note", "Notes", "Comment", "Comments")),
        ),
    ),
)
LONGEST = {"who": 120, "organisation": 200, "note": 1000}
WAYS = {
    "call": ("call", "called", "phone", "phone call", "phoned", "telephone", "rang", "tel", "mobile"),
    "visit": ("visit", "visited", "site visit", "home visit"),
    "email": ("email", "e mail", "emailed", "mail"),
    "letter": ("letter", "post", "wrote", "by post"),
    "whatsapp": ("whatsapp", "whats app", "text", "sms", "message"),
    "in_person": ("in person", "face to face", "talk", "talked", "met", "corridor", "event", "meeting"),
    "through": ("through", "through manager", "passed on", "via manager", "through somebody", "through someone"),
}
OUTCOMES = {
    "spoke": ("spoke", "spoken", "talked", "answered", "reached", "yes", "interested", "replied", "spoke to them"),
    "left_message": ("left message", "left a message", "voicemail", "left voicemail", "message left", "vm"),
    "no_answer": ("no answer", "no reply", "did not answer", "didnt answer", "no response", "rang out", "not in", "na"),
    "wrong_contact": ("wrong number", "wrong contact", "wrong person", "wrong address", "number not in use", "bounced"),
    "call_back": ("call back", "callback", "call again", "ring back", "busy", "engaged"),
    "refused": ("refused", "not interested", "declined", "no thanks", "no", "said no"),
    "will_pass_on": ("will pass it on", "will pass on", "manager will pass on", "agreed to pass on"),
    "passed_on": ("passed on", "passed it on", "has passed on"),
    "not_attempted": ("not attempted", "not tried", "did not try", "not called"),
}
_WAYS = {words: code for code, many in WAYS.items() for words in (plain(code), *many)}
_OUTCOMES = {words: code for code, many in OUTCOMES.items() for words in (plain(code), *many)}
_NOON = time(12)
_DAY = 24 * 3600


def read(row: Row, asked: Asked) -> Record | Problem | LeftOut:
    """One contact, or why the row is refused. A contact without a time is kept as made at noon."""
    given = dict(row.values)
    if not any(given.values()):
        return LeftOut("blank")
    try:
        at = _moment(given, asked)
        outcome = _code(given["outcome"], _OUTCOMES, "not_an_outcome", "outcome")
        record: Record = {
            "line": row.line,
            "at": at,
            "how": _code(given["how"], _WAYS, "not_a_way", "how"),
            "outcome": outcome,
            "silent_at": silent_at("by_hand", at, None, asked.council) if outcome in dispositions.OPEN else None,
            "routes": ways(given),
            "who": " ".join(given.get("who", "").split()),
            "organisation": " ".join(given.get("organisation", "").split()),
            "note": given.get("note", ""),
        }
    except Wrong as wrong:
        return Problem(row.line, wrong.code, wrong.field)
    if not (record["who"] or record["routes"] or record["organisation"]):
        return Problem(row.line, "nobody", "who")
    return too_long(row.line, given, LONGEST) or record


def _moment(given: dict[str, str], asked: Asked) -> int:
    date_of, time_of = day(given["date"]), given.get("time", "")
    if date_of is None:
        raise Wrong("empty" if not given["date"] else "not_a_date", "date")
    at_time = clock(time_of) if time_of else clock(given["date"]) or _NOON
    if at_time is None:
        raise Wrong("not_a_time", "time")
    at = _unix(date_of, at_time, asked)
    if at > asked.now + _DAY:
        raise Wrong("in_future", "date")
    return at


def _unix(of: date, at: time, asked: Asked) -> int:
    return int(datetime.combine(of, at, asked.council.zone).timestamp())


def _code(words: str, known: dict[str, str], problem: str, field: str) -> str:
    said = plain(words)
    if said not in known:
        raise Wrong(problem if words else "empty", field)
    return known[said]
