"""Pages made from the program itself, so that they cannot tell another story: `python -m bot.pages` writes them."""

from collections.abc import Callable, Iterator
from pathlib import Path

from bot import setting_pages
from handlers import menus
from reports import code_book

ROOT = Path(__file__).resolve().parents[1]
_HEAD = """# Settings

Put them in `.env` or in the environment. Files in a credentials directory (systemd's `LoadCredential`) work too, and
that is the place for the token. What is left out has its default. `python -m bot check` says whether they make sense; a
wrong one is named in one line, and its value is never printed. This page is generated.

| setting | default | what it is |
|---|---|---|
"""


def settings_page() -> str:
    """docs/settings.md: each setting, its default and what it is."""
    return _HEAD + "\n".join(_rows()) + "\n"


def _rows() -> Iterator[str]:
    for name, default, what in setting_pages.described():
        shown = "has to be set" if default is None else f"`{default}`" if default else "empty"
        yield f"| `{name}` | {shown} | {what} |"


PAGES: dict[str, Callable[[], str]] = {
    ".env.example": setting_pages.env_example,
    "docs/settings.md": settings_page,
    "docs/commands.md": menus.docs_page,
    "docs/code-book.md": code_book.page,
}


def write() -> None:
    """Write every page again."""
    for path, text in PAGES.items():
        (ROOT / path).write_text(text(), encoding="utf-8")


if __name__ == "__main__":
    write()
