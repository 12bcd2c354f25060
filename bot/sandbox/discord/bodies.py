"""Request bodies: JSON, or a multipart form with `payload_json` and files."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from aiohttp import BodyPartReader, web

from bot.sandbox.discord.errors import ApiError, too_large
from bot.sandbox.discord.faults import ReceivedFile, Record

if TYPE_CHECKING:
    from bot.sandbox.discord.files import FileStore, Incoming
    from bot.sandbox.discord.model import Json

RECORD: web.RequestKey[Record] = web.RequestKey("record", Record)
"""Where a request carries its own record, so that the body can be noted."""

_CHUNK = 256 * 1024
_FILE_FIELD = re.compile(r"files\[(\d+)\]")


@dataclass(slots=True)
class Body:
    """A parsed body; `uploads` are the files by the number in their field name."""

    payload: Json = field(default_factory=dict)
    uploads: dict[int, Incoming] = field(default_factory=dict)


async def read_json(request: web.Request) -> Any:
    """Return a JSON body; raises ApiError 50109 if it is none."""
    raw = await request.read()
    if not raw:
        return {}
    try:
        value = json.loads(raw)
    except ValueError:
        raise ApiError(400, 50109, "The request body contains invalid JSON.") from None
    if RECORD in request:
        request[RECORD].payload = value
    return value


async def read_object(request: web.Request) -> Json:
    """Return a JSON body that must be an object; raises ApiError otherwise."""
    value = await read_json(request)
    if not isinstance(value, dict):
        raise ApiError(400, 50035, "Invalid Form Body")
    return value


async def read_body(request: web.Request, files: FileStore, *, limit: int) -> Body:
    """Read JSON or a form with files; raises ApiError 40005 if a file is larger than `limit` bytes.

    The whole body is taken in before it is refused, so that the client reads the answer instead of losing the
    connection.
    """
    if not request.content_type.startswith("multipart/"):
        return Body(await read_object(request))
    body = Body()
    oversized = False
    reader = await request.multipart()
    while (part := await reader.next()) is not None:
        if not isinstance(part, BodyPartReader):
            continue
        number = _FILE_FIELD.fullmatch(part.name or "")
        if number is None:
            await _read_payload(part, body)
            continue
        incoming = files.begin(part.filename or "file", part.headers.get("Content-Type"))
        received = 0
        while chunk := await part.read_chunk(_CHUNK):
            received += len(chunk)
            if received <= limit:
                files.write(incoming, bytes(chunk))
        oversized |= received > limit
        body.uploads[int(number[1])] = incoming
        if RECORD in request:
            note = ReceivedFile(part.name or "", incoming.filename, incoming.content_type, received)
            request[RECORD].files.append(note)
    if RECORD in request:
        request[RECORD].payload = body.payload
    if oversized:
        discard(body, files)
        raise too_large()
    return body


async def _read_payload(part: BodyPartReader, body: Body) -> None:
    if part.name != "payload_json":
        await part.release()
        return
    try:
        value = json.loads(await part.text())
    except ValueError:
        raise ApiError(400, 50109, "The request body contains invalid JSON.") from None
    if isinstance(value, dict):
        body.payload = value


def discard(body: Body, files: FileStore) -> None:
    """Drop the files of a body that came to nothing."""
    for incoming in body.uploads.values():
        files.discard(incoming)
