"""Catalogues: what stands in the .po files, compiled in memory."""

import gettext
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from babel import Locale
from babel.messages.pofile import read_po

FOLDER = Path(__file__).parent
SOURCE = "en"
DRAFT = "-x-draft"
_LOCALES = {"en": "en_GB"}


@dataclass(frozen=True)
class Catalogue:
    """One language: each text's forms by name (one form, or one per plural), and which form a count takes."""

    language: str
    forms: dict[str, tuple[str, ...]]
    plural: Callable[[int], int]
    fuzzy: frozenset[str]


def bare(language: str) -> str:
    """The language without its draft mark: `ar-x-draft` is Arabic as its translator left it, read by nobody else."""
    return language.removesuffix(DRAFT)


@cache
def written() -> tuple[str, ...]:
    """The languages that have a catalogue, the source first."""
    others = sorted(path.stem for path in FOLDER.glob("*.po") if path.stem != SOURCE)
    return (SOURCE, *others)


@cache
def catalogue(language: str) -> Catalogue:
    """The catalogue for `language`; a draft's has its fuzzy entries too. Raises LookupError when there is none."""
    code = bare(language)
    if code not in written():
        raise LookupError(f"no catalogue for {code!r}")
    with (FOLDER / f"{code}.po").open("rb") as file:
        book = read_po(file, locale=code)
    entries = [entry for entry in book if entry.id]
    forms = {_name(entry.id): _forms(entry.string) for entry in entries}
    fuzzy = frozenset(_name(entry.id) for entry in entries if entry.fuzzy)
    kept = {name: said for name, said in forms.items() if all(said) and (name not in fuzzy or language != code)}
    return Catalogue(language, kept, gettext.c2py(book.plural_expr), fuzzy)


def _name(entry_id: object) -> str:
    return str(entry_id[0]) if isinstance(entry_id, list | tuple) else str(entry_id)


def _forms(string: object) -> tuple[str, ...]:
    return tuple(str(part) for part in string) if isinstance(string, list | tuple) else (str(string),)


@cache
def locale(language: str) -> Locale:
    """Babel's locale for dates, numbers and lists."""
    return Locale.parse(_LOCALES.get(bare(language), bare(language)))
