from __future__ import annotations

import asyncio
import itertools
import os
import random
from pathlib import Path

import av
import pytest
from PIL import Image, ImageStat

from bot.errors import MediaRefused
from bot.media.checks import Expectation, check_clip
from bot.media.ffmpeg import MP4, EncodingFailed, Ffmpeg, read_from
from bot.media.fit import fit_to_limit
from bot.media.join import can_copy, join_clips
from bot.media.pictures import make_contact_sheet, make_last_frame, make_poster
from bot.media.probe import probe
from tests.support.clips import AAC, FASTSTART, H264, ClipMaker, moving, names, plain, tone

NOISE = ("-vf", "noise=alls=40:allf=t")


class TestFit:
    @pytest.fixture
    def heavy(self, clips: ClipMaker) -> Path:
        """A clip that is as hard to compress as any, of about 2 MB."""
        return clips.make("heavy.mp4", *moving(), *tone(), *NOISE, "-b:v", "4M", *H264, *AAC, *FASTSTART)

    async def test_a_clip_that_fits_is_not_touched(self, clips: ClipMaker, ffmpeg: Ffmpeg, tmp_path: Path) -> None:
        path = clips.good()
        facts = await probe(path)
        assert await fit_to_limit(ffmpeg, path, facts, tmp_path / "fit.mp4", limit_bytes=facts.size) == path
        assert names(tmp_path) == []

    @pytest.mark.parametrize("limit_bytes", [1_000_000, 110_000])
    async def test_a_clip_is_made_to_fit(self, heavy: Path, ffmpeg: Ffmpeg, tmp_path: Path, limit_bytes: int) -> None:
        facts = await probe(heavy)
        assert facts.size > limit_bytes
        fitted = await fit_to_limit(ffmpeg, heavy, facts, tmp_path / "fit.mp4", limit_bytes=limit_bytes)
        assert names(tmp_path) == ["fit.mp4"]
        assert limit_bytes * 0.5 < fitted.stat().st_size <= limit_bytes
        assert (await check_clip(fitted, Expectation(seconds=5, sound=True))).problems == ()

    async def test_a_tight_limit_shrinks_the_picture(self, clips: ClipMaker, ffmpeg: Ffmpeg, tmp_path: Path) -> None:
        tall = clips.make("tall.mp4", *moving(1, "540x960"), *tone(1), *NOISE, *H264, *AAC, *FASTSTART)
        fitted = await fit_to_limit(ffmpeg, tall, await probe(tall), tmp_path / "fit.mp4", limit_bytes=75_000)
        facts = await probe(fitted)
        assert (facts.width, facts.height) == (360, 640)

    async def test_an_impossible_limit_is_refused(self, heavy: Path, ffmpeg: Ffmpeg, tmp_path: Path) -> None:
        with pytest.raises(MediaRefused, match="too long"):
            await fit_to_limit(ffmpeg, heavy, await probe(heavy), tmp_path / "fit.mp4", limit_bytes=20_000)
        assert names(tmp_path) == []


class TestPictures:
    async def test_a_poster_shows_more_than_the_first_frame(
        self, clips: ClipMaker, ffmpeg: Ffmpeg, tmp_path: Path
    ) -> None:
        fade = clips.make("poster.mp4", *moving(), "-vf", "fade=in:st=0:d=0.4", *H264)
        await make_poster(ffmpeg, fade, await probe(fade), tmp_path / "poster.jpg")
        with Image.open(tmp_path / "poster.jpg") as poster:
            assert (poster.format, poster.size) == ("JPEG", (320, 180))
            assert ImageStat.Stat(poster.convert("L")).mean[0] > 60

    async def test_a_poster_is_no_wider_than_asked(self, clips: ClipMaker, ffmpeg: Ffmpeg, tmp_path: Path) -> None:
        await make_poster(ffmpeg, clips.good(), await probe(clips.good()), tmp_path / "poster.jpg", width=160)
        with Image.open(tmp_path / "poster.jpg") as poster:
            assert poster.size == (160, 90)

    @pytest.mark.parametrize("key_every", [250, 6])
    async def test_a_contact_sheet_shows_the_whole_clip(
        self, clips: ClipMaker, ffmpeg: Ffmpeg, tmp_path: Path, key_every: int
    ) -> None:
        """The clip grows steadily brighter, so the cells have to."""
        ramp = ("-f", "lavfi", "-i", "color=black:s=160x90:r=24:d=4,geq=lum='16+T*50':cb=128:cr=128")
        path = clips.make(f"ramp-{key_every}.mp4", *ramp, "-g", f"{key_every}", *H264)
        await make_contact_sheet(ffmpeg, path, await probe(path), tmp_path / "sheet.jpg")
        with Image.open(tmp_path / "sheet.jpg") as sheet:
            width, height = sheet.size[0] // 4, sheet.size[1] // 2
            cells = [
                ImageStat.Stat(
                    sheet.convert("L").crop((column * width, row * height, (column + 1) * width, (row + 1) * height))
                ).mean[0]
                for row in range(2)
                for column in range(4)
            ]
        steps = [after - before for before, after in itertools.pairwise(cells)]
        assert all(15 < step < 45 for step in steps), cells

    @pytest.mark.parametrize("rate", [24, 60])
    async def test_the_last_frame_is_the_last(
        self, clips: ClipMaker, ffmpeg: Ffmpeg, tmp_path: Path, rate: int
    ) -> None:
        path = clips.make(f"last-{rate}.mp4", *moving(2, rate=rate), *tone(2.6), *H264, *AAC)
        await make_last_frame(ffmpeg, path, await probe(path), tmp_path / "last.png")
        with av.open(path) as container:
            *_, last = container.decode(video=0)
            expected = Image.fromarray(last.to_ndarray(format="rgb24"))
        with Image.open(tmp_path / "last.png") as picture:
            assert picture.format == "PNG"
            difference = ImageStat.Stat(Image.blend(picture.convert("RGB"), expected, 0.5)).mean
            assert difference == pytest.approx(ImageStat.Stat(expected).mean, abs=0.5)
            assert distance(picture.convert("RGB"), expected) < 2

    async def test_the_last_frame_may_stand_for_long(self, clips: ClipMaker, ffmpeg: Ffmpeg, tmp_path: Path) -> None:
        moving_then_still = ("-vf", "select='lt(n,12)+eq(n,23)'", "-fps_mode", "vfr")
        path = clips.make("still-end.mp4", *moving(1), *moving_then_still, *H264)
        await make_last_frame(ffmpeg, path, await probe(path), tmp_path / "last.png")
        assert names(tmp_path) == ["last.png"]


class TestJoin:
    async def test_equal_clips_are_copied(self, clips: ClipMaker, ffmpeg: Ffmpeg, tmp_path: Path) -> None:
        first = clips.make("first.mp4", *moving(2), *tone(2), *H264, *AAC, *FASTSTART)
        second = clips.make("second.mp4", *moving(1), *tone(1), "-vf", "hue=h=90", *H264, *AAC, *FASTSTART)
        facts = [await probe(first), await probe(second)]
        assert can_copy(facts)
        work = tmp_path / "it's a workspace"
        work.mkdir()
        await join_clips(ffmpeg, list(zip((first, second), facts, strict=True)), work / "joined.mp4")
        assert names(work) == ["joined.mp4"]
        report = await check_clip(work / "joined.mp4", Expectation(seconds=3, sound=True))
        assert report.problems == ()
        assert report.facts is not None
        assert report.facts.video is not None
        assert report.facts.video.frames == 48 + 24

    async def test_names_are_meant_from_where_the_process_runs(
        self, clips: ClipMaker, ffmpeg: Ffmpeg, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.chdir(tmp_path)
        work = tmp_path / "data/work"
        work.mkdir(parents=True)
        clip = clips.make("one.mp4", *moving(1), *tone(1), *H264, *AAC)
        (tmp_path / "data/clip").write_bytes(clip.read_bytes())
        part = (Path("data/clip"), await probe(clip))
        await join_clips(ffmpeg, [part, part], Path("data/work/joined.mp4"))
        assert (await probe(work / "joined.mp4")).seconds == pytest.approx(2, abs=0.1)

    async def test_different_clips_are_encoded(self, clips: ClipMaker, ffmpeg: Ffmpeg, tmp_path: Path) -> None:
        first = clips.make("first.mp4", *moving(2), *tone(2), *H264, *AAC, *FASTSTART)
        second = clips.make("tall-mute.mp4", *moving(1, "180x320", 30), *H264, *FASTSTART)
        facts = [await probe(first), await probe(second)]
        assert not can_copy(facts)
        await join_clips(ffmpeg, list(zip((first, second), facts, strict=True)), tmp_path / "joined.mp4")
        report = await check_clip(tmp_path / "joined.mp4", Expectation(seconds=3, sound=True))
        assert report.problems == ()
        assert report.facts is not None
        assert (report.facts.width, report.facts.height) == (320, 180)
        assert report.facts.seconds == pytest.approx(3, abs=0.03)
        assert report.facts.audio is not None
        assert report.facts.audio.seconds == pytest.approx(report.facts.seconds, abs=0.05)

    async def test_a_rotated_clip_is_not_copied(self, clips: ClipMaker) -> None:
        good = clips.good()
        rotated = clips.make("turned.mp4", "-display_rotation", "90", "-i", str(good), "-c", "copy", *FASTSTART)
        upright, turned = await probe(good), await probe(rotated)
        assert not can_copy([upright, turned])
        assert not can_copy([turned, turned])


class TestFfmpeg:
    async def test_a_failure_has_details_for_the_log_only(self, ffmpeg: Ffmpeg, tmp_path: Path) -> None:
        source = tmp_path / "noise.mp4"
        source.write_bytes(random.Random(0).randbytes(5000))
        with pytest.raises(EncodingFailed) as failure:
            await ffmpeg.make([*read_from(source), "-c", "copy"], tmp_path / "out.mp4", MP4)
        assert str(failure.value) == "The clip could not be converted."
        assert "Invalid data" in failure.value.detail
        assert names(tmp_path) == ["noise.mp4"]

    async def test_a_file_that_grows_too_large_is_stopped(
        self, clips: ClipMaker, ffmpeg: Ffmpeg, tmp_path: Path
    ) -> None:
        arguments = [*read_from(clips.good()), "-c", "copy"]
        with pytest.raises(EncodingFailed) as failure:
            await ffmpeg.make(arguments, tmp_path / "out.mp4", MP4, most_bytes=20_000)
        assert failure.value.outgrown
        assert names(tmp_path) == []

    async def test_cancelling_leaves_nothing_behind(self, clips: ClipMaker, ffmpeg: Ffmpeg, tmp_path: Path) -> None:
        source = tmp_path / "endless"
        os.mkfifo(source)
        content = clips.make("flow.mkv", *moving(), *tone(), *H264, *AAC).read_bytes()
        work = asyncio.create_task(ffmpeg.make([*read_from(source), "-c", "copy"], tmp_path / "out.mp4", MP4))
        with await asyncio.to_thread(source.open, "wb") as pipe:
            await asyncio.to_thread(pipe.write, content)
            work.cancel()
            with pytest.raises(asyncio.CancelledError):
                await work
        assert names(tmp_path) == ["endless"]

    @pytest.mark.parametrize("script", ["ffconcat version 1.0\nfile good.mp4\n", "#EXTM3U\n#EXTINF:5,\ngood.mp4\n"])
    async def test_a_list_of_other_files_is_not_followed(
        self, clips: ClipMaker, ffmpeg: Ffmpeg, tmp_path: Path, script: str
    ) -> None:
        clips.good()
        disguised = clips.write("disguised.mp4", script.encode())
        with pytest.raises(EncodingFailed):
            await ffmpeg.make([*read_from(disguised), "-c", "copy"], tmp_path / "out.mp4", MP4)
        assert names(tmp_path) == []

    async def test_thirty_tracks_are_not_opened(self, clips: ClipMaker, ffmpeg: Ffmpeg, tmp_path: Path) -> None:
        maps = [argument for _ in range(30) for argument in ("-map", "0:v")]
        many = clips.make("tracks.mp4", *plain("blue", 0.2), *maps, *H264)
        with pytest.raises(EncodingFailed):
            await ffmpeg.make([*read_from(many), "-c", "copy"], tmp_path / "out.mp4", MP4)


def distance(one: Image.Image, other: Image.Image) -> float:
    """Return the mean difference per channel, from 0 to 255."""
    pairs = zip(one.tobytes(), other.tobytes(), strict=True)
    return sum(abs(left - right) for left, right in pairs) / len(one.tobytes())
