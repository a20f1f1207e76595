"""One worried worker's way through, tap by tap, for the tests that look at what it leaves behind."""

import re

CODE = re.compile(r"[0-9A-Z]{5}(?:-[0-9A-Z]{5}){3}")
WORDS = "They change our hours the night before and then say it was always so."


def code_in(someone):
    """The newest code on the screen."""
    shown = [found.group() for _, text in someone.phone.screen for found in CODE.finditer(text)]
    return shown[-1]


def prompt_of(someone):
    """The newest message of ours that holds a code."""
    return next(m for m in reversed(someone.phone.messages) if m["from"]["is_bot"] and CODE.search(m.get("text", "")))


async def asks(someone, topic="topic.hours"):
    """From the command to the prompt; the code."""
    await someone.says("/feedback")
    await someone.taps("feedback.button.unlinked")
    await someone.taps(topic)
    return code_in(someone)


async def replies(someone, words=WORDS):
    """Answers the newest prompt, as the opened reply field does."""
    prompt = prompt_of(someone)["message_id"]
    await someone.does(lambda: someone.phone.says(words, reply_to=prompt))


async def tells(someone, words=WORDS, topic="topic.hours"):
    """The whole way: the code is saved, and what was said with it."""
    code = await asks(someone, topic)
    await replies(someone, words)
    return code
