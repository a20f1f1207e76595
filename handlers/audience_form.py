"""Choosing an audience: one message of switches, a tap each, and the Audience that the taps mean."""

from collections.abc import Iterator, Sequence

import texts
from handlers.context import Context
from handlers.feature import Answers, Choice
from handlers.naming import SHIFTS_SHOWN, STRANDS, market
from storage.audience import Audience
from storage.database import Reading

NOT_ANSWERED, LATELY = "not_answered", "lately"


def label(context: Context, name: str, **values: object) -> str:
    """The words of a choice that need values, in the language of this turn."""
    return texts.plain(context.language, name, **values)


def audience_of(context: Context, answers: Answers) -> Audience:
    """The audience that the switches mean; a kind with none switched on leaves nobody out."""
    picks = [pick.partition(".") for pick in answers.get("audience_picks", [])]
    chosen = {
        kind: tuple(value for this, _, value in picks if this == kind and value) or None for kind in _kinds(context)
    }
    return Audience(
        meeting_id=int(answers["meeting"]),
        markets=chosen["markets"],
        shifts=chosen["shifts"],
        languages=chosen["languages"],
        strands=chosen["strands"],
        not_answered=NOT_ANSWERED in answers.get("audience_picks", []),
        invented=context.council.rehearsal,
        rest_hours=context.council.cooldown_hours if LATELY in answers.get("audience_picks", []) else None,
    )


def picks_of(audience: Audience) -> list[str]:
    """The switches that mean this audience."""
    kinds = [f"{kind}.{code}" for kind, codes in audience.parts().items() for code in codes]
    return kinds if audience.rest_hours is None else [*kinds, LATELY]


async def audience_choices(db: Reading, context: Context, answers: Answers) -> Sequence[Choice]:
    """A switch for each market, shift, language and strand, with a mark when it is on; then the way on."""
    picks = answers.get("audience_picks", [])
    return [*[_switch(context, value, words, picks) for value, words in _switches(context)], Choice("done")]


def _switches(context: Context) -> Iterator[tuple[str, object]]:
    for kind, codes in _kinds(context).items():
        for code in codes:
            yield f"{kind}.{code}", texts.words(f"invite.audience.{kind}", what=_words(context, kind, code))
    yield NOT_ANSWERED, texts.words("invite.audience.not_answered")
    yield LATELY, texts.words("invite.audience.lately")


def _kinds(context: Context) -> dict[str, tuple[str, ...]]:
    languages = context.council.languages if len(context.council.languages) > 1 else ()
    return {"markets": context.council.markets, "shifts": SHIFTS_SHOWN, "languages": languages, "strands": STRANDS}


def _words(context: Context, kind: str, code: str) -> object:
    if kind == "markets":
        return market(context.council, code)
    return texts.native_name(code) if kind == "languages" else texts.words(f"{kind.removesuffix('s')}.{code}")


def _switch(context: Context, value: str, words: object, picks: list[str]) -> Choice:
    return Choice(value, label(context, "invite.audience.on" if value in picks else "invite.audience.off", what=words))
