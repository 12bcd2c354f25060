"""The renderer that shows what a prompt asks for: an animatic, drawn in a child process."""

from __future__ import annotations

import asyncio
import sys
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

from bot.media import bounded
from bot.media.animatic import script_from_prompt
from bot.prompts.parser import parse

if TYPE_CHECKING:
    from bot.sandbox.kling.rendering import RenderOrder

_CHILD = "bot.sandbox.kling.animatic_child"
_LIMITS = bounded.Limits(
    memory_bytes=8 * bounded.GIBIBYTE,
    cpu_seconds=1200,
    wall_seconds=1200,
    written_bytes=bounded.GIBIBYTE,
    open_files=256,
)
"""Generous: the input is our own; only a renderer that runs away is stopped."""


class AnimaticClips:
    """Renders the prompt of an order: its scene or its image, its lines as speech and captions, its sounds."""

    async def render(self, order: RenderOrder, destination: Path) -> None:
        """Write the animatic of `order` to `destination`; raises `RuntimeError` if it cannot be made."""
        with tempfile.TemporaryDirectory(dir=destination.parent) as directory:
            script = await asyncio.to_thread(_write_script, order, Path(directory))
            finished = await bounded.run(
                [sys.executable, "-I", "-X", "utf8", "-m", _CHILD, str(script), str(destination)], _LIMITS
            )
        if finished.code != 0:
            raise RuntimeError(f"the animatic renderer ended with {finished.code}: {finished.errors.strip()}")


def _write_script(order: RenderOrder, directory: Path) -> Path:
    """Write the script and its images into `directory`; the child finds the images by their paths."""
    script = script_from_prompt(
        parse(order.prompt),
        frames=order.frames,
        seconds=order.seconds,
        width=order.width,
        height=order.height,
        audio=order.audio,
        image=_write_image(order.image, directory / "image"),
        end_image=_write_image(order.end_image, directory / "end_image"),
    )
    path = directory / "script.json"
    path.write_text(script.model_dump_json(), encoding="utf-8")
    return path


def _write_image(content: bytes | None, path: Path) -> Path | None:
    if content is None:
        return None
    path.write_bytes(content)
    return path
