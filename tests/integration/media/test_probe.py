from __future__ import annotations

import random
import time
from typing import TYPE_CHECKING

import pytest
from PIL import Image

from bot.errors import MediaRefused
from bot.media.bounded import Limits
from bot.media.probe import probe
from tests.support.clips import H264, SECONDS, ClipMaker, moving, tone

if TYPE_CHECKING:
    from pathlib import Path

BOUNDED_SECONDS = 25


async def test_the_facts_of_a_good_clip(clips: ClipMaker) -> None:
    path = clips.good()
    facts = await probe(path)
    assert facts.size == path.stat().st_size
    assert facts.seconds == pytest.approx(SECONDS, abs=0.001)
    assert (facts.width, facts.height) == (320, 180)
    assert facts.index_first is True
    assert facts.truncated is False
    assert facts.signal is None
    assert facts.video is not None
    assert (facts.video.codec, facts.video.pixel_format, facts.video.frames) == ("h264", "yuv420p", 121)
    assert facts.video.frame_rate == pytest.approx(24)
    assert facts.audio is not None
    assert (facts.audio.codec, facts.audio.profile, facts.audio.sample_rate) == ("aac", "LC", 48000)


async def test_names_decide_nothing(clips: ClipMaker) -> None:
    disguised = clips.write("picture.png", clips.good().read_bytes())
    assert (await probe(disguised)).width == 320


async def test_sound_alone_has_facts_too(clips: ClipMaker) -> None:
    facts = await probe(clips.make("voice.mp3", *tone(2)))
    assert facts.video is None
    assert facts.audio is not None
    assert facts.seconds == pytest.approx(2, abs=0.1)
    assert (facts.width, facts.height) == (0, 0)


async def test_a_song_with_a_cover_is_sound_alone(clips: ClipMaker, tmp_path: Path) -> None:
    cover = tmp_path / "cover.png"
    Image.new("RGB", (64, 64), "green").save(cover)
    joined = ("-map", "0:a", "-map", "1:v", "-c:v", "png", "-disposition:v", "attached_pic")
    song = clips.make("song.mp3", *tone(1), "-i", str(cover), *joined)
    assert (await probe(song)).video is None


async def test_a_rotated_clip_has_the_size_that_is_seen(clips: ClipMaker) -> None:
    good = clips.good()
    rotated = clips.make("rotated.mp4", "-display_rotation", "90", "-i", str(good), "-c", "copy")
    facts = await probe(rotated)
    assert (facts.width, facts.height) == (180, 320)


async def test_wide_pixels_count_as_wide(clips: ClipMaker) -> None:
    wide = clips.make("wide.mp4", *moving(1, "160x180"), "-vf", "setsar=2", *H264)
    assert (await probe(wide)).width == 320


async def test_half_a_file_is_known_as_truncated(clips: ClipMaker) -> None:
    content = clips.good().read_bytes()
    facts = await probe(clips.write("half.mp4", content[: len(content) // 2]))
    assert facts.truncated
    assert facts.seconds < 4


async def test_an_index_at_the_end_is_noticed(clips: ClipMaker) -> None:
    path = clips.make("index-last.mp4", "-i", str(clips.good()), "-c", "copy")
    assert (await probe(path)).index_first is False


async def test_looking_measures_light_and_sound(clips: ClipMaker) -> None:
    facts = await probe(clips.good(), look=True)
    assert facts.signal is not None
    assert facts.signal.decode_errors == 0
    assert facts.signal.picture is not None
    assert facts.signal.picture.samples == 21
    assert facts.signal.picture.most_detail > 20
    assert facts.signal.sound is not None
    # The generator's tone has an amplitude of 1/8: 18.06 dB below full scale, 3.01 dB less on average.
    assert facts.signal.sound.peak_db == pytest.approx(-18.06, abs=1.5)
    assert facts.signal.sound.mean_db == pytest.approx(-21.07, abs=0.5)


async def test_flipped_bytes_are_found_by_looking(clips: ClipMaker) -> None:
    content = bytearray(clips.good().read_bytes())
    for position in random.Random(4).sample(range(len(content) // 2, len(content)), 2000):
        content[position] ^= 0xFF
    facts = await probe(clips.write("flipped.mp4", bytes(content)), look=True)
    assert facts.signal is not None
    assert facts.signal.decode_errors > 0


class TestHostileFiles:
    """Each gets a sentence in bounded time."""

    @pytest.fixture(autouse=True)
    def _bounded(self) -> object:
        started = time.monotonic()
        yield
        assert time.monotonic() - started < BOUNDED_SECONDS

    async def test_nothing(self, tmp_path: Path) -> None:
        empty = tmp_path / "empty.mp4"
        empty.touch()
        with pytest.raises(MediaRefused, match="file is empty"):
            await probe(empty)

    async def test_no_file(self, tmp_path: Path) -> None:
        with pytest.raises(MediaRefused, match="not there"):
            await probe(tmp_path / "gone.mp4")

    async def test_300_megabytes(self, tmp_path: Path) -> None:
        large = tmp_path / "large.mp4"
        with large.open("wb") as file:
            file.truncate(300 << 20)
        with pytest.raises(MediaRefused, match=r"has 300 MB; at most 200 MB"):
            await probe(large)

    @pytest.mark.parametrize("size", [1, 100_000])
    async def test_noise(self, tmp_path: Path, size: int) -> None:
        noise = tmp_path / "noise.mp4"
        noise.write_bytes(random.Random(size).randbytes(size))
        with pytest.raises(MediaRefused, match="not a video or audio file"):
            await probe(noise)

    async def test_the_first_kilobyte_of_a_clip(self, clips: ClipMaker, tmp_path: Path) -> None:
        stump = tmp_path / "stump.mp4"
        stump.write_bytes(clips.good().read_bytes()[:1000])
        with pytest.raises(MediaRefused, match="not a video or audio file"):
            await probe(stump)

    async def test_a_gif_that_says_mp4(self, tmp_path: Path) -> None:
        liar = tmp_path / "liar.mp4"
        frames = [Image.new("P", (32, 32), index) for index in range(3)]
        frames[0].save(liar, "GIF", save_all=True, append_images=frames[1:])
        with pytest.raises(MediaRefused, match="not a video or audio file"):
            await probe(liar)

    async def test_an_mpeg_2_stream_that_says_mp4(self, clips: ClipMaker) -> None:
        liar = clips.make("stream.mp4", *moving(1), "-c:v", "mpeg2video", "-f", "mpegts")
        with pytest.raises(MediaRefused, match="not a video or audio file"):
            await probe(liar)

    @pytest.mark.parametrize("named", ["good.mp4", "{directory}/good.mp4"])
    async def test_a_list_of_other_files(self, clips: ClipMaker, named: str) -> None:
        clips.good()
        name = named.format(directory=clips.directory)
        script = clips.write("list.mp4", f"ffconcat version 1.0\nfile {name}\n".encode())
        with pytest.raises(MediaRefused, match="not a video or audio file"):
            await probe(script)

    @pytest.mark.parametrize("address", ["file:///etc/hostname", "good.mp4"])
    async def test_a_playlist(self, clips: ClipMaker, address: str) -> None:
        lines = f"#EXTM3U\n#EXT-X-TARGETDURATION:10\n#EXTINF:10,\n{address}\n#EXT-X-ENDLIST\n"
        with pytest.raises(MediaRefused, match="not a video or audio file"):
            await probe(clips.write("playlist.mp4", lines.encode()))

    async def test_thirty_tracks(self, clips: ClipMaker) -> None:
        maps = [argument for _ in range(30) for argument in ("-map", "0:v")]
        many = clips.make("thirty.mp4", *moving(0.5, "64x64"), *maps, *H264)
        with pytest.raises(MediaRefused, match="too many tracks"):
            await probe(many)

    async def test_a_huge_frame(self, clips: ClipMaker) -> None:
        encode = ("-c:v", "libx264", "-preset", "ultrafast", "-frames:v", "1")
        huge = clips.make("huge.mp4", "-f", "lavfi", "-i", "color=black:s=16000x4000:r=1", *encode)
        with pytest.raises(MediaRefused, match=r"too large a picture|larger than 16 million|cannot be decoded"):
            await probe(huge)

    async def test_a_hundred_hours(self, clips: ClipMaker) -> None:
        short = clips.make("short.mp4", *moving(2, "64x64", 5), *H264)
        slow = clips.make("slow.mp4", "-itsscale", "180000", "-i", str(short), "-c", "copy")
        with pytest.raises(MediaRefused, match="too long"):
            await probe(slow)

    async def test_an_index_of_nonsense(self, clips: ClipMaker) -> None:
        content = bytearray(clips.good().read_bytes())
        table = content.index(b"stsz")
        content[table + 4 : table + 200] = random.Random(1).randbytes(196)
        with pytest.raises(MediaRefused):
            await probe(clips.write("nonsense.mp4", bytes(content)))

    async def test_a_box_that_contains_itself(self, tmp_path: Path) -> None:
        loop = tmp_path / "loop.mp4"
        loop.write_bytes(b"\x00\x00\x00\x18ftypisom\x00\x00\x02\x00isommp41" + b"\x00\x00\x00\x00free" * 100)
        with pytest.raises(MediaRefused):
            await probe(loop)


async def test_a_file_that_needs_too_much_time_gets_a_sentence(
    clips: ClipMaker, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.media.probe._PROBE_LIMITS", Limits(wall_seconds=0.01))
    with pytest.raises(MediaRefused, match="more time or memory"):
        await probe(clips.good())


async def test_a_file_that_needs_too_much_memory_gets_a_sentence(
    clips: ClipMaker, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.media.probe._PROBE_LIMITS", Limits(memory_bytes=100 << 20))
    with pytest.raises(MediaRefused, match=r"more time or memory|too many tracks or too large"):
        await probe(clips.good())
