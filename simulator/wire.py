"""Parameters and files out of an HTTP request, in each of the forms the Bot API takes."""

from __future__ import annotations

import json
from urllib.parse import parse_qsl

from aiohttp import BodyPartReader, web

from simulator import limits, wording
from simulator.errors import ApiError
from simulator.methods import Uploads
from simulator.reply import Json


class BadBodyError(ApiError):
    """The request's body cannot be read."""


_MOST_BYTES = limits.UPLOAD_BYTES + 1024 * 1024


async def read_call(request: web.BaseRequest) -> tuple[Json, Uploads]:
    """Read query string and body (JSON, form or multipart); raises BadBodyError for what is neither."""
    params: Json = {}
    query = request.raw_path.partition("?")[2]
    if query:
        params.update(parse_qsl(query, keep_blank_values=True))
    if not request.can_read_body:
        return params, {}
    if (request.content_length or 0) > _MOST_BYTES:
        raise BadBodyError(413, wording.TOO_LARGE)
    kind = request.content_type
    if kind == "multipart/form-data":
        files = await _multipart(request, params)
        return params, files
    body = await request.read()
    if kind == "application/json":
        params.update(_json(body))
    elif kind == "application/x-www-form-urlencoded":
        params.update(parse_qsl(body.decode("utf-8", "replace"), keep_blank_values=True))
    return params, {}


def _json(body: bytes) -> Json:
    try:
        found = json.loads(body) if body else {}
    except ValueError:
        found = None
    if not isinstance(found, dict):
        raise BadBodyError(400, "Bad Request: can't parse JSON body")
    return found


async def _multipart(request: web.BaseRequest, params: Json) -> Uploads:
    files: Uploads = {}
    try:
        async for part in await request.multipart():
            if not isinstance(part, BodyPartReader) or part.name is None:
                continue
            data = bytes(await part.read(decode=False))
            if part.filename is None:
                params[part.name] = data.decode("utf-8", "replace")
            else:
                files[part.name] = (part.filename, data)
    except ValueError:
        raise BadBodyError(400, "Bad Request: can't parse multipart body") from None
    return files
