"""The running application serves links to its clips and looks after them daily."""

from __future__ import annotations

import socket
from typing import TYPE_CHECKING

import aiohttp

from bot.app import running_application
from bot.delivery import library
from bot.delivery.folder import FolderDelivery
from tests.support.clip_rows import delivered
from tests.support.jobs import MIA
from tests.support.stage import stage_settings

if TYPE_CHECKING:
    from pathlib import Path

CONTENT = b"a clip" * 1000


def free_port() -> int:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return int(free.getsockname()[1])


async def test_a_link_works_until_the_clip_is_deleted(tmp_path: Path) -> None:
    port = free_port()
    settings = stage_settings(
        tmp_path,
        base_url="http://127.0.0.1:9",
        access_key="access",
        secret_key="secret",
        public_url=f"http://127.0.0.1:{port}",
    )
    settings = settings.model_copy(update={"web": settings.web.model_copy(update={"port": port})})
    async with running_application(settings, FolderDelivery()) as app, aiohttp.ClientSession() as session:
        stored = await app.files.put_bytes(CONTENT, "video/mp4")
        job = await app.database.run(lambda tx: delivered(tx, "q", digest=stored.digest))
        link = app.links(job)
        assert link is not None
        async with session.get(link.url) as answer:
            assert await answer.read() == CONTENT
        await app.database.run(lambda tx: library.delete(tx, job.id, MIA.person))
        async with session.get(link.url) as answer:
            assert answer.status == 410
        await app.upkeep.look()
        tasks = await app.database.read(lambda tx: tx.rows("SELECT task FROM upkeep ORDER BY task"))
    assert [row["task"] for row in tasks] == ["backup", "retention"]
