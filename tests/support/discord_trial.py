"""A small group of commands that fail in every way, to try the shared parts of the Discord side."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Any

import discord
from discord import app_commands
from discord.ext import commands

from bot.discord.cards import Card
from bot.discord.items import StageButton, StageMenu, StageModal
from bot.errors import InsufficientCredits

if TYPE_CHECKING:
    from bot.discord.client import StageBot
    from bot.discord.items import StageInteraction

EXTENSION = "tests.support.discord_trial"


def fail(how: str) -> None:
    """Fail as asked."""
    if how == "foreseen":
        raise InsufficientCredits(needed=50, available=7)
    if how == "unforeseen":
        raise RuntimeError("the lamp is broken: sk-very-secret")


class Press(StageButton, area="trial", action="press"):
    """A button that fails as its subject says, or tells what it is."""

    async def pressed(self, interaction: StageInteraction) -> None:
        fail(self.target.subject)
        await interaction.response.send_message(f"pressed {self.target.subject} {self.target.revision}")


class Choose(StageMenu, area="trial", action="choose"):
    """A menu that tells what was chosen."""

    async def chosen(self, interaction: StageInteraction, values: list[str]) -> None:
        fail(values[0])
        await interaction.response.send_message(f"chose {values} {self.target.subject}")


class Form(StageModal, area="trial", action="form"):
    """A form with every kind of field that the bot uses."""

    def __init__(self, subject: str, revision: int | None = None) -> None:
        super().__init__(subject, revision, title="A form")
        self.line: discord.ui.TextInput[Any] = discord.ui.TextInput(custom_id="line")
        self.picture: discord.ui.FileUpload[Any] = discord.ui.FileUpload(custom_id="picture", required=False)
        self.add_item(discord.ui.Label(text="Line", component=self.line))
        self.add_item(discord.ui.Label(text="Picture", component=self.picture))

    async def submitted(self, interaction: StageInteraction) -> None:
        fail(self.line.value)
        sizes = [len(await one.read()) for one in self.picture.values]
        said = f"{self.target.subject} {self.target.revision} {self.line.value} {sizes}"
        await interaction.response.send_message(said, ephemeral=True)


class OpenForm(StageButton, area="trial", action="open"):
    """A button that opens the form."""

    async def pressed(self, interaction: StageInteraction) -> None:
        await Form(self.target.subject, self.target.revision).open(interaction)


class TrialCog(commands.Cog):
    """Commands that do what a test wants."""

    def __init__(self) -> None:
        self.curtain = asyncio.Event()

    trial = app_commands.Group(name="trial", description="Try the shared parts")

    @trial.command(description="Fail in some way")
    async def fail(self, interaction: StageInteraction, how: str, when: str = "first") -> None:
        if when == "deferred":
            await interaction.response.defer(ephemeral=True, thinking=True)
        elif when == "answered":
            await interaction.response.send_message("so far so good")
        fail(how)
        if not interaction.response.is_done():
            await interaction.response.send_message("fine")

    @fail.autocomplete("how")
    async def suggest(self, _interaction: StageInteraction, current: str) -> list[app_commands.Choice[str]]:
        fail(current)
        return [app_commands.Choice(name="Foreseen", value="foreseen")]

    @trial.command(description="Wait until the test lets go")
    async def wait(self, interaction: StageInteraction) -> None:
        await interaction.response.defer(thinking=True)
        await self.curtain.wait()
        await interaction.edit_original_response(content="the curtain is up")

    @trial.command(description="Show a card with everything")
    async def card(self, interaction: StageInteraction, subject: str = "thing", revision: int = 1) -> None:
        options = [discord.SelectOption(label=one, value=one) for one in ("red", "foreseen")]
        card = Card(colour=0xC2455D).heading("A card").text("With parts")
        card.row(
            Press(subject, revision, label="Press"),
            Press("foreseen", label="Foreseen"),
            Press("unforeseen", label="Unforeseen"),
            OpenForm(subject, revision, label="Open"),
        )
        card.row(Choose(subject, options=options, placeholder="Colour"))
        await interaction.response.send_message(view=card.layout())


async def setup(bot: StageBot) -> None:
    """Register everything."""
    bot.add_dynamic_items(Press, Choose, OpenForm)
    bot.add_modals(Form)
    await bot.add_cog(TrialCog())
