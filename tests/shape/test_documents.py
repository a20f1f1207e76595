"""What the pages promise is what the program has: settings, commands, make targets and links."""

import re
from collections.abc import Iterator
from importlib import import_module

import click
import pytest

from tests.shape.sources import ROOT, Source, project

SETTING = re.compile(r"\bBOT_[A-Z][A-Z0-9_]*\b")
MAKES = re.compile(r"`make ([a-z-]+)|^ {4}make ([a-z-]+)", re.MULTILINE)
TARGET = re.compile(r"^([a-z-]+):(?!=)", re.MULTILINE)
LINK = re.compile(r"\]\((?!\w+:|#)([^)#\s]+)")


def pages() -> list[Source]:
    return [source for source in project() if source.path.endswith(".md")]


def text() -> str:
    return "\n".join(page.text for page in pages() if page.path != "CHANGELOG.md")


def unlisted(names: set[str], page: str) -> list[str]:
    return sorted(name for name in names if not re.search(rf"(?<![\w/-]){re.escape(name)}(?![\w-])", page))


def shell_commands(group: click.Group, before: str = "python -m bot") -> Iterator[str]:
    """Every command line that can be typed, groups opened up."""
    for name, command in group.commands.items():
        if isinstance(command, click.Group):
            yield from shell_commands(command, f"{before} {name}")
        else:
            yield f"{before} {name}"


def broken_links(sources: list[Source]) -> list[str]:
    return [
        f"{source.path} -> {target}"
        for source in sources
        for target in LINK.findall(source.text)
        if not ((ROOT / source.path).parent / target).exists()
    ]


def unknown_targets(page: str, makefile: str) -> set[str]:
    named = {first or second for first, second in MAKES.findall(page)}
    return named - set(TARGET.findall(makefile))


# Imported when asked for, so that a program that does not start breaks these tests and not the whole run.
@pytest.fixture
def example():
    return import_module("bot.settings").env_example()


@pytest.fixture
def shell():
    return import_module("bot.cli").main


@pytest.fixture
def features():
    return import_module("handlers").FEATURES


def test_the_pages_made_from_the_program_are_as_it_would_make_them_now():
    made = import_module("bot.pages").PAGES
    assert {".env.example", "docs/settings.md", "docs/commands.md", "docs/code-book.md"} <= set(made)
    old = [path for path, text in made.items() if (ROOT / path).read_text(encoding="utf-8") != text()]
    assert old == [], "make docs writes them again"


def test_every_setting_is_explained(example):
    assert len(set(SETTING.findall(example))) >= 5
    assert unlisted(set(SETTING.findall(example)), text()) == []


def test_no_page_names_a_setting_that_is_not_there(example):
    assert set(SETTING.findall(text())) - set(SETTING.findall(example)) == set()


def test_every_command_of_the_shell_is_explained(shell):
    assert unlisted(set(shell_commands(shell)), text()) == []


def test_every_command_of_the_chat_is_explained(features):
    names = {f"/{command.name}" for feature in features for command in feature.commands}
    assert len(names) >= 5
    assert unlisted(names, text()) == []


def test_pages_name_only_make_targets_that_exist():
    assert unknown_targets(text(), (ROOT / "Makefile").read_text(encoding="utf-8")) == set()


def test_links_between_pages_lead_somewhere():
    assert broken_links(pages()) == []


def test_a_name_no_page_has_is_found():
    assert unlisted({"BOT_TOKEN", "/stop"}, "`BOT_TOKEN_FILE` and /stopped, or a/stop") == ["/stop", "BOT_TOKEN"]
    assert (
        unlisted(
            {"BOT_TOKEN", "/stop", "python -m bot run"}, "Set BOT_TOKEN. `python -m bot run` it; /stop, or `/stop`."
        )
        == []
    )


def test_commands_inside_groups_are_found():
    group = click.Group(
        "bot", {"export": click.Group("export", {"attempts": click.Command("attempts")}), "run": click.Command("run")}
    )
    assert set(shell_commands(group)) == {"python -m bot export attempts", "python -m bot run"}


def test_a_broken_link_is_found():
    assert broken_links(
        [Source("docs/sample.md", "[a](nowhere.md) [b](../Makefile) [c](https://x.example) [d](#below)")]
    ) == ["docs/sample.md -> nowhere.md"]


def test_an_unknown_target_is_found():
    assert unknown_targets("Type `make fly` or `make test`\n\n    make rest\n", "test: x\nVENV := y\n") == {
        "fly",
        "rest",
    }


def unsaid(page: str, code: str) -> list[str]:
    """The lines that a page says the program writes, and that nothing in it writes."""
    quoted = re.findall(r'^\| "([^"]+)"', page, re.MULTILINE)
    return [line for line in quoted if line.removesuffix(" …") not in code]


def test_what_the_page_says_you_may_see_is_what_the_program_says() -> None:
    page = next(source.text for source in pages() if source.path == "docs/running.md")
    code = "\n".join(source.text for source in project() if source.path.startswith("bot/"))
    assert unsaid(page, code) == []
    assert unsaid('| "nobody says this" | x |', code) == ["nobody says this"]
