"""The renderer that shows what a prompt asks for: an animatic, drawn in a child process."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

from bot.media.animatic import Script, script_from_prompt
from bot.media.animatic.worker import render_in_subprocess
from bot.prompts.parser import parse

if TYPE_CHECKING:
    from pathlib import Path

    from bot.sandbox.kling.rendering import RenderOrder


class AnimaticClips:
    """Renders the prompt of an order: its scene or its image, its lines as speech and captions, its sounds."""

    async def render(self, order: RenderOrder, destination: Path) -> None:
        """Write the animatic of `order` to `destination`; raises `MediaError` if it cannot be made."""
        script = await asyncio.to_thread(_script, order)
        await render_in_subprocess(script, destination)


def _script(order: RenderOrder) -> Script:
    return script_from_prompt(
        parse(order.prompt),
        frames=order.frames,
        seconds=order.seconds,
        width=order.width,
        height=order.height,
        audio=order.audio,
        image=order.image,
        end_image=order.end_image,
    )
