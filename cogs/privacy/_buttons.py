"""What can be pressed about privacy: always about whoever presses."""

from __future__ import annotations

import asyncio
import gzip
import io
from typing import TYPE_CHECKING, Final

import discord

from bot.delivery.shaping import room
from bot.discord.items import StageButton
from bot.discord.signs import Sign
from bot.discord.texts import reader_of
from bot.privacy.export import export_file
from cogs.privacy import _cards
from cogs.privacy._reach import cog_of

if TYPE_CHECKING:
    from bot.discord.items import StageInteraction
    from bot.privacy.erasure import Erased

OWN: Final = "own"
_FILE_NAME: Final = "soundstage-export.json"


class Export(StageButton, area="privacy", action="export", sign=Sign.EXPORT):
    """Hands over everything that is stored."""

    async def pressed(self, interaction: StageInteraction) -> None:
        """Send the file, for their eyes only."""
        await interaction.response.defer(ephemeral=True, thinking=True)
        content = export_file(await cog_of(interaction).office.export(interaction.user.id))
        said = interaction.client.services.texts.say(reader_of(interaction), "privacy.exported")
        name = _FILE_NAME
        if len(content) > room(interaction.filesize_limit):
            content, name = await asyncio.to_thread(gzip.compress, content), f"{_FILE_NAME}.gz"
        file = discord.File(io.BytesIO(content), filename=name)
        await interaction.edit_original_response(content=said, attachments=[file])


class AskToErase(StageButton, area="privacy", action="ask", sign=Sign.DELETE):
    """Asks before anything is deleted."""

    async def pressed(self, interaction: StageInteraction) -> None:
        """Say what will be lost."""
        services = interaction.client.services
        card = _cards.question_card(services.texts, reader_of(interaction), services.app.settings.retention)
        await interaction.response.edit_message(view=card.layout())


class Spare(StageButton, area="privacy", action="keep", sign=Sign.BACK):
    """Leaves everything as it is."""

    async def pressed(self, interaction: StageInteraction) -> None:
        """Say that nothing happened."""
        card = _cards.kept_card(interaction.client.services.texts, reader_of(interaction))
        await interaction.response.edit_message(view=card.layout())


class Erase(StageButton, area="privacy", action="erase", sign=Sign.DELETE):
    """Deletes everything."""

    async def pressed(self, interaction: StageInteraction) -> None:
        """Delete, say what was deleted, take down the messages of the deleted clips, and say which of them are left."""
        await interaction.response.defer()
        erased = await cog_of(interaction).office.erase_person(interaction.user.id)
        await _tell(interaction, erased, left=len(erased.messages))
        if erased.messages:
            interaction.client.start_task(_take_down(interaction, erased), name="take down deleted clips")


async def _take_down(interaction: StageInteraction, erased: Erased) -> None:
    """Remove the messages of deleted clips as far as that is possible now, and say on the card what is left."""
    left = await interaction.client.removals.work(erased.messages)
    await _tell(interaction, erased, left=len(left))


async def _tell(interaction: StageInteraction, erased: Erased, *, left: int) -> None:
    card = _cards.erased_card(interaction.client.services.texts, reader_of(interaction), erased, left=left)
    await interaction.edit_original_response(view=card.layout())
