"""What can come of a contact made by hand, and how each counts. Codes; their words stand in the texts."""

OUTCOMES = (
    "spoke",
    "left_message",
    "no_answer",
    "wrong_contact",
    "call_back",
    "refused",
    "will_pass_on",
    "passed_on",
    "not_attempted",
)
ANSWERED = frozenset({"spoke", "refused", "passed_on"})
NO_RESPONSE = frozenset({"no_answer"})
OPEN = frozenset({"left_message", "call_back", "will_pass_on"})  # an answer may still come; silence closes them
NOBODY_REACHED = frozenset({"wrong_contact", "not_attempted"})  # never non-response: nobody was asked
WHY_NOT_TRIED = ("no_number", "asked_not_to", "language", "no_time", "other")
STRUCK = ("taken_back", "corrected")
"""Why a row counts no more, though it stays: it was a mistake, or another row stands in for it."""

WHY_NOT = ("work", "asleep", "travel", "childcare", "money", "worried", "language", "not_useful", "not_said")


def outcome_of(code: str) -> str | None:
    """'answered', 'no_response', or None: still open, or nobody was reached. Raises ValueError for an unknown code."""
    if code not in OUTCOMES:
        raise ValueError(f"no such outcome: {code!r}")
    if code in ANSWERED:
        return "answered"
    return "no_response" if code in NO_RESPONSE else None
