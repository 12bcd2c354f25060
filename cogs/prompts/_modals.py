"""Forms about prompts. They are found by their custom ids, so what was typed arrives whatever happened meanwhile."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

import discord

from bot.discord.escape import label
from bot.discord.items import StageModal
from bot.prompts.builder import Draft, Turn
from bot.prompts.model import LineKind
from bot.prompts.templates import TEMPLATES
from cogs.prompts._reach import desk_of

if TYPE_CHECKING:
    from bot.discord.items import StageInteraction
    from cogs.prompts._text import Words

_TEXT_LENGTH: Final = 4000
_TITLE_LENGTH: Final = 45
_SCENE_LENGTH: Final = 800
_WORDS_LENGTH: Final = 400
_LABEL_LENGTH: Final = 40
_PART_LENGTH: Final = 150
_LIST_LENGTH: Final = 400
_TURNS: Final = 2
"""A form has five fields: the scene, and two for each line."""


class TextForm(StageModal, area="prompt", action="text"):
    """The whole text of a prompt."""

    def __init__(
        self, subject: str, revision: int | None = None, *, title: str = "…", field: str = "…", text: str = ""
    ) -> None:
        super().__init__(subject, revision, title=title)
        self.text: discord.ui.TextInput[Any] = discord.ui.TextInput(
            custom_id="text", style=discord.TextStyle.paragraph, max_length=_TEXT_LENGTH, default=text or None
        )
        self.add_item(discord.ui.Label(text=field, component=self.text))

    async def submitted(self, interaction: StageInteraction) -> None:
        """Show what the new text says."""
        await interaction.response.defer()
        await desk_of(interaction).rewrite(interaction, self.target, self.text.value)


class TemplateForm(StageModal, area="build", action="begin"):
    """What a template leaves to the person: the scene, who speaks, and the words. The subject is the template."""

    def __init__(self, subject: str, revision: int | None = None, *, words: Words | None = None) -> None:
        title = words.say(f"template.{subject}.title") if words else "…"
        super().__init__(subject, revision, title=label(title, _TITLE_LENGTH))
        draft = TEMPLATES[subject].draft if subject in TEMPLATES else Draft()
        self.fields = _Fields(self, words)
        self.fields.add("scene", draft.scene, limit=_SCENE_LENGTH, long=True, required=True)
        if not draft.turns:
            self.fields.add("movement", draft.movement, limit=_SCENE_LENGTH, long=True)
        for number, turn in enumerate(draft.turns[:_TURNS], start=1):
            self.fields.add(f"who-{number}", turn.speaker, limit=_LABEL_LENGTH, required=True)
            self.fields.add(f"words-{number}", turn.words, limit=_WORDS_LENGTH, long=True, required=True)

    async def submitted(self, interaction: StageInteraction) -> None:
        """Begin with what was filled in."""
        if interaction.message is None:
            await interaction.response.defer(ephemeral=True, thinking=True)
        else:
            await interaction.response.defer()
        await desk_of(interaction).builder.begin(interaction, self.target.subject, self.fields.values())


class SceneForm(StageModal, area="build", action="scene-form"):
    """What is seen."""

    def __init__(
        self, subject: str, revision: int | None = None, *, words: Words | None = None, draft: Draft | None = None
    ) -> None:
        super().__init__(subject, revision, title=label(words.say("step.scene"), _TITLE_LENGTH) if words else "…")
        shown = draft or Draft()
        self.fields = _Fields(self, words)
        self.fields.add("scene", shown.scene, limit=_SCENE_LENGTH, long=True)
        self.fields.add("movement", shown.movement, limit=_SCENE_LENGTH, long=True)
        self.fields.add("camera", shown.camera, limit=_PART_LENGTH)
        self.fields.add("style", shown.style, limit=_PART_LENGTH)

    async def submitted(self, interaction: StageInteraction) -> None:
        """Put it into the prompt."""
        await interaction.response.defer()
        await desk_of(interaction).builder.write_scene(interaction, self.target, self.fields.values())


class SoundsForm(StageModal, area="build", action="sounds-form"):
    """What is heard besides voices, in one's own words: one effect or ambience per line."""

    def __init__(
        self, subject: str, revision: int | None = None, *, words: Words | None = None, draft: Draft | None = None
    ) -> None:
        super().__init__(subject, revision, title=label(words.say("step.sounds"), _TITLE_LENGTH) if words else "…")
        shown = draft or Draft()
        self.fields = _Fields(self, words)
        self.fields.add("effects", "\n".join(shown.effects), limit=_LIST_LENGTH, long=True)
        self.fields.add("ambience", "\n".join(shown.ambience), limit=_LIST_LENGTH, long=True)
        self.fields.add("music", shown.music, limit=_PART_LENGTH)

    async def submitted(self, interaction: StageInteraction) -> None:
        """Put it into the prompt."""
        await interaction.response.defer()
        await desk_of(interaction).builder.write_sounds(interaction, self.target, self.fields.values())


class LineForm(StageModal, area="build", action="line-form"):
    """One line. The revision is the number of the line, counted from 1; 0 is a new one."""

    def __init__(
        self, subject: str, revision: int | None = None, *, words: Words | None = None, turn: Turn | None = None
    ) -> None:
        title = words.say("build.change-line" if revision else "build.add-line") if words else "…"
        super().__init__(subject, revision, title=label(title, _TITLE_LENGTH))
        shown = turn or Turn("", "")
        self.fields = _Fields(self, words)
        self.fields.add("who", shown.speaker, limit=_LABEL_LENGTH, required=True)
        hint = words.say("field.words-hint") if words and revision else None
        self.fields.add("words", shown.words, limit=_WORDS_LENGTH, long=True, hint=hint, required=not revision)
        self.fields.add("action", shown.action, limit=_PART_LENGTH)
        self.fields.add("style", shown.style, limit=_PART_LENGTH)
        self.kind: discord.ui.Select[Any] = discord.ui.Select(
            custom_id="kind",
            options=[
                discord.SelectOption(
                    label=words.say(f"kind-name.{kind.value}") if words else kind.value,
                    value=kind.value,
                    default=kind is shown.kind,
                )
                for kind in LineKind
            ],
        )
        self.add_item(discord.ui.Label(text=words.say("field.kind") if words else "…", component=self.kind))

    async def submitted(self, interaction: StageInteraction) -> None:
        """Put the line into the prompt."""
        await interaction.response.defer()
        chosen = self.kind.values[0] if self.kind.values else ""
        kind = LineKind(chosen) if chosen in set(LineKind) else LineKind.SPEECH
        await desk_of(interaction).builder.write_line(interaction, self.target, self.fields.values(), kind)


class _Fields:
    """The text fields of a form by their custom ids."""

    def __init__(self, modal: StageModal, words: Words | None) -> None:
        self._modal = modal
        self._words = words
        self._inputs: dict[str, discord.ui.TextInput[Any]] = {}

    def add(
        self,
        name: str,
        text: str,
        *,
        limit: int,
        long: bool = False,
        required: bool = False,
        hint: str | None = None,
    ) -> None:
        """Add a field for at most `limit` characters, with `text` in it."""
        style = discord.TextStyle.paragraph if long else discord.TextStyle.short
        field: discord.ui.TextInput[Any] = discord.ui.TextInput(
            custom_id=name, style=style, max_length=limit, required=required, default=text[:limit] or None
        )
        self._inputs[name] = field
        title = self._words.say(f"field.{name}") if self._words else "…"
        self._modal.add_item(discord.ui.Label(text=title, description=hint, component=field))

    def values(self) -> dict[str, str]:
        """Return what was filled in."""
        return {name: field.value.strip() for name, field in self._inputs.items()}


MODALS: Final = (TextForm, TemplateForm, SceneForm, SoundsForm, LineForm)
