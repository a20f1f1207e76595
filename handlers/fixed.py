"""What is at hand inside every question: the fixed row of buttons, and the words that mean the same."""

from enum import StrEnum
from functools import cache

import texts
from handlers.matching import folded
from handlers.saying import Key, key


class Wish(StrEnum):
    """What somebody may want at any moment, by button or in plain words."""

    STOP = "stop"
    BACK = "back"
    PERSON = "person"
    HOME = "home"
    LANGUAGE = "language"
    HELP = "help"


# Inside a question with free words only these count: a title may well be "Help" or "Home".
LONGEST = 80  # characters; no wish has more
ALWAYS = (Wish.STOP, Wish.BACK, Wish.PERSON)


def wish_in(typed: str, *, open_question: bool = False) -> Wish | None:
    """What these words ask for in any language, or None. The whole message must be the words."""
    wish = _wishes().get(folded(typed)) if len(typed) <= LONGEST else None
    return wish if wish in ALWAYS or not open_question else None


@cache
def _wishes() -> dict[str, Wish]:
    """Each wish by the words that mean it, folded; STOP comes last, so that it wins a word that two lists share."""
    found = {
        folded(words): wish
        for wish in reversed(Wish)
        for listed in texts.every(f"words.{wish}")
        for words in listed.split(";")
    }
    return {words: wish for words, wish in found.items() if words}


def rows(languages: int, back: Key | None = None) -> tuple[tuple[Key, ...], ...]:
    """Home · Back · Language · A person please · Stop, in two rows that fit a small phone."""
    first = [key("button.home", "go", "home")]
    if back:
        first.append(back)
    if languages > 1:
        first.append(key("button.language", "go", "language"))
    return tuple(first), (key("button.person", "go", "person"), key("button.stop", "go", "stop"))
