"""How buttons, menus and modals, which are built anew at each use, find what they work with."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, Protocol, cast

if TYPE_CHECKING:
    from bot.discord.items import StageInteraction
    from bot.jobs.request import Request
    from cogs.prompts._desk import PromptDesk

COG: Final = "Prompts"
_MAKER: Final = "Generate"


class _HasDesk(Protocol):
    desk: PromptDesk


class _Studio(Protocol):
    async def person(self, interaction: StageInteraction) -> object: ...
    async def quote(self, interaction: StageInteraction, person: object, request: Request) -> None: ...


class _HasStudio(Protocol):
    studio: _Studio


def desk_of(interaction: StageInteraction) -> PromptDesk:
    """Return the desk of the running bot."""
    return cast("_HasDesk", interaction.client.get_cog(COG)).desk


async def show_quote(interaction: StageInteraction, request: Request) -> None:
    """Show what a clip costs, in the answer to an interaction; raises what the commands that make clips raise."""
    studio = cast("_HasStudio", interaction.client.get_cog(_MAKER)).studio
    await studio.quote(interaction, await studio.person(interaction), request)
