"""Files that went over the stand-in, and what Telegram says about each."""

from __future__ import annotations

import mimetypes
import secrets
from dataclasses import dataclass

from simulator import limits, wording
from simulator.errors import ApiError, BadRequestError
from simulator.pictures import size_of
from simulator.reply import Json

_MOST_RATIO = 20
_MOST_SIDES = 10_000


@dataclass(slots=True, frozen=True)
class Stored:
    """One file: who may use it, its kind, name and bytes, and the path it is downloaded from."""

    token: str
    kind: str
    name: str
    data: bytes
    unique: str
    path: str

    @property
    def mime_type(self) -> str:
        """The type its name suggests."""
        return mimetypes.guess_type(self.name)[0] or "application/octet-stream"


class Shelf:
    """All files by their id; an id works for the bot it was made for only."""

    def __init__(self) -> None:
        self._files: dict[str, Stored] = {}
        self._paths: dict[tuple[str, str], Stored] = {}

    def keep(self, token: str, kind: str, name: str, data: bytes) -> str:
        """Store a file and give its id; raises BadRequestError for an empty one, ApiError 413 for too many bytes."""
        if not data:
            raise BadRequestError(wording.FILE_EMPTY)
        if len(data) > (limits.PHOTO_BYTES if kind == "photo" else limits.UPLOAD_BYTES):
            raise ApiError(413, wording.TOO_LARGE)
        ending = "." + name.rpartition(".")[2] if "." in name else ""
        path = f"{kind}s/file_{len(self._files)}{ending}"
        stored = Stored(token, kind, name, data, secrets.token_urlsafe(9), path)
        file_id = f"{kind[:2].upper()}Ac{secrets.token_urlsafe(30)}"
        self._files[file_id] = stored
        self._paths[token, path] = stored
        return file_id

    def find(self, token: str, file_id: str) -> Stored | None:
        """Give the file of this id, if this bot may use it."""
        stored = self._files.get(file_id)
        return stored if stored is not None and stored.token == token else None

    def at(self, token: str, path: str) -> Stored | None:
        """Give the file at a download path."""
        return self._paths.get((token, path))

    def base(self, file_id: str) -> Json:
        """What every description of a file begins with; file_size is in bytes."""
        stored = self._files[file_id]
        return {"file_id": file_id, "file_unique_id": stored.unique, "file_size": len(stored.data)}

    def document(self, file_id: str) -> Json:
        """Describe the file as Telegram's Document."""
        stored = self._files[file_id]
        return {"file_name": stored.name, "mime_type": stored.mime_type, **self.base(file_id)}

    def photo(self, file_id: str) -> list[Json]:
        """Describe the picture as Telegram's array of PhotoSize; raises BadRequestError when it cannot be one."""
        size = size_of(self._files[file_id].data)
        if size is None:
            raise BadRequestError(wording.PHOTO_UNREADABLE)
        if sum(size) > _MOST_SIDES or max(size) > _MOST_RATIO * min(size):
            raise BadRequestError(wording.PHOTO_SHAPE)
        return [{**self.base(file_id), "width": size[0], "height": size[1]}]
