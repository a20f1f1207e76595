"""A worried worker's way through, as a dialogue: what she sees, what is kept, and what she can read later."""

import pytest

from tests.unlinked.walk import WORDS, asks, code_in, prompt_of, replies, tells


@pytest.fixture
def unlinked(stage):
    return stage.program.services.unlinked


async def pool(stage):
    """What waits for release."""
    return await stage.program.services.unlinked._line.read(
        lambda file: file.execute("SELECT topic, body FROM pool ORDER BY slot").fetchall()
    )


async def test_the_choice_is_two_sentences_and_neither_is_made(stage):
    ada = await stage.worker()
    await ada.says("/feedback")
    ada.sees("feedback.choice")
    assert ada.buttons == ["With my name", "Tell us anonymously"]
    assert ada.shown[0].count(". ") == 1
    assert await pool(stage) == []


async def test_from_the_tap_to_the_receipt(stage):
    ada = await stage.worker()
    code = await asks(ada)
    ada.sees("unlinked.prompt", "The council will not know", "Telegram can see", "not for an emergency", "999")
    assert ada.phone.chat.force_reply is not None
    await replies(ada)
    ada.sees("unlinked.saved", "unlinked.others.under_10")
    assert code_in(ada) == code
    assert await pool(stage) == [("hours", WORDS)]
    screen = " ".join(text for _, text in ada.phone.screen)
    assert WORDS not in screen
    assert "Reply to this message" not in screen
    await ada.taps("I have saved my code")
    assert code not in " ".join(text for _, text in ada.phone.screen)
    ada.sees("unlinked.code_saved")


async def test_what_looks_like_a_name_is_asked_about_before_anything_is_kept(stage):
    ada = await stage.worker()
    code = await asks(ada)
    await replies(ada, "My manager Mrs Henderson shouts at us. Call me on 07700 900123.")
    ada.sees("unlinked.flagged", "Henderson", "07700 900123")
    assert await pool(stage) == []
    await ada.taps("Yes, blank it and send")
    ada.sees("unlinked.saved")
    assert code_in(ada) == code
    [(_, body)] = await pool(stage)
    assert "Henderson" not in body
    assert "900123" not in body
    assert "shouts at us" in body
    assert "Henderson" not in str(ada.phone.screen)


async def test_it_can_be_sent_as_it_is_or_not_at_all(stage):
    ada = await stage.worker()
    await asks(ada)
    await replies(ada, "Nurse Okafor is the only one who listens to us.")
    await ada.taps("Do not send")
    ada.sees("unlinked.dropped")
    assert await pool(stage) == []
    assert "Okafor" not in str(ada.phone.screen)
    await asks(ada)
    await replies(ada, "Nurse Okafor is the only one who listens to us.")
    await ada.taps("No, send it as it is")
    assert [body for _, body in await pool(stage)] == ["Nurse Okafor is the only one who listens to us."]


async def test_her_own_name_is_known_and_flagged(stage):
    ada = await stage.worker("zubaidah")
    await asks(ada)
    await replies(ada, "they say zubaidah is too slow and cut the visits")
    ada.sees("unlinked.flagged", "zubaidah")


async def test_the_crowd_is_shown_before_sending(stage):
    ada = await stage.worker()
    for number in range(10):
        await stage.worker(f"W{number}")
    await asks(ada, "topic.hours")
    ada.sees("11 people are in the group for this")
    await asks(ada, "topic.board")
    ada.sees("Fewer than 10 people are in the group for this, so we will show it only as")


async def test_three_prompts_a_day(stage):
    ada = await stage.worker()
    for _ in range(3):
        await tells(ada, f"{WORDS} Again, {_}.")
    await ada.says("/feedback")
    await ada.taps("feedback.button.unlinked")
    await ada.taps("topic.hours")
    ada.sees("unlinked.limit")
    assert len(await pool(stage)) == 3
    await stage.passes(days=1)
    await asks(ada)
    ada.sees("unlinked.prompt")


async def test_stop_works_inside_the_question(stage):
    ada = await stage.worker()
    await asks(ada)
    await replies(ada, "stop")
    ada.sees("staying.stopped")
    assert (await ada.person()).stopped_at is not None
    assert await pool(stage) == []


async def test_words_that_are_no_reply_are_never_kept_not_even_by_an_open_question(stage):
    ada = await stage.worker()
    await ada.says("/feedback")
    await ada.taps("feedback.button.named")
    await ada.taps("topic.pay")
    ada.sees("named.words")
    await asks(ada)
    await ada.says(WORDS)
    ada.sees("unlinked.reply_please")
    assert await pool(stage) == []
    answers = await stage.db.value("SELECT answers FROM open_form")
    assert WORDS not in answers
    assert await stage.db.value("SELECT COUNT(*) FROM named_feedback") == 0


async def test_what_comes_next_is_heard_as_usual_once_she_has_gone_on(stage):
    ada = await stage.worker()
    await asks(ada)
    await ada.says("/help")
    ada.sees("help.list")
    await ada.says("what is this")
    ada.sees("help.not_understood")


async def test_an_answer_is_read_on_any_phone(stage, unlinked):
    for number in range(10):
        await stage.worker(f"W{number}")
    senders = [await stage.worker(f"S{number}") for number in range(5)]
    codes = [await tells(one, f"{WORDS} Number {place}.") for place, one in enumerate(senders)]
    await stage.passes(days=4)
    items = await unlinked.issued()
    assert len(items) == 5
    assert {item.topic for item in items} == {"hours"}
    mine = next(item for item in items if item.body.endswith("Number 0."))
    await unlinked.answer(mine.slot, "We have spoken to them.", "2027-W10")
    other = stage.somebody("A phone in a library")
    await other.says(f"/inbox {codes[0].lower().replace('-', ' ')}")
    other.sees("We have spoken to them.")
    assert await other.person() is None
    await other.says(f"/inbox {codes[1]}")
    other.sees("unlinked.inbox.none")


async def test_prompt_in_arabic_carries_the_topic(bilingual):
    noor = bilingual.somebody("Noor", language="ar")
    noor.language = "ar-x-draft"
    await noor.says("/feedback")
    await noor.taps("feedback.button.unlinked")
    await noor.taps("topic.visa")
    await replies(noor, "يهددوننا بإلغاء التأشيرة إذا طلبنا يوم راحة.")
    noor.sees("unlinked.saved")
    assert await pool(bilingual) == [("visa", "يهددوننا بإلغاء التأشيرة إذا طلبنا يوم راحة.")]
    assert prompt_of(noor)
