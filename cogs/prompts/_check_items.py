"""What can be pressed on an examined prompt. The subject is the worksheet."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from bot.discord.items import StageButton, StageMenu
from bot.discord.signs import Sign
from cogs.prompts._modals import TextForm
from cogs.prompts._reach import desk_of

if TYPE_CHECKING:
    from bot.discord.items import StageInteraction


class FixAll(StageButton, area="prompt", action="fix-all", sign=Sign.FIX):
    """Applies every safe fix."""

    async def pressed(self, interaction: StageInteraction) -> None:
        """Show the prompt after them."""
        await interaction.response.defer()
        await desk_of(interaction).fix_all(interaction, self.target)


class FixOne(StageMenu, area="prompt", action="fix"):
    """Applies one fix."""

    async def chosen(self, interaction: StageInteraction, values: list[str]) -> None:
        """Show the prompt after it."""
        await interaction.response.defer()
        await desk_of(interaction).fix_one(interaction, self.target, values[0])


class Undo(StageButton, area="prompt", action="undo", sign=Sign.UNDO):
    """Takes the last fix back."""

    async def pressed(self, interaction: StageInteraction) -> None:
        """Show the prompt before it."""
        await interaction.response.defer()
        await desk_of(interaction).undo(interaction, self.target)


class EditText(StageButton, area="prompt", action="edit", sign=Sign.EDIT):
    """Opens the form with the whole text."""

    async def pressed(self, interaction: StageInteraction) -> None:
        """Show the form, filled in."""
        desk = desk_of(interaction)
        sheet = await desk.load(interaction, self.target)
        words = desk.words(interaction)
        form = TextForm(
            sheet.id, title=words.say("check.form"), field=words.say("check.field"), text=sheet.content.request.prompt
        )
        await form.open(interaction)


class MakeClip(StageButton, area="prompt", action="clip", sign=Sign.MAKE):
    """Asks what the clip costs."""

    async def pressed(self, interaction: StageInteraction) -> None:
        """Show a quote."""
        await interaction.response.defer(ephemeral=True, thinking=True)
        await desk_of(interaction).make_clip(interaction, self.target)


CHECK_ITEMS: Final = (FixAll, FixOne, Undo, EditText, MakeClip)
