"""Compare a delivered clip with what was ordered and paid for."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from bot.errors import MediaRefused
from bot.media.probe import ClipFacts, probe
from bot.texts import Sentence

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

_SHORTER_SECONDS = 0.4
_LONGER_SECONDS = 0.6
"""A nominal 5 s is delivered as 5.041 s, a nominal 15 s was seen as 14.666 s, older models give 5.1 s."""

_SILENT_PEAK_DB = -60.0
_BLACK_BRIGHTEST = 4.0
_BLANK_DETAIL = 1.0
_FROZEN_MOVEMENT = 4
_PLAYABLE_PROFILES = frozenset({"Constrained Baseline", "Baseline", "Main", "High"})
_PLAYABLE_PIXELS = frozenset({"yuv420p", "yuvj420p"})
_PLAYABLE_SOUND = frozenset({"LC"})


class Remedy(StrEnum):
    """What helps against a problem."""

    NOTICE = "notice"
    """Nothing has to: the clip may be meant so, and its author is told."""
    REMUX = "remux"
    """Write the same streams into a new file; nothing is lost."""
    TRANSCODE = "transcode"
    """Encode again; a little quality is lost."""
    NONE = "none"
    """The clip is not what was ordered and cannot be made so."""


class Defect(StrEnum):
    """What can be wrong with a delivered clip."""

    UNREADABLE = "unreadable"
    NO_VIDEO = "no_video"
    NO_SOUND = "no_sound"
    SILENT = "silent"
    BLACK = "black"
    BLANK = "blank"
    FROZEN = "frozen"
    WRONG_LENGTH = "wrong_length"
    TRUNCATED = "truncated"
    DAMAGED = "damaged"
    CONTAINER = "container"
    INDEX_LAST = "index_last"
    VIDEO_CODEC = "video_codec"
    SOUND_CODEC = "sound_codec"


@dataclass(frozen=True, slots=True)
class Problem:
    """One difference between a clip and its order; `message` is a sentence for the person who ordered it."""

    defect: Defect
    remedy: Remedy
    message: Sentence

    @property
    def fatal(self) -> bool:
        """Whether nothing can be done about it."""
        return self.remedy is Remedy.NONE


@dataclass(frozen=True, slots=True)
class Expectation:
    """What was ordered: nominal `seconds` (None where the length is the vendor's choice) and whether sound was paid."""

    seconds: float | None
    sound: bool


@dataclass(frozen=True, slots=True)
class ClipReport:
    """The facts of a clip (None if it cannot be read at all) and everything that is wrong with it, worst first."""

    facts: ClipFacts | None
    problems: tuple[Problem, ...]

    @property
    def fatal(self) -> tuple[Problem, ...]:
        """The problems that no repair removes."""
        return tuple(problem for problem in self.problems if problem.fatal)

    @property
    def remedy(self) -> Remedy | None:
        """The one repair that removes all problems, `Remedy.NONE` if there is none, None if none is needed."""
        remedies = {problem.remedy for problem in self.problems}
        return next((remedy for remedy in (Remedy.NONE, Remedy.TRANSCODE, Remedy.REMUX) if remedy in remedies), None)


async def check_clip(path: Path, expectation: Expectation) -> ClipReport:
    """Decode the clip at `path` completely and compare it with the order. Raises nothing about the file's content."""
    try:
        facts = await probe(path, look=True)
    except MediaRefused as refusal:
        return ClipReport(None, (Problem(Defect.UNREADABLE, Remedy.NONE, refusal.sentence),))
    return ClipReport(facts, judge(facts, expectation))


def judge(facts: ClipFacts, expectation: Expectation) -> tuple[Problem, ...]:
    """Return everything that is wrong with a clip of these facts, worst first. `facts.signal` must be filled."""
    problems = [
        *_picture_problems(facts),
        *_sound_problems(facts, expectation),
        *_length_problems(facts, expectation),
        *_playing_problems(facts),
    ]
    order = list(Remedy)
    return tuple(sorted(problems, key=lambda problem: -order.index(problem.remedy)))


def _picture_problems(facts: ClipFacts) -> Iterator[Problem]:
    picture = facts.signal.picture if facts.signal else None
    if facts.video is None:
        yield Problem(Defect.NO_VIDEO, Remedy.NONE, Sentence("media.clip-no-picture"))
    elif picture is None:
        yield Problem(Defect.DAMAGED, Remedy.NONE, Sentence("media.clip-undecodable"))
    elif picture.brightest < _BLACK_BRIGHTEST:
        yield Problem(Defect.BLACK, Remedy.NONE, Sentence("media.clip-black"))
    elif picture.most_detail < _BLANK_DETAIL:
        yield Problem(Defect.BLANK, Remedy.NOTICE, Sentence("media.clip-blank"))
    elif picture.samples > 1 and picture.most_movement < _FROZEN_MOVEMENT:
        yield Problem(Defect.FROZEN, Remedy.NOTICE, Sentence("media.clip-frozen"))


def _sound_problems(facts: ClipFacts, expectation: Expectation) -> Iterator[Problem]:
    if not expectation.sound:
        return
    sound = facts.signal.sound if facts.signal else None
    if facts.audio is None:
        yield Problem(Defect.NO_SOUND, Remedy.NONE, Sentence("media.clip-no-sound"))
    elif sound is None or sound.peak_db < _SILENT_PEAK_DB:
        yield Problem(Defect.SILENT, Remedy.NONE, Sentence("media.clip-silent"))


def _length_problems(facts: ClipFacts, expectation: Expectation) -> Iterator[Problem]:
    if facts.truncated:
        yield Problem(Defect.TRUNCATED, Remedy.NONE, Sentence("media.clip-truncated"))
    ordered = expectation.seconds
    if ordered is not None and not ordered - _SHORTER_SECONDS <= facts.seconds <= ordered + _LONGER_SECONDS:
        message = Sentence("media.clip-length", seconds=f"{facts.seconds:.1f}", ordered=f"{ordered:g}")
        yield Problem(Defect.WRONG_LENGTH, Remedy.NONE, message)


def _playing_problems(facts: ClipFacts) -> Iterator[Problem]:
    if facts.signal and facts.signal.decode_errors:
        yield Problem(Defect.DAMAGED, Remedy.TRANSCODE, Sentence("media.clip-damaged"))
    video = facts.video
    if video and not (
        video.codec == "h264" and video.profile in _PLAYABLE_PROFILES and video.pixel_format in _PLAYABLE_PIXELS
    ):
        yield Problem(Defect.VIDEO_CODEC, Remedy.TRANSCODE, Sentence("media.clip-picture-codec"))
    audio = facts.audio
    if audio and not (audio.codec == "aac" and audio.profile in _PLAYABLE_SOUND):
        yield Problem(Defect.SOUND_CODEC, Remedy.TRANSCODE, Sentence("media.clip-sound-codec"))
    if "mp4" not in facts.container.split(","):
        yield Problem(Defect.CONTAINER, Remedy.REMUX, Sentence("media.clip-container"))
    elif not facts.index_first:
        yield Problem(Defect.INDEX_LAST, Remedy.REMUX, Sentence("media.clip-index-last"))
