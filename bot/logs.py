"""Logs that hold no person and no secret, at any level, from any library.

Our own lines are constant sentences with values beside them. A value passes only when it has the shape of a code, a
number, a place in the program; anything that could be a person's words does not. Of other libraries' lines only the
template is written, never what was put into it.
"""

import logging
import re
import sys
import traceback
from collections.abc import MutableMapping
from pathlib import Path
from typing import Any, Final

import structlog

ROOT = Path(__file__).resolve().parents[1]
# These write people's texts or the token at DEBUG or INFO.
TALKATIVE: Final = ("telegram", "httpx", "httpcore", "aiohttp", "aiosqlite", "apscheduler", "asyncio")
_TOKEN = re.compile(r"[0-9]{3,}:[A-Za-z0-9_-]{3,}")
_SHAPE = re.compile(r"[A-Za-z0-9_.,:/+<>@ -]{0,200}")
_PERSONAL: Final = frozenset(
    {"text", "caption", "name", "first_name", "last_name", "username", "user", "user_id", "chat", "chat_id", "person"}
    | {"person_id", "telegram_id", "update_id", "message_id", "data", "url", "phone", "title"}
)
_OURS: Final = frozenset({"event", "level", "timestamp", "what", "error", "place", "logger"})
Line = MutableMapping[str, Any]


class LeakingLogger(Exception):
    """A logger is set so that it would write people's texts or the token; the message names it."""


def fault(error: BaseException) -> dict[str, str]:
    """What may be logged of an exception: its class, and where in our own code it came through. Never its message."""
    return {"error": type(error).__name__, "place": _place(error)}


def failed(log: Any, event: str, error: BaseException, **values: object) -> None:
    """Log that something went wrong for a maintainer to see, without the exception's own words."""
    log.error(event, **fault(error), **values)


def configure(level: str, form: str) -> None:
    """Log to standard error, as 'console' or 'json' lines, with everything redacted in the last step before writing."""
    render = structlog.processors.JSONRenderer() if form == "json" else structlog.dev.ConsoleRenderer(colors=False)
    stamp = structlog.processors.TimeStamper(fmt="iso", utc=True)
    formatter = structlog.stdlib.ProcessorFormatter(
        pass_foreign_args=True,
        foreign_pre_chain=[_foreign, structlog.stdlib.add_log_level, stamp],
        processors=[structlog.stdlib.ProcessorFormatter.remove_processors_meta, redact, render],
    )
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(formatter)
    logging.basicConfig(handlers=[handler], level=level.upper(), force=True)
    logging.captureWarnings(capture=True)
    for name in TALKATIVE:
        logging.getLogger(name).setLevel(logging.WARNING)
    structlog.configure(
        processors=[structlog.stdlib.add_log_level, stamp, structlog.stdlib.ProcessorFormatter.wrap_for_formatter],
        logger_factory=structlog.stdlib.LoggerFactory(),
        wrapper_class=structlog.stdlib.BoundLogger,
        cache_logger_on_first_use=True,
    )
    refuse_leaks()


def refuse_leaks() -> None:
    """Raise LeakingLogger when a talkative library would be heard, or a handler writes without our redaction."""
    names = [*TALKATIVE, *logging.root.manager.loggerDict]
    for name in names:
        logger = logging.getLogger(name)
        talkative = name.partition(".")[0] in TALKATIVE
        if talkative and logger.isEnabledFor(logging.INFO):
            raise LeakingLogger(f"the logger {name} would write what people say")
        if any(_plain(handler) for handler in logger.handlers):
            raise LeakingLogger(f"the logger {name} has a handler that does not redact")
    if any(_plain(handler) for handler in logging.root.handlers):
        raise LeakingLogger("the root logger has a handler that does not redact")


def redact(_logger: Any, _method: str, line: Line) -> Line:
    """The last step before a line is written: what could be a secret or somebody's words is replaced by what it was."""
    return {key: _safe(key, value) for key, value in line.items()}


def _safe(key: str, value: object) -> object:
    if key in _PERSONAL:
        return "<kept out>"
    if isinstance(value, bool | int | float) or value is None:
        return value
    words = _TOKEN.sub("<token>", value) if isinstance(value, str) else type(value).__name__
    if key == "timestamp" or (key in _OURS and len(words) <= _LONGEST):
        return words
    return words if _SHAPE.fullmatch(words) and " " not in words else "<text>"


_LONGEST = 200


def _foreign(_logger: Any, _method: str, line: Line) -> Line:
    """Another library's line: its template and where it stands, or only where when the words were put in already."""
    record = line["_record"]
    template = line["positional_args"] and isinstance(record.msg, str)
    said = record.msg if template else "a library had something to say"
    found: Line = {"_record": record, "_from_structlog": False, "event": said[:_LONGEST]}
    found["place"] = f"{record.name}:{record.lineno}"
    if record.exc_info and record.exc_info[1] is not None:
        found["error"] = type(record.exc_info[1]).__name__
    record.exc_info = record.exc_text = record.stack_info = None
    return found


def _plain(handler: logging.Handler) -> bool:
    writes = not isinstance(handler, logging.NullHandler)
    return writes and not isinstance(handler.formatter, structlog.stdlib.ProcessorFormatter)


def _place(error: BaseException) -> str:
    frames = traceback.extract_tb(error.__traceback__)
    ours = [frame for frame in frames if ROOT in Path(frame.filename).parents and ".venv" not in frame.filename]
    return "/".join(f"{Path(frame.filename).stem}.{frame.name}:{frame.lineno}" for frame in ours[-2:]) or "unknown"
