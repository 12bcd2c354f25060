"""Bringing a clip into a form that fits: as it is, encoded again, a poster of it, or nothing but words."""

from __future__ import annotations

import asyncio
import contextlib
import logging
from typing import TYPE_CHECKING, Final

from bot.delivery.card import Form
from bot.delivery.parts import Upload
from bot.errors import MediaError
from bot.media.fit import fit_to_limit
from bot.media.pictures import make_poster
from bot.media.probe import probe

if TYPE_CHECKING:
    from collections.abc import AsyncIterator
    from pathlib import Path

    from bot.media.ffmpeg import Ffmpeg
    from bot.media.probe import ClipFacts
    from bot.storage.files import FileStore

_log = logging.getLogger(__name__)

HEADROOM: Final = 0.97
"""The share of an upload limit that is used; the rest is for what else the request carries."""

KNOWN_LIMITS: Final = tuple(mebibytes << 20 for mebibytes in (100, 50, 25, 20, 10, 8))
"""Limits that Discord has had for servers and direct messages, in bytes: 8 MiB until 2023, then 25, 10 and 20."""


ENCODING_SECONDS: Final = 240.0
"""How long encoding again may take before a poster and a link have to do."""


def room(limit: int) -> int:
    """Return how many bytes a file may have under an upload limit."""
    return int(limit * HEADROOM)


def limit_below(size: int) -> int:
    """Guess the limit of a place that refused a file of `size` bytes: the next one that Discord is known for."""
    return next((limit for limit in KNOWN_LIMITS if room(limit) < size), size // 2)


class Shaper:
    """Makes uploads out of clips."""

    def __init__(self, files: FileStore, ffmpeg: Ffmpeg) -> None:
        self._files = files
        self._ffmpeg = ffmpeg

    @contextlib.asynccontextmanager
    async def shapes(self, path: Path, name: str) -> AsyncIterator[Shapes]:
        """Provide the forms of the clip at `path`, named `name` without an ending; they last as long as the block."""
        async with self._files.workspace() as workspace:
            yield Shapes(self._ffmpeg, path, name, workspace)


class Shapes:
    """The forms of one clip, made when they are asked for."""

    def __init__(self, ffmpeg: Ffmpeg, path: Path, name: str, workspace: Path) -> None:
        self._ffmpeg = ffmpeg
        self._path = path
        self._name = name
        self._workspace = workspace
        self._facts: ClipFacts | None = None

    async def make(self, form: Form, limit: int) -> Upload | None:
        """Return the clip in a form of at most `limit` bytes, headroom included; None where that cannot be."""
        most = room(limit)
        try:
            match form:
                case Form.VIDEO:
                    return self._upload(self._path, "mp4", most)
                case Form.FITTED:
                    return self._upload(await self._fit(most), "mp4", most)
                case Form.POSTER:
                    return self._upload(await self._poster(), "jpg", most)
                case Form.WORDS:
                    return None
        except (MediaError, TimeoutError) as error:
            _log.warning("%s is not possible for %s: %s", form, self._name, error or "it takes too long")
            return None

    async def _fit(self, most: int) -> Path:
        fitted = self._workspace / f"fitted-{most}.mp4"
        async with asyncio.timeout(ENCODING_SECONDS):
            return await fit_to_limit(self._ffmpeg, self._path, await self._look(), fitted, limit_bytes=most)

    async def _poster(self) -> Path:
        poster = self._workspace / "poster.jpg"
        if not poster.exists():
            await make_poster(self._ffmpeg, self._path, await self._look(), poster)
        return poster

    async def _look(self) -> ClipFacts:
        if self._facts is None:
            self._facts = await probe(self._path)
        return self._facts

    def _upload(self, path: Path, ending: str, most: int) -> Upload | None:
        size = path.stat().st_size
        return Upload(path, f"{self._name}.{ending}", size) if size <= most else None
