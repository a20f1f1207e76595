"""Which language to speak to somebody we do not know."""

from collections.abc import Sequence


def nearest(phone_language: str, offered: Sequence[str]) -> str:
    """The offered language that is the phone's, or the first one."""
    spoken = phone_language.partition("-")[0]
    return next((code for code in offered if spoken and code.partition("-")[0] == spoken), offered[0])
