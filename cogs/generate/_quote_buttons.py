"""What can be pressed on a quote, and on a request that cannot be made yet."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from bot.discord.items import StageButton, StageMenu
from bot.discord.signs import Sign
from cogs.generate.reach import studio_of

if TYPE_CHECKING:
    from bot.discord.items import StageInteraction


class Confirm(StageButton, area="quote", action="confirm", sign=Sign.CONFIRM):
    """Agrees to the price of the revision that is shown."""

    async def pressed(self, interaction: StageInteraction) -> None:
        """Place the quote and show how the clip comes along."""
        await interaction.response.defer()
        await studio_of(interaction).confirm(interaction, self.target)


class LookAgain(StageButton, area="quote", action="look", sign=Sign.REFRESH):
    """Looks whether the credits that were missing are there by now."""

    async def pressed(self, interaction: StageInteraction) -> None:
        """Show the next revision; nothing is ordered."""
        await interaction.response.defer()
        await studio_of(interaction).look_again(interaction, self.target)


class EditQuote(StageButton, area="quote", action="edit", sign=Sign.EDIT):
    """Opens the form with everything that can be changed."""

    async def pressed(self, interaction: StageInteraction) -> None:
        """Show the form, filled in."""
        await studio_of(interaction).open_quote(interaction, self.target)


class FixQuote(StageButton, area="quote", action="fix", sign=Sign.FIX):
    """Applies every safe fix to the words."""

    async def pressed(self, interaction: StageInteraction) -> None:
        """Show the next revision."""
        await interaction.response.defer()
        await studio_of(interaction).fix_quote(interaction, self.target)


class Adjust(StageMenu, area="quote", action="adjust"):
    """Changes a setting as a finding proposes."""

    async def chosen(self, interaction: StageInteraction, values: list[str]) -> None:
        """Show the next revision."""
        await interaction.response.defer()
        await studio_of(interaction).adjust_quote(interaction, self.target, values[0])


class CancelQuote(StageButton, area="quote", action="cancel", sign=Sign.CANCEL):
    """Puts the quote away."""

    async def pressed(self, interaction: StageInteraction) -> None:
        """Leave the words behind, without buttons."""
        await interaction.response.defer()
        await studio_of(interaction).drop_quote(interaction, self.target)


class EditDraft(StageButton, area="draft", action="edit", sign=Sign.EDIT):
    """Opens the form of a request that cannot be made yet."""

    async def pressed(self, interaction: StageInteraction) -> None:
        """Show the form, filled in."""
        await studio_of(interaction).open_draft(interaction, self.target)


class FixDraft(StageButton, area="draft", action="fix", sign=Sign.FIX):
    """Applies every safe fix to the words."""

    async def pressed(self, interaction: StageInteraction) -> None:
        """Show a quote, or what is still in the way."""
        await interaction.response.defer()
        await studio_of(interaction).fix_draft(interaction, self.target)


class AcceptDraft(StageButton, area="draft", action="accept", sign=Sign.ACCEPT):
    """Accepts every error that is in the way of a draft, where all of them may be accepted."""

    async def pressed(self, interaction: StageInteraction) -> None:
        """Show the price, with what was accepted."""
        await interaction.response.defer()
        await studio_of(interaction).accept_draft(interaction, self.target)


class AdjustDraft(StageMenu, area="draft", action="adjust"):
    """Changes a setting as a finding proposes."""

    async def chosen(self, interaction: StageInteraction, values: list[str]) -> None:
        """Show a quote, or what is still in the way."""
        await interaction.response.defer()
        await studio_of(interaction).adjust_draft(interaction, self.target, values[0])


class CancelDraft(StageButton, area="draft", action="cancel", sign=Sign.CANCEL):
    """Puts the draft away."""

    async def pressed(self, interaction: StageInteraction) -> None:
        """Leave the words behind, without buttons."""
        await interaction.response.defer()
        await studio_of(interaction).drop_draft(interaction, self.target)


QUOTE_BUTTONS: Final = (
    Confirm,
    LookAgain,
    EditQuote,
    FixQuote,
    Adjust,
    CancelQuote,
    EditDraft,
    FixDraft,
    AcceptDraft,
    AdjustDraft,
    CancelDraft,
)
