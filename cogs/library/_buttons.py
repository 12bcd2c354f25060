"""What can be pressed in the library. Whose clip it is is looked up at each press."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from bot.discord.items import StageButton
from bot.discord.signs import Sign
from cogs.library import _cards
from cogs.library._reach import shelf_of

if TYPE_CHECKING:
    from bot.discord.items import StageInteraction


class Page(StageButton, area="library", action="page"):
    """Leafs through the clips of whoever presses; the subject says which of them, the revision is the page."""

    async def pressed(self, interaction: StageInteraction) -> None:
        """Show the page in place of the present card."""
        which = self.target.subject
        shelf = shelf_of(interaction)
        page = await shelf.page(interaction, which, self.target.revision or 1)
        card = _cards.LibraryCards.of(interaction).page(page, which, await shelf.making(interaction))
        await interaction.response.edit_message(view=card.layout())
        await shelf.told(page)


class Open(StageButton, area="library", action="open", sign=Sign.OPEN):
    """Opens a clip."""

    async def pressed(self, interaction: StageInteraction) -> None:
        """Show what can be done with it."""
        found = await shelf_of(interaction).find(interaction, self.target.subject)
        await interaction.response.edit_message(view=_cards.LibraryCards.of(interaction).detail(found).layout())


class Play(StageButton, area="library", action="play", sign=Sign.PLAY):
    """Shows a clip to whoever presses."""

    async def pressed(self, interaction: StageInteraction) -> None:
        """Send it for their eyes only."""
        await shelf_of(interaction).play(interaction, self.target.subject)


class PostHere(StageButton, area="library", action="post", sign=Sign.POST):
    """Shows a clip to everybody in the channel of the press, also where the bot itself could not post."""

    async def pressed(self, interaction: StageInteraction) -> None:
        """Post it, and show on the card where it is now."""
        await shelf_of(interaction).post(interaction, self.target.subject)


BUTTONS: Final = (Page, Open, Play, PostHere)
