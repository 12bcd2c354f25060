"""The menus of the builder applied to a draft: what is chosen now, and the draft after another choice."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

from bot.prompts.menus import MENUS, Menu
from bot.prompts.model import LineKind

if TYPE_CHECKING:
    from collections.abc import Sequence

    from bot.prompts.builder import Draft

MANY: Final = frozenset({Menu.EFFECTS, Menu.AMBIENCE})
"""The menus from which several may be chosen."""

MOST_CHOSEN: Final = 3
_VOICE: Final = {Menu.EMOTION: "emotion", Menu.PACE: "pace", Menu.VOLUME: "volume", Menu.QUALITY: "quality"}
_STYLE: Final = {Menu.SINGING: (LineKind.SINGING, LineKind.CHORUS), Menu.RAP: (LineKind.RAP,)}
_WHOLE: Final = {Menu.MUSIC: "music", Menu.CAMERA: "camera"}
_LISTS: Final = {Menu.EFFECTS: "effects", Menu.AMBIENCE: "ambience"}


@dataclass(frozen=True, slots=True)
class Option:
    """One thing to choose: its words, whether the menu has them (or somebody wrote them), and whether they are in."""

    words: str
    known: bool
    chosen: bool


def options_of(draft: Draft, menu: Menu, speaker: str) -> tuple[Option, ...]:
    """Return what a menu offers for a draft; what was written by hand comes first, so that it can be kept."""
    chosen = chosen_in(draft, menu, speaker)
    known = [choice.words for choice in MENUS[menu]]
    lowered = {words.lower() for words in chosen}
    own = [Option(words, known=False, chosen=True) for words in chosen if words.lower() not in known]
    return (*own, *(Option(words, known=True, chosen=words in lowered) for words in known))


def chosen_in(draft: Draft, menu: Menu, speaker: str) -> tuple[str, ...]:
    """Return the words of a menu that are in a draft; those of a voice are the speaker's."""
    words: tuple[str, ...]
    if menu in _VOICE:
        words = (str(getattr(draft.speaker(speaker), _VOICE[menu])),)
    elif menu in _STYLE:
        kinds = _STYLE[menu]
        words = tuple(turn.style for turn in draft.turns if turn.speaker == speaker and turn.kind in kinds)[:1]
    elif menu in _LISTS:
        words = tuple(getattr(draft, _LISTS[menu]))
    else:
        words = (str(getattr(draft, _WHOLE[menu])),)
    return tuple(one for one in words if one)


def choose(draft: Draft, menu: Menu, speaker: str, words: Sequence[str]) -> Draft:
    """Return the draft with these words of a menu in place of the present ones; none takes them out."""
    first = words[0] if words else ""
    if menu in _VOICE:
        return draft.with_speaker(replace(draft.speaker(speaker), **{_VOICE[menu]: first}))
    if menu in _STYLE:
        kinds = _STYLE[menu]
        turns = [
            replace(turn, style=first) if turn.speaker == speaker and turn.kind in kinds else turn
            for turn in draft.turns
        ]
        return replace(draft, turns=tuple(turns))
    if menu is Menu.EFFECTS:
        return replace(draft, effects=tuple(words))
    if menu is Menu.AMBIENCE:
        return replace(draft, ambience=tuple(words))
    return replace(draft, music=first) if menu is Menu.MUSIC else replace(draft, camera=first)


def performs(draft: Draft, menu: Menu, speaker: str) -> bool:
    """Say whether somebody has a line for which this menu of styles is meant."""
    return any(turn.speaker == speaker and turn.kind in _STYLE[menu] for turn in draft.turns)
