"""What a feature is made of. The bot's handlers, the command menus, `/help` and the docs are all derived from these."""

from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from rules.council import Council
from rules.roles import Role

if TYPE_CHECKING:
    from telegram import Update

    import texts
    from handlers.context import Context
    from handlers.saying import Saying
    from storage.attempts import Attempt
    from storage.database import Reading, Writing

Answers = Mapping[str, Any]
Run = Callable[["Update", "Context"], Awaitable[None]]
Compose = Callable[["Reading", "Attempt", Council], Awaitable["Saying | None"]]


@dataclass(frozen=True)
class Command:
    """A word after a slash, who may use it, and what it runs. Its one-line help is the text `command.<name>`."""

    name: str
    run: Run
    roles: frozenset[Role]
    in_menu: bool = True


@dataclass(frozen=True)
class Button:
    """A verb in the data of inline buttons, who may press it, and what it runs."""

    verb: str
    run: Run
    roles: frozenset[Role]


@dataclass(frozen=True)
class Choice:
    """One closed answer: somebody's own words as its `label`, or the text `text`, or `<form>.<step>.<value>`."""

    value: str
    label: str | None = None
    text: str | None = None


@dataclass(frozen=True)
class Refusal:
    """Why a typed answer was not taken: the name of a text that says what would be."""

    name: str
    values: Mapping[str, object] = field(default_factory=dict)


Options = Callable[["Reading", "Context", Answers], Awaitable[Sequence[Choice]]]
Confirms = Callable[["Reading", "Context", Answers, Any], Awaitable["texts.Words"]]
Reader = Callable[["Context", str, Answers], "Any | Refusal | Awaitable[Any | Refusal]"]


@dataclass(frozen=True)
class Step:
    """One question. Its prompt is the text `<form>.<name>`; a Choice is a button, a `reader` takes typed words.

    With both, typing a choice's words counts as tapping it, and anything else goes to the reader; so do the words of a
    choice that has somebody's own label. A reader may return the Choice that was meant. `optional` adds
    "prefer not to say" (stored as 'not_said') for closed questions and "skip" (stored as '') for open ones.
    `about` gives the prompt its values. A value must be something JSON can hold; `shows` says a typed one after it was
    saved: a date, a text. With `many`, each tap switches a choice on or off in the same message, kept under
    `<name>_picks`, until the choice 'done' is taken. With `unsaid`, typed words are not shown as saved: what follows
    speaks of them. With `confirms`, what was typed is shown back as a question first, in the words it finds for the
    value, and only a yes keeps it: for whatever can be read in two ways, such as a date. With `pins`, a location sent
    from the phone is read as if its degrees had been typed.
    """

    name: str
    choices: tuple[str | Choice, ...] | Options = ()
    reader: Reader | None = None
    when: Callable[[Answers], bool] = lambda _: True
    optional: bool = False
    columns: int = 1
    about: Callable[["Reading", "Context", Answers], Awaitable[Mapping[str, object]]] | None = None
    shows: Callable[[Any], object] | None = None
    many: bool = False
    unsaid: bool = False
    confirms: Confirms | None = None
    pins: bool = False


@dataclass(frozen=True)
class Form:
    """Questions asked one at a time. `save` keeps each answer as it is given; `finish` acts when all are in.

    Both run inside the turn's one transaction. What `finish` returns is handed to `reply`, which runs after the commit.
    `reopen` asks one question again when *change* is tapped after the form was finished; without it that is closed.
    """

    name: str
    steps: tuple[Step, ...]
    finish: Callable[["Writing", "Context", Answers], Awaitable[Any]]
    reply: Callable[["Context", Any], Awaitable[None]]
    roles: frozenset[Role]
    save: Callable[["Writing", "Context", str, Any], Awaitable[None]] | None = None
    reopen: Callable[["Context", str], Awaitable[None]] | None = None


@dataclass(frozen=True)
class Feature:
    """One file of conversation: what people can type and tap in it, its forms, and the messages it sends unasked.

    `composes` maps an attempt's reason ('invite', 'reminder' ...) to the function that finds its words when it is sent;
    None from that function means there is nothing left to say, and the attempt is skipped as 'nothing_to_say'.
    """

    name: str
    commands: tuple[Command, ...] = ()
    buttons: tuple[Button, ...] = ()
    forms: tuple[Form, ...] = ()
    composes: Mapping[str, Compose] = field(default_factory=dict)
