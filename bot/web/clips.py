"""Serving clips under the signed links of `bot.delivery.links`, with parts of files for players that seek."""

from __future__ import annotations

import re
from http import HTTPStatus
from typing import TYPE_CHECKING, Final, TypeAlias

from aiohttp import web

from bot.delivery.links import CLIP_PATH

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable
    from pathlib import Path

    from bot.delivery.links import ClipLinks

FindClip: TypeAlias = "Callable[[str], Awaitable[Path | None]]"
"""Returns where the clip of a job lies, or None where there is none any more."""

HEADERS: web.RequestKey[dict[str, str]] = web.RequestKey("headers", dict)
"""Where a request keeps headers that replace the usual ones of the answer."""

ROUTE: Final = CLIP_PATH + "{job}/{expiry:[0-9]{1,12}}/{signature}/{name}"
_NAME: Final = re.compile(r"[A-Za-z0-9_-]{1,80}\.mp4", re.ASCII)
_LONGEST_CACHE: Final = 3600
_GONE: Final = "This link has expired or the clip was deleted. Its author finds current clips with /library.\n"


class ClipPages:
    """Answers requests for clips."""

    def __init__(self, links: ClipLinks, find: FindClip) -> None:
        self._links = links
        self._find = find

    async def serve(self, request: web.Request) -> web.StreamResponse:
        """Serve a clip or a part of it; 404 for an address that is not ours, 410 for one whose time is over.

        With `?download` a browser saves the file instead of playing it.
        """
        job, expiry = request.match_info["job"], request.match_info["expiry"]
        genuine = self._links.genuine(job, expiry, request.match_info["signature"])
        name = request.match_info["name"]
        if not genuine or not _NAME.fullmatch(name):
            raise web.HTTPNotFound
        left = self._links.seconds_left(expiry)
        path = await self._find(job) if left > 0 else None
        if path is None:
            return web.Response(status=HTTPStatus.GONE, text=_GONE)
        request[HEADERS] = {
            "Cache-Control": f"private, max-age={min(left, _LONGEST_CACHE)}",
            "Content-Security-Policy": "default-src 'none'; media-src 'self'; style-src 'unsafe-inline'",
            "X-Robots-Tag": "noindex",
        }
        manner = "attachment" if "download" in request.query else "inline"
        headers = {"Content-Type": "video/mp4", "Content-Disposition": f'{manner}; filename="{name}"'}
        return web.FileResponse(path, headers=headers)
