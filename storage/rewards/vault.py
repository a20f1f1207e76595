"""The vault: voucher codes are on disk only as ciphertext, and the keys are not in the database or its backups.

Fernet (AES-128-CBC with HMAC-SHA256) from `cryptography`; the first key seals, every key opens, so keys can be rotated.
A keyed hash of each code finds duplicates; its own key is kept in the database, sealed like a code, and so it outlives
a rotation.
"""

import hashlib
import hmac
import secrets
from collections.abc import Sequence

from cryptography.fernet import Fernet, InvalidToken, MultiFernet

from storage.database import Reading, Writing

_NAME = "voucher_marks"
_KEY = "SELECT value FROM secret WHERE name = :name"
_MAKE_KEY = "INSERT INTO secret (name, value) VALUES (:name, :value) ON CONFLICT (name) DO NOTHING"
_SET_KEY = "UPDATE secret SET value = :value WHERE name = :name"
_SEALED = "SELECT id, ciphertext FROM voucher WHERE ciphertext IS NOT NULL ORDER BY id"
_SEAL_AGAIN = "UPDATE voucher SET ciphertext = :ciphertext WHERE id = :id"


class LostKey(Exception):
    """No key was given, or none of them opens this. The message names neither the key nor what is sealed."""


def new_key() -> str:
    """A key to put into BOT_VOUCHER_KEYS."""
    return Fernet.generate_key().decode()


class Vault:
    """What opens and seals. Without keys it does neither, and says so when asked to. ValueError: a bad key."""

    def __init__(self, keys: Sequence[str] = ()) -> None:
        self._fernet = MultiFernet([Fernet(key) for key in keys]) if keys else None

    def __repr__(self) -> str:
        return f"Vault({'with keys' if self._fernet else 'without keys'})"

    @property
    def has_keys(self) -> bool:
        """Whether any key was given."""
        return self._fernet is not None

    def seal(self, text: str) -> bytes:
        """The ciphertext of a code. Raises LostKey without keys."""
        return self._keyed().encrypt(text.encode())

    def unseal(self, sealed: bytes) -> str:
        """The code. Raises LostKey when none of the keys opens it."""
        return self._open(sealed).decode()

    async def marker(self, tx: Writing) -> "Marker":
        """What marks codes so that the same one is known again. Raises LostKey."""
        await tx.run(_MAKE_KEY, name=_NAME, value=self._keyed().encrypt(secrets.token_bytes(32)))
        return Marker(self._open(await tx.value(_KEY, name=_NAME)))

    async def opens(self, db: Reading) -> bool:
        """Whether what the database holds can be opened, as far as one look can tell; True while it holds nothing."""
        sealed = await db.value(_KEY, name=_NAME)
        if sealed is None:
            return True
        try:
            self._open(sealed)
        except LostKey:
            return False
        return True

    async def rotate(self, tx: Writing) -> int:
        """Seal everything with the first key; how many codes. The older keys can go then. Raises LostKey."""
        if (sealed := await tx.value(_KEY, name=_NAME)) is not None:
            await tx.run(_SET_KEY, name=_NAME, value=self._again(sealed))
        rows = await tx.rows(_SEALED)
        for row in rows:
            await tx.run(_SEAL_AGAIN, id=row["id"], ciphertext=self._again(row["ciphertext"]))
        return len(rows)

    def _again(self, sealed: bytes) -> bytes:
        try:
            return self._keyed().rotate(sealed)
        except InvalidToken:
            raise LostKey("none of the keys in BOT_VOUCHER_KEYS opens what is sealed") from None

    def _open(self, sealed: bytes) -> bytes:
        try:
            return self._keyed().decrypt(sealed)
        except InvalidToken:
            raise LostKey("none of the keys in BOT_VOUCHER_KEYS opens what is sealed") from None

    def _keyed(self) -> MultiFernet:
        if self._fernet is None:
            raise LostKey("BOT_VOUCHER_KEYS is not set")
        return self._fernet


class Marker:
    """Marks codes: the same code has the same mark, and a mark gives nothing away without its key."""

    def __init__(self, key: bytes) -> None:
        self._key = key

    def mark(self, code: str) -> bytes:
        """The mark of a code. Spaces, hyphens and the case of letters make no other code of it."""
        plain = "".join(code.split()).replace("-", "").casefold()
        return hmac.digest(self._key, plain.encode(), hashlib.sha256)
