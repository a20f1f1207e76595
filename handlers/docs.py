"""Writes docs/commands.md: `python -m handlers.docs`."""

from pathlib import Path

from handlers import menus

PAGE = Path(__file__).resolve().parents[1] / "docs" / "commands.md"

if __name__ == "__main__":
    PAGE.write_text(menus.docs_page(), encoding="utf-8")
