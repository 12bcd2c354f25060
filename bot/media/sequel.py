"""Going on from a clip: its last frame as the first of the next, and clips that belong together as one film."""

from __future__ import annotations

from typing import TYPE_CHECKING

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


async def last_frame(ffmpeg: Ffmpeg, files: FileStore, clip: Clip) -> StoredFile:
    """Keep the last frame of a clip as a picture to begin with. Raises `MediaRefused` or another `MediaError`."""
    path = files.path(clip.digest)
    async with files.workspace() as workspace:
        frame = workspace / "frame.png"
        await make_last_frame(ffmpeg, path, await probe(path), frame)
        return await prepare_image_file(frame, files)


async def make_film(ffmpeg: Ffmpeg, files: FileStore, clips: Sequence[Clip], workspace: Path) -> Path:
    """Write clips one after the other into `workspace` and return the film; raises a `MediaError`."""
    film = workspace / "film.mp4"
    parts = [(path, await probe(path)) for path in (files.path(clip.digest) for clip in clips)]
    await join_clips(ffmpeg, parts, film)
    return film
