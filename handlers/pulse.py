"""Pulse questions after a meeting: one tap each, any of them skipped, and nobody kept beside an answer.

The ticket in the buttons is made when the question is sent and kept nowhere else. The taps take the sealed way.
"""

from dataclasses import dataclass

from handlers.buttons import Press
from handlers.saying import Key, Saying, key
from storage.unlinked import Tap

ANSWERS = ("yes", "partly", "no")
_AT_A_MEETING = ("could_speak", "no_harm", "listened_to", "would_return", "decided_with_us")
_ON_THE_BOARD = ("able_to_lead", "heard")
QUESTIONS = {"d": _AT_A_MEETING, "b": (*_AT_A_MEETING, *_ON_THE_BOARD), "m": _ON_THE_BOARD}
"""By wave: next day, next day for the board, and the board after 30 days."""


@dataclass(frozen=True)
class Place:
    """Which question comes next: of which meeting and wave, with which ticket."""

    meeting: int
    wave: str
    ticket: str
    number: int


def first(meeting: int, wave: str, ticket: str) -> Saying:
    """The first question, as it is sent."""
    return following(Place(meeting, wave, ticket, 0))


def following(place: Place) -> Saying:
    """The question at this place with its buttons, or thanks after the last one."""
    questions = QUESTIONS[place.wave]
    if place.number >= len(questions):
        return Saying("pulse.thanks")
    answers = tuple(_key(place, answer) for answer in (*ANSWERS, "skip"))
    values = {"number": place.number + 1, "of": len(questions)}
    return Saying(f"pulse.{questions[place.number]}", values, (answers[:3], answers[3:]))


def _key(place: Place, answer: str) -> Key:
    return key(f"pulse.button.{answer}", "sealed.pulse", place.meeting, place.wave, place.number, answer, place.ticket)


def read(press: Press) -> tuple[Tap | None, Place] | None:
    """What was tapped (None: skipped) and what comes next; None for what no button of ours says."""
    meeting, number = press.number(0), press.number(2)
    wave, answer, ticket = press.word(1), press.word(3), press.word(4)
    if meeting is None or number is None or number >= len(QUESTIONS.get(wave, ())) or answer not in (*ANSWERS, "skip"):
        return None
    tap = None if answer == "skip" else Tap(ticket, meeting, wave, QUESTIONS[wave][number], answer)
    return tap, Place(meeting, wave, ticket, number + 1)
