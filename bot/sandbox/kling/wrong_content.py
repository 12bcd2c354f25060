"""Things that a hostile or broken server might send instead of a clip."""

from __future__ import annotations

import asyncio
from io import BytesIO
from random import Random
from typing import TYPE_CHECKING

from aiohttp import web
from PIL import Image

from bot.sandbox.kling.answers import error_page
from bot.sandbox.kling.faults import WrongContent

if TYPE_CHECKING:
    from pathlib import Path

_HUGE_BYTES = 300 * 1024 * 1024
_PIECE = 1024 * 1024
_NOISE_BYTES = 200_000
_PLAYLIST = b"#EXTM3U\n#EXT-X-TARGETDURATION:5\n#EXTINF:5,\nfile:///etc/passwd\n#EXT-X-ENDLIST\n"


async def wrong_content(request: web.Request, kind: WrongContent, path: Path) -> web.StreamResponse:
    """Answer a download with HTTP 200 and something that is not the clip at `path`."""
    if kind is WrongContent.HUGE:
        return await _huge(request)
    if kind is WrongContent.PAGE:
        return error_page(200, "OK")
    body = {
        WrongContent.EMPTY: lambda: b"",
        WrongContent.PICTURE: _picture,
        WrongContent.PLAYLIST: lambda: _PLAYLIST,
        WrongContent.NOISE: lambda: Random(0).randbytes(_NOISE_BYTES),  # noqa: S311 - noise, not a secret
        WrongContent.HALF: lambda: _half(path),
    }[kind]
    return web.Response(body=await asyncio.to_thread(body), content_type="video/mp4")


def _picture() -> bytes:
    buffer = BytesIO()
    Image.new("RGB", (320, 320), "navy").save(buffer, "PNG")
    return buffer.getvalue()


def _half(path: Path) -> bytes:
    content = path.read_bytes()
    return content[: len(content) // 2]


async def _huge(request: web.Request) -> web.StreamResponse:
    response = web.StreamResponse(headers={"Content-Type": "video/mp4"})
    await response.prepare(request)
    for _ in range(_HUGE_BYTES // _PIECE):
        await response.write(bytes(_PIECE))
    return response
