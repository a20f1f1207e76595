"""What the sealed way says: the choice, the topics, the prompt that is the state, the receipt, the mailbox."""

from collections.abc import Mapping, Sequence

import texts
from handlers.saying import Saying, key
from rules import codes, crowd
from rules.council import Council
from rules.release import GENERAL
from rules.topics import TOPICS

SHOWN = 5  # flagged words that are shown


def choice() -> Saying:
    """With your name or without: two sentences, and neither is chosen already."""
    named, unlinked = key("feedback.button.named", "named.ask"), key("feedback.button.unlinked", "sealed.ask")
    return Saying("feedback.choice", {}, ((named,), (unlinked,)))


def topics() -> Saying:
    """What it is about, one tap."""
    keys = [key(f"topic.{topic}", "sealed.topic", topic) for topic in TOPICS]
    rows = tuple(tuple(keys[start : start + 2]) for start in range(0, len(keys), 2))
    return Saying("unlinked.topics", {}, rows)


def prompt(code: str, topic: str, eligible: Mapping[str, int], council: Council) -> Saying:
    """The question whose reply is the feedback. It holds the code and, on a line of its own, the topic."""
    values = {
        "code": codes.shown(code),
        "topic": texts.words(f"topic.{topic}"),
        "crowd": _crowd(topic, eligible, council.smallest_crowd),
        "calls": texts.listed(_calls(council), "lines"),
    }
    return Saying("unlinked.prompt", values, asks=True)


def _crowd(topic: str, eligible: Mapping[str, int], least: int) -> texts.Words:
    count = eligible.get(topic, 0)
    if count >= least:
        return texts.words("unlinked.crowd", count=count)
    return texts.words("unlinked.crowd.small" if topic == GENERAL else "unlinked.crowd.few", least=least)


def _calls(council: Council) -> list[texts.Words]:
    return [texts.words(f"unlinked.call.{whom}", number=number) for whom, number in council.signposts.items() if number]


def again(problem: texts.Words, code: str, topic: str) -> Saying:
    """The question once more, after what could not be taken."""
    values = {"problem": problem, "code": codes.shown(code), "topic": texts.words(f"topic.{topic}")}
    return Saying("unlinked.again", values, asks=True)


def flagged(found: Sequence[str], code: str, topic: str, prompt_id: int, answers: int) -> Saying:
    """What in the words could point at somebody, and whether to blank it; it holds what the prompt held."""
    keys = tuple((key(f"unlinked.button.{do}", f"sealed.{do}", prompt_id),) for do in ("blank", "keep", "drop"))
    values = {"found": ", ".join(found[:SHOWN]), "code": codes.shown(code), "topic": texts.words(f"topic.{topic}")}
    return Saying("unlinked.flagged", values, keys, answers=answers)


def receipt(code: str, topic: str, released: int) -> Saying:
    """That it is saved, how many others raised it, and the code, once more and for the last time."""
    others = texts.words(f"unlinked.others.{crowd.band(released)}")
    values = {"code": codes.shown(code), "topic": texts.words(f"topic.{topic}"), "others": others}
    return Saying("unlinked.saved", values, ((key("unlinked.button.saved_code", "sealed.saved"),),))


def mailbox(answers: Sequence[str]) -> Saying:
    """The answers, or that there is none."""
    if not answers:
        return Saying("unlinked.inbox.none")
    lines = texts.listed([texts.words("unlinked.inbox.answer", answer=answer) for answer in answers], "lines")
    return Saying("unlinked.inbox.answers", {"answers": lines})
