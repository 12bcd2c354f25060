"""Clips that are not what was paid for."""

from decimal import Decimal
from pathlib import Path

import av
import numpy as np
import pytest

from bot.sandbox.kling.faults import TaskAction, TaskFault
from bot.sandbox.kling.flaws import flawed
from bot.sandbox.kling.models import Product
from bot.sandbox.kling.plain_clips import PlainClips
from bot.sandbox.kling.rendering import RenderOrder
from bot.sandbox.kling.tasks import Task


@pytest.mark.parametrize("action", [None, TaskAction.MUTE, TaskAction.SILENT, TaskAction.BLACK, TaskAction.SHORT])
async def test_each_flaw_is_the_only_one(tmp_path: Path, prepared_clips: Path, action: TaskAction | None) -> None:
    task = Task(
        task_id="1",
        product=Product.TEXT_TO_VIDEO,
        model_name="kling-v2-6",
        prompt="",
        price=Decimal(5),
        created_at=0,
        faults=(TaskFault(action=action),) if action else (),
    )
    order = RenderOrder(prompt="", seconds=5, width=64, height=64, audio=True)
    renderer, changed = flawed(task, order, PlainClips(prepared_clips), tmp_path / "flawed")
    await renderer.render(changed, tmp_path / "clip.mp4")
    assert flaws_of(tmp_path / "clip.mp4") == ([action] if action else [])


def flaws_of(path: Path) -> list[str]:
    """Name everything that is wrong with a clip of five seconds with sound."""
    with av.open(str(path), "r") as clip:
        frames = clip.streams.video[0].frames
        brightest = max(int(frame.to_ndarray(format="gray").max()) for frame in clip.decode(video=0))
        samples: list[np.ndarray] = []
        if clip.streams.audio:
            clip.seek(0)
            samples = [frame.to_ndarray() for frame in clip.decode(audio=0)]
    found = {
        "mute": not samples,
        "silent": bool(samples) and max(float(np.abs(part).max()) for part in samples) < 0.01,
        "black": brightest < 20,
        "short": frames != 121,
    }
    return [flaw for flaw, present in found.items() if present]
