"""Find out what a video or audio file is, and on request look at its whole content.

Usage: `probe.py '{"path": …, "longest_seconds": …, "look": true|false}'`. Prints one JSON object: `{"facts": …}` or
`{"refused": REASON}` with a reason that `bot.media.probe` has a sentence for. The file's name and extension decide
nothing; its header is a claim that is compared with its packets.
"""

from __future__ import annotations

import array
import hashlib
import json
import math
import sys
from dataclasses import dataclass
from operator import mul, sub
from typing import TYPE_CHECKING, Any, BinaryIO, cast

import av
import av.error
import av.stream
from av.video.reformatter import ColorRange, Interpolation

if TYPE_CHECKING:
    from av.audio.stream import AudioStream
    from av.container import InputContainer
    from av.video.stream import VideoStream

_FORMATS = "mov,matroska,webm,mp3,wav,ogg,flac,aac"
_MOST_STREAMS = 8
_MOST_PIXELS = 16_777_216
_MOST_BOXES = 64
_LARGE_BOX = 16
_SMALL_BOX = 8
_SAMPLE_SECONDS = 0.25
_LOOK_WIDTH = 64
_LOOK_HEIGHT = 36
_FULL_SCALE = 32768
_SILENCE_DB = -120.0
_COVER_ART = av.stream.Disposition.attached_pic
_UNREADABLE = (av.error.FFmpegError, ValueError)


class Refused(Exception):
    """The file is not accepted; the argument is the reason."""


def main() -> None:
    """Read the order from the first argument, print the answer."""
    order = json.loads(sys.argv[1])
    try:
        answer: dict[str, Any] = {"facts": examine(order["path"], order["longest_seconds"], look=order["look"])}
    except Refused as refusal:
        answer = {"refused": str(refusal)}
    except MemoryError:
        # Both our memory limit and FFmpeg's stream limit arrive as this.
        answer = {"refused": "too_complex"}
    json.dump(answer, sys.stdout)


def examine(path: str, longest_seconds: float, *, look: bool) -> dict[str, Any]:
    """Return the facts of the file, with a `signal` part if its whole content is to be looked at."""
    container = _open(path)
    with container:
        video, audio = _tracks(container)
        if video is None and audio is None:
            raise Refused("no_media")
        if any(stream is not None and stream.codec_context is None for stream in (video, audio)):
            raise Refused("unknown_codec")
        header_seconds = container.duration / av.time_base if container.duration else None
        spans = _walk(container, longest_seconds)
        facts: dict[str, Any] = {
            "container": container.format.name,
            "streams": len(container.streams),
            "header_seconds": header_seconds,
            "index_first": _index_first(path),
            "video": _video_facts(video, spans) if video is not None else None,
            "audio": _audio_facts(audio, spans) if audio is not None else None,
        }
    # Opened again, because not every format can be rewound.
    with _open(path) as container:
        meter = _PictureMeter()
        facts["signal"] = _look(container, meter) if look else None
        if facts["video"] is not None:
            facts["video"]["rotation"] = meter.rotation if look else _first_frame_rotation(container)
    return facts


def _open(path: str) -> InputContainer:
    try:
        return av.open(
            f"file:{path}",
            container_options={
                "format_whitelist": _FORMATS,
                "protocol_whitelist": "file",
                "max_streams": str(_MOST_STREAMS),
            },
            # Opening decodes a frame, so the limit has to be in place before the streams are known. The library takes
            # one dictionary per stream, whatever its type stub says.
            stream_options=cast("list[str]", [{"max_pixels": str(_MOST_PIXELS)}] * _MOST_STREAMS),
        )
    except MemoryError:
        raise Refused("too_complex") from None
    except _UNREADABLE:
        raise Refused("unreadable") from None


@dataclass
class _Span:
    """What the packets of one stream say."""

    start: float = math.inf
    end: float = -math.inf
    packets: int = 0
    keyframes: int = 0

    @property
    def seconds(self) -> float:
        return max(0.0, self.end - self.start)


def _tracks(container: InputContainer) -> tuple[VideoStream | None, AudioStream | None]:
    """Return the first picture and the first sound; a song's cover is no picture."""
    video = next((stream for stream in container.streams.video if not stream.disposition & _COVER_ART), None)
    return video, next(iter(container.streams.audio), None)


def _walk(container: InputContainer, longest_seconds: float) -> dict[int, _Span]:
    """Read all packets without decoding and sum them up per stream."""
    spans: dict[int, _Span] = {}
    try:
        for packet in container.demux():
            if packet.pts is None or packet.time_base is None:
                continue
            start = float(packet.pts * packet.time_base)
            end = start + float((packet.duration or 0) * packet.time_base)
            span = spans.setdefault(packet.stream.index, _Span())
            span.start = min(span.start, start)
            span.end = max(span.end, end)
            span.packets += 1
            span.keyframes += packet.is_keyframe
            if span.seconds > longest_seconds:
                raise Refused("too_long")
    except _UNREADABLE:
        # A file cut in the middle of a packet ends here; what was read so far is the truth about it.
        pass
    return spans


def _video_facts(stream: VideoStream, spans: dict[int, _Span]) -> dict[str, Any]:
    context = stream.codec_context
    span = spans.get(stream.index, _Span())
    if context.width * context.height > _MOST_PIXELS:
        raise Refused("picture_too_large")
    if not span.packets or not context.width or not context.height:
        raise Refused("damaged")
    aspect = stream.sample_aspect_ratio
    return {
        "codec": context.name,
        "profile": context.profile,
        "pixel_format": context.pix_fmt,
        "width": context.width,
        "height": context.height,
        "pixel_aspect": float(aspect) if aspect else 1.0,
        "frame_rate": float(stream.average_rate) if stream.average_rate else 0.0,
        "frames": span.packets,
        "keyframes": span.keyframes,
        "seconds": span.seconds,
        "configuration": _configuration(
            stream,
            (context.width, context.height, context.pix_fmt, str(stream.average_rate), str(aspect)),
            (context.color_range, context.colorspace, context.color_primaries, context.color_trc),
        ),
    }


def _audio_facts(stream: AudioStream, spans: dict[int, _Span]) -> dict[str, Any]:
    context = stream.codec_context
    span = spans.get(stream.index, _Span())
    return {
        "codec": context.name,
        "profile": context.profile,
        "sample_rate": context.sample_rate,
        "channels": context.channels,
        "seconds": span.seconds,
        "configuration": _configuration(stream, (context.sample_rate, context.layout.name, context.format.name)),
    }


def _configuration(stream: AudioStream | VideoStream, *settings: tuple[object, ...]) -> str:
    """Return a digest of everything that two streams must share to be joined without encoding."""
    context = stream.codec_context
    common = (context.name, context.profile, str(stream.time_base), bytes(context.extradata or b""))
    return hashlib.sha256(repr((common, settings)).encode()).hexdigest()[:16]


def _first_frame_rotation(container: InputContainer) -> int:
    """Decode one frame, which proves that the stream can be decoded; return its rotation in degrees."""
    video, _ = _tracks(container)
    try:
        frame = next(frame for frame in container.decode(video) if isinstance(frame, av.VideoFrame))
    except (*_UNREADABLE, StopIteration):
        raise Refused("damaged") from None
    return int(frame.rotation)


def _look(container: InputContainer, picture: _PictureMeter) -> dict[str, Any]:
    """Decode the file; measure light, detail, movement and loudness, and count what cannot be decoded.

    Frames on which no other depends are left out: that saves a third of the work, and damage in them is over at once.
    """
    sound = _SoundMeter()
    errors = 0
    video, audio = _tracks(container)
    if video is not None:
        video.thread_type = "AUTO"
        video.codec_context.thread_count = 2
        video.codec_context.skip_frame = "NONREF"
    wanted = [stream for stream in (video, audio) if stream is not None]
    try:
        for packet in container.demux(wanted):
            try:
                frames = packet.decode()
            except _UNREADABLE:
                errors += 1
                continue
            for frame in frames:
                if isinstance(frame, av.VideoFrame):
                    errors += frame.is_corrupt
                    picture.add(frame)
                elif isinstance(frame, av.AudioFrame):
                    sound.add(frame)
    except _UNREADABLE:
        errors += 1
    return {"decode_errors": errors, "picture": picture.result(), "sound": sound.result()}


class _PictureMeter:
    """Looks at a small grey version of four frames a second.

    `rotation` is that of the first frame, in degrees.
    """

    def __init__(self) -> None:
        self.rotation = 0
        self._next = -math.inf
        self._first: bytes | None = None
        self._brightest = 0.0
        self._detail = 0.0
        self._movement = 0
        self._samples = 0

    def add(self, frame: av.VideoFrame) -> None:
        time = frame.time or 0.0
        if time < self._next:
            return
        self._next = time + _SAMPLE_SECONDS
        small = frame.reformat(
            width=_LOOK_WIDTH,
            height=_LOOK_HEIGHT,
            format="gray",
            dst_color_range=ColorRange.JPEG,
            interpolation=Interpolation.AREA,
        )
        grey = bytes(small.planes[0])
        mean = sum(grey) / len(grey)
        spread = math.sqrt(sum(map(mul, grey, grey)) / len(grey) - mean * mean + 1e-9)
        self._samples += 1
        self._brightest = max(self._brightest, mean)
        self._detail = max(self._detail, spread)
        if self._first is None:
            self._first = grey
            self.rotation = int(frame.rotation)
        else:
            difference = max(map(abs, map(sub, grey, self._first)))
            self._movement = max(self._movement, difference)

    def result(self) -> dict[str, Any] | None:
        if not self._samples:
            return None
        return {
            "samples": self._samples,
            "brightest": self._brightest,
            "most_detail": self._detail,
            "most_movement": self._movement,
        }


class _SoundMeter:
    """Measures peak and mean level over all channels, in decibels below full scale."""

    def __init__(self) -> None:
        # The layout stays as it is: mixing channels could cancel a sound that is there.
        self._resampler = av.AudioResampler(format="s16")
        self._peak = 0
        self._energy = 0
        self._count = 0

    def add(self, frame: av.AudioFrame) -> None:
        for converted in self._resampler.resample(frame):
            values = array.array(
                "h", bytes(converted.planes[0])[: converted.samples * converted.layout.nb_channels * 2]
            )
            if values:
                highest, lowest = max(values), min(values)
                self._peak = max(self._peak, highest, -lowest)
                self._energy += sum(map(mul, values, values))
                self._count += len(values)

    def result(self) -> dict[str, Any] | None:
        if not self._count:
            return None
        return {
            "peak_db": _decibels(self._peak / _FULL_SCALE),
            "mean_db": _decibels(math.sqrt(self._energy / self._count) / _FULL_SCALE),
        }


def _decibels(ratio: float) -> float:
    return max(_SILENCE_DB, 20 * math.log10(ratio)) if ratio > 0 else _SILENCE_DB


def _index_first(path: str) -> bool | None:
    """Say whether an MP4's index (`moov`) precedes its data, so that it plays while it loads; None for others."""
    with open(path, "rb") as file:  # noqa: PTH123 - pathlib would only make the child's start slower
        for _ in range(_MOST_BOXES):
            header = file.read(_SMALL_BOX)
            if len(header) < _SMALL_BOX:
                return None
            kind = header[4:]
            if kind in (b"moov", b"mdat"):
                return kind == b"moov"
            skip = _rest_of_box(file, int.from_bytes(header[:4], "big"))
            if skip is None:
                return None
            file.seek(skip, 1)
    return None


def _rest_of_box(file: BinaryIO, size: int) -> int | None:
    """Return how many bytes of the box follow the read position; None where the box is invalid or the last."""
    if size == 1:
        size = int.from_bytes(file.read(8), "big")
        return size - _LARGE_BOX if size >= _LARGE_BOX else None
    return size - _SMALL_BOX if size >= _SMALL_BOX else None


if __name__ == "__main__":
    main()
