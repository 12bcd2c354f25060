"""Settings for a bot that runs against the Kling stand-in on this machine: the same bot, configured differently."""

from __future__ import annotations

from contextlib import asynccontextmanager
from typing import TYPE_CHECKING, Final

from pydantic import SecretStr

from bot.app import Policies
from bot.jobs.watcher import WatchPolicy
from bot.sandbox.kling import KlingStandIn
from bot.sandbox.kling.animatic_clips import AnimaticClips
from bot.sandbox.kling.settings import Settings as StandInSettings

if TYPE_CHECKING:
    from collections.abc import AsyncIterator
    from pathlib import Path

    from bot.settings import Settings

FORGETFUL_VENDOR: Final = Policies(watch=WatchPolicy(lost_after=5.0))
"""The stand-in forgets its tasks when its process ends, so what it does not know is soon given up."""

_TYPICAL_SECONDS: Final = 130.0
_DRAWING_SECONDS: Final = 15.0
"""What drawing a clip takes at least, however fast the simulation is; measured on two cores at 1080p."""

_SHORTEST_SECONDS: Final = 0.25
_LONGEST_SECONDS: Final = 30.0


@asynccontextmanager
async def local_settings(settings: Settings, directory: Path, *, speed: float) -> AsyncIterator[Settings]:
    """Run the Kling stand-in while the block runs, and provide the settings that lead a bot to it.

    Everything is kept under `directory`, away from the files of a bot that works for real. `speed` divides the
    simulated seconds of generation; drawing the clips takes the time it takes.
    """
    stand_in = KlingStandIn(
        renderer=AnimaticClips(),
        directory=directory / "kling",
        settings=StandInSettings(speed=speed, slots=settings.kling.slots),
    )
    await stand_in.start()
    try:
        yield _pointed_at(stand_in, settings, directory, speed)
    finally:
        await stand_in.stop()


def _pointed_at(stand_in: KlingStandIn, settings: Settings, directory: Path, speed: float) -> Settings:
    keys = stand_in.credentials
    kling = settings.kling.model_copy(
        update={
            "access_key": SecretStr(keys.access_key),
            "secret_key": SecretStr(keys.secret_key),
            "api_key": SecretStr(""),
            "webhook_secret": SecretStr(""),
            "base_url": stand_in.base_url,
        },
    )
    jobs = settings.jobs.model_copy(
        update={
            "assumed_clip_seconds": max(_DRAWING_SECONDS, _TYPICAL_SECONDS / speed),
            "question_seconds": max(_SHORTEST_SECONDS, settings.jobs.question_seconds / speed),
            "longest_question_seconds": max(_SHORTEST_SECONDS, _LONGEST_SECONDS / speed),
        },
    )
    return settings.model_copy(
        update={
            "kling": kling,
            "jobs": jobs,
            "database": settings.database.model_copy(update={"url": f"sqlite:///{directory / 'soundstage.db'}"}),
            "data": settings.data.model_copy(update={"dir": directory}),
            "web": settings.web.model_copy(update={"port": 0, "public_url": ""}),
        },
    )
