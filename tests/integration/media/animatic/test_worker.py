"""Rendering in a process of its own."""

from __future__ import annotations

import asyncio
import os
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from bot.errors import MediaError, MediaRefused
from bot.media.animatic import ScriptLine, render_in_subprocess
from bot.media.animatic.worker import LIMITS
from tests.support.animatic import script_of, watch

if TYPE_CHECKING:
    from pathlib import Path

SMALL = script_of(ScriptLine(speaker="Host", text="Hi."), seconds=1, width=128, height=72)


async def test_a_clip_and_its_report_come_back(tmp_path: Path) -> None:
    report = await render_in_subprocess(SMALL, tmp_path / "clip.mp4")

    assert len(watch(tmp_path / "clip.mp4").frames) == report.frames == 24
    assert report.lines[0].text == "Hi."


async def test_an_image_travels_inside_the_script(tmp_path: Path) -> None:
    script = SMALL.model_copy(update={"image": b"not a picture"})

    with pytest.raises(MediaRefused, match="cannot be read"):
        await render_in_subprocess(script, tmp_path / "clip.mp4")

    assert not (tmp_path / "clip.mp4").exists()


async def test_too_little_memory_is_a_plain_sentence(tmp_path: Path) -> None:
    with pytest.raises(MediaError, match="could not be drawn"):
        await render_in_subprocess(SMALL, tmp_path / "clip.mp4", replace(LIMITS, cpu_seconds=1, written_bytes=100))

    assert not (tmp_path / "clip.mp4").exists()


async def test_a_cancelled_rendering_leaves_nothing(tmp_path: Path) -> None:
    task = asyncio.create_task(render_in_subprocess(SMALL, tmp_path / "clip.mp4"))
    await asyncio.sleep(0)
    task.cancel()

    with pytest.raises(asyncio.CancelledError):
        await task
    assert not any(os.scandir(tmp_path))
