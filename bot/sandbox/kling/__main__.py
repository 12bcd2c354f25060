"""`python -m bot.sandbox.kling`: the stand-in alone.

It prints one line of JSON with `base_url`, `access_key`, `secret_key` and `api_key`, and runs until it is interrupted.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import signal
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from bot.sandbox.kling.animatic_clips import AnimaticClips
from bot.sandbox.kling.plain_clips import PlainClips
from bot.sandbox.kling.server import KlingStandIn
from bot.sandbox.kling.settings import Settings

if TYPE_CHECKING:
    from collections.abc import Sequence


def main(arguments: Sequence[str] | None = None) -> None:
    """Read the command line and serve."""
    parser = argparse.ArgumentParser(prog="python -m bot.sandbox.kling", description="A stand-in for the Kling API.")
    parser.add_argument("--port", type=int, default=0, help="port on 127.0.0.1; 0 takes a free one")
    parser.add_argument("--speed", type=float, default=1.0, help="60 makes a simulated minute take a second")
    parser.add_argument("--slots", type=int, default=5, help="tasks that may run at once")
    parser.add_argument("--units", type=int, default=10_000, help="units on the account")
    parser.add_argument("--seed", type=int, default=None, help="makes spans, ids and faults repeatable")
    parser.add_argument("--webhook-secret", default=None, help="sign callbacks with this whsec_ secret")
    parser.add_argument("--clips", choices=("animatic", "plain"), default="animatic", help="what the clips show")
    parser.add_argument("--directory", type=Path, required=True, help="where clips are written")
    options = parser.parse_args(arguments)
    settings = Settings(
        speed=options.speed, slots=options.slots, units=options.units, webhook_secret=options.webhook_secret
    )
    stand_in = KlingStandIn(
        renderer=AnimaticClips() if options.clips == "animatic" else PlainClips(options.directory / "prepared"),
        directory=options.directory / "clips",
        settings=settings,
        seed=options.seed,
    )
    asyncio.run(_serve(stand_in, options.port))


async def _serve(stand_in: KlingStandIn, port: int) -> None:
    stopping = asyncio.Event()
    for number in (signal.SIGINT, signal.SIGTERM):
        asyncio.get_running_loop().add_signal_handler(number, stopping.set)
    await stand_in.start(port=port)
    keys = stand_in.credentials
    line = {
        "base_url": stand_in.base_url,
        "access_key": keys.access_key,
        "secret_key": keys.secret_key,
        "api_key": keys.api_key,
    }
    sys.stdout.write(json.dumps(line) + "\n")
    sys.stdout.flush()
    await stopping.wait()
    await stand_in.stop()


if __name__ == "__main__":
    main()
