"""Paper tokens work once and leave nothing behind; taps after meetings are shown from five up."""

import pytest

from rules import codes
from storage.unlinked import Paper, Tap
from tests import needles
from tests.unlinked import week

QUESTIONS = ("could_speak", "no_harm")


async def test_a_token_saves_once_and_opens_its_mailbox(feedback):
    tokens = feedback.fresh_tokens(6)
    assert len(set(tokens)) == 6
    for number, token in enumerate(tokens):
        assert await feedback.put_paper(token.lower(), f"words from a slip {number}", "pay") is Paper.SAVED
    assert await feedback.put_paper(tokens[0], "words from a slip 0", "pay") is Paper.SAVED
    assert await feedback.put_paper(tokens[0], "other words entirely", "pay") is Paper.USED
    await feedback.release("2026-W07", {})
    for item in await feedback.issued():
        await feedback.answer(item.slot, "thank you for it", "2026-W08")
    said = [len(await feedback.mailbox(token)) for token in tokens]
    assert sum(said) == len(await feedback.issued())
    assert await feedback.put_paper(tokens[0], "words from a slip 0", "pay") is Paper.SAVED


async def test_what_is_no_token_is_not_saved(feedback):
    (token,) = feedback.fresh_tokens(1)
    for typed in ("", "hello", codes.fresh(), week.near(token.replace("-", "")), token[:-1]):
        assert await feedback.put_paper(typed, "words from a slip", "pay") is Paper.UNKNOWN
        assert not await feedback.burn(typed)


async def test_words_too_short_do_not_use_the_token(feedback):
    (token,) = feedback.fresh_tokens(1)
    with pytest.raises(ValueError, match="10 to 3500"):
        await feedback.put_paper(token, "short", "pay")
    assert await feedback.burn(token)
    assert not await feedback.burn(token)
    assert await feedback.put_paper(token, "words from a slip", "pay") is Paper.USED


async def test_a_token_of_another_council_is_unknown(feedback, traces):
    (token,) = feedback.fresh_tokens(1)
    other = type(feedback._hashing)(b"y" * 32, week.CHEAP)
    feedback._hashing = other
    assert await feedback.put_paper(token, "words from a slip", "pay") is Paper.UNKNOWN


async def test_slips_and_tickets_are_nowhere_in_the_files(feedback, traces):
    tokens = feedback.fresh_tokens(5)
    tickets = [feedback.pulse_ticket(3, "day") for _ in range(5)]
    for number, (token, ticket) in enumerate(zip(tokens, tickets, strict=True)):
        await feedback.put_paper(token, f"words from a slip {number}", "pay")
        await feedback.pulse(Tap(ticket, 3, "day", "could_speak", "yes"))
    wanted = [needle for token in tokens for needle in needles.of_word("token", token.replace("-", "")[:10])]
    wanted += [needle for ticket in tickets for needle in needles.of_word("ticket", ticket[:10])]
    assert needles.scan(traces.folder, wanted, apart=["pepper"]) == []


def tap(ticket, answer="yes", question="could_speak", meeting=3, wave="day"):
    return Tap(ticket, meeting, wave, question, answer)


async def test_pulses_are_shown_from_five_up_and_after_the_release(feedback):
    for number in range(4):
        assert await feedback.pulse(tap(feedback.pulse_ticket(3, "day"), "yes" if number else "no"))
    await feedback.release("2026-W07", {})
    assert await feedback.pulses(3) == []
    assert await feedback.pulse(tap(feedback.pulse_ticket(3, "day")))
    assert await feedback.pulses(3) == []
    await feedback.release("2026-W08", {})
    told = await feedback.pulses(3)
    assert [(one.question, one.answer, one.count) for one in told] == [
        ("could_speak", "no", 1),
        ("could_speak", "yes", 4),
    ]
    assert await feedback.pulses(4) == []


async def test_one_more_answer_waits_for_four_others(feedback):
    for _ in range(5):
        await feedback.pulse(tap(feedback.pulse_ticket(3, "day")))
    await feedback.release("2026-W07", {})
    before = await feedback.pulses(3)
    await feedback.pulse(tap(feedback.pulse_ticket(3, "day"), "no"))
    await feedback.release("2026-W08", {})
    assert await feedback.pulses(3) == before != []


async def test_a_ticket_answers_each_question_once_and_may_change_until_the_release(feedback):
    tickets = [feedback.pulse_ticket(3, "day") for _ in range(5)]
    for ticket in tickets:
        for question in QUESTIONS:
            assert await feedback.pulse(tap(ticket, "no", question))
            assert await feedback.pulse(tap(ticket, "yes", question))
    await feedback.release("2026-W07", {})
    assert {(one.answer, one.count) for one in await feedback.pulses(3)} == {("yes", 5)}
    assert not await feedback.pulse(tap(tickets[0], "no"))
    assert {(one.answer, one.count) for one in await feedback.pulses(3)} == {("yes", 5)}


async def test_a_ticket_is_good_for_its_meeting_and_wave_only(feedback):
    ticket = feedback.pulse_ticket(3, "day")
    assert len(ticket) == 22
    assert not await feedback.pulse(tap(ticket, meeting=4))
    assert not await feedback.pulse(tap(ticket, wave="month"))
    for forged in ("", "A" * 22, ticket[:-2] + "AA", "not base 64 ÿ", "A"):
        assert not await feedback.pulse(tap(forged)), forged
    assert await feedback.pulse(tap(ticket))
