"""What can be pressed on a clip, here and in /library, and on the news that there is none. The subject is the job."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from bot.discord import results
from bot.discord.items import StageButton
from bot.discord.signs import Sign
from cogs.generate.reach import studio_of

if TYPE_CHECKING:
    from bot.discord.items import StageInteraction


class Again(StageButton, area=results.AREA, action=results.AGAIN, sign=Sign.AGAIN):
    """Asks for the same once more."""

    async def pressed(self, interaction: StageInteraction) -> None:
        """Show a quote."""
        await interaction.response.defer(ephemeral=True, thinking=True)
        await studio_of(interaction).clips.again(interaction, self.target.subject)


class EditClip(StageButton, area=results.AREA, action=results.EDIT, sign=Sign.EDIT):
    """Opens the form with the request of a clip."""

    async def pressed(self, interaction: StageInteraction) -> None:
        """Show the form, filled in."""
        await studio_of(interaction).clips.open_edit(interaction, self.target.subject)


class Extend(StageButton, area=results.AREA, action=results.EXTEND, sign=Sign.EXTEND):
    """Opens the form for what happens next."""

    async def pressed(self, interaction: StageInteraction) -> None:
        """Show the form."""
        await studio_of(interaction).clips.open_extend(interaction, self.target.subject)


class Join(StageButton, area=results.AREA, action=results.JOIN, sign=Sign.JOIN):
    """Joins a clip with those that it continues."""

    async def pressed(self, interaction: StageInteraction) -> None:
        """Post the film."""
        await studio_of(interaction).films.join(interaction, self.target.subject)


class Delete(StageButton, area=results.AREA, action=results.DELETE, sign=Sign.DELETE):
    """Asks whether a clip is to go."""

    async def pressed(self, interaction: StageInteraction) -> None:
        """Ask, so that nothing is lost by a slip."""
        await studio_of(interaction).clips.ask_to_delete(interaction, self.target.subject)


class Erase(StageButton, area=results.AREA, action="erase", sign=Sign.DELETE):
    """Deletes a clip for good."""

    async def pressed(self, interaction: StageInteraction) -> None:
        """Delete it and say so."""
        await interaction.response.defer()
        await studio_of(interaction).clips.delete(interaction, self.target.subject)


class Spare(StageButton, area=results.AREA, action="spare", sign=Sign.BACK):
    """Leaves a clip alone."""

    async def pressed(self, interaction: StageInteraction) -> None:
        """Say that nothing happened."""
        await studio_of(interaction).clips.spare(interaction)


class ReportButton(StageButton, area=results.AREA, action=results.REPORT, sign=Sign.REPORT):
    """Opens the form of a report; it is there for everybody."""

    async def pressed(self, interaction: StageInteraction) -> None:
        """Show the form."""
        await studio_of(interaction).clips.open_report(interaction, self.target.subject)


CLIP_BUTTONS: Final = (Again, EditClip, Extend, Join, Delete, Erase, Spare, ReportButton)
