"""The renderer that shows what was asked for, in a child process."""

import asyncio
from pathlib import Path

import av
import pytest

from bot.errors import MediaError
from bot.sandbox.kling.animatic_clips import AnimaticClips
from bot.sandbox.kling.rendering import RenderOrder
from tests.support.kling_stand_in import picture_bytes

PROMPT = 'A harbour at dawn. [Keeper, old gruff voice] says: "Land ahoy!" Waves crash.'


@pytest.mark.parametrize("audio", [True, False])
async def test_a_clip_is_as_long_large_and_loud_as_ordered(tmp_path: Path, *, audio: bool) -> None:
    destination = tmp_path / "clip.mp4"
    order = RenderOrder(prompt=PROMPT, seconds=1, width=320, height=240, audio=audio, image=picture_bytes())
    await AnimaticClips().render(order, destination)
    with av.open(str(destination), "r") as clip:
        track = clip.streams.video[0]
        assert (track.codec_context.name, track.width, track.height) == ("h264", 320, 240)
        assert track.average_rate == 24
        assert sum(1 for packet in clip.demux(track) if packet.size) == 25
        assert [track.codec_context.name for track in clip.streams.audio] == (["aac"] if audio else [])
    assert await asyncio.to_thread(lambda: [path.name for path in tmp_path.iterdir()]) == ["clip.mp4"]


async def test_what_cannot_be_written_is_an_error(tmp_path: Path) -> None:
    order = RenderOrder(prompt=PROMPT, seconds=1, width=320, height=240, audio=False)
    destination = tmp_path / "clip.mp4"
    await asyncio.to_thread(destination.mkdir)
    with pytest.raises(MediaError, match="could not be drawn"):
        await AnimaticClips().render(order, destination)
