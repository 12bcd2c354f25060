"""The commands about prompts."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from discord import app_commands
from discord.ext import commands

from bot.discord.escape import label
from bot.prompts.templates import TEMPLATES
from bot.prompts.vocabulary import search
from cogs.prompts._build_card import template_card
from cogs.prompts._desk import PromptDesk
from cogs.prompts._reach import COG
from cogs.prompts._words import EVERYTHING, category_name, found_card, shelf_card

if TYPE_CHECKING:
    from bot.discord.items import StageInteraction
    from bot.discord.services import Services

_MOST_CHOICES: Final = 25
_CHOICE_LENGTH: Final = 100
_SECONDS: Final = [app_commands.Choice(name="5 seconds", value=5), app_commands.Choice(name="10 seconds", value=10)]


class PromptsCog(commands.Cog, name=COG):
    """`/prompt check`, `/prompt build` and `/prompt words`. Whatever they answer, only the person sees it."""

    prompt = app_commands.Group(
        name="prompt",
        description="Write a better prompt: check it, build it, find words",
        allowed_contexts=app_commands.AppCommandContext(guild=True, dm_channel=True, private_channel=True),
        allowed_installs=app_commands.AppInstallationType(guild=True, user=True),
    )

    def __init__(self, services: Services) -> None:
        self.desk = PromptDesk(services)

    @prompt.command(description="See what a prompt says, what will be heard, what is wrong with it, and mend it")
    @app_commands.describe(text="The prompt to look at", seconds="How long the clip is meant to be")
    @app_commands.choices(seconds=_SECONDS)
    async def check(
        self,
        interaction: StageInteraction,
        text: app_commands.Range[str, 1, 6000],
        seconds: int | None = None,
    ) -> None:
        """Explain a prompt."""
        await interaction.response.defer(ephemeral=True, thinking=True)
        await self.desk.check(interaction, text, seconds)

    @prompt.command(description="Build a prompt step by step: begin with a template, choose voices and sounds")
    @app_commands.describe(template="What kind of clip it is")
    async def build(
        self, interaction: StageInteraction, template: app_commands.Range[str, 1, 100] | None = None
    ) -> None:
        """Offer the templates, or begin with the one that was named."""
        if template is not None:
            await self.desk.builder.open_template(interaction, template)
            return
        card = template_card(self.desk.words(interaction))
        await interaction.response.send_message(view=card.layout(), ephemeral=True)

    @build.autocomplete("template")
    async def templates(self, interaction: StageInteraction, typed: str) -> list[app_commands.Choice[str]]:
        """Suggest templates."""
        words = self.desk.words(interaction)
        titles = {name: words.say(f"template.{name}.title") for name in TEMPLATES}
        wanted = typed.strip().casefold()
        return [
            app_commands.Choice(name=label(title, _CHOICE_LENGTH), value=name)
            for name, title in titles.items()
            if wanted in title.casefold() or wanted in name
        ][:_MOST_CHOICES]

    @prompt.command(description="Find words for voices, effects, ambience and music, each with an example")
    @app_commands.describe(query="What you look for, for example rain or whisper")
    async def words(self, interaction: StageInteraction, query: app_commands.Range[str, 1, 100] | None = None) -> None:
        """Show the vocabulary."""
        words = self.desk.words(interaction)
        card = found_card(words, query) if query and query.strip() else shelf_card(words, EVERYTHING)
        await interaction.response.send_message(view=card.layout(), ephemeral=True)

    @words.autocomplete("query")
    async def words_found(self, interaction: StageInteraction, typed: str) -> list[app_commands.Choice[str]]:
        """Suggest words."""
        words = self.desk.words(interaction)
        return [
            app_commands.Choice(
                name=label(f"{entry.name} ({category_name(words, entry)})", _CHOICE_LENGTH), value=entry.name
            )
            for entry in search(typed, limit=_MOST_CHOICES)
        ]
