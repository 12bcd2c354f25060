from __future__ import annotations

import random
from typing import TYPE_CHECKING

import pytest

from bot.media.checks import Defect, Expectation, Remedy, check_clip
from bot.media.repair import check_and_repair
from tests.support.clips import AAC, FASTSTART, H264, ClipMaker, moving, names, plain, silence, tone

if TYPE_CHECKING:
    from pathlib import Path

    from bot.media.ffmpeg import Ffmpeg

FIVE_WITH_SOUND = Expectation(seconds=5, sound=True)
TWO_WITH_SOUND = Expectation(seconds=2, sound=True)
FIVE_SILENT = Expectation(seconds=5, sound=False)
USUAL = (*H264, *AAC, *FASTSTART)


async def defects(path: Path, expectation: Expectation = FIVE_WITH_SOUND) -> dict[Defect, Remedy]:
    report = await check_clip(path, expectation)
    return {problem.defect: problem.remedy for problem in report.problems}


async def test_a_clip_as_ordered_has_no_problem(clips: ClipMaker) -> None:
    report = await check_clip(clips.good(), FIVE_WITH_SOUND)
    assert report.problems == ()
    assert report.remedy is None
    assert report.facts is not None


async def test_sound_that_was_not_ordered_is_no_problem(clips: ClipMaker) -> None:
    assert await defects(clips.good(), FIVE_SILENT) == {}


async def test_missing_sound_matters_only_when_it_was_ordered(clips: ClipMaker) -> None:
    mute = clips.make("mute.mp4", *moving(), *H264, *FASTSTART)
    assert await defects(mute) == {Defect.NO_SOUND: Remedy.NONE}
    assert await defects(mute, FIVE_SILENT) == {}


async def test_an_empty_sound_track_is_silent(clips: ClipMaker) -> None:
    silent = clips.make("silent.mp4", *moving(), *silence(), *USUAL)
    assert await defects(silent) == {Defect.SILENT: Remedy.NONE}


async def test_opposite_channels_are_not_silent(clips: ClipMaker) -> None:
    opposite = ("-af", "pan=stereo|c0=c0|c1=-1*c0")
    assert await defects(clips.make("opposite.mp4", *moving(), *tone(), *opposite, *USUAL)) == {}


async def test_a_black_clip_is_not_what_was_ordered(clips: ClipMaker) -> None:
    assert await defects(clips.make("black.mp4", *plain("black"), *tone(), *USUAL)) == {Defect.BLACK: Remedy.NONE}


async def test_one_plain_colour_may_be_meant_so(clips: ClipMaker) -> None:
    assert await defects(clips.make("red.mp4", *plain("red"), *tone(), *USUAL)) == {Defect.BLANK: Remedy.NOTICE}


async def test_a_still_picture_may_be_meant_so(clips: ClipMaker) -> None:
    frozen = clips.make("frozen.mp4", *moving(), *tone(), "-vf", "loop=loop=-1:size=1,trim=duration=5.04", *USUAL)
    assert await defects(frozen) == {Defect.FROZEN: Remedy.NOTICE}


async def test_a_fade_from_black_is_a_clip(clips: ClipMaker) -> None:
    fade = clips.make("fade.mp4", *moving(), *tone(), "-vf", "fade=in:st=0:d=4.5", *USUAL)
    assert await defects(fade) == {}


async def test_a_dark_scene_is_a_clip(clips: ClipMaker) -> None:
    dark = clips.make("dark.mp4", *moving(), *tone(), "-vf", "colorlevels=romax=0.15:gomax=0.15:bomax=0.15", *USUAL)
    assert await defects(dark) == {}


async def test_the_length_has_to_be_the_ordered_one(clips: ClipMaker) -> None:
    path = clips.make("three.mp4", *moving(3, "64x64"), *tone(3), *USUAL)
    assert await defects(path) == {Defect.WRONG_LENGTH: Remedy.NONE}
    assert await defects(path, Expectation(seconds=None, sound=True)) == {}


async def test_half_a_clip_is_fatal(clips: ClipMaker) -> None:
    content = clips.good().read_bytes()
    found = await defects(clips.write("cut.mp4", content[: len(content) // 2]))
    assert found[Defect.TRUNCATED] is Remedy.NONE


async def test_something_else_is_fatal_and_named(clips: ClipMaker) -> None:
    report = await check_clip(clips.write("page.mp4", b"<html>Not found</html>"), FIVE_WITH_SOUND)
    assert report.facts is None
    assert report.remedy is Remedy.NONE
    assert [problem.defect for problem in report.fatal] == [Defect.UNREADABLE]


async def test_sound_alone_is_fatal(clips: ClipMaker) -> None:
    found = await defects(clips.make("sound.m4a", *tone(), *AAC, *FASTSTART))
    assert found == {Defect.NO_VIDEO: Remedy.NONE}


WEBM = ("-c:v", "libvpx-vp9", "-deadline", "realtime", "-cpu-used", "8", "-c:a", "libopus")
REPAIRABLE = {
    "index-at-the-end.mp4": (*H264, *AAC),
    "another-container.mkv": (*H264, *AAC),
    "everything-at-once.webm": WEBM,
}


@pytest.mark.parametrize("name", REPAIRABLE)
async def test_what_can_be_repaired_is_repaired(clips: ClipMaker, ffmpeg: Ffmpeg, tmp_path: Path, name: str) -> None:
    path = clips.make(name, *moving(2), *tone(2), *REPAIRABLE[name])
    checked = await check_and_repair(ffmpeg, path, TWO_WITH_SOUND, tmp_path / "repaired.mp4")
    assert checked.path == tmp_path / "repaired.mp4"
    assert checked.report.problems == ()
    assert names(tmp_path) == ["repaired.mp4"]


async def test_a_good_clip_is_left_alone(clips: ClipMaker, ffmpeg: Ffmpeg, tmp_path: Path) -> None:
    checked = await check_and_repair(ffmpeg, clips.good(), FIVE_WITH_SOUND, tmp_path / "repaired.mp4")
    assert checked.path == clips.good()
    assert names(tmp_path) == []


async def test_a_hopeless_clip_is_not_repaired(clips: ClipMaker, ffmpeg: Ffmpeg, tmp_path: Path) -> None:
    path = clips.make("hopeless.mkv", *plain("black"), *tone(), *H264, *AAC)
    checked = await check_and_repair(ffmpeg, path, FIVE_WITH_SOUND, tmp_path / "repaired.mp4")
    assert checked.report.remedy is Remedy.NONE
    assert checked.report.problems[0].defect is Defect.BLACK
    assert names(tmp_path) == []


async def test_damaged_frames_are_encoded_anew(clips: ClipMaker, ffmpeg: Ffmpeg, tmp_path: Path) -> None:
    content = bytearray(clips.good().read_bytes())
    for position in random.Random(4).sample(range(len(content) // 2, len(content)), 40):
        content[position] ^= 0xFF
    path = clips.write("scratched.mp4", bytes(content))
    checked = await check_and_repair(ffmpeg, path, FIVE_WITH_SOUND, tmp_path / "repaired.mp4")
    assert checked.path == tmp_path / "repaired.mp4"
    assert checked.report.problems == ()
