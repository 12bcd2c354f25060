"""How buttons, menus and modals, which are built anew at each use, find what they work with."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, Protocol, cast

from cogs.generate.reach import studio_of

if TYPE_CHECKING:
    from bot.discord.items import StageInteraction
    from bot.jobs.request import Request
    from cogs.prompts._desk import PromptDesk

COG: Final = "Prompts"


class _HasDesk(Protocol):
    desk: PromptDesk


def desk_of(interaction: StageInteraction) -> PromptDesk:
    """Return the desk of the running bot."""
    return cast("_HasDesk", interaction.client.get_cog(COG)).desk


async def show_quote(interaction: StageInteraction, request: Request) -> None:
    """Show what a clip costs, in the answer to an interaction; raises what the commands that make clips raise."""
    studio = studio_of(interaction)
    await studio.quote(interaction, await studio.person(interaction), request)
