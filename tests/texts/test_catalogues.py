"""Every word the program says: complete, short, safe, and in plain English."""

import re

import pytest

import handlers
import texts
from handlers import menus
from rules.roles import Role
from tests.texts import keys
from texts.catalogue import DRAFT, catalogue, written

LONGEST_MESSAGE, LONGEST_BUTTON, LONGEST_HELP = 4096, 40, 60
ENGLISH = catalogue("en").forms
OTHERS = [code for code in written() if code != "en"]
ALLOWED_TAGS = {"b", "i", "code"}
LINK = re.compile(r'a href="tg://user\?id=\{[a-z.]+\}"')


def placeholders(form):
    return set(re.findall(r"\{([a-z_.]+(?::[@a-z_]+)?)\}", form))


def tags(form):
    return sorted(re.findall(r"</?[a-z]+>", form))


def for_staff(name):
    return name.startswith(keys.STAFF) or name in staff_only()


def staff_only():
    shared = {f"command.{one.name}" for one in menus.commands() if one.roles & {Role.ANYONE, Role.WORKER}}
    named = {name for name in ENGLISH if name.startswith("command.")} - shared
    forms = {
        f"form.name.{form.name}"
        for feature in handlers.FEATURES
        for form in feature.forms
        if not form.roles & {Role.ANYONE, Role.WORKER}
    }
    return named | forms


def test_every_text_that_is_used_exists():
    wanted = keys.derived() | keys.coded() | {name for name in keys.written() if name.partition(".")[0] in families()}
    assert sorted(wanted - set(ENGLISH) - not_texts()) == []


def families():
    return {name.partition(".")[0] for name in ENGLISH}


def not_texts():
    """Verbs of buttons, which look like names of texts."""
    return {button.verb for feature in handlers.FEATURES for button in feature.buttons}


def test_every_text_is_used():
    patterns = keys.assembled()
    used = keys.derived() | keys.optional() | keys.coded() | keys.written()
    unused = [name for name in ENGLISH if name not in used and not any(p.fullmatch(name) for p in patterns)]
    assert unused == []


@pytest.mark.parametrize("language", OTHERS)
def test_a_translation_has_what_workers_read_and_nothing_else(language):
    have = set(catalogue(language + DRAFT).forms)
    wanted = {name for name in ENGLISH if not for_staff(name)}
    assert sorted(wanted - have) == []
    assert sorted(have - set(ENGLISH)) == []


@pytest.mark.parametrize("language", OTHERS)
def test_a_translation_keeps_placeholders_and_tags(language):
    for name, forms in catalogue(language + DRAFT).forms.items():
        for form in forms:
            may_drop = {"count"} if len(forms) > 1 else set()
            english = ENGLISH[name][-1]
            assert placeholders(form) | may_drop == placeholders(english) | may_drop, name
            assert tags(form) == tags(english), name


@pytest.mark.parametrize("language", OTHERS)
def test_a_translation_has_every_plural_its_language_has(language):
    book = catalogue(language + DRAFT)
    wanted = len({book.plural(count) for count in range(1000)})
    assert {len(forms) for forms in book.forms.values()} <= {1, wanted}
    plurals = {name for name, forms in ENGLISH.items() if len(forms) > 1}
    assert {name for name, forms in book.forms.items() if len(forms) > 1} == plurals & set(book.forms)


@pytest.mark.parametrize("language", written())
def test_markup_is_balanced_and_of_the_kinds_we_use(language):
    for name, forms in catalogue(language + DRAFT).forms.items():
        for form in forms:
            opened = []
            for closing, tag in re.findall(r"<(/?)([^>]*)>", form):
                assert tag in ALLOWED_TAGS or LINK.fullmatch(tag) or (closing and tag == "a"), name
                assert not closing or opened.pop() == tag, name
                opened += [] if closing else tag.split()[:1]
            assert not opened, name
            assert not re.search(r"&(?!amp;|lt;|gt;)", form), name


@pytest.mark.parametrize("language", written())
def test_messages_fit_and_are_not_blank(language):
    for name, forms in catalogue(language + DRAFT).forms.items():
        for form in forms:
            assert form.strip(), name
            assert len(form) <= LONGEST_MESSAGE / 2, name  # the other half is for names and places


@pytest.mark.parametrize("language", written())
def test_buttons_are_short_and_plain(language):
    book = catalogue(language + DRAFT).forms
    for name in sorted(buttons() & set(book)):
        for form in book[name]:
            assert len(re.sub(r"\{[^}]*\}", "", form)) <= LONGEST_BUTTON, name
            assert "<" not in form, name
            assert "\n" not in form, name


def buttons():
    steps = {name for name in keys.derived() if name.count(".") > 1 and not name.startswith("form.name.")}
    return {
        name
        for name in ENGLISH
        if ".button." in name
        or (
            name.startswith(("button.", "market.", "shift.", "job.", "strand.", "command.")) and name != "button.closed"
        )
    } | (steps & set(ENGLISH))


@pytest.mark.parametrize("language", written())
def test_help_of_commands_is_one_short_line(language):
    for name, forms in catalogue(language + DRAFT).forms.items():
        if name.startswith("command."):
            assert len(forms[0]) <= LONGEST_HELP, name
            assert not forms[0].endswith("."), name


def test_what_workers_read_is_short():
    long = {
        name: len(re.sub(r"</?b>|\{[^}]*\}", "", form))
        for name, forms in ENGLISH.items()
        for form in forms
        if not for_staff(name)
        and name not in {"join.consent", "join.consent.contact", "me.page"}
        and not name.startswith("words.")
    }
    assert {name: length for name, length in long.items() if length > 300} == {}


def test_nothing_unasked_gives_itself_away_on_a_locked_phone():
    unasked = [
        form
        for name, forms in ENGLISH.items()
        for form in forms
        if re.match(r"rsvp\.(invite|reminder|changed|cancelled|place_free|notice)", name)
    ]
    assert unasked
    for form in unasked:
        assert "{" not in form[:40], form
        assert not re.search(r"care|employer|market|feedback|code", form[:40], re.IGNORECASE), form


def test_english_is_whole():
    assert catalogue("en").fuzzy == frozenset()


def test_a_translation_nobody_has_read_is_not_offered():
    assert texts.offered(("en", "ar")) == ("en",)
    assert texts.offered(("en", "ar"), drafts=True) == ("en", "ar-x-draft")
    assert texts.offered(("xx",)) == ("en",)
