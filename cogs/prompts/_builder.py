"""The steps of building a prompt. Every change makes the next revision of the worksheet, and the prompt anew."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from bot.errors import NotAChoice, Outdated
from bot.prompts.builder import Draft, Speaker, Turn, plain_label, plain_words
from bot.prompts.parts import choose
from bot.prompts.templates import TEMPLATES
from bot.prompts.worksheets import Content, Step
from cogs.prompts._build_card import MOST_LINES, speaker_at, words_at
from cogs.prompts._modals import LineForm, SceneForm, SoundsForm, TemplateForm

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from bot.discord.identifiers import CustomId
    from bot.discord.items import StageInteraction
    from bot.prompts.menus import Menu
    from bot.prompts.model import LineKind
    from bot.prompts.worksheets import Worksheet
    from cogs.prompts._desk import PromptDesk

_MOST_SOUNDS = 6


class PromptBuilder:
    """Carries out what people press, choose and fill in while they build a prompt."""

    def __init__(self, desk: PromptDesk) -> None:
        self._desk = desk

    # --- the beginning ---

    async def open_template(self, interaction: StageInteraction, template: str) -> None:
        """Open the form of a template; raises `NotAChoice` where there is no such one."""
        if template not in TEMPLATES:
            raise NotAChoice("template")
        await TemplateForm(template, words=self._desk.words(interaction)).open(interaction)

    async def begin(self, interaction: StageInteraction, template: str, filled: Mapping[str, str]) -> None:
        """Make the first prompt out of a template and what was filled in."""
        if template not in TEMPLATES:
            raise Outdated
        draft = from_template(TEMPLATES[template].draft, filled)
        step = Step.VOICES if draft.speakers else Step.SOUNDS
        request = await self._desk.request(interaction, draft.text)
        await self._desk.begin(interaction, Content(request=request, step=step).with_draft(draft))

    # --- forms ---

    async def open_scene(self, interaction: StageInteraction, target: CustomId) -> None:
        """Open the form with what is seen."""
        draft = await self._draft(interaction, target)
        await SceneForm(target.subject, words=self._desk.words(interaction), draft=draft).open(interaction)

    async def open_sounds(self, interaction: StageInteraction, target: CustomId) -> None:
        """Open the form with what is heard."""
        draft = await self._draft(interaction, target)
        await SoundsForm(target.subject, words=self._desk.words(interaction), draft=draft).open(interaction)

    async def open_line(self, interaction: StageInteraction, target: CustomId, index: int | None) -> None:
        """Open the form of a line, or an empty one for the next speaker; raises `Outdated` where the line is gone."""
        draft = await self._draft(interaction, target)
        if index is not None and index >= len(draft.turns):
            raise Outdated
        turn = next_turn(draft) if index is None else draft.turns[index]
        number = 0 if index is None else index + 1
        await LineForm(target.subject, number, words=self._desk.words(interaction), turn=turn).open(interaction)

    async def write_scene(self, interaction: StageInteraction, target: CustomId, filled: Mapping[str, str]) -> None:
        """Take over what was filled in about the scene."""

        def written(draft: Draft) -> Draft:
            scene, movement = filled["scene"], filled["movement"]
            return replace(draft, scene=scene, movement=movement, camera=filled["camera"], style=filled["style"])

        await self._change(interaction, target, written)

    async def write_sounds(self, interaction: StageInteraction, target: CustomId, filled: Mapping[str, str]) -> None:
        """Take over what was filled in about sounds."""

        def written(draft: Draft) -> Draft:
            effects, ambience = (_listed(filled[name]) for name in ("effects", "ambience"))
            return replace(draft, effects=effects, ambience=ambience, music=filled["music"])

        await self._change(interaction, target, written)

    async def write_line(
        self, interaction: StageInteraction, target: CustomId, filled: Mapping[str, str], kind: LineKind
    ) -> None:
        """Take over a line; one without words goes, and a changed one that is gone meanwhile is added."""
        turn = Turn(
            plain_label(filled["who"]), plain_words(filled["words"]), filled["action"], kind, style=filled["style"]
        )
        number = target.revision or 0
        await self._change(interaction, target, lambda draft: with_line(draft, number, turn))

    # --- menus and steps ---

    async def choose(self, interaction: StageInteraction, target: CustomId, menu: Menu, values: list[str]) -> None:
        """Put what was chosen from a menu into the prompt; what was never offered changes nothing."""

        def chosen(sheet: Worksheet) -> Content:
            draft, speaker = _draft_of(sheet), sheet.content.speaker
            words = words_at(draft, menu, speaker, values)
            return sheet.content if words is None else sheet.content.with_draft(choose(draft, menu, speaker, words))

        await self._desk.change(interaction, target, chosen)

    async def choose_speaker(self, interaction: StageInteraction, target: CustomId, value: str) -> None:
        """Turn to the voice of somebody else."""

        def turned(sheet: Worksheet) -> Content:
            speaker = speaker_at(_draft_of(sheet), value) or sheet.content.speaker
            return sheet.content.model_copy(update={"speaker": speaker})

        await self._desk.change(interaction, target, turned)

    async def go(self, interaction: StageInteraction, target: CustomId, step: Step) -> None:
        """Show another step; back from the check, the prompt is again what its parts make."""

        def gone(sheet: Worksheet) -> Content:
            content = sheet.content.with_draft(_draft_of(sheet))
            return content.model_copy(update={"step": step})

        await self._desk.change(interaction, target, gone)

    async def _draft(self, interaction: StageInteraction, target: CustomId) -> Draft:
        return _draft_of(await self._desk.load(interaction, target))

    async def _change(self, interaction: StageInteraction, target: CustomId, change: Callable[[Draft], Draft]) -> None:
        """Change the parts as a form says, also where the worksheet changed since the form was opened."""
        anyhow = replace(target, revision=None)
        await self._desk.change(interaction, anyhow, lambda sheet: sheet.content.with_draft(change(_draft_of(sheet))))


def from_template(draft: Draft, filled: Mapping[str, str]) -> Draft:
    """Return the draft of a template with what was filled in; the voices stay with their turns."""
    turns = list(draft.turns)
    speakers: list[Speaker] = list(draft.speakers)
    for number, turn in enumerate(draft.turns, start=1):
        label = plain_label(filled.get(f"who-{number}", "")) or turn.speaker
        words = plain_words(filled.get(f"words-{number}", "")) or turn.words
        speakers = [replace(one, label=label) if one.label == turn.speaker else one for one in speakers]
        turns[number - 1] = replace(turn, speaker=label, words=words)
    scene, movement = filled.get("scene", draft.scene), filled.get("movement", draft.movement)
    return replace(draft, scene=scene, movement=movement, speakers=tuple(speakers), turns=tuple(turns)).tidied()


def next_turn(draft: Draft) -> Turn:
    """Return an empty line for whoever is likely to speak next: somebody else than last time."""
    last = draft.turns[-1] if draft.turns else None
    others = [one.label for one in draft.speakers if last is None or one.label != last.speaker]
    return Turn(others[0] if others else "", "")


def with_line(draft: Draft, number: int, turn: Turn) -> Draft:
    """Return the draft with a line in the place of the one of this number, counted from 1; 0 adds one."""
    exists = 1 <= number <= len(draft.turns)
    if not turn.words or not turn.speaker:
        return draft.without_turn(number - 1).tidied() if exists else draft
    if exists:
        return draft.with_turn(turn, number - 1).tidied()
    return draft.with_turn(turn).tidied() if len(draft.turns) < MOST_LINES else draft


def _draft_of(sheet: Worksheet) -> Draft:
    return sheet.content.draft or Draft()


def _listed(text: str) -> tuple[str, ...]:
    lines = [" ".join(line.split()).strip(" .,") for line in text.splitlines()]
    return tuple(dict.fromkeys(line for line in lines if line))[:_MOST_SOUNDS]
