"""Answers for everybody that show clips are written down before they show anything."""

from __future__ import annotations

from functools import partial
from http import HTTPStatus
from typing import TYPE_CHECKING, Final, TypeAlias

import discord

from bot.delivery import showings
from bot.delivery.destination import Posted

if TYPE_CHECKING:
    from collections.abc import Sequence

    from bot.discord.items import StageInteraction

Answer: TypeAlias = discord.InteractionMessage | discord.WebhookMessage
"""An answer to an interaction: the first one, or one that followed it."""

_TOO_LARGE: Final = 40005
"""Discord's code for a file that exceeds the limit."""


async def note_showing(interaction: StageInteraction, answer: Answer, jobs: Sequence[str]) -> Posted:
    """Write down that an answer is about to show the clips of some jobs, and return where; raises `ClipGone`."""
    app = interaction.client.services.app
    posted = Posted(answer.channel.id, answer.id, direct=interaction.guild_id is None)
    await app.database.run(partial(showings.note, posted=posted, jobs=jobs, at=app.clock.now()))
    return posted


def is_too_large(error: discord.HTTPException) -> bool:
    """Say whether Discord refused an answer because of the size of its file."""
    return error.status == HTTPStatus.REQUEST_ENTITY_TOO_LARGE or error.code == _TOO_LARGE
