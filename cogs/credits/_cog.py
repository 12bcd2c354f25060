"""The commands `/credits …`."""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING, Final

import discord
from discord import app_commands
from discord.ext import commands

from bot.credits import NOTE_LENGTH
from bot.discord.escape import visible
from bot.discord.guards import require_administrator, require_member, require_server
from bot.discord.people import requester_of, roles_of
from bot.discord.texts import audience_of, reader_of
from bot.preferences.store import load_server
from cogs.credits._views import balance_card, desk_of, history_card, moved_card

if TYPE_CHECKING:
    from bot.discord.items import StageInteraction
    from bot.discord.services import Services

_log = logging.getLogger(__name__)

_MOST_GRANTED: Final = 1_000_000

_EVERYWHERE: Final = app_commands.AppCommandContext(guild=True, dm_channel=True, private_channel=True)
_ANY_INSTALL: Final = app_commands.AppInstallationType(guild=True, user=True)

_Note = app_commands.Range[str, 0, NOTE_LENGTH]


class CreditsCog(commands.Cog, name="Credits"):
    """What somebody has, what became of it, and passing it on.

    Discord knows permissions for whole commands only and everybody needs this one, so `grant` is guarded by our own
    check.
    """

    group = app_commands.Group(
        name="credits",
        description="Your credits: what you have, where they went, and passing them on",
        allowed_contexts=_EVERYWHERE,
        allowed_installs=_ANY_INSTALL,
    )

    def __init__(self, services: Services) -> None:
        self._services = services
        self._texts = services.texts
        self._desk = desk_of(services)

    @group.command(description="Show your credits, what is set aside, and what expires")
    async def balance(self, interaction: StageInteraction) -> None:
        """Show what the person has."""
        purse = await self._desk.purse(requester_of(interaction), roles_of(interaction))
        card = balance_card(self._texts, reader_of(interaction), purse)
        await interaction.response.send_message(view=card.layout(), ephemeral=True)

    @group.command(description="Show where your credits came from and went")
    async def history(self, interaction: StageInteraction) -> None:
        """Show the newest page."""
        part = await self._desk.history(requester_of(interaction))
        card = history_card(self._texts, reader_of(interaction), part)
        await interaction.response.send_message(view=card.layout(), ephemeral=True)

    @group.command(description="Give credits to a member, or take some back (administrators)")
    @app_commands.describe(
        member="Who receives them",
        amount="How many credits; a negative number takes credits back",
        note="Why; the member sees it in the history",
    )
    async def grant(
        self,
        interaction: StageInteraction,
        member: discord.User,
        amount: app_commands.Range[int, -_MOST_GRANTED, _MOST_GRANTED],
        note: _Note = "",
    ) -> None:
        """Make credits out of nothing, which only administrators may."""
        actor = require_administrator(interaction)
        recipient = require_member(interaction, member)
        note = visible(note).strip()
        await self._desk.grant(recipient, amount, actor=actor, note=note, command=str(interaction.id))
        key = "granted" if amount > 0 else "corrected"
        values = {"count": abs(amount), "recipient": member.mention, "actor": interaction.user.mention}
        locale = reader_of(interaction)
        card = moved_card(self._texts, locale, f"grant.{key}", note=note, **values)
        await interaction.response.send_message(view=card.layout(), ephemeral=True)
        log_card = moved_card(self._texts, audience_of(interaction), f"grant.log-{key}", note=note, **values)
        if not await self._log_grant(interaction, actor.server, log_card.layout()):
            await interaction.followup.send(self._texts.say(locale, "credits.grant.not-logged"), ephemeral=True)

    @group.command(description="Give some of your credits to another member")
    @app_commands.describe(
        member="Who receives them", amount="How many of your own credits", note="A line to go with them"
    )
    async def gift(
        self,
        interaction: StageInteraction,
        member: discord.User,
        amount: app_commands.Range[int, 1, _MOST_GRANTED],
        note: _Note = "",
    ) -> None:
        """Pass credits on, for everybody in the channel to see."""
        giver = require_server(interaction)
        recipient = require_member(interaction, member)
        note = visible(note).strip()
        await self._desk.gift(giver, recipient, amount, note=note, command=str(interaction.id))
        values = {"count": amount, "recipient": member.mention, "giver": interaction.user.mention}
        card = moved_card(self._texts, audience_of(interaction), "gift.given", note=note, **values)
        mentions = discord.AllowedMentions(everyone=False, roles=False, users=[member])
        await interaction.response.send_message(view=card.layout(), allowed_mentions=mentions)

    async def _log_grant(self, interaction: StageInteraction, server: int, layout: discord.ui.LayoutView) -> bool:
        """Write a grant into the server's log channel; say whether it is there, or nobody wants it."""
        choices = await self._services.app.database.read(lambda tx: load_server(tx, server))
        if choices.log_channel is None:
            return True
        try:
            await interaction.client.get_partial_messageable(choices.log_channel).send(view=layout)
        except discord.HTTPException as error:
            _log.warning("a grant could not be logged", extra={"server": server, "code": error.code})
            return False
        return True
