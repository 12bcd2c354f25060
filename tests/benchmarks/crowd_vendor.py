"""`python -m tests.benchmarks.crowd_vendor DIRECTORY SIZE NOW`: the stand-in, with a running task for each of a crowd.

It prints one line of JSON with its address and keys when it is ready, and runs until it is told to end.
"""

from __future__ import annotations

import asyncio
import json
import signal
import sys
from decimal import Decimal
from pathlib import Path

from bot.sandbox.kling.models import Product
from bot.sandbox.kling.plain_clips import PlainClips
from bot.sandbox.kling.server import KlingStandIn
from bot.sandbox.kling.tasks import Status, Task
from tests.benchmarks.crowd import Member, crowd


async def serve(directory: Path, members: list[Member]) -> None:
    """Serve until SIGTERM; no task ever ends."""
    stopping = asyncio.Event()
    asyncio.get_running_loop().add_signal_handler(signal.SIGTERM, stopping.set)
    stand_in = KlingStandIn(renderer=PlainClips(directory), directory=directory)
    for member in members:
        stand_in.tasks.add(_task(member))
    await stand_in.start()
    keys = stand_in.credentials
    line = {"base_url": stand_in.base_url, "access_key": keys.access_key, "secret_key": keys.secret_key}
    print(json.dumps(line | {"api_key": keys.api_key}), flush=True)
    await stopping.wait()
    await stand_in.stop()


def _task(member: Member) -> Task:
    return Task(
        task_id=member.task_id,
        product=Product.TEXT_TO_VIDEO,
        model_name="kling-v2-6",
        prompt=member.prompt,
        price=Decimal(5),
        created_at=member.submitted_at,
        external_task_id=member.client_key,
        status=Status.PROCESSING,
        updated_at=member.submitted_at,
    )


if __name__ == "__main__":
    folder, size, moment = sys.argv[1:]
    asyncio.run(serve(Path(folder), crowd(int(size), int(moment))))
