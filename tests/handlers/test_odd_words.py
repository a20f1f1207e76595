"""Any text, in any script, is kept and shown faithfully in what staff type, and is live nowhere."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from handlers.meeting_form import minutes_in
from storage import attempts, meetings, people
from tests.handlers.acts import invites_everyone
from tests.handlers.test_meetings import describes

ODD = [
    "<b>bold</b> & <script>",
    "=HYPERLINK(1)",
    "{meeting.title} {0} %s",
    "اجتماع العاملين",
    "👩🏽‍⚕️🎉 tea",
    "right \N{RIGHT-TO-LEFT ISOLATE}evil",
    "Home",
    "-5",
]


@pytest.mark.parametrize("words", ODD)
async def test_a_title_goes_from_the_planner_to_the_worker_as_it_was_typed(stage, words):
    ada, cas = await stage.worker("Ada"), await stage.coordinator()
    await describes(cas)
    await cas.taps("Change title")
    await cas.says(words)
    await cas.taps("Yes, make it")
    (meeting,) = await meetings.upcoming(stage.db, int(stage.clock.now))
    assert meeting.title == " ".join(words.split())
    await invites_everyone(stage, cas, 1)
    received = ada.phone.messages[-1]
    assert bare(meeting.title) in bare(received["text"])
    # The only live words are our own /stop at the end of every invite.
    assert [one["type"] for one in received.get("entities", []) if one["type"] != "bold"] == ["bot_command"]


def bare(words):
    """Without the marks that keep a text from turning its neighbours around."""
    return "".join(sign for sign in words if sign not in "\u2066\u2067\u2068\u2069\u202a\u202b\u202c\u202d\u202e")


@pytest.mark.parametrize("words", [*ODD, "x" * 900])
async def test_a_note_is_kept_as_it_was_typed(stage, words):
    ada, cas = await stage.worker("Ada"), await stage.coordinator()
    await cas.forges(f"v1:log.about:{(await ada.person()).id}")
    await cas.taps("Phone call")
    await cas.taps("We spoke")
    await cas.says(words)
    cas.sees("log.saved")
    call = (await attempts.of_person(stage.db, (await ada.person()).id))[-1]
    assert call.note == words


@pytest.mark.parametrize("words", ["x" * 4096, "é" * 2000, "\x00" * 50 + "x" * 200])
async def test_too_long_or_empty_is_asked_again_and_the_place_is_kept(stage, words):
    cas = await stage.coordinator()
    await cas.says("/meeting new")
    await cas.says(words)
    cas.sees_not("error.sorry")
    await cas.says("Tea and talk")
    cas.sees("meeting.strand")


@pytest.mark.parametrize("words", ODD)
async def test_somebody_new_keeps_the_name_that_was_typed(stage, words):
    cas = await stage.coordinator()
    await cas.says("/log")
    await cas.taps("Letter")
    await cas.taps("Somebody new")
    await cas.says(words)
    await cas.taps("Skip this")
    await cas.taps("Left a message")
    await cas.taps("Skip this")
    cas.sees("log.saved")
    assert [one.display_name for one in await people.find(stage.db, words, 5)] == [words]


@given(st.text(max_size=12))
def test_a_length_is_read_or_refused_whatever_is_typed(words):
    minutes = minutes_in(words)
    assert minutes is None or minutes >= 0
