"""Uploaded files on disk, and the signed, expiring links under which they can be read."""

from __future__ import annotations

import hashlib
import hmac
import mimetypes
import re
import shutil
from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.parse import quote

import av
from aiohttp import web
from PIL import Image

if TYPE_CHECKING:
    from pathlib import Path

    from bot.clock import Clock, IdSource
    from bot.sandbox.discord.model import Attachment

LINK_SECONDS = 24 * 60 * 60
"""How long a link works (Discord, since 2024)."""

_UNSAFE = re.compile(r"[^A-Za-z0-9._-]+")
_NAME_LENGTH = 200


@dataclass(frozen=True, slots=True)
class Measures:
    """What can be seen of a picture or a clip without decoding it."""

    width: int | None = None
    height: int | None = None
    seconds: float | None = None


@dataclass(slots=True)
class Incoming:
    """A file that a request has brought along, not yet part of a message."""

    path: Path
    filename: str
    content_type: str
    size: int = 0


def safe_filename(name: str) -> str:
    """Return the name with everything but letters, digits, dot, dash and underscore replaced, as Discord does."""
    return _UNSAFE.sub("_", name).strip("._")[-_NAME_LENGTH:] or "file"


def guess_content_type(filename: str, declared: str | None) -> str:
    """Return the declared type, or the one the file's name suggests."""
    if declared and declared != "application/octet-stream":
        return declared
    return mimetypes.guess_type(filename)[0] or "application/octet-stream"


def measure(path: Path, content_type: str) -> Measures:
    """Look at a picture's or clip's header; a file that is not what it claims has no measures."""
    family = content_type.partition("/")[0]
    try:
        if family == "image":
            with Image.open(path) as picture:
                return Measures(*picture.size)
        if family in {"video", "audio"}:
            with av.open(str(path), mode="r") as container:
                seconds = container.duration / 1_000_000 if container.duration else None
                pictures = container.streams.video
                width, height = (pictures[0].width, pictures[0].height) if pictures else (None, None)
                return Measures(width, height, seconds)
    except (OSError, ValueError, Image.DecompressionBombError):
        return Measures()
    return Measures()


class FileStore:
    """Files by attachment id in one directory, and links to them."""

    def __init__(self, directory: Path, *, clock: Clock, ids: IdSource, link_seconds: int = LINK_SECONDS) -> None:
        self._kept = directory / "files"
        self._incoming = directory / "incoming"
        self._clock = clock
        self._ids = ids
        self._link_seconds = link_seconds
        self._secret = ids.new().encode() + ids.new().encode()
        self.origin = ""
        """Scheme, host and port under which links are handed out; set when the server listens."""
        self._kept.mkdir(parents=True, exist_ok=True)
        shutil.rmtree(self._incoming, ignore_errors=True)
        self._incoming.mkdir(parents=True)

    def begin(self, filename: str, content_type: str | None) -> Incoming:
        """Make an empty file for bytes that are about to arrive."""
        name = safe_filename(filename)
        path = self._incoming / self._ids.new()
        path.touch()
        return Incoming(path, name, guess_content_type(name, content_type))

    def write(self, incoming: Incoming, chunk: bytes) -> None:
        """Append bytes to an arriving file."""
        with incoming.path.open("ab") as stream:
            stream.write(chunk)
        incoming.size += len(chunk)

    def discard(self, incoming: Incoming) -> None:
        """Drop a file that no message took."""
        incoming.path.unlink(missing_ok=True)

    def keep(self, incoming: Incoming, attachment_id: str) -> None:
        """Store an arrived file under its attachment id."""
        incoming.path.replace(self._kept / attachment_id)

    def forget(self, attachment_id: str) -> None:
        """Delete a stored file; its links then answer 404, as those of old ephemeral files do."""
        (self._kept / attachment_id).unlink(missing_ok=True)

    def path(self, attachment_id: str) -> Path:
        """Return where the bytes of an attachment are."""
        return self._kept / attachment_id

    def link(self, attachment: Attachment) -> str:
        """Return a fresh signed link; it expires after the configured time."""
        folder = "ephemeral-attachments" if attachment.ephemeral else "attachments"
        path = f"/{folder}/{attachment.channel_id}/{attachment.id}/{quote(attachment.filename)}"
        issued = self._clock.now() // 1000
        expires = issued + self._link_seconds
        return f"{self.origin}{path}?ex={expires:x}&is={issued:x}&hm={self._sign(attachment.id, expires, issued)}&"

    async def serve(self, request: web.Request) -> web.StreamResponse:
        """Answer a request for a file: 404 for a wrong, expired or forgotten link; ranges are supported."""
        attachment_id = request.match_info["attachment_id"]
        try:
            expires, issued = int(request.query["ex"], 16), int(request.query["is"], 16)
        except (KeyError, ValueError):
            raise web.HTTPNotFound(text="This content is no longer available.") from None
        expected = self._sign(attachment_id, expires, issued)
        path = self._kept / attachment_id
        signed = hmac.compare_digest(request.query.get("hm", ""), expected)
        if not signed or self._clock.now() // 1000 >= expires or not path.exists():
            raise web.HTTPNotFound(text="This content is no longer available.")
        return web.FileResponse(
            path,
            headers={
                "Content-Type": guess_content_type(request.match_info["filename"], None),
                "Content-Disposition": f'inline; filename="{safe_filename(request.match_info["filename"])}"',
                "Content-Security-Policy": "default-src 'none'; sandbox",
                "X-Content-Type-Options": "nosniff",
                "Cache-Control": "private, max-age=3600",
            },
        )

    def _sign(self, attachment_id: str, expires: int, issued: int) -> str:
        text = f"{attachment_id}/{expires:x}/{issued:x}".encode()
        return hmac.new(self._secret, text, hashlib.sha256).hexdigest()
