"""Logs that hold no person and no secret, at any level, from any library."""

import traceback
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]


def fault(error: BaseException) -> dict[str, str]:
    """What may be logged of an exception: its class, and where in our own code it came through. Never its message."""
    return {"error": type(error).__name__, "place": _place(error)}


def _place(error: BaseException) -> str:
    frames = traceback.extract_tb(error.__traceback__)
    ours = [frame for frame in frames if ROOT in Path(frame.filename).parents and ".venv" not in frame.filename]
    return "/".join(f"{Path(frame.filename).stem}.{frame.name}:{frame.lineno}" for frame in ours[-2:]) or "unknown"
