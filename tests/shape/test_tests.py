"""Tests about the tests: each can fail, none is skipped in silence, and nothing but the network is faked."""

import ast
import re

from tests.shape.sources import Source, functions, python

CLAIMS = re.compile(r"(assert|expect|sees|hears|raises|warns)\w*|fail")
FAKES = re.compile(r"unittest\.mock|\bmock\b|\bmocker\b")


def suite() -> list[Source]:
    return [source for source in python() if source.path.startswith("tests/")]


def claiming(source: Source, known: set[str]) -> set[str]:
    """Names of this file's functions that claim something: themselves, through one another, or through those known."""
    bodies = {node.name: node for node in functions(source)}
    found = set(known)
    while more := {name for name, node in bodies.items() if name not in found and claims(node, found)}:
        found |= more
    return found


def shared(sources: list[Source]) -> set[str]:
    """What the helpers' files claim, for the tests that call them."""
    helpers = [source for source in sources if not source.path.rpartition("/")[2].startswith("test_")]
    return set().union(*(claiming(source, set()) for source in helpers))


def claims(function: ast.AST, known: set[str]) -> bool:
    return any(
        (isinstance(node, ast.Assert) and not isinstance(node.test, ast.Constant))
        or (isinstance(node, ast.Call) and claims_by_name(node, known))
        for node in ast.walk(function)
    )


def claims_by_name(call: ast.Call, known: set[str]) -> bool:
    name = getattr(call.func, "attr", None) or getattr(call.func, "id", "")
    return name in known or bool(CLAIMS.fullmatch(name))


def claimless(sources: list[Source]) -> list[str]:
    known = shared(sources)
    return [
        f"{source.at(node)} {node.name}"
        for source in sources
        for claiming_here in [claiming(source, known)]
        for node in functions(source)
        if node.name.startswith("test_") and node.name not in claiming_here
    ]


def constant_claims(sources: list[Source]) -> list[str]:
    return [
        source.at(node)
        for source in sources
        for node in source.nodes()
        if isinstance(node, ast.Assert) and isinstance(node.test, ast.Constant | ast.Tuple)
    ]


def silent_skips(sources: list[Source]) -> list[str]:
    """Skips and expected failures that do not say why."""
    return [
        source.at(node)
        for source in sources
        for function in functions(source)
        for node in function.decorator_list
        if re.search(r"\bmark\.(skip|skipif|xfail)\b", ast.unparse(node)) and "reason=" not in ast.unparse(node)
    ]


def fakes(sources: list[Source]) -> list[str]:
    return [
        source.at(node)
        for source in sources
        for node in source.nodes()
        if (isinstance(node, ast.Import | ast.ImportFrom) and FAKES.search(ast.unparse(node)))
        or (isinstance(node, ast.arg) and node.arg == "mocker")
    ]


def one(text: str) -> list[Source]:
    return [Source("tests/test_sample.py", text)]


def test_every_test_can_fail():
    assert claimless(suite()) == []
    assert constant_claims(suite()) == []


def test_every_skip_says_why():
    assert silent_skips(suite()) == []


def test_nothing_but_the_network_is_faked():
    assert fakes(suite()) == []


def test_a_test_that_cannot_fail_is_found():
    for body in ("run()", "assert True", "pass", "x = 1; print(x)"):
        assert claimless(one(f"def test_x(): {body}")), body
    assert constant_claims(one("def test_x(): assert (x, 'always true')"))


def test_a_test_that_claims_is_let_be():
    for body in ("assert x", "ada.sees('x')", "with pytest.raises(ValueError): f()", "helper()"):
        assert claimless(one(f"def helper(): deeper()\ndef deeper(): assert y\ndef test_x():\n    {body}")) == [], body


def test_a_helper_of_another_file_counts_when_it_claims():
    helper = Source("tests/dialogue.py", "def finds(x):\n    assert x")
    test = Source("tests/test_sample.py", "def test_x(): finds(1)")
    assert claimless([helper, test]) == []
    assert claimless([test]) == ["tests/test_sample.py:1 test_x"]


def test_a_silent_skip_is_found():
    assert silent_skips(one("@pytest.mark.skip\ndef test_x(): assert x"))
    assert silent_skips(one("@pytest.mark.skipif(x, reason='no browser here')\ndef test_x(): assert x")) == []


def test_a_mock_is_found():
    assert fakes(one("from unittest.mock import Mock"))
    assert fakes(one("from unittest import mock"))
    assert fakes(one("def test_x(mocker): assert mocker"))
    assert fakes(one("from simulator import Simulator")) == []
