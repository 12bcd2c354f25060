"""Delivery into a folder, for requests from the terminal."""

from __future__ import annotations

import asyncio
import errno
import glob
import os
import re
import secrets
import shutil
import unicodedata
from typing import TYPE_CHECKING, Final

from bot.delivery.destination import KEPT_RECEIPT, Folder, parse_destination
from bot.delivery.parts import Interrupted
from bot.jobs.parts import NotDeliverable

if TYPE_CHECKING:
    from pathlib import Path

    from bot.jobs.job import Clip, Job

_NAME_LENGTH: Final = 40
_HOPELESS: Final = frozenset(
    {
        errno.EACCES,
        errno.EEXIST,
        errno.EISDIR,
        errno.ELOOP,
        errno.ENAMETOOLONG,
        errno.ENOENT,
        errno.ENOTDIR,
        errno.EPERM,
        errno.EROFS,
    }
)
"""Reasons of the operating system that do not go away by waiting."""


class FolderDelivery:
    """Copies each clip once into the folder that the job names as its destination."""

    async def deliver(self, job: Job, clip: Clip, path: Path) -> str:
        """Copy the clip and return the path of the copy; a clip to be kept stays where it is.

        The name follows from the job alone and the copy appears whole or not at all, so a repetition changes nothing.
        Raises `NotDeliverable` where the folder cannot exist or takes no files, `OSError` where waiting may help; a job
        whose destination is in Discord waits for the bot.
        """
        if job.keep:
            return KEPT_RECEIPT
        destination = parse_destination(job.destination)
        if not isinstance(destination, Folder):
            raise Interrupted("This clip belongs into Discord; it is delivered when the bot runs.")
        target = destination.path / file_name(job)
        try:
            await asyncio.to_thread(_copy, path, target, clip.size)
        except OSError as error:
            if error.errno not in _HOPELESS:
                raise
            reason = (error.strerror or "no reason given").lower()
            raise NotDeliverable(f"The clip cannot be put into the folder {target.parent}: {reason}.") from error
        return str(target)


def file_name(job: Job) -> str:
    """Return a readable and unique file name for the clip of a job, in letters, digits and dashes only."""
    plain = unicodedata.normalize("NFKD", job.request.prompt).encode("ascii", "ignore").decode()
    words = re.sub(r"[^a-z0-9]+", "-", plain.lower()).strip("-")[:_NAME_LENGTH].strip("-")
    return f"{words}-{job.id}.mp4" if words else f"{job.id}.mp4"


def _copy(source: Path, target: Path, size: int) -> None:
    _remove_half_copies(target)
    if target.is_file() and target.stat().st_size == size:
        return
    target.parent.mkdir(parents=True, exist_ok=True)
    # A name of its own: a copy that was given up because it took too long may still be under way in its thread.
    partial = target.with_name(f"{target.stem}.{secrets.token_hex(4)}.part")
    try:
        shutil.copyfile(source, partial)
        with partial.open("rb") as copy:
            os.fsync(copy.fileno())
        partial.replace(target)
    finally:
        partial.unlink(missing_ok=True)


def _remove_half_copies(target: Path) -> None:
    """Remove what a process left behind that ended in the middle of copying."""
    for partial in target.parent.glob(f"{glob.escape(target.stem)}.*.part"):
        partial.unlink(missing_ok=True)
