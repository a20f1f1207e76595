"""The project's own files, as the shape tests read them."""

import ast
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, cached_property
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
APART = ("tests/", "benchmarks/")


@dataclass(frozen=True)
class Source:
    """One text file: its path from the project's root, and its text."""

    path: str
    text: str

    @cached_property
    def tree(self) -> ast.Module:
        return ast.parse(self.text, self.path)

    @property
    def folder(self) -> str:
        return self.path.partition("/")[0]

    def nodes(self) -> Iterator[ast.AST]:
        return ast.walk(self.tree)

    def at(self, node: ast.AST) -> str:
        return f"{self.path}:{getattr(node, 'lineno', 1)}"


@cache
def project() -> tuple[Source, ...]:
    """Every text file that is, or would be, committed; git's word for it, since a clone is what people get."""
    listed = subprocess.run(
        ["git", "ls-files", "--cached", "--others", "--exclude-standard"],
        cwd=ROOT, capture_output=True, text=True, check=True,
    )  # fmt: skip
    read = ((path, text_of(ROOT / path)) for path in sorted(set(listed.stdout.splitlines())))
    return tuple(Source(path, text) for path, text in read if text is not None)


def text_of(file: Path) -> str | None:
    try:
        return file.read_text(encoding="utf-8")
    except (UnicodeDecodeError, FileNotFoundError, IsADirectoryError):
        return None


def code() -> list[Source]:
    """The program's Python files; tests and benchmarks stand apart."""
    return [source for source in python() if not source.path.startswith(APART)]


def python() -> list[Source]:
    return [source for source in project() if source.path.endswith(".py")]


def functions(source: Source) -> Iterator[ast.FunctionDef | ast.AsyncFunctionDef]:
    for node in source.nodes():
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            yield node


def docstrings(source: Source) -> set[int]:
    """The ids of the nodes that are docstrings, or strings standing alone as one."""
    return {id(node.value) for node in source.nodes() if isinstance(node, ast.Expr)}


def strings(source: Source) -> Iterator[ast.Constant]:
    """String constants that the program uses, docstrings left out; parts of f-strings are among them."""
    said = docstrings(source)
    for node in source.nodes():
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in said:
            yield node
