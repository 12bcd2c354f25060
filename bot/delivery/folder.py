"""Delivery into a folder, for requests from the terminal."""

from __future__ import annotations

import asyncio
import os
import re
import shutil
import unicodedata
from pathlib import Path
from typing import TYPE_CHECKING, Final

from bot.jobs.parts import NotDeliverable

if TYPE_CHECKING:
    from bot.jobs.job import Clip, Job

_NAME_LENGTH: Final = 40
KEPT_RECEIPT: Final = "kept"


class FolderDelivery:
    """Copies each clip once into the folder that the job names as its destination."""

    async def deliver(self, job: Job, clip: Clip, path: Path) -> str:
        """Copy the clip and return the path of the copy; a clip to be kept stays where it is.

        The name follows from the job alone and the copy appears whole or not at all, so a repetition changes nothing.
        Raises `NotDeliverable` where the folder cannot exist.
        """
        if job.keep:
            return KEPT_RECEIPT
        target = Path(job.destination) / file_name(job)
        await asyncio.to_thread(_copy, path, target, clip.size)
        return str(target)


def file_name(job: Job) -> str:
    """Return a readable and unique file name for the clip of a job, in letters, digits and dashes only."""
    plain = unicodedata.normalize("NFKD", job.request.prompt).encode("ascii", "ignore").decode()
    words = re.sub(r"[^a-z0-9]+", "-", plain.lower()).strip("-")[:_NAME_LENGTH].strip("-")
    return f"{words}-{job.id}.mp4" if words else f"{job.id}.mp4"


def _copy(source: Path, target: Path, size: int) -> None:
    if target.is_file() and target.stat().st_size == size:
        return
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
    except (FileExistsError, NotADirectoryError) as error:
        raise NotDeliverable(f"{target.parent} is not a folder, so the clip cannot be put there.") from error
    partial = target.with_suffix(".part")
    shutil.copyfile(source, partial)
    with partial.open("rb") as copy:
        os.fsync(copy.fileno())
    partial.replace(target)
