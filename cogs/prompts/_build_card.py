"""The cards on which a prompt is built: the choice of a template, and one card for each step."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

import discord

from bot.discord.cards import Card
from bot.discord.escape import label
from bot.discord.wording import quoted
from bot.prompts.coverage import complexity_of, coverage_of
from bot.prompts.menus import Menu
from bot.prompts.parts import MANY, MOST_CHOSEN, options_of, performs
from bot.prompts.templates import TEMPLATES
from bot.prompts.timing import timetable
from bot.prompts.worksheets import Step
from cogs.prompts._build_items import (
    ANY,
    PART_MENUS,
    STEPS,
    AddLine,
    ChooseLine,
    ChooseSpeaker,
    ChooseTemplate,
    EditScene,
    EditSounds,
)
from cogs.prompts._check_items import MakeClip
from cogs.prompts._text import COLOUR

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bot.prompts.builder import Draft
    from bot.prompts.parts import Option
    from bot.prompts.worksheets import Worksheet
    from cogs.prompts._check_card import Examination
    from cogs.prompts._text import Words

NONE: Final = "none"
MOST_LINES: Final = 20
"""More lines than a clip of ten seconds can hold, and as many as a menu can show."""

_PROMPT_LENGTH: Final = 1200
_FINDINGS_LENGTH: Final = 700
_MOST_FINDINGS: Final = 3
_OPTION_LENGTH: Final = 100
_MOST_OPTIONS: Final = 25
_SIGNS: Final = {Step.SCENE: "🏞️", Step.LINES: "💬", Step.VOICES: "🎭", Step.SOUNDS: "🔊", Step.CHECK: "🔎"}
_VOICE_MENUS: Final = (Menu.EMOTION, Menu.PACE, Menu.VOLUME, Menu.QUALITY)
_SOUND_MENUS: Final = (Menu.EFFECTS, Menu.AMBIENCE, Menu.MUSIC)


def template_card(words: Words) -> Card:
    """Offer the templates."""
    card = Card(colour=COLOUR).heading(words.say("build.start")).text(words.say("build.explained"))
    options = [
        discord.SelectOption(
            label=label(words.say(f"template.{template.id}.title"), _OPTION_LENGTH),
            value=template.id,
            description=label(words.say(f"template.{template.id}.description"), _OPTION_LENGTH),
        )
        for template in TEMPLATES.values()
    ]
    return card.row(ChooseTemplate(ANY, options=options, placeholder=words.say("build.choose")))


def build_card(words: Words, sheet: Worksheet, draft: Draft, examination: Examination, *, late: bool = False) -> Card:
    """Show the prompt as it is, what it is worth, and the menus of the present step."""
    request, report = examination.request, examination.report
    card = Card(colour=COLOUR)
    if late:
        card.small(words.say("late"))
    text = quoted(request.prompt, _PROMPT_LENGTH) if request.prompt else f"-# {words.say('build.empty')}"
    card.text(f"### {_title(words, draft)}\n{text}")
    speech = words.speech(timetable(report.prompt), request)
    card.text(" · ".join(filter(None, (words.complexity(complexity_of(report.prompt)), speech))))
    card.small(words.coverage(coverage_of(report.prompt)))
    if report.findings:
        card.text(words.findings(report.findings, request.prompt, most=_MOST_FINDINGS, limit=_FINDINGS_LENGTH))
    step = sheet.content.step
    card.divider().text(
        f"**{_SIGNS[step]} {words.say(f'step.{step.value}')}** · {words.say(f'step-hint.{step.value}')}"
    )
    for menu in _menus(words, sheet, draft):
        card.row(menu)
    card.row(*_actions(words, sheet, draft))
    return card.divider().row(*_steps(words, sheet))


def _title(words: Words, draft: Draft) -> str:
    known = draft.template in TEMPLATES
    return words.say(f"template.{draft.template}.title") if known else words.say("build.title")


def _menus(words: Words, sheet: Worksheet, draft: Draft) -> Iterator[discord.ui.Item[Any]]:
    content = sheet.content
    match content.step:
        case Step.SCENE:
            yield _menu(words, sheet, draft, Menu.CAMERA)
        case Step.LINES if draft.turns:
            yield _lines(words, sheet, draft)
        case Step.VOICES if content.speaker:
            if len(draft.speakers) > 1:
                yield _speakers(words, sheet, draft)
            for menu in _VOICE_MENUS:
                yield _menu(words, sheet, draft, menu)
            for menu in (Menu.SINGING, Menu.RAP):
                if performs(draft, menu, content.speaker):
                    yield _menu(words, sheet, draft, menu)
        case Step.SOUNDS:
            for menu in _SOUND_MENUS:
                yield _menu(words, sheet, draft, menu)
        case _:
            pass


def _menu(words: Words, sheet: Worksheet, draft: Draft, menu: Menu) -> discord.ui.Item[Any]:
    """Return a menu with what is chosen already; the values are places in the list that the draft offers."""
    offered = options_of(draft, menu, sheet.content.speaker)
    several = menu in MANY
    options = [
        discord.SelectOption(
            label=_choice(words, menu, one),
            value=str(number),
            default=one.chosen,
        )
        for number, one in enumerate(offered[: _MOST_OPTIONS - 1])
    ]
    chosen = sum(option.default for option in options)
    if chosen and not several:
        options.insert(0, discord.SelectOption(label=words.say("build.none"), value=NONE))
    most = max(MOST_CHOSEN, chosen) if several else 1
    placeholder = words.say(f"build.menu.{menu.value}")
    if several:
        placeholder = words.say("build.several", menu=placeholder, count=most)
    item = PART_MENUS[menu](sheet.id, sheet.revision, options=options, placeholder=placeholder, most=most)
    if several:
        item.item.min_values = 0
    return item


def _choice(words: Words, menu: Menu, option: Option) -> str:
    """Return how an option is shown; what is chosen names its menu, because a closed menu shows nothing else."""
    name = option.words[:1].upper() + option.words[1:]
    if option.known:
        name = words.say(f"menus.{menu.value}.{option.words}")
    if option.chosen:
        name = words.say("build.chosen", menu=words.say(f"build.menu.{menu.value}"), choice=name)
    return label(name, _OPTION_LENGTH)


def _speakers(words: Words, sheet: Worksheet, draft: Draft) -> discord.ui.Item[Any]:
    options = [
        discord.SelectOption(
            label=label(words.say("build.voice-of", name=speaker.label), _OPTION_LENGTH),
            value=str(number),
            default=speaker.label == sheet.content.speaker,
        )
        for number, speaker in enumerate(draft.speakers[:_MOST_OPTIONS])
    ]
    return ChooseSpeaker(sheet.id, sheet.revision, options=options, placeholder=words.say("build.choose-speaker"))


def _lines(words: Words, sheet: Worksheet, draft: Draft) -> discord.ui.Item[Any]:
    options = [
        discord.SelectOption(
            label=label(f"{turn.speaker}: {turn.words}", _OPTION_LENGTH),
            value=str(number),
            description=label(turn.action, _OPTION_LENGTH) or None,
        )
        for number, turn in enumerate(draft.turns[:_MOST_OPTIONS])
    ]
    return ChooseLine(sheet.id, sheet.revision, options=options, placeholder=words.say("build.choose-line"))


def _actions(words: Words, sheet: Worksheet, draft: Draft) -> list[discord.ui.Item[Any]]:
    key = (sheet.id, sheet.revision)
    buttons: list[discord.ui.Item[Any]] = []
    match sheet.content.step:
        case Step.SCENE:
            buttons.append(EditScene(*key, label=words.say("build.edit-scene")))
        case Step.SOUNDS:
            buttons.append(EditSounds(*key, label=words.say("build.edit-sounds")))
        case Step.LINES | Step.VOICES:
            full = len(draft.turns) >= MOST_LINES
            buttons.append(AddLine(*key, label=words.say("build.add-line"), disabled=full))
        case _:
            pass
    style = discord.ButtonStyle.success
    return [*buttons, MakeClip(*key, label=words.say("make"), style=style)]


def _steps(words: Words, sheet: Worksheet) -> list[discord.ui.Item[Any]]:
    primary, secondary = discord.ButtonStyle.primary, discord.ButtonStyle.secondary
    return [
        button(
            sheet.id,
            sheet.revision,
            label=words.say(f"step.{step.value}"),
            emoji=_SIGNS[step],
            style=primary if step is sheet.content.step else secondary,
        )
        for step, button in STEPS.items()
    ]


def speaker_at(draft: Draft, value: str) -> str | None:
    """Return the speaker of a menu's value, None for a value that was not offered."""
    if not value.isdecimal() or int(value) >= len(draft.speakers):
        return None
    return draft.speakers[int(value)].label


def words_at(draft: Draft, menu: Menu, speaker: str, values: list[str]) -> list[str] | None:
    """Return the words of a menu's values, None where one was not offered."""
    offered = options_of(draft, menu, speaker)
    if NONE in values:
        return []
    if any(not value.isdecimal() or int(value) >= len(offered) for value in values):
        return None
    return [offered[int(value)].words for value in values]
