"""How values look inside a text, in either direction of writing, and that nothing typed is ever live."""

import html
import re
from dataclasses import dataclass
from datetime import datetime, time
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

import texts
from texts import values
from texts.catalogue import locale

ENGLISH = locale("en")
WHEN = datetime(2026, 3, 3, 19, 30, tzinfo=ZoneInfo("Europe/London"))
FIRST_STRONG, POP, OVERRIDE = "\u2068", "\u2069", "\u202e"
HEBREW = "רות"


@dataclass(frozen=True)
class Meeting:
    title: str
    starts: datetime = WHEN


def saved(answer, language="en"):
    return texts.render(language, "form.saved", answer=answer)


def test_typed_words_are_escaped_in_messages_and_plain_on_buttons():
    assert saved("<b>&") == "Saved: <b>&lt;b&gt;&amp;</b>"
    assert texts.plain("en", "button.typed", label="<b>&") == "<b>&"


@pytest.mark.parametrize(
    ("hour", "minute", "said"),
    [
        (19, 30, "7:30pm"),
        (19, 0, "7pm"),
        (0, 0, "midnight"),
        (12, 0, "12 noon"),
        (0, 5, "12:05am"),
        (12, 5, "12:05pm"),
        (9, 0, "9am"),
    ],
)
def test_times_as_people_say_them(hour, minute, said):
    assert values.clock_time(time(hour, minute), ENGLISH) == said


def test_dates_by_their_spec():
    meeting = Meeting("Hours")
    assert texts.render("en", "rsvp.cancelled", meeting=meeting).count("Tuesday 3 March 2026, 7:30pm") == 1
    assert values.moment(WHEN, "date", ENGLISH) == "3 March 2026"
    assert values.moment(WHEN, "day", ENGLISH) == "Tuesday 3 March"
    assert values.moment(WHEN, "short", ENGLISH) == "Tue 3 Mar"
    assert values.moment(WHEN, "time", ENGLISH) == "7:30pm"
    assert values.moment(WHEN.date(), "", ENGLISH) == "3 March 2026"
    assert values.moment(WHEN.date(), "time", ENGLISH) == "3 March 2026"
    with pytest.raises(ValueError, match="no such way"):
        values.moment(WHEN, "whenever", ENGLISH)


def test_dates_in_arabic():
    said = texts.render("ar-x-draft", "rsvp.cancelled", meeting=Meeting("x"))
    assert "الثلاثاء 3 مارس 2026، 7:30" in said


def test_plurals_in_both_languages():
    assert texts.render("en", "me.sent", count=1) == "1 message or call"
    assert texts.render("en", "me.sent", count=1200) == "1,200 messages and calls"
    assert [texts.render("ar-x-draft", "me.sent", count=count) for count in (0, 1, 2, 3, 11, 100)] == [
        "لا رسائل ولا مكالمات",
        "رسالة أو مكالمة واحدة",
        "رسالتان أو مكالمتان",
        "3 رسائل ومكالمات",
        "11 رسالة ومكالمة",
        "100 رسالة ومكالمة",
    ]


def test_a_text_inside_a_text():
    assert saved(texts.words("market.home_care")) == "Saved: <b>Home care</b>"
    assert saved(texts.words("form.saved", answer="<i>")) == "Saved: <b>Saved: <b>&lt;i&gt;</b></b>"


def test_lists():
    assert saved(texts.listed(["a", "b", "<c>"])) == "Saved: <b>a, b and &lt;c&gt;</b>"
    assert saved(texts.listed(["a", "b"], "or")) == "Saved: <b>a or b</b>"
    assert saved(texts.listed([texts.words("button.home"), 2000], "lines")) == "Saved: <b>Home\n2,000</b>"


def test_codes_are_said_by_their_family_and_nothing_is_nothing():
    assert texts._shown("en", "nights", "@shift", live=True) == "Nights"
    assert texts._shown("en", None, "@shift", live=True) == "not said yet"
    assert saved(None) == "Saved: <b></b>"


def test_what_a_language_lacks_is_said_in_english():
    assert texts.render("ar-x-draft", "queue.empty") == texts.render("en", "queue.empty")
    assert texts.render("ar", "staying.back") == texts.render("en", "staying.back")
    assert texts.render("tlh", "staying.back") == texts.render("en", "staying.back")


def test_a_name_nobody_wrote_is_an_error():
    with pytest.raises(KeyError):
        texts.render("en", "no.such.text")
    with pytest.raises(KeyError):
        texts.render("en", "form.saved")


def test_languages_say_their_own_names():
    assert [texts.native_name(code) for code in ("en", "ar", "ar-x-draft")] == ["English", "العربية", "العربية"]
    assert [texts.direction(code) for code in ("en", "ar-x-draft")] == ["ltr", "rtl"]


def test_words_that_run_the_other_way_are_held_apart():
    assert saved(HEBREW) == f"Saved: <b>{FIRST_STRONG}{HEBREW}{POP}</b>"
    assert saved("Ruth") == "Saved: <b>Ruth</b>"
    assert saved("Zoë 🦆 –") == "Saved: <b>Zoë 🦆 –</b>"
    assert f"{FIRST_STRONG}Ruth{POP}" in saved("Ruth", "ar-x-draft")
    assert FIRST_STRONG not in saved(HEBREW, "ar-x-draft")


def test_each_line_is_held_apart_on_its_own():
    assert saved(f"{HEBREW}\nx").count(FIRST_STRONG) == saved(f"{HEBREW}\nx").count(POP) == 2


def test_words_alone_need_no_isolation():
    assert texts.plain("en", "button.typed", label=HEBREW) == HEBREW


@given(st.text(st.sampled_from("ab \n" + HEBREW + "\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")))
def test_no_typed_mark_reaches_the_words_around_it(typed):
    for line in values.isolated(typed, "ltr").split("\n"):
        depth, opened = 0, []
        for sign in line:
            if sign in "\u202a\u202b\u202d\u202e\u2066\u2067\u2068":
                opened.append("\u2069" if sign in "\u2066\u2067\u2068" else "\u202c")
            elif sign in "\u202c\u2069":
                assert opened.pop() == sign
            depth = max(depth, len(opened))
        assert not opened
        assert depth or not any(sign in HEBREW for sign in line)


@given(st.text())
def test_anything_typed_is_shown_faithfully_and_live_nowhere(typed):
    said = re.fullmatch(r"Saved: <b>(.*)</b>", saved(typed), re.DOTALL).group(1)
    assert not re.search(r"<|>|&(?!amp;|lt;|gt;)", said)
    marks = "\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"
    assert "".join(c for c in html.unescape(said) if c not in marks) == "".join(c for c in typed if c not in marks)


def test_braces_in_values_are_only_braces():
    assert saved("{answer} {0} {{x}}") == "Saved: <b>{answer} {0} {{x}}</b>"
