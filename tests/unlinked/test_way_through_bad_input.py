"""Everything that is not a plain reply to our own prompt: a kind answer, and nothing stored that should not be."""

import pytest

from tests.dialogue import words_of
from tests.unlinked.walk import WORDS, asks, prompt_of, replies, tells

KINDS = ("photo", "voice", "sticker", "document", "location", "contact", "video", "audio", "video_note", "animation")
STRANGE = "7K3QA-9XW2P-4MTVD-H8RCE"


async def kept(stage):
    """Every text that waits, wherever it may have landed."""
    pool = await stage.program.services.unlinked._line.read(
        lambda file: file.execute("SELECT body FROM pool").fetchall()
    )
    return [body for (body,) in pool]


async def nothing_kept(stage):
    assert await kept(stage) == []
    for rows in (
        await stage.db.rows("SELECT * FROM named_feedback"),
        await stage.db.rows("SELECT * FROM open_form"),
        await stage.db.rows("SELECT * FROM handled_update"),
    ):
        assert WORDS not in str([tuple(row) for row in rows])


@pytest.mark.parametrize("kind", KINDS)
async def test_media_are_refused_with_the_reason_and_the_question_stays(stage, kind):
    ada = await stage.worker()
    code = await asks(ada)
    prompt = prompt_of(ada)["message_id"]
    await ada.does(lambda: ada.phone.sends(kind, reply_to=prompt, caption=WORDS))
    ada.sees("unlinked.media", "show who you are", code)
    await nothing_kept(stage)
    await replies(ada)
    ada.sees("unlinked.saved")


async def test_an_album_is_answered_once(stage):
    ada = await stage.worker()
    await asks(ada)
    prompt = prompt_of(ada)["message_id"]

    def sends():
        for _ in range(4):
            ada.phone.sends("photo", reply_to=prompt, media_group_id="9", caption=WORDS)

    await ada.does(sends)
    assert len(ada.fresh) == 1
    await nothing_kept(stage)


async def test_what_was_forwarded_is_refused(stage):
    ada = await stage.worker()
    await asks(ada)
    prompt = prompt_of(ada)
    origin = {"type": "user", "sender_user": ada.phone.user, "date": int(stage.clock.now)}
    content = {"text": f"{prompt['text']}\n{WORDS}", "forward_origin": origin}
    await ada.does(lambda: ada.phone._send(content, None))
    ada.sees("unlinked.forwarded")
    await nothing_kept(stage)


async def test_an_edit_is_not_read(stage):
    ada = await stage.worker()
    await tells(ada)
    message = ada.phone.says("hello there you")
    await stage.settle()
    await ada.edits(message, f"{STRANGE} {WORDS} changed")
    ada.sees_nothing()
    stage.simulator.add_update(
        stage.token,
        {"edited_message": {"message_id": 9, "date": 1, "chat": ada.phone.chat.public, "from": ada.phone.user,
                            "text": f"{STRANGE} {WORDS} changed again"}},
    )  # fmt: skip
    await stage.settle()
    assert await kept(stage) == [WORDS]


async def test_a_forged_prompt_is_no_prompt(stage):
    ada, eve = await stage.worker(), await stage.worker("Eve")
    await asks(ada)
    text = prompt_of(ada)["text"]
    forged = {"message_id": 77, "date": 1, "chat": eve.phone.chat.public, "text": text}
    for sender in (eve.phone.user, {"id": 99, "is_bot": True, "first_name": "Another bot"}):
        content = {"text": WORDS, "reply_to_message": {**forged, "from": sender}}
        await eve.does(lambda content=content: eve.phone._send(content, None))
        eve.sees("unlinked.use_button")
        await nothing_kept(stage)


async def test_a_reply_to_the_receipt_is_not_taken(stage):
    ada = await stage.worker()
    await tells(ada)
    await replies(ada, "and one more thing that I forgot")
    ada.sees("unlinked.use_button")
    assert await kept(stage) == [WORDS]


@pytest.mark.parametrize("dressed", ["{}", "  {}  ", "{}.", "code: {}", "“{}”"])
async def test_a_text_that_is_only_the_code_is_refused_kindly(stage, dressed):
    ada = await stage.worker()
    code = await asks(ada)
    await replies(ada, dressed.format(code))
    ada.sees("Nothing was kept" if "code:" in dressed else "nothing was kept")
    await nothing_kept(stage)
    await replies(ada)
    ada.sees("unlinked.saved")


async def test_only_a_code_without_a_question(stage):
    ada = await stage.worker()
    await ada.says(STRANGE)
    ada.sees("unlinked.only_code")
    assert STRANGE not in str(ada.phone.screen)
    await nothing_kept(stage)


async def test_the_code_never_lands_beside_the_words(stage):
    ada = await stage.worker()
    code = await asks(ada)
    await replies(ada, f"{WORDS}\n{code}\n{STRANGE}")
    assert await kept(stage) == [WORDS]


@pytest.mark.parametrize(
    ("words", "name"),
    [("too short", "unlinked.short"), ("x" * 3501, "unlinked.long"), ("слово " * 682, "unlinked.long")],
)
async def test_too_short_and_too_long(stage, words, name):
    ada = await stage.worker()
    await asks(ada)
    await replies(ada, words)
    ada.sees(name)
    await nothing_kept(stage)
    long = len(words) > 100
    assert any(words_of(m) == words.strip() for m in ada.phone.messages) == long  # a long one can be copied


@pytest.mark.parametrize(
    "words",
    [
        "我们的工资一直没有按时发放",
        "हमें छुट्टी नहीं मिलती और कोई नहीं सुनता",
        "ምንም እረፍት የለንም በጣም ደክሞናል",
        "😡😡😡😡😡😡😡😡😡😡",
        "a\u0301b\u200dc\u2067d " * 3,
    ],
)  # fmt: skip
async def test_any_script_is_taken_as_it_is(stage, words):
    ada = await stage.worker()
    await asks(ada)
    await replies(ada, words)
    ada.sees("unlinked.saved")
    assert await kept(stage) == [words.strip()]


async def test_a_button_of_another_question_or_forged_is_closed(stage):
    ada = await stage.worker()
    await tells(ada)
    newest = ada.phone.messages[-1]["message_id"]
    for data in (
        "sealed.blank:5",
        "sealed.keep:5",
        "sealed.drop:x",
        "sealed.topic:rent",
        "sealed.nonsense",
        "sealed.pulse",
    ):
        await ada.forges(f"v1:{data}", newest)
        ada.sees("button.closed")
    assert await kept(stage) == [WORDS]


async def test_wrong_near_and_foreign_codes_are_all_told_the_same(stage):
    ada, ben = await stage.worker(), await stage.worker("Ben")
    code, foreign = await tells(ada), await tells(ben, f"{WORDS} Mine.")
    near = code[:-1] + ("A" if code[-1] != "A" else "B")
    told = []
    for typed in (STRANGE, near, foreign, code[:-1], "nonsense", "٣" * 20):
        await ada.says(f"/inbox {typed}")
        told.append(ada.shown)
        assert f"/inbox {typed}" not in str(ada.phone.screen)
    assert [one[0] for one in told] == [told[0][0]] * 6
    assert {len(one) for one in told} == {1}


async def test_paper_is_typed_in_by_a_coordinator_and_works_once(stage):
    cas = await stage.coordinator()
    token = stage.program.services.unlinked.fresh_tokens(1)[0]
    await cas.says("/paper")
    cas.sees("paper.how")
    await cas.says(f"{token} {WORDS}")
    cas.sees("unlinked.saved", token)
    assert WORDS not in str(cas.phone.screen)
    await cas.says(f"{token.lower()} and now something quite different")
    cas.sees("unlinked.paper_used")
    assert await kept(stage) == [WORDS]


async def test_a_slip_s_square_opens_the_question_on_any_phone(stage):
    token = stage.program.services.unlinked.fresh_tokens(1)[0]
    bee = stage.somebody("Bee")
    await bee.says(f"/start slip-{token}")
    bee.sees("unlinked.prompt", token)
    await replies(bee)
    bee.sees("unlinked.saved")
    assert await bee.person() is None
    assert await kept(stage) == [WORDS]


@pytest.mark.parametrize("payload", ["enrol-hxg2lj7zoivkm8dag19q-x", "enrol-abcd2-abcde-fghj3-abcde", STRANGE])
async def test_another_command_is_never_taken_for_feedback(stage, payload):
    ada = stage.somebody()
    await ada.says(f"/start {payload}")
    ada.sees("join.enrol.refused" if payload.startswith("enrol") else "join.hello")
    assert await kept(stage) == []
