"""Answers for everybody that show clips are written down before they show anything."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from bot.delivery import showings
from bot.delivery.destination import Posted

if TYPE_CHECKING:
    from collections.abc import Sequence

    from bot.discord.items import StageInteraction


async def note_showing(interaction: StageInteraction, jobs: Sequence[str]) -> None:
    """Write down that the deferred answer is about to show the clips of some jobs; raises `ClipGone`."""
    app = interaction.client.services.app
    answer = await interaction.original_response()
    posted = Posted(answer.channel.id, answer.id)
    await app.database.run(partial(showings.note, posted=posted, jobs=jobs, at=app.clock.now()))
