"""Every word a person reads, by name, one catalogue per language, and the functions that say them.

A text is a template: `{meeting.title}` is an attribute of a value, `{meeting.starts:when}` a date said in full (also
`date`, `day`, `short`, `time`), `{person.market:@market}` the text `market.<value>`. Texts with a plural choose by
`count`.
"""

from collections.abc import Sequence
from datetime import date, time
from functools import cache
from string import Formatter

from texts.catalogue import DRAFT, SOURCE, bare, catalogue, locale, written
from texts.values import Listed, Words, escaped, isolated, joined, listed, moment, number, words

__all__ = [
    "Listed",
    "Words",
    "direction",
    "english_name",
    "every",
    "exists",
    "is_draft",
    "listed",
    "names",
    "native_name",
    "offered",
    "plain",
    "render",
    "words",
]  # fmt: skip

Part = tuple[str, tuple[str, ...], str]


def render(language: str, name: str, /, **values: object) -> str:
    """The text in Telegram's HTML, everything in `values` escaped. Raises KeyError when English has no such text."""
    return _said(language, name, values, live=True)


def plain(language: str, name: str, /, **values: object) -> str:
    """The text without markup, for buttons and short notices. Raises KeyError when English has no such text."""
    return _said(language, name, values, live=False)


def exists(name: str) -> bool:
    """Whether English has this text."""
    return name in catalogue(SOURCE).forms


def names() -> frozenset[str]:
    """The name of every text there is."""
    return frozenset(catalogue(SOURCE).forms)


def every(name: str) -> list[str]:
    """What a text says in each language, drafts too: for the words that are understood in all of them."""
    return [form for code in written() for form in catalogue(code + DRAFT).forms.get(name, ())]


def offered(languages: Sequence[str], *, drafts: bool = False) -> tuple[str, ...]:
    """Those of `languages` that may be shown to people: a translation nobody has read yet only as a draft.

    With `drafts` an unread translation comes back as its draft, `ar-x-draft`, which shows what there is. English stands
    in for what a language lacks, and is offered when nothing else can be.
    """
    found = [code for code in (_offer(language, drafts=drafts) for language in languages) if code]
    return tuple(dict.fromkeys(found)) or (SOURCE,)


def _offer(language: str, *, drafts: bool) -> str:
    code = bare(language)
    if code not in written():
        return ""
    if language != code or code == SOURCE:
        return language
    if not catalogue(code).fuzzy:
        return code
    return code + DRAFT if drafts else ""


def native_name(language: str) -> str:
    """The language's name in itself, in its own script."""
    code = bare(language)
    return "English" if code == SOURCE else str(locale(code).get_language_name(code)).capitalize()


def english_name(language: str) -> str:
    """The language's name in English, as somebody may type it on a phone without its letters."""
    return str(locale(bare(language)).english_name)


def is_draft(language: str) -> bool:
    """Whether this is a translation that nobody but its translator has read."""
    return language.endswith(DRAFT)


def direction(language: str) -> str:
    """`ltr` or `rtl`."""
    return str(locale(language).text_direction)


def _said(language: str, name: str, values: dict[str, object], *, live: bool) -> str:
    spoken, count = _speaks(language, name), values.get("count", 1)
    parts = _parts(spoken, name, count if isinstance(count, int) else 1)
    if len(parts) == 1 and not parts[0][0] and isinstance(alone := _found(values, parts[0][1]), str):
        return escaped(alone) if live else alone
    return "".join(
        literal + (_shown(spoken, _found(values, path), spec, live=live) if path else "")
        for literal, path, spec in parts
    )


def _speaks(language: str, name: str) -> str:
    """The language that has the text: the one asked for, or English."""
    try:
        return language if name in catalogue(language).forms else SOURCE
    except LookupError:
        return SOURCE


def _parts(language: str, name: str, count: int) -> tuple[Part, ...]:
    book = catalogue(language)
    forms = book.forms[name]
    return _parsed(forms[book.plural(count)] if len(forms) > 1 else forms[0])


@cache
def _parsed(template: str) -> tuple[Part, ...]:
    return tuple(
        (literal, tuple(path.split(".")) if path else (), spec or "")
        for literal, path, spec, _ in Formatter().parse(template)
    )


def _found(values: dict[str, object], path: tuple[str, ...]) -> object:
    found = values[path[0]]
    for step in path[1:]:
        found = getattr(found, step)
    return found


def _shown(language: str, value: object, spec: str, *, live: bool) -> str:
    if spec.startswith("@"):
        value = Words(f"{spec[1:]}.{value}" if value else "value.none")
    match value:
        case Words(name=name, values=inner):
            return _said(language, name, inner, live=live)
        case Listed(items=items, how=how):
            return joined([_shown(language, item, "", live=live) for item in items], how, locale(language))
        case None:
            return ""
        case int() | float():
            return number(value, locale(language))
        case date() | time():
            return moment(value, spec, locale(language))
    typed = isolated(str(value), direction(language))
    return escaped(typed) if live else typed
