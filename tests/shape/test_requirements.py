"""The locked packages: every one hashed, none from a named place, and none that nobody uses."""

import ast
import re
import sys
from collections.abc import Mapping
from importlib.metadata import packages_distributions

import pytest

from tests.shape.sources import ROOT, Source, code, python

LOCKS = ("runtime", "dev", "browser", "exact")
PIN = re.compile(r"(?P<name>[A-Za-z0-9._-]+)==(?P<version>[^\s;]+)( ; (?P<marker>.+))?")
HASH = re.compile(r"--hash=sha256:[0-9a-f]{64}")
# Read by path or by another package, never imported.
SILENT = {
    "tzdata",
    "pytest-asyncio",
    "pytest-timeout",
    "pytest-xdist",
    "pytest-cov",
    "coverage",
    "font-source-sans-pro",
    "defusedxml",
    "ruff",
    "mypy",
    "import-linter",
}


def normal(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()


def entries(lock: str) -> list[list[str]]:
    """Each pinned package with its hashes, continuation lines joined."""
    joined = lock.replace("\\\n", " ")
    return [entry.split("    ") for entry in joined.splitlines() if entry.strip()]


def unpinned(lock: str) -> list[str]:
    """Lines that are not exactly one version with at least one SHA-256, and nothing else."""
    return [parts[0].strip() for parts in entries(lock) if not is_pinned([part.strip() for part in parts])]


def is_pinned(parts: list[str]) -> bool:
    pin, *hashes = [part for part in parts if part]
    return bool(PIN.fullmatch(pin)) and bool(hashes) and all(HASH.fullmatch(given) for given in hashes)


def versions(lock: str) -> dict[str, str]:
    pins = (PIN.match(parts[0].strip()) for parts in entries(lock))
    return {normal(pin["name"]): pin["version"] for pin in pins if pin}


def asked(names: str) -> set[str]:
    lines = (line.partition("#")[0].strip() for line in names.splitlines())
    return {normal(re.split(r"[=<>!~\[; ]", line)[0]) for line in lines if line and not line.startswith("-")}


def imports(sources: list[Source]) -> dict[str, str]:
    """The top names that are imported, and one place for each."""
    found = {}
    for source in sources:
        for node in source.nodes():
            if isinstance(node, ast.Import):
                found.update({alias.name.partition(".")[0]: source.at(node) for alias in node.names})
            elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
                found[node.module.partition(".")[0]] = source.at(node)
    return found


def unasked(sources: list[Source], wanted: set[str], providers: Mapping[str, list[str]]) -> list[str]:
    """Imports of packages that are here only because another package wanted them."""
    ours = {path.name for path in ROOT.iterdir()}
    return [
        f"{where} {name}"
        for name, where in sorted(imports(sources).items())
        if name not in ours and name not in sys.stdlib_module_names
        if not {normal(provider) for provider in providers.get(name, [name])} & wanted
    ]


def unused(wanted: set[str], sources: list[Source], providers: Mapping[str, list[str]]) -> list[str]:
    used = {normal(provider) for name in imports(sources) for provider in providers.get(name, [name])}
    return sorted(wanted - used - SILENT)


def read(name: str) -> str:
    return (ROOT / "requirements" / name).read_text(encoding="utf-8")


@pytest.mark.parametrize("name", LOCKS)
def test_every_package_is_pinned_and_hashed(name):
    assert unpinned(read(f"{name}.txt")) == []
    assert asked(read(f"{name}.in")) <= set(versions(read(f"{name}.txt")))


@pytest.mark.parametrize(("smaller", "larger"), [("runtime", "dev"), ("dev", "browser")])
def test_locks_agree_with_each_other(smaller, larger):
    assert versions(read(f"{smaller}.txt")).items() <= versions(read(f"{larger}.txt")).items()


def test_the_program_imports_only_what_it_asks_for():
    assert unasked(code(), asked(read("runtime.in")), packages_distributions()) == []


def test_tests_import_only_what_they_ask_for():
    wanted = asked(read("runtime.in")) | asked(read("dev.in")) | asked(read("browser.in")) | asked(read("exact.in"))
    assert unasked(python(), wanted, packages_distributions()) == []


def test_nothing_is_asked_for_that_nobody_uses():
    assert unused(asked(read("runtime.in")), code(), packages_distributions()) == []
    assert unused(asked(read("dev.in")), python(), packages_distributions()) == []


def test_a_loose_line_is_found():
    digest = "--hash=sha256:" + "0" * 64
    good = f"click==8.1 \\\n    {digest} \\\n    {digest}\n"
    assert unpinned(good) == []
    assert unpinned(f"colorama==0.4 ; sys_platform == 'win32' \\\n    {digest}\n") == []
    for bad in (
        "click==8.1\n",
        f"click>=8.1 \\\n    {digest}\n",
        f"click @ x \\\n    {digest}\n",
        "click==8.1 \\\n    --hash=md5:00\n",
        "--index-url x\n",
    ):
        assert unpinned(good + bad), bad


def test_names_are_read_whatever_their_spelling():
    assert asked("# a\nAPScheduler>=3,<4  # why\n-r x.in\nimport_linter\n") == {"apscheduler", "import-linter"}
    assert versions("XlsxWriter==3.1 \\\n    --hash\n") == {"xlsxwriter": "3.1"}


def test_an_import_nobody_asked_for_is_found():
    sample = [Source("bot/sample.py", "import os, httpx\nfrom bot import app\nfrom telegram.ext import X")]
    providers = {"telegram": ["python-telegram-bot"], "httpx": ["httpx"]}
    assert unasked(sample, {"python-telegram-bot"}, providers) == ["bot/sample.py:1 httpx"]


def test_a_package_nobody_uses_is_found():
    sample = [Source("bot/sample.py", "import telegram")]
    assert unused({"python-telegram-bot", "segno", "tzdata"}, sample, {"telegram": ["python-telegram-bot"]}) == [
        "segno"
    ]
