from __future__ import annotations

from typing import Any

import pytest

from bot.media.checks import Defect, Expectation, Remedy, judge
from bot.media.probe import AudioFacts, ClipFacts, PictureSignal, Signal, SoundSignal, VideoFacts

FIVE_WITH_SOUND = Expectation(seconds=5, sound=True)

VIDEO = VideoFacts(
    codec="h264",
    profile="High",
    pixel_format="yuv420p",
    width=1920,
    height=1080,
    pixel_aspect=1,
    frame_rate=24,
    frames=121,
    keyframes=3,
    seconds=121 / 24,
    configuration="v",
)
AUDIO = AudioFacts(codec="aac", profile="LC", sample_rate=48000, channels=2, seconds=5.03, configuration="a")
PICTURE = PictureSignal(samples=21, brightest=120, most_detail=50, most_movement=90)
SOUND = SoundSignal(peak_db=-3, mean_db=-18)
SIGNAL = Signal(decode_errors=0, picture=PICTURE, sound=SOUND)
CLIP = ClipFacts(
    size=8_000_000,
    container="mov,mp4,m4a,3gp,3g2,mj2",
    streams=2,
    header_seconds=5.042,
    index_first=True,
    video=VIDEO,
    audio=AUDIO,
    signal=SIGNAL,
)


def with_video(**changes: Any) -> ClipFacts:
    return CLIP.model_copy(update={"video": VIDEO.model_copy(update=changes)})


def found(facts: ClipFacts, expectation: Expectation = FIVE_WITH_SOUND) -> dict[Defect, Remedy]:
    return {problem.defect: problem.remedy for problem in judge(facts, expectation)}


@pytest.mark.parametrize("profile", ["Constrained Baseline", "Main", "High"])
@pytest.mark.parametrize("pixel_format", ["yuv420p", "yuvj420p"])
def test_what_every_browser_plays(profile: str, pixel_format: str) -> None:
    assert found(with_video(profile=profile, pixel_format=pixel_format)) == {}


@pytest.mark.parametrize(
    "changes",
    [
        {"codec": "hevc", "profile": "Main"},
        {"codec": "vp9", "profile": "Profile 0"},
        {"codec": "av1", "profile": "Main"},
        {"profile": "High 10", "pixel_format": "yuv420p10le"},
        {"profile": "High 4:4:4 Predictive", "pixel_format": "yuv444p"},
        {"profile": None},
    ],
)
def test_what_some_browsers_do_not_play(changes: dict[str, Any]) -> None:
    assert found(with_video(**changes)) == {Defect.VIDEO_CODEC: Remedy.TRANSCODE}


@pytest.mark.parametrize(("codec", "profile"), [("opus", None), ("mp3", None), ("ac3", None), ("aac", "HE-AACv2")])
def test_sound_that_some_browsers_do_not_play(codec: str, profile: str | None) -> None:
    audio = AUDIO.model_copy(update={"codec": codec, "profile": profile})
    assert found(CLIP.model_copy(update={"audio": audio})) == {Defect.SOUND_CODEC: Remedy.TRANSCODE}


@pytest.mark.parametrize(
    ("ordered", "delivered", "right"),
    [
        (5, 5.041, True),  # documented
        (10, 10.041, True),
        (15, 14.666, True),  # seen
        (5, 5.1, True),  # older models
        (5, 4.5, False),
        (5, 5.7, False),
        (5, 10.041, False),
        (10, 5.041, False),
        (None, 17.3, True),
    ],
)
def test_lengths(ordered: float | None, delivered: float, *, right: bool) -> None:
    facts = with_video(seconds=delivered).model_copy(update={"header_seconds": delivered})
    expected = {} if right else {Defect.WRONG_LENGTH: Remedy.NONE}
    assert found(facts, Expectation(seconds=ordered, sound=True)) == expected


@pytest.mark.parametrize(
    ("header", "truncated"), [(5.042, False), (5.4, False), (6.0, True), (10.0, True), (None, False)]
)
def test_a_header_that_promises_more_means_truncated(header: float | None, *, truncated: bool) -> None:
    facts = CLIP.model_copy(update={"header_seconds": header})
    assert facts.truncated is truncated
    assert (Defect.TRUNCATED in found(facts)) is truncated


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({"index_first": False}, {Defect.INDEX_LAST: Remedy.REMUX}),
        ({"container": "matroska,webm", "index_first": None}, {Defect.CONTAINER: Remedy.REMUX}),
        ({"signal": SIGNAL.model_copy(update={"decode_errors": 1})}, {Defect.DAMAGED: Remedy.TRANSCODE}),
        ({"signal": SIGNAL.model_copy(update={"picture": None})}, {Defect.DAMAGED: Remedy.NONE}),
        ({"signal": SIGNAL.model_copy(update={"sound": None})}, {Defect.SILENT: Remedy.NONE}),
    ],
)
def test_what_a_file_may_lack(changes: dict[str, Any], expected: dict[Defect, Remedy]) -> None:
    assert found(CLIP.model_copy(update=changes)) == expected


def test_the_worst_comes_first() -> None:
    facts = CLIP.model_copy(
        update={"index_first": False, "audio": None, "video": VIDEO.model_copy(update={"codec": "hevc"})}
    )
    remedies = [problem.remedy for problem in judge(facts, FIVE_WITH_SOUND)]
    assert remedies == [Remedy.NONE, Remedy.TRANSCODE, Remedy.REMUX]


def test_messages_tell_what_was_ordered_and_what_came() -> None:
    facts = with_video(seconds=3.04).model_copy(update={"header_seconds": 3.04})
    (problem,) = judge(facts, FIVE_WITH_SOUND)
    assert str(problem.message) == "The clip lasts 3.0 s, 5 s were ordered."
    assert problem.fatal
