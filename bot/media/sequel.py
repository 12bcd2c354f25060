"""Going on from a clip: its last frame as the first of the next, and clips that belong together as one film."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from bot.media.fit import fit_to_limit
from bot.media.images import prepare_image_file
from bot.media.join import join_clips
from bot.media.pictures import make_last_frame
from bot.media.probe import probe

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from bot.jobs.job import Clip
    from bot.jobs.request import StoredFile
    from bot.media.ffmpeg import Ffmpeg
    from bot.storage.files import FileStore

HEADROOM: Final = 0.97
"""The share of an upload limit that a film may fill."""


async def last_frame(ffmpeg: Ffmpeg, files: FileStore, clip: Clip) -> StoredFile:
    """Keep the last frame of a clip as a picture to begin with. Raises `MediaRefused` or another `MediaError`."""
    path = files.path(clip.digest)
    async with files.workspace() as workspace:
        frame = workspace / "frame.png"
        await make_last_frame(ffmpeg, path, await probe(path), frame)
        return await prepare_image_file(frame, files)


async def join_to_limit(
    ffmpeg: Ffmpeg, files: FileStore, clips: Sequence[Clip], workspace: Path, *, limit_bytes: int
) -> Path:
    """Write clips one after the other into `workspace` and return the film, made smaller where a limit demands it.

    Raises `MediaRefused` where it cannot be small enough to be watched, or another `MediaError`.
    """
    film = workspace / "film.mp4"
    parts = [(path, await probe(path)) for path in (files.path(clip.digest) for clip in clips)]
    await join_clips(ffmpeg, parts, film)
    most = int(limit_bytes * HEADROOM)
    return await fit_to_limit(ffmpeg, film, await probe(film), workspace / "fitted.mp4", limit_bytes=most)
