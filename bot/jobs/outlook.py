"""How long a clip would take that is not ordered yet."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.jobs import store
from bot.jobs.forecast import expected_wait
from bot.jobs.job import profile_of

if TYPE_CHECKING:
    from bot.jobs.engine import Engine
    from bot.jobs.request import Request
    from bot.storage.database import Transaction


async def outlook(engine: Engine, request: Request, *, provider: str) -> float:
    """Return the seconds until the last clip of a request would probably be ready, were it confirmed now."""
    own = engine.driver.forecast.typical(profile_of(request.model, request.mode, request.seconds))
    now = engine.clock.now()

    def look(tx: Transaction) -> tuple[list[float], list[float]]:
        forecast = engine.driver.forecast
        running = [
            forecast.typical(job.profile) - (now - (job.submitted_at or job.state_since)) / 1000
            for job in store.with_vendor(tx, provider)
        ]
        waiting = store.waiting_since(tx, now + 1)
        return running, [forecast.typical(job.profile) for job in waiting if job.provider == provider]

    running, ahead = await engine.database.read(look)
    ahead += [own] * (request.outputs - 1)
    return expected_wait(running=running, ahead=ahead, slots=engine.running_limits[provider].slots, own=own)
