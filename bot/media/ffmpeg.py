"""Run FFmpeg as a bounded child: everything that encodes goes through here."""

from __future__ import annotations

import asyncio
import secrets
import signal
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import imageio_ffmpeg  # type: ignore[import-untyped]  # the package carries no types

from bot.errors import MediaError
from bot.media import bounded
from bot.texts import Sentence

if TYPE_CHECKING:
    from collections.abc import Sequence

FORMATS = "mov,matroska,webm,mp3,wav,ogg,flac,aac"
"""The demuxers that may read a file from outside, chosen by content."""

_THREADS = ("-threads", "2")
_GUARDS = (*_THREADS, "-protocol_whitelist", "file", "-max_pixels", "16777216", "-max_streams", "8")
_LIMITS = bounded.Limits(
    memory_bytes=3 * bounded.GIBIBYTE,
    cpu_seconds=600,
    wall_seconds=900,
    open_files=64,
    written_bytes=bounded.GIBIBYTE,
)


class EncodingFailed(MediaError):
    """FFmpeg could not make the file; `detail` is the end of its own message, for the log.

    `outgrown` says that the file became larger than allowed, `nothing_written` that there was nothing to write.
    """

    def __init__(self, detail: str, *, outgrown: bool = False, nothing_written: bool = False) -> None:
        self.detail = detail
        self.outgrown = outgrown
        self.nothing_written = nothing_written
        super().__init__(Sentence("media.not-converted"))


@dataclass(frozen=True, slots=True)
class Format:
    """A container that FFmpeg writes, with the arguments that belong to it."""

    name: str
    arguments: tuple[str, ...] = ()


MP4 = Format("mp4", ("-movflags", "+faststart", "-map_metadata", "-1"))
JPEG = Format("image2", ("-frames:v", "1", "-update", "1", "-c:v", "mjpeg", "-q:v", "3", "-pix_fmt", "yuvj420p"))
LAST_PNG = Format("image2", ("-update", "1", "-c:v", "png"))


def read_from(path: Path) -> list[str]:
    """Return the guarded arguments that read an untrusted file."""
    return [*_GUARDS, "-format_whitelist", FORMATS, "-i", f"file:{path}"]


def read_list(path: Path) -> list[str]:
    """Return the guarded arguments that read a list of files which we wrote ourselves."""
    return [*_GUARDS, "-format_whitelist", f"concat,{FORMATS}", "-f", "concat", "-safe", "0", "-i", f"file:{path}"]


class Ffmpeg:
    """The FFmpeg program, running at most `slots` encoders at a time (one keeps two processors busy)."""

    def __init__(self, executable: Path | None = None, *, slots: int = 1) -> None:
        self._executable = executable or Path(imageio_ffmpeg.get_ffmpeg_exe())
        self._free = asyncio.Semaphore(slots)

    async def make(
        self,
        arguments: Sequence[str],
        destination: Path,
        output: Format,
        *,
        most_bytes: int = bounded.GIBIBYTE,
    ) -> int:
        """Run FFmpeg with `arguments` (inputs, filters, codecs) into the file `destination`; return its size.

        The file appears complete or not at all. Raises `EncodingFailed`, also when the file grows beyond
        `most_bytes`, and `ChildStopped` when it takes too long.
        """
        part = destination.with_name(f"{destination.name}.{secrets.token_hex(4)}.part")
        try:
            target = [*_THREADS, *output.arguments, "-f", output.name, f"file:{part}"]
            await self._run([*arguments, *target], most_bytes)
            return _move(part, destination)
        finally:
            part.unlink(missing_ok=True)

    async def analyse(self, arguments: Sequence[str]) -> None:
        """Run FFmpeg with `arguments` for what it learns on the way; its output is thrown away. Raises like `make`."""
        await self._run([*arguments, *_THREADS, "-f", "null", "-"], bounded.GIBIBYTE)

    async def _run(self, arguments: Sequence[str], most_bytes: int) -> None:
        filters = ["-filter_threads", "2", "-filter_complex_threads", "2"]
        argv = [str(self._executable), "-nostdin", "-v", "error", "-y", *filters, *arguments]
        async with self._free:
            finished = await bounded.run(argv, _LIMITS.writing(most_bytes))
        if finished.code != 0:
            detail = f"exit {finished.code}: {finished.errors[-1000:].strip()}"
            raise EncodingFailed(detail, outgrown=finished.code == -signal.SIGXFSZ)


def _move(part: Path, destination: Path) -> int:
    """Move a finished file into its place; FFmpeg may end well without having written anything."""
    if not part.exists() or part.stat().st_size == 0:
        raise EncodingFailed("nothing was written", nothing_written=True)
    size = part.stat().st_size
    part.replace(destination)
    return size
