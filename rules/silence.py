"""The honest clock of silence: when an attempt that nobody answered counts as non-response."""

from rules.council import Council

EXPECTS_ANSWER = frozenset({"invite", "by_hand", "poll", "no_show", "theme_ask"})
_HOUR = 3600


def silent_at(reason: str, sent_at: int, until_at: int | None, council: Council) -> int | None:
    """The unix second at which silence becomes an outcome, or None for a message that asks for no answer.

    The council's hours after acceptance, or `until_at` (the meeting's start, a poll's end) when that comes first.
    """
    if reason not in EXPECTS_ANSWER:
        return None
    after = sent_at + council.silence_hours * _HOUR
    return after if until_at is None else max(sent_at, min(after, until_at))
