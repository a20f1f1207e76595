"""The secret that turns receipt codes into mailboxes: one small file, 0600, outside every backup."""

import hashlib
import hmac
import os
import secrets
from dataclasses import dataclass, field
from pathlib import Path

COST = 2**14
"""scrypt's n; with r = 8 one guess takes 16 MiB."""
_SIZE = 32
_OTHERS = 0o077


class CannotOpen(Exception):
    """Feedback cannot be taken in safely, so the program must not start. The message says why in one line."""


class PepperMissing(CannotOpen):
    """There is no pepper file: with a new one every receipt code given out so far would be worthless."""


class PepperExposed(CannotOpen):
    """Others on this machine may read the pepper file, or it is not one."""


@dataclass(frozen=True)
class Hashing:
    """What is stored in place of codes, tokens and tickets. `cost` is scrypt's n, less only in tests."""

    pepper: bytes = field(repr=False)
    cost: int = COST

    def box(self, code: str) -> bytes:
        """The 32 bytes of a code's mailbox."""
        return self._slow(code.encode(), 32)

    def slot(self, code: str, text: str) -> bytes:
        """The 16 bytes of an item's slot: the same for the same words under the same code."""
        return self._slow(code.encode() + hashlib.sha256(text.encode()).digest(), 16)

    def mark(self, *parts: str | bytes) -> bytes:
        """16 bytes that nobody without the pepper can make from `parts`."""
        said = [part.encode() if isinstance(part, str) else part for part in parts]
        framed = b"".join(len(part).to_bytes(4, "big") + part for part in said)
        return hmac.digest(self.pepper, framed, "sha256")[:16]

    def _slow(self, secret: bytes, size: int) -> bytes:
        return hashlib.scrypt(secret, salt=self.pepper, n=self.cost, r=8, p=1, dklen=size)


def make(pepper: Path) -> None:
    """A new pepper file, readable by its owner only. Raises FileExistsError rather than replace one."""
    pepper.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    handle = os.open(pepper, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(handle, "wb") as file:
        file.write(secrets.token_bytes(_SIZE))
        file.flush()
        os.fsync(handle)


def make_for_new(path: Path, pepper: Path) -> bool:
    """Make the pepper of a feedback file that is yet to be made; False when the file or the pepper is there already."""
    if path.exists() or pepper.exists():
        return False
    make(pepper)
    return True


def read(pepper: Path) -> bytes:
    """The pepper. Raises PepperMissing or PepperExposed."""
    try:
        mode, secret = pepper.stat().st_mode, pepper.read_bytes()
    except FileNotFoundError:
        raise PepperMissing(
            f"The pepper file {pepper} is missing. Put it back: without it no worker can read an answer."
        ) from None
    if mode & _OTHERS or len(secret) != _SIZE:
        raise PepperExposed(f"The pepper file {pepper} must be {_SIZE} bytes that only its owner may read (mode 0600).")
    return secret
