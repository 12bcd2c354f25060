"""Rendering in a process of its own, with limits: the bot stays responsive and keeps its memory."""

from __future__ import annotations

import asyncio
import sys
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

from bot.errors import MediaError, MediaRefused
from bot.media import bounded
from bot.media.animatic.report import AnimaticReport
from bot.texts import Sentence

if TYPE_CHECKING:
    from bot.media.animatic.script import Script

UNUSABLE_IMAGE = 3
"""Exit code of the program for an image that cannot be drawn; its error output is the sentence for the user."""

LIMITS = bounded.Limits(
    memory_bytes=4 * bounded.GIBIBYTE,
    cpu_seconds=600,
    wall_seconds=600,
    written_bytes=512 * bounded.MEBIBYTE,
    open_files=256,
)
"""Ten times what a clip of ten seconds at 1080p needs on two cores."""


async def render_in_subprocess(script: Script, destination: Path, limits: bounded.Limits = LIMITS) -> AnimaticReport:
    """Render the script into an MP4 file without blocking.

    Raises MediaRefused if an image of the script cannot be drawn, MediaError if rendering fails otherwise; then no
    file is left behind.
    """
    with tempfile.TemporaryDirectory(prefix="animatic-", dir=destination.parent) as directory:
        description = Path(directory) / "script.json"
        await asyncio.to_thread(description.write_text, script.model_dump_json(), "utf-8")
        program = [sys.executable, "-I", "-X", "utf8", "-m", "bot.media.animatic"]
        try:
            target = await asyncio.to_thread(destination.absolute)
            finished = await bounded.run([*program, str(description), str(target)], limits)
        except BaseException:
            _discard(destination)
            raise
    if finished.code == 0:
        return AnimaticReport.model_validate_json(finished.output)
    _discard(destination)
    if finished.code == UNUSABLE_IMAGE:
        raise MediaRefused(Sentence.from_json(finished.errors))
    raise MediaError(Sentence("media.preview-failed"))


def _discard(unfinished: Path) -> None:
    if unfinished.is_file():
        unfinished.unlink()
