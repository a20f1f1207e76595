"""What is to be said, before it is put into anyone's language: a text's name, its values and its buttons."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from telegram import ForceReply, InlineKeyboardButton, InlineKeyboardMarkup

import texts
from handlers import buttons

LONGEST_LABEL = 40


@dataclass(frozen=True)
class Key:
    """One inline button: the name of its words and the data it sends back, or a web address it opens."""

    name: str
    data: str = ""
    values: Mapping[str, object] = field(default_factory=dict)
    url: str | None = None


def key(name: str, verb: str, /, *about: int | str, **values: object) -> Key:
    """A button that says the text `name` and asks for `verb` about these ids."""
    return Key(name, buttons.encode(verb, *about), values)


def labelled(label: str, verb: str, *about: int | str) -> Key:
    """A button whose words somebody typed (a venue, a title), cut where a phone would cut them."""
    return Key("button.typed", buttons.encode(verb, *about), {"label": shortened(label, LONGEST_LABEL)})


def shortened(typed: str, most: int) -> str:
    """`typed` on one line of at most `most` characters."""
    line = " ".join(typed.split()) or "–"
    return line if len(line) <= most else line[: most - 1] + "…"


@dataclass(frozen=True)
class Document:
    """A file that goes with the words."""

    name: str
    content: bytes


@dataclass(frozen=True)
class Spot:
    """A point on the map with its name and address; latitude and longitude in degrees."""

    latitude: float
    longitude: float
    title: str
    address: str


@dataclass(frozen=True)
class Saying:
    """One message: the text's name, the values it needs, rows of buttons, and how it is to be treated.

    With a `document` or a `picture` (a PNG) the words are what stands below it; a `spot` is shown on a map instead of
    words. `asks` opens the reply field on the phone; `protected` forbids forwarding and saving; `answers` is the
    message that this one replies to.
    """

    name: str
    values: Mapping[str, object] = field(default_factory=dict)
    keys: tuple[tuple[Key, ...], ...] = ()
    document: Document | None = None
    picture: Document | None = None
    spot: Spot | None = None
    asks: bool = False
    protected: bool = False
    answers: int | None = None

    def html(self, language: str) -> str:
        """The words in `language`, as Telegram's HTML with everything a person typed escaped."""
        return texts.render(language, self.name, **self.values)

    def markup(self, language: str) -> InlineKeyboardMarkup | ForceReply | None:
        """The buttons in `language`, the reply field, or nothing."""
        if self.keys:
            return InlineKeyboardMarkup([[_button(k, language) for k in row] for row in self.keys if row])
        return ForceReply(selective=False) if self.asks else None


def _button(item: Key, language: str) -> InlineKeyboardButton:
    label = texts.plain(language, item.name, **item.values)
    if item.url:
        return InlineKeyboardButton(label, url=item.url)
    return InlineKeyboardButton(label, callback_data=item.data)
