"""What is said when a required parameter is missing."""

from __future__ import annotations

from simulator import wording
from simulator.errors import BadRequestError
from simulator.methods.registry import Asked, Method

_SAID = {
    "chat_id": wording.CHAT_EMPTY,
    "text": wording.TEXT_EMPTY,
    "message_id": wording.EDIT_ID,
    "message_ids": wording.DELETE_IDS,
    "callback_query_id": wording.QUERY_OLD,
    "file_id": wording.FILE_ID_NONE,
    "action": wording.ACTION_BAD,
    "latitude": wording.LOCATION_EMPTY,
    "longitude": wording.LOCATION_EMPTY,
    "document": wording.FILE_NONE.format(kind="document"),
    "photo": wording.FILE_NONE.format(kind="photo"),
    "commands": wording.COMMANDS_ARRAY,
}


def require(spec: Method, asked: Asked) -> None:
    """Raise BadRequestError for the first required parameter that is missing."""
    for name in spec.required:
        if name not in asked.params and name not in asked.files:
            raise BadRequestError(_SAID.get(name, f'parameter "{name}" is required'))
