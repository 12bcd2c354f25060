"""The workshop: turns what the vendor delivers into a clip that is what was ordered, and keeps it."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Final

from bot.errors import MediaRefused
from bot.jobs.job import Clip
from bot.jobs.request import InputKind
from bot.media.checks import Defect, Expectation
from bot.media.repair import check_and_repair
from bot.texts import Join, Listing, Sentence, paragraph

if TYPE_CHECKING:
    from pathlib import Path

    from bot.jobs.job import Job
    from bot.jobs.parts import Fetch
    from bot.jobs.request import StoredFile
    from bot.media.checks import ClipReport
    from bot.media.ffmpeg import Ffmpeg
    from bot.storage.files import FileStore

CLIP_TYPE: Final = "video/mp4"
_TRANSFER_DEFECTS: Final = frozenset({Defect.UNREADABLE, Defect.TRUNCATED, Defect.DAMAGED, Defect.NO_VIDEO})
_DOWNLOADS: Final = 2


class ClipWorkshop:
    """Checks, mends and keeps clips. At most `checks_at_once` clips are decoded at a time; each takes a core."""

    def __init__(self, store: FileStore, ffmpeg: Ffmpeg, *, checks_at_once: int = 2) -> None:
        self._store = store
        self._ffmpeg = ffmpeg
        self._decoding = asyncio.Semaphore(checks_at_once)

    async def load(self, file: StoredFile) -> bytes:
        """Return the content of a stored input file; raises `MediaRefused` where it is gone."""
        try:
            return await asyncio.to_thread(self._store.path(file.digest).read_bytes)
        except FileNotFoundError:
            raise MediaRefused(Sentence("media.input-gone")) from None

    async def receive(self, job: Job, fetch: Fetch, *, generation: float) -> Clip:
        """Fetch the clip of a job, check it against what was ordered, mend what can be mended, and keep it.

        A file that looks like a bad transfer is fetched once more. Raises `DownloadFailed` where another try later may
        help and `MediaRefused` where the clip is not what was ordered.
        """
        request = job.request
        expectation = Expectation(
            seconds=None if request.input is InputKind.MOTION else request.seconds,
            sound=request.audio and request.input is not InputKind.MOTION,
        )
        async with self._store.workspace() as workspace:
            for remaining in reversed(range(_DOWNLOADS)):
                raw = workspace / "download"
                await _transfer(fetch, raw)
                async with self._decoding:
                    checked = await check_and_repair(self._ffmpeg, raw, expectation, workspace / "repaired")
                if not checked.report.fatal:
                    return await self._keep(job, checked.path, checked.report, generation)
                if not remaining or not _TRANSFER_DEFECTS & {problem.defect for problem in checked.report.fatal}:
                    break
            reasons = Listing((problem.message for problem in checked.report.fatal), Join.SENTENCES)
            raise MediaRefused(Sentence("media.not-as-ordered", reasons=reasons))

    def path(self, clip: Clip) -> Path:
        """Return where a kept clip lies."""
        return self._store.path(clip.digest)

    async def _keep(self, job: Job, path: Path, report: ClipReport, generation: float) -> Clip:
        facts = report.facts
        if facts is None or facts.video is None:
            raise MediaRefused(Sentence("media.not-a-video"))
        kept = await self._store.put_file(path, CLIP_TYPE, width=facts.video.width, height=facts.video.height)
        return Clip(
            job=job.id,
            digest=kept.digest,
            size=kept.size,
            seconds=facts.seconds,
            width=facts.video.width,
            height=facts.video.height,
            has_audio=facts.audio is not None,
            generation=generation,
            note=paragraph(problem.message for problem in report.problems) if report.problems else None,
        )


async def _transfer(fetch: Fetch, destination: Path) -> None:
    """Download a clip; what is wrong with its link or its size is told as what it means for the clip."""
    try:
        await fetch(destination)
    except MediaRefused as refusal:
        raise MediaRefused(Sentence("media.not-taken-over", reason=refusal.sentence)) from refusal
