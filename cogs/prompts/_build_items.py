"""What can be pressed and chosen while a prompt is built. The subject is the worksheet."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar, Final

from bot.discord.items import StageButton, StageMenu
from bot.discord.signs import Sign
from bot.errors import Outdated
from bot.prompts.menus import Menu
from bot.prompts.worksheets import Step
from cogs.prompts._reach import desk_of

if TYPE_CHECKING:
    from bot.discord.identifiers import CustomId
    from bot.discord.items import StageInteraction

ANY: Final = "any"
"""The subject of what belongs to no worksheet yet."""


class ChooseTemplate(StageMenu, area="build", action="template"):
    """Chooses what to begin with."""

    async def chosen(self, interaction: StageInteraction, values: list[str]) -> None:
        """Open the form with the template's scene and lines."""
        await desk_of(interaction).builder.open_template(interaction, values[0])


class _StepButton:
    """Goes to one step."""

    step: ClassVar[Step]
    target: CustomId

    async def pressed(self, interaction: StageInteraction) -> None:
        """Show the step."""
        await interaction.response.defer()
        await desk_of(interaction).builder.go(interaction, self.target, self.step)


class ToScene(_StepButton, StageButton, area="build", action="scene"):
    """Goes to what is seen."""

    step = Step.SCENE


class ToLines(_StepButton, StageButton, area="build", action="lines"):
    """Goes to what is said."""

    step = Step.LINES


class ToVoices(_StepButton, StageButton, area="build", action="voices"):
    """Goes to how it is said."""

    step = Step.VOICES


class ToSounds(_StepButton, StageButton, area="build", action="sounds"):
    """Goes to what else is heard."""

    step = Step.SOUNDS


class ToCheck(_StepButton, StageButton, area="build", action="check"):
    """Goes to the explanation of the whole prompt."""

    step = Step.CHECK


class EditScene(StageButton, area="build", action="edit-scene", sign=Sign.EDIT):
    """Opens the form with what is seen."""

    async def pressed(self, interaction: StageInteraction) -> None:
        """Show the form, filled in."""
        await desk_of(interaction).builder.open_scene(interaction, self.target)


class EditSounds(StageButton, area="build", action="edit-sounds", sign=Sign.EDIT):
    """Opens the form with what is heard."""

    async def pressed(self, interaction: StageInteraction) -> None:
        """Show the form, filled in."""
        await desk_of(interaction).builder.open_sounds(interaction, self.target)


class AddLine(StageButton, area="build", action="add-line", sign=Sign.ADD):
    """Opens an empty form for one more line."""

    async def pressed(self, interaction: StageInteraction) -> None:
        """Show the form."""
        await desk_of(interaction).builder.open_line(interaction, self.target, None)


class ChooseLine(StageMenu, area="build", action="line"):
    """Chooses a line to change."""

    async def chosen(self, interaction: StageInteraction, values: list[str]) -> None:
        """Show the form with the line."""
        if not values[0].isdecimal():
            raise Outdated
        await desk_of(interaction).builder.open_line(interaction, self.target, int(values[0]))


class ChooseSpeaker(StageMenu, area="build", action="speaker"):
    """Chooses whose voice the other menus describe."""

    async def chosen(self, interaction: StageInteraction, values: list[str]) -> None:
        """Show the menus for this voice."""
        await interaction.response.defer()
        await desk_of(interaction).builder.choose_speaker(interaction, self.target, values[0])


class _PartMenu:
    """Chooses words from one of the menus."""

    menu: ClassVar[Menu]
    target: CustomId

    async def chosen(self, interaction: StageInteraction, values: list[str]) -> None:
        """Put them into the prompt."""
        await interaction.response.defer()
        await desk_of(interaction).builder.choose(interaction, self.target, self.menu, values)


class ChooseEmotion(_PartMenu, StageMenu, area="build", action="emotion"):
    """Chooses what a voice feels."""

    menu = Menu.EMOTION


class ChoosePace(_PartMenu, StageMenu, area="build", action="pace"):
    """Chooses how fast somebody speaks."""

    menu = Menu.PACE


class ChooseVolume(_PartMenu, StageMenu, area="build", action="volume"):
    """Chooses how loud somebody speaks."""

    menu = Menu.VOLUME


class ChooseQuality(_PartMenu, StageMenu, area="build", action="quality"):
    """Chooses what kind of voice it is."""

    menu = Menu.QUALITY


class ChooseSinging(_PartMenu, StageMenu, area="build", action="singing"):
    """Chooses how a song is performed."""

    menu = Menu.SINGING


class ChooseRap(_PartMenu, StageMenu, area="build", action="rap"):
    """Chooses how a rap is performed."""

    menu = Menu.RAP


class ChooseEffects(_PartMenu, StageMenu, area="build", action="effects"):
    """Chooses effects."""

    menu = Menu.EFFECTS


class ChooseAmbience(_PartMenu, StageMenu, area="build", action="ambience"):
    """Chooses what the place sounds like."""

    menu = Menu.AMBIENCE


class ChooseMusic(_PartMenu, StageMenu, area="build", action="music"):
    """Chooses the music."""

    menu = Menu.MUSIC


class ChooseCamera(_PartMenu, StageMenu, area="build", action="camera"):
    """Chooses how the camera looks and moves."""

    menu = Menu.CAMERA


PART_MENUS: Final = {
    kind.menu: kind
    for kind in (
        *(ChooseEmotion, ChoosePace, ChooseVolume, ChooseQuality, ChooseSinging, ChooseRap),
        *(ChooseEffects, ChooseAmbience, ChooseMusic, ChooseCamera),
    )
}
STEPS: Final = {kind.step: kind for kind in (ToScene, ToLines, ToVoices, ToSounds, ToCheck)}
BUILD_ITEMS: Final = (
    *(ChooseTemplate, EditScene, EditSounds, AddLine, ChooseLine, ChooseSpeaker),
    *PART_MENUS.values(),
    *STEPS.values(),
)
