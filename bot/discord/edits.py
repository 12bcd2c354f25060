"""Editing answers that nobody waits for: whatever Discord says to it, the work goes on."""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING, Any

import aiohttp
import discord

if TYPE_CHECKING:
    from collections.abc import Sequence

_log = logging.getLogger(__name__)


async def edit_answer(
    interaction: discord.Interaction[Any], layout: discord.ui.LayoutView, files: Sequence[discord.File] = ()
) -> bool:
    """Replace the answer to an interaction, its files included, and say whether that was possible."""
    try:
        await interaction.edit_original_response(view=layout, attachments=list(files))
    except discord.HTTPException as error:
        _log.info("an answer can no longer be edited", extra={"code": error.code, "status": error.status})
    except (aiohttp.ClientError, OSError, RuntimeError):
        # discord.py raises RuntimeError where its session is closed, as it is while the bot stops.
        _log.info("an answer could not be edited", exc_info=True)
    else:
        return True
    return False
