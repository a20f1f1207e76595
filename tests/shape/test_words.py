"""No prose in code: what people read stands in texts/, and code says it by name."""

import ast
import re
from collections.abc import Iterator

from tests.shape.sources import Source, code, docstrings

SPEAKING = {"say", "ask", "show", "reply", "alert", "tell", "notify"}
LETTER = re.compile(r"[^\W\d_]")
NAME = re.compile(r"[a-z0-9_]+(\.[a-z0-9_{}]+)*\.?")
SENTENCE = re.compile(r"[A-Za-z’']+(,? [A-Za-z’']+){2,}")
LOGS = re.compile(r"\b(log|logger|_log)\.\w+$")


def spoken_prose(sources: list[Source]) -> list[str]:
    """Literals handed to say, ask and their like that are not the name of a text."""
    return [
        f"{source.at(part)} {part.value[:40]}"
        for source in sources
        if source.folder in {"handlers", "bot"}
        for call in source.nodes()
        if isinstance(call, ast.Call) and called(call) in SPEAKING
        for part in literals(call)
        if LETTER.search(part.value) and not NAME.fullmatch(part.value)
    ]


def called(call: ast.Call) -> str:
    return getattr(call.func, "attr", None) or getattr(call.func, "id", "")


def literals(call: ast.Call) -> Iterator[ast.Constant]:
    for given in (*call.args, *(keyword.value for keyword in call.keywords)):
        for part in ast.walk(given):
            if isinstance(part, ast.Constant) and isinstance(part.value, str):
                yield part


def sentences(sources: list[Source]) -> list[str]:
    """Sentences anywhere in a conversation, but for what an exception or a log tells a maintainer."""
    return [
        f"{source.at(node)} {node.value[:40]}"
        for source in sources
        if source.folder == "handlers"
        for node in readable(source)
        if SENTENCE.search(node.value)
    ]


def readable(source: Source) -> Iterator[ast.Constant]:
    apart = docstrings(source) | {
        id(part) for node in source.nodes() if for_maintainers(node) for part in ast.walk(node)
    }
    for node in source.nodes():
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in apart:
            yield node


def for_maintainers(node: ast.AST) -> bool:
    """Logs, exceptions, and types that are written as text."""
    if isinstance(node, ast.Call):
        return bool(LOGS.search(ast.unparse(node.func)))
    return isinstance(node, ast.Raise | ast.Assert | ast.Subscript | ast.arg)


def handler(text: str) -> list[Source]:
    return [Source("handlers/sample.py", text)]


def test_what_is_said_is_said_by_name():
    assert spoken_prose(code()) == []


def test_conversations_hold_no_sentences():
    assert sentences(code()) == []


def test_prose_that_is_said_is_found():
    for text in (
        "context.say('Thank you!')",
        "context.say('rsvp.saved', name='the Hall')",
        "ask(f'How are you {name}')",
        "context.say('rsvp.yes' if coming else 'See you')",
        "context.alert(text='Saved ✓')",
    ):
        assert spoken_prose(handler(text)), text
        assert spoken_prose([Source("storage/sample.py", text)]) == []


def test_names_of_texts_are_let_be():
    for text in (
        "context.say('rsvp.saved', meeting=meeting)",
        "ask(f'join.{step}')",
        "say('join.market.home_care')",
        "ask(form, None, '/'.join(parts))",
    ):
        assert spoken_prose(handler(text)) == [], text


def test_a_sentence_in_a_conversation_is_found():
    assert sentences(handler("PROMPT = 'Where do you work'"))
    assert sentences(handler("Step('x', prompt=f'Hello {name}, how are you')"))


def test_what_maintainers_read_is_let_be():
    for text in (
        "'''Where do you work.'''",
        "raise ValueError('no such form here')",
        "log.info('form was left open')",
        "x = 'join.market'",
        "class A(Base['Any, Any, Any']):\n    def f(self, x: 'Any, Any, Any'): pass",
    ):
        assert sentences(handler(text)) == [], text
