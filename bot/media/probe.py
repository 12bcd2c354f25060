"""Find out what a video or audio file really is, in a bounded child process.

Neither the name nor the declared type of a file decides anything: the child accepts a short list of formats by
content, walks all packets and decodes a frame.
"""

from __future__ import annotations

import json
import os
import stat
from typing import TYPE_CHECKING

from pydantic import BaseModel, ConfigDict, ValidationError

from bot.errors import MediaRefused
from bot.media import bounded
from bot.texts import Sentence

if TYPE_CHECKING:
    from pathlib import Path

LARGEST_BYTES = 200 * bounded.MEBIBYTE
"""The largest file that is looked at unless the caller says otherwise."""

LONGEST_SECONDS = 900.0
"""The longest file that is looked at unless the caller says otherwise."""

_PROBE_LIMITS = bounded.Limits(memory_bytes=bounded.GIBIBYTE, cpu_seconds=5, wall_seconds=20)
_LOOK_LIMITS = bounded.Limits(memory_bytes=2 * bounded.GIBIBYTE, cpu_seconds=120, wall_seconds=180)

_TRUNCATED_SECONDS = 0.5
_TRUNCATED_SHARE = 0.05

_REFUSALS = {
    "unreadable": Sentence("media.file-unreadable"),
    "unknown_codec": Sentence("media.file-unknown-codec"),
    "no_media": Sentence("media.file-no-media"),
    "too_complex": Sentence("media.file-too-complex"),
    "picture_too_large": Sentence("media.file-picture-too-large"),
    "too_long": Sentence("media.file-too-long"),
    "damaged": Sentence("media.file-damaged"),
}
"""What the words of the child process mean."""


class _Facts(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class VideoFacts(_Facts):
    """The first picture track. `seconds` spans its packets; `rotation` is in degrees, to be applied on display.

    Tracks with equal `configuration` can follow each other in one file without being encoded again.
    """

    codec: str
    profile: str | None
    pixel_format: str | None
    width: int
    height: int
    pixel_aspect: float
    frame_rate: float
    frames: int
    keyframes: int
    seconds: float
    configuration: str
    rotation: int = 0


class AudioFacts(_Facts):
    """The first sound track. `seconds` spans its packets, `sample_rate` is in hertz; `configuration` as for video."""

    codec: str
    profile: str | None
    sample_rate: int
    channels: int
    seconds: float
    configuration: str


class PictureSignal(_Facts):
    """What is seen in a small grey version of four frames a second, on a scale from 0 to 255.

    `brightest` is the highest mean of a frame, `most_detail` the highest standard deviation within a frame,
    `most_movement` the highest change of any point since the first frame.
    """

    samples: int
    brightest: float
    most_detail: float
    most_movement: int


class SoundSignal(_Facts):
    """What is heard: peak and root mean square over both channels, in decibels below full scale."""

    peak_db: float
    mean_db: float


class Signal(_Facts):
    """The result of decoding a file from beginning to end."""

    decode_errors: int
    picture: PictureSignal | None
    sound: SoundSignal | None


class ClipFacts(_Facts):
    """The measured facts of a file. `header_seconds` is what the file claims, `size` its bytes.

    `index_first` says whether an MP4 can play while it loads (None for other containers). `signal` is present where
    the content was decoded.
    """

    size: int
    container: str
    streams: int
    header_seconds: float | None
    index_first: bool | None
    video: VideoFacts | None
    audio: AudioFacts | None
    signal: Signal | None = None

    @property
    def seconds(self) -> float:
        """The real length: that of the picture, or of the sound where there is no picture."""
        track = self.video or self.audio
        return track.seconds if track else 0.0

    @property
    def width(self) -> int:
        """The width as displayed, in pixels; 0 without a picture."""
        return self._displayed[0]

    @property
    def height(self) -> int:
        """The height as displayed, in pixels; 0 without a picture."""
        return self._displayed[1]

    @property
    def truncated(self) -> bool:
        """Whether the packets end clearly before the length that the header claims."""
        if self.header_seconds is None:
            return False
        longest = max((track.seconds for track in (self.video, self.audio) if track), default=0.0)
        missing = self.header_seconds - longest
        return missing > max(_TRUNCATED_SECONDS, self.header_seconds * _TRUNCATED_SHARE)

    @property
    def _displayed(self) -> tuple[int, int]:
        if self.video is None:
            return (0, 0)
        size = (round(self.video.width * self.video.pixel_aspect), self.video.height)
        return size[::-1] if self.video.rotation % 180 else size


class _Answer(_Facts):
    facts: ClipFacts | None = None
    refused: str | None = None


async def probe(
    path: Path, *, largest_bytes: int = LARGEST_BYTES, longest_seconds: float = LONGEST_SECONDS, look: bool = False
) -> ClipFacts:
    """Return the facts of the file at `path`; with `look`, decode it to fill `signal`.

    Raises `MediaRefused` with a sentence that its sender understands.
    """
    size = check_size(path, largest_bytes)
    order = json.dumps({"path": os.fspath(path), "longest_seconds": longest_seconds, "look": look})
    limits = _LOOK_LIMITS if look else _PROBE_LIMITS
    try:
        finished = await bounded.run([*bounded.child_program("probe"), order], limits)
    except bounded.ChildStopped as stopped:
        raise MediaRefused(Sentence("media.too-demanding")) from stopped
    if finished.code != 0:
        raise MediaRefused(Sentence("media.too-demanding"))
    return _read_answer(finished.output, size)


def check_size(path: Path, largest_bytes: int) -> int:
    """Return the size of the file in bytes; `MediaRefused` if it is missing, not regular, empty or too large."""
    try:
        status = path.stat()
    except OSError:
        raise MediaRefused(Sentence("media.file-gone")) from None
    if not stat.S_ISREG(status.st_mode):
        raise MediaRefused(Sentence("media.file-not-regular"))
    size = status.st_size
    if size == 0:
        raise MediaRefused(Sentence("media.file-empty"))
    if size > largest_bytes:
        raise MediaRefused(Sentence("media.file-large", size=_megabytes(size), most=_megabytes(largest_bytes)))
    return size


def _megabytes(size: int) -> str:
    return f"{size / bounded.MEBIBYTE:.1f}".removesuffix(".0")


def _read_answer(output: bytes, size: int) -> ClipFacts:
    try:
        document = json.loads(output)
        if "facts" in document:
            document["facts"]["size"] = size
        answer = _Answer.model_validate(document)
    except (ValueError, TypeError, ValidationError) as error:
        raise MediaRefused(_REFUSALS["unreadable"]) from error
    if answer.facts is None:
        raise MediaRefused(_REFUSALS.get(answer.refused or "", _REFUSALS["unreadable"]))
    return answer.facts
