"""What the page's files promise: nothing from elsewhere, no markup made of strings, and small files."""

import re
from pathlib import Path

import pytest

pytestmark = pytest.mark.browser

PAGE = Path(__file__).parents[2] / "simulator/page"
FILES = sorted(PAGE.iterdir())
MARKUP_FROM_STRINGS = re.compile(
    r"innerHTML|outerHTML|insertAdjacentHTML|document\.write|createContextualFragment|\beval\(|srcdoc"
)
ELSEWHERE = re.compile(r"""(?:src|href|url\(|from|import\(?)\s*[=(]?\s*["']?(?:https?:)?//""")


def found(pattern, suffixes):
    return [
        f"{file.name}:{number}"
        for file in FILES
        if file.suffix in suffixes
        for number, line in enumerate(file.read_text(encoding="utf-8").splitlines(), 1)
        if pattern.search(line)
    ]


def test_no_markup_is_made_of_strings():
    assert found(MARKUP_FROM_STRINGS, {".js", ".html"}) == []


def test_nothing_comes_from_elsewhere():
    assert found(ELSEWHERE, {".js", ".css", ".html"}) == []


def test_files_are_small():
    assert [file.name for file in FILES if file.read_text(encoding="utf-8").count("\n") > 250] == []


def test_every_module_is_used():
    scripts = {file.name for file in FILES if file.suffix == ".js"}
    text = "\n".join(file.read_text(encoding="utf-8") for file in FILES)
    assert scripts == {name for name in scripts if f'"./{name}"' in text or f"/page/{name}" in text}
