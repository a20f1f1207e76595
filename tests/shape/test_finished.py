"""Nothing half done, and nothing silenced without a reason."""

import ast
import io
import re
import tokenize
from collections.abc import Iterator

from tests.shape.sources import Source, code, functions, project, python

PROSE = (".py", ".js", ".css", ".html", ".sql", ".md", ".toml", ".in", ".po", ".yml", ".service", "Makefile")
MARK = re.compile(r"\b(T[O]DO|F[I]XME|X[X]X|H[A]CK)\b")  # bracketed, or this line would find itself
CODES = re.compile(r"(:\s*[A-Z]+[0-9]+(,\s*[A-Z]+[0-9]+)*|\[[\w, -]+\])?")


def left_marks(sources: list[Source]) -> list[str]:
    return [
        f"{source.path}:{number}"
        for source in sources
        if source.path.endswith(PROSE)
        for number, line in enumerate(source.text.splitlines(), 1)
        if MARK.search(line)
    ]


def stubs(sources: list[Source]) -> list[str]:
    """Functions that do nothing, but for shapes (a Protocol, an overload) and click groups, which only hold others."""
    return [
        f"{source.at(node)} {node.name}"
        for source in sources
        for node in functions(source)
        if is_empty(node) and id(node) not in shapes(source)
    ] + [
        source.at(node)
        for source in sources
        for node in source.nodes()
        if getattr(node, "id", "") == "NotImplementedError"
    ]


def is_empty(node: ast.FunctionDef | ast.AsyncFunctionDef) -> bool:
    return all(
        isinstance(step, ast.Pass) or (isinstance(step, ast.Expr) and isinstance(step.value, ast.Constant))
        for step in node.body
    )


def shapes(source: Source) -> set[int]:
    protocols = (
        node
        for node in source.nodes()
        if isinstance(node, ast.ClassDef) and "Protocol" in ast.unparse(ast.Tuple(node.bases))
    )
    inside = {id(part) for protocol in protocols for part in protocol.body}
    marked = {
        id(node)
        for node in functions(source)
        if re.search(r"overload|abstract|\bgroup\(", " ".join(map(ast.unparse, node.decorator_list)))
    }
    return inside | marked


def silenced(sources: list[Source]) -> list[str]:
    """Comments that silence a tool without naming the rule and giving a reason of three words or more."""
    return [
        f"{source.path}:{line} {text}" for source in sources for line, text in comments(source) if not reasoned(text)
    ]


def comments(source: Source) -> Iterator[tuple[int, str]]:
    for token in tokenize.generate_tokens(io.StringIO(source.text).readline):
        if token.type == tokenize.COMMENT:
            yield token.start[0], token.string


def reasoned(comment: str) -> bool:
    found = re.search(r"#\s*(noqa|type:\s*ignore|pragma:\s*no\s+(?:cover|branch))", comment)
    if found is None:
        return True
    rest = comment[found.end() :]
    codes = CODES.match(rest)
    named = bool(codes and codes.group()) or found.group(1).startswith("pragma")
    return named and len(re.findall(r"\w+", rest[codes.end() :])) >= 3


def one(text: str, path: str = "bot/sample.py") -> list[Source]:
    return [Source(path, text)]


def test_no_marks_of_unfinished_work():
    assert left_marks(list(project())) == []


def test_no_stubs():
    assert stubs(code()) == []


def test_nothing_is_silenced_without_a_reason():
    assert silenced(python()) == []


def test_a_mark_is_found():
    for mark in MARK.pattern.strip(r"\b()").replace("[", "").replace("]", "").split("|"):
        assert left_marks(one(f"x = 1  # {mark}: later"))
    assert left_marks(one("mastodon = HACKNEY = 1")) == []


def test_a_stub_is_found():
    assert stubs(one("def f():\n    '''Later.'''"))
    assert stubs(one("async def f(): ..."))
    assert stubs(one("def f(): raise NotImplementedError"))
    assert stubs(one("def f(): return None")) == []
    assert stubs(one("@click.group()\ndef main():\n    '''The command line.'''")) == []
    assert stubs(one("class P(Protocol):\n    def f(self) -> int: ...")) == []


def test_silence_without_a_reason_is_found():
    for comment in (
        "noqa",
        "noqa: S608",
        "noqa: S608 - yes",
        "noqa because it is needed here",
        "type: ignore",
        "type: ignore[arg-type]",
        "type: ignore # no code but words",
        "pragma: no cover",
    ):
        assert silenced(one(f"x = 1  # {comment}")), comment


def test_silence_with_a_reason_is_let_be():
    for comment in (
        "noqa: S608 - the table's name is ours",
        "noqa: S101, S603 - our own program only",
        "type: ignore[arg-type]  # the stubs forget None here",
        "pragma: no cover - killed before it returns",
    ):
        assert silenced(one(f"x = 1  # {comment}")) == [], comment
    assert silenced(one("x = '# noqa'")) == []
