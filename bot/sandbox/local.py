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
from bot.sandbox.pace import pace_here

if TYPE_CHECKING:
    from collections.abc import AsyncIterator
    from pathlib import Path

    from bot.settings import Settings

_FORGOTTEN_AFTER: Final = 5.0
"""The stand-in forgets its tasks when its process ends, so what it does not know is soon given up."""

_SHORTEST_SECONDS: Final = 0.25
_LONGEST_SECONDS: Final = 30.0


def local_policies(speed: float) -> Policies:
    """Return how patient a bot should be with the stand-in, and how quick it should expect it to be."""
    return Policies(watch=WatchPolicy(lost_after=_FORGOTTEN_AFTER), assume=pace_here(speed).seconds)


@asynccontextmanager
async def local_settings(settings: Settings, directory: Path, *, speed: float) -> AsyncIterator[Settings]:
    """Run the Kling stand-in while the block runs, and provide the settings that lead a bot to it.

    Everything is kept under `directory`, away from the files of a bot that works for real. `speed` divides the
    simulated seconds of generation; drawing the clips takes the time it takes, and the account has only as many slots
    as that allows.
    """
    pace = pace_here(speed)
    slots = pace.slots(settings.kling.slots)
    stand_in = KlingStandIn(
        renderer=AnimaticClips(),
        directory=directory / "kling",
        settings=StandInSettings(speed=speed, slots=slots),
        workers=pace.drawers,
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
            "slots": stand_in.settings.slots,
            "base_url": stand_in.base_url,
        },
    )
    jobs = settings.jobs.model_copy(
        update={
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
