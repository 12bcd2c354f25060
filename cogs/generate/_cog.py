"""The commands that make clips."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

import discord
from discord import app_commands
from discord.ext import commands

from bot.errors import NoImage, NotAChoice
from bot.jobs.compose import Wish, compose, models_for
from bot.jobs.drafts import VALIDITY, Draft, save_draft
from bot.jobs.request import InputKind, Mode
from cogs.generate._forms import sheet_for
from cogs.generate._modals import Animate
from cogs.generate._progress import Progress
from cogs.generate._studio import Studio
from cogs.generate.reach import COG

if TYPE_CHECKING:
    from bot.discord.client import StageBot
    from bot.discord.items import StageInteraction
    from cogs.generate._studio import Person

_ANIMATE: Final = "Animate this image"
_MOST_CHOICES: Final = 25
_MODES: Final[list[app_commands.Choice[Any]]] = [
    app_commands.Choice(name="Professional", value=Mode.PROFESSIONAL.value),
    app_commands.Choice(name="Standard", value=Mode.STANDARD.value),
]
_SECONDS: Final[list[app_commands.Choice[Any]]] = [
    app_commands.Choice(name="5 seconds", value=5),
    app_commands.Choice(name="10 seconds", value=10),
]
_RATIOS: Final[list[app_commands.Choice[Any]]] = [
    app_commands.Choice(name="Wide, 16:9", value="16:9"),
    app_commands.Choice(name="Tall, 9:16", value="9:16"),
    app_commands.Choice(name="Square, 1:1", value="1:1"),
]
_EVERYWHERE: Final = app_commands.AppCommandContext(guild=True, dm_channel=True, private_channel=True)
_EVERYBODY: Final = app_commands.AppInstallationType(guild=True, user=True)
_PICTURES: Final = (".png", ".jpg", ".jpeg", ".webp")


class GenerateCog(commands.Cog, name=COG):
    """`/video text`, `/video image`, and "Animate this image"."""

    video = app_commands.Group(
        name="video",
        description="Make a video clip with sound",
        allowed_contexts=_EVERYWHERE,
        allowed_installs=_EVERYBODY,
    )

    def __init__(self, bot: StageBot) -> None:
        self._bot = bot
        self._services = bot.services
        self.studio = Studio(bot.services, Progress(bot.services))
        self._animate = app_commands.ContextMenu(
            name=_ANIMATE,
            callback=self.animate,
            allowed_contexts=_EVERYWHERE,
            allowed_installs=_EVERYBODY,
        )

    async def cog_load(self) -> None:
        """Offer the message command, and begin to hear of jobs."""
        self._bot.tree.add_command(self._animate)
        self._services.app.engine.listeners.append(self.studio.progress.hear)

    async def cog_unload(self) -> None:
        """Stop hearing of jobs."""
        self._bot.tree.remove_command(self._animate.name, type=self._animate.type)
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
            mode=_mode(mode),
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
            mode=_mode(mode),
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

    async def animate(self, interaction: StageInteraction, message: discord.Message) -> None:
        """Ask how the image of a message is to move, while the image is being copied."""
        picture = _picture_of(message)
        person = await self.studio.person(interaction)
        catalogue = self._services.app.catalogue
        draft_id = self._services.app.ids.new()
        empty = compose(catalogue, "", Wish(), person.terms.defaults, kind=InputKind.IMAGE)
        sheet = sheet_for(self.studio.words(interaction), empty, "modal.animate", subscriber=person.terms.subscriber)
        await Animate(draft_id, 1, sheet=sheet).open(interaction)
        self.studio.pending.begin(self._bot, draft_id, self._copy(draft_id, person, picture))

    async def _copy(self, draft_id: str, person: Person, picture: discord.Attachment) -> Draft:
        """Keep the image of a message, and a draft that names it."""
        image = await self._services.attachments.picture(picture)
        request = compose(self._services.app.catalogue, "", Wish(), person.terms.defaults, image=image)
        expires_at = self._services.app.clock.now() + VALIDITY
        draft = Draft(draft_id, 1, person.requester, request, expires_at)
        await self._services.app.database.run(lambda tx: save_draft(tx, draft))
        return draft


def _mode(value: str | None) -> Mode | None:
    """Return the chosen mode; raises `NotAChoice` for one that was never offered."""
    if value is None:
        return None
    if value not in set(Mode):
        raise NotAChoice("mode")
    return Mode(value)


def _picture_of(message: discord.Message) -> discord.Attachment:
    """Return the first picture of a message, as far as names and types tell; raises `NoImage`."""
    for attachment in message.attachments:
        declared = (attachment.content_type or "").startswith("image/")
        if declared or attachment.filename.lower().endswith(_PICTURES):
            return attachment
    raise NoImage
