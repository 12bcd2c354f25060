"""The commands that make clips."""

from __future__ import annotations

from typing import TYPE_CHECKING

import discord
from discord import app_commands
from discord.ext import commands

from bot.jobs.compose import Wish, compose, models_for
from bot.jobs.request import InputKind, Mode
from cogs.generate._progress import Progress
from cogs.generate._reach import COG
from cogs.generate._studio import Studio

if TYPE_CHECKING:
    from bot.discord.items import StageInteraction
    from bot.discord.services import Services

_MOST_CHOICES = 25
_MODES = [
    app_commands.Choice(name="Professional", value=Mode.PROFESSIONAL.value),
    app_commands.Choice(name="Standard", value=Mode.STANDARD.value),
]
_SECONDS = [app_commands.Choice(name="5 seconds", value=5), app_commands.Choice(name="10 seconds", value=10)]
_RATIOS = [
    app_commands.Choice(name="Wide, 16:9", value="16:9"),
    app_commands.Choice(name="Tall, 9:16", value="9:16"),
    app_commands.Choice(name="Square, 1:1", value="1:1"),
]


class GenerateCog(commands.Cog, name=COG):
    """`/video text`, `/video image`, and "Animate this image"."""

    video = app_commands.Group(
        name="video",
        description="Make a video clip with sound",
        allowed_contexts=app_commands.AppCommandContext(guild=True, dm_channel=True, private_channel=True),
        allowed_installs=app_commands.AppInstallationType(guild=True, user=True),
    )

    def __init__(self, services: Services) -> None:
        self._services = services
        self.studio = Studio(services, Progress(services))

    async def cog_load(self) -> None:
        """Begin to hear of jobs."""
        self._services.app.engine.listeners.append(self.studio.progress.hear)

    async def cog_unload(self) -> None:
        """Stop hearing of jobs."""
        self._services.app.engine.listeners.remove(self.studio.progress.hear)

    @video.command(name="text", description="Make a clip from words: the scene, who speaks, sounds and music")
    @app_commands.describe(
        prompt="The scene, who speaks and what, sounds and music",
        audio="With sound: speech, effects, music (Professional only)",
        mode="Professional is 1080p and can have sound; Standard is cheaper",
        seconds="How long the clip is",
        ratio="The shape of the picture",
        outputs="How many different clips to make of it",
        negative="What must not be in the picture",
        model="The model that makes the clip",
    )
    @app_commands.choices(mode=_MODES, seconds=_SECONDS, ratio=_RATIOS)
    async def text(
        self,
        interaction: StageInteraction,
        *,
        prompt: app_commands.Range[str, 1, 6000],
        audio: bool | None = None,
        mode: str | None = None,
        seconds: int | None = None,
        ratio: str | None = None,
        outputs: app_commands.Range[int, 1, 4] | None = None,
        negative: app_commands.Range[str, 1, 2500] | None = None,
        model: app_commands.Range[str, 1, 100] | None = None,
    ) -> None:
        """Show the price of a clip from words."""
        await interaction.response.defer(ephemeral=True, thinking=True)
        person = await self.studio.person(interaction)
        wish = Wish(
            model=model,
            mode=Mode(mode) if mode else None,
            audio=audio,
            seconds=seconds,
            ratio=ratio,
            outputs=outputs,
            negative=negative,
        )
        request = compose(self._services.app.catalogue, prompt, wish, person.terms.defaults)
        await self.studio.quote(interaction, person, request)

    @video.command(name="image", description="Bring a picture to life")
    @app_commands.describe(
        image="The picture that the clip starts with (PNG, JPEG or WebP)",
        prompt="What happens, who speaks and what, sounds and music",
        end_image="The picture that the clip ends with (Professional, without sound)",
        audio="With sound: speech, effects, music (Professional only)",
        mode="Professional is 1080p and can have sound; Standard is cheaper",
        seconds="How long the clip is",
        outputs="How many different clips to make of it",
        negative="What must not be in the picture",
        model="The model that makes the clip",
    )
    @app_commands.choices(mode=_MODES, seconds=_SECONDS)
    async def image(
        self,
        interaction: StageInteraction,
        *,
        image: discord.Attachment,
        prompt: app_commands.Range[str, 1, 6000],
        end_image: discord.Attachment | None = None,
        audio: bool | None = None,
        mode: str | None = None,
        seconds: int | None = None,
        outputs: app_commands.Range[int, 1, 4] | None = None,
        negative: app_commands.Range[str, 1, 2500] | None = None,
        model: app_commands.Range[str, 1, 100] | None = None,
    ) -> None:
        """Show the price of a clip from a picture."""
        await interaction.response.defer(ephemeral=True, thinking=True)
        person = await self.studio.person(interaction)
        wish = Wish(
            model=model,
            mode=Mode(mode) if mode else None,
            audio=audio,
            seconds=seconds,
            outputs=outputs,
            negative=negative,
        )
        request = compose(
            self._services.app.catalogue,
            prompt,
            wish,
            person.terms.defaults,
            image=await self._services.attachments.picture(image),
            end_image=await self._services.attachments.picture(end_image) if end_image else None,
        )
        await self.studio.quote(interaction, person, request)

    @text.autocomplete("model")
    async def text_models(self, _: StageInteraction, typed: str) -> list[app_commands.Choice[str]]:
        """Suggest models that work from words."""
        return self._models(InputKind.TEXT, typed)

    @image.autocomplete("model")
    async def image_models(self, _: StageInteraction, typed: str) -> list[app_commands.Choice[str]]:
        """Suggest models that work from a picture."""
        return self._models(InputKind.IMAGE, typed)

    def _models(self, kind: InputKind, typed: str) -> list[app_commands.Choice[str]]:
        wanted = typed.strip().casefold()
        cards = models_for(self._services.app.catalogue, kind)
        return [
            app_commands.Choice(name=card.name, value=card.id)
            for card in cards
            if wanted in card.name.casefold() or wanted in card.id.casefold()
        ][:_MOST_CHOICES]
