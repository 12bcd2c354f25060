"""The command `/help`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import discord
from discord import app_commands
from discord.ext import commands

from bot.discord.cards import Card
from bot.discord.escape import shown
from bot.discord.items import StageButton
from bot.discord.signs import Sign
from bot.discord.texts import reader_of
from bot.jobs.compose import Wish, compose
from cogs.generate.reach import studio_of

if TYPE_CHECKING:
    from bot.discord.items import StageInteraction
    from bot.texts import Texts

COLOUR: Final = 0xC2455D
_EXAMPLE: Final = "example"
_PROMPT_LENGTH: Final = 600


class TryExample(StageButton, area="help", action="try", sign=Sign.MAKE):
    """Shows the price of the example, from which it can be made or changed."""

    async def pressed(self, interaction: StageInteraction) -> None:
        """Show a quote."""
        await interaction.response.defer(ephemeral=True, thinking=True)
        studio, services = studio_of(interaction), interaction.client.services
        person = await studio.person(interaction)
        prompt = services.texts.say(reader_of(interaction), "help.example")
        await studio.quote(interaction, person, compose(services.app.catalogue, prompt, Wish(), person.terms.defaults))


class HelpCog(commands.Cog, name="Help"):
    """Says in a few lines what the bot does."""

    @app_commands.command(description="What the bot does, and a first clip to try")
    @app_commands.allowed_installs(guilds=True, users=True)
    @app_commands.allowed_contexts(guilds=True, dms=True, private_channels=True)
    async def help(self, interaction: StageInteraction) -> None:
        """Show the card."""
        card = help_card(interaction.client.services.texts, reader_of(interaction))
        await interaction.response.send_message(view=card.layout(), ephemeral=True)


def help_card(texts: Texts, locale: discord.Locale) -> Card:
    """Say what the bot does, with an example."""
    card = Card(colour=COLOUR).heading(texts.say(locale, "help.title")).text(texts.say(locale, "help.words"))
    example = shown(texts.say(locale, "help.example"), _PROMPT_LENGTH)
    card.divider().text(f"{texts.say(locale, 'help.try')}\n> {example}")
    card.row(TryExample(_EXAMPLE, label=texts.say(locale, "help.try-button"), style=discord.ButtonStyle.primary))
    return card.divider().text(texts.say(locale, "help.commands")).small(texts.say(locale, "help.price"))
