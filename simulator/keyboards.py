"""Reply markup: inline keyboards, reply keyboards, their removal, and asking for a reply."""

from __future__ import annotations

import re
from collections.abc import Callable

from simulator import limits, wording
from simulator.errors import BadRequestError
from simulator.limits import clean
from simulator.reply import Json

_ACTIONS = frozenset(
    [
        "url",
        "callback_data",
        "web_app",
        "login_url",
        "switch_inline_query",
        "switch_inline_query_current_chat",
        "switch_inline_query_chosen_chat",
        "copy_text",
        "callback_game",
        "pay",
    ]
)
_URL = re.compile(r"(?:https?://[^\s/]+\S*|tg://\S+|[\w-]+(?:\.[\w-]+)+\S*)", re.IGNORECASE)


def checked(markup: Json) -> Json:
    """Give the markup as it will stand, rows without buttons left out; raises BadRequestError as Telegram does."""
    if "inline_keyboard" in markup:
        return {"inline_keyboard": _rows(markup, "inline_keyboard", _inline, limits.INLINE_ROW, limits.INLINE_TOTAL)}
    if "keyboard" in markup:
        rows = _rows(markup, "keyboard", _reply, limits.KEYBOARD_ROW, limits.KEYBOARD_TOTAL)
        return {**_placeholder_held(markup), "keyboard": rows}
    if markup.get("remove_keyboard") is True or markup.get("force_reply") is True:
        return _placeholder_held(markup)
    if not markup:
        return {}
    raise BadRequestError(wording.MARKUP_EMPTY)


def inline_only(markup: Json) -> Json:
    """Check the markup of an edit, where Telegram takes inline keyboards only."""
    if markup and "inline_keyboard" not in markup:
        raise BadRequestError(wording.MARKUP_NOT_INLINE)
    return checked(markup)


def _placeholder_held(markup: Json) -> Json:
    placeholder = markup.get("input_field_placeholder", "")
    if not isinstance(placeholder, str) or len(placeholder) > limits.PLACEHOLDER:
        raise BadRequestError(wording.PLACEHOLDER_LONG)
    return dict(markup)


def _rows(markup: Json, field: str, button: Callable[[object], Json], most_in_row: int, most: int) -> list[list[Json]]:
    kind = "inline keyboard" if field == "inline_keyboard" else "keyboard"
    rows = markup[field]
    if not isinstance(rows, list):
        raise BadRequestError(wording.MARKUP_ROWS.format(kind=f"{kind} markup", field=field))
    result: list[list[Json]] = []
    for row in rows:
        if not isinstance(row, list):
            name = "InlineKeyboardButton" if field == "inline_keyboard" else "KeyboardButton"
            raise BadRequestError(wording.MARKUP_ROW.format(kind=kind, button=name))
        if row:
            result.append([button(one) for one in row])
    if any(len(row) > most_in_row for row in result) or sum(map(len, result)) > most:
        raise BadRequestError(wording.MARKUP_LONG)
    return result


def _text_of(button: Json, kind: str) -> str:
    text = button.get("text")
    if text is None:
        what = f"can't parse {kind} button: Can't find field \"text\""
        raise BadRequestError(what)
    if not isinstance(text, str):
        what = f'can\'t parse {kind} button: Field "text" must be of type String'
        raise BadRequestError(what)
    text = clean(text).strip()
    if not text:
        raise BadRequestError(wording.BUTTON_TEXT.format(kind=kind))
    return text


def _inline(button: object) -> Json:
    if not isinstance(button, dict):
        what = "can't parse inline keyboard button: InlineKeyboardButton must be an Object"
        raise BadRequestError(what)
    text = _text_of(button, "inline keyboard")
    actions = [name for name in button if name in _ACTIONS and button[name] is not None]
    if not actions:
        raise BadRequestError(wording.BUTTON_TEXT_ONLY)
    if len(actions) > 1:
        raise BadRequestError(wording.BUTTON_TWO_ACTIONS)
    _check_action(actions[0], button[actions[0]])
    kept = {name: value for name, value in button.items() if value is not None}
    return {**kept, "text": text}


def _check_action(name: str, value: object) -> None:
    if name == "callback_data" and not (
        isinstance(value, str) and 0 < len(value.encode("utf-8", "replace")) <= limits.CALLBACK_BYTES
    ):
        raise BadRequestError(wording.BUTTON_DATA)
    if name == "url" and not (isinstance(value, str) and _URL.fullmatch(value)):
        what = f"inline keyboard button URL '{value}' is invalid: Wrong HTTP URL"
        raise BadRequestError(what)


def _reply(button: object) -> Json:
    if isinstance(button, str):
        button = {"text": button}
    if not isinstance(button, dict):
        what = "can't parse keyboard button: KeyboardButton must be a String or an Object"
        raise BadRequestError(what)
    return {**button, "text": _text_of(button, "keyboard")}
