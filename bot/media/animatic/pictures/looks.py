"""Who looks how: skin, hair and clothes of each speaker, the same every time and never twice in one picture."""

from __future__ import annotations

import re
import zlib
from dataclasses import dataclass
from typing import TYPE_CHECKING

from bot.media.animatic.script import Being, Register, Tone

if TYPE_CHECKING:
    from collections.abc import Sequence

    from bot.media.animatic.pictures.drawing import Colour
    from bot.media.animatic.script import Speaker

_TYPES: tuple[tuple[Colour, Colour], ...] = (
    ((246, 205, 176), (92, 58, 42)),
    ((190, 132, 98), (44, 34, 38)),
    ((250, 218, 196), (206, 160, 92)),
    ((141, 90, 66), (28, 26, 36)),
    ((224, 172, 138), (58, 40, 38)),
    ((244, 200, 172), (152, 78, 46)),
    ((112, 72, 54), (34, 28, 32)),
)
"""Skin and hair that go together."""
_FURS: tuple[tuple[Colour, Colour], ...] = (
    ((226, 164, 104), (196, 124, 70)),
    ((176, 170, 172), (126, 120, 126)),
    ((172, 128, 92), (112, 78, 56)),
    ((92, 86, 92), (58, 52, 60)),
)
"""Light and dark fur that go together."""
_GREY: Colour = (202, 200, 204)
_CLOTHES: tuple[Colour, ...] = (
    (58, 84, 132),
    (148, 66, 74),
    (62, 110, 98),
    (196, 140, 70),
    (96, 78, 138),
    (212, 204, 192),
)
_STYLES = {
    Register.MALE: ("short", "swept", "crop", "tousled"),
    Register.FEMALE: ("long", "bob", "bun", "curly"),
    Register.CHILD: ("tousled", "short", "crop"),
}
_GIRL = re.compile(r"girl|daughter|sister|female|princess|\bher\b|女")
_SHOULDERS = {Register.MALE: 1.0, Register.FEMALE: 0.84, Register.CHILD: 0.74}
_ANIMALS = {Being.CAT, Being.DOG}


@dataclass(frozen=True, slots=True)
class Look:
    """What a figure looks like; of an animal, skin and hair are its fur."""

    skin: Colour
    hair: Colour
    clothes: Colour
    style: str
    shoulders: float
    beard: bool
    being: Being
    headphones: bool

    @property
    def animal(self) -> bool:
        """Say whether the figure has fur."""
        return self.being in _ANIMALS


def looks(speakers: Sequence[Speaker], *, headphones: bool = False) -> list[Look]:
    """Return the looks of the speakers; names decide, and whoever comes later gives way to who was first."""
    types, clothes, styles = _Wardrobe(len(_TYPES)), _Wardrobe(len(_CLOTHES)), _Wardrobe(4)
    result = []
    for speaker in speakers:
        seed = zlib.crc32(speaker.name.encode())
        animal = speaker.being in _ANIMALS
        chosen = types.choose(seed // 7)
        skin, hair = _FURS[chosen % len(_FURS)] if animal else _TYPES[chosen]
        old = speaker.tone is Tone.OLD
        girl = speaker.voice is Register.CHILD and _GIRL.search(f"{speaker.name} {speaker.hint}".lower())
        own_styles = _STYLES[Register.FEMALE if girl else speaker.voice]
        result.append(
            Look(
                skin=skin,
                hair=_GREY if old else hair,
                clothes=_CLOTHES[clothes.choose(seed // 101)],
                style="crop" if animal else own_styles[styles.choose(seed // 3) % len(own_styles)],
                shoulders=_SHOULDERS[speaker.voice],
                beard=not animal and speaker.voice is Register.MALE and (old or seed % 4 == 0),
                being=speaker.being,
                headphones=headphones,
            )
        )
    return result


class _Wardrobe:
    """Hands out numbers below a limit, each once before any comes again."""

    def __init__(self, limit: int) -> None:
        self._limit, self._taken = limit, set[int]()

    def choose(self, wanted: int) -> int:
        if len(self._taken) == self._limit:
            self._taken.clear()
        number = wanted % self._limit
        while number in self._taken:
            number = (number + 1) % self._limit
        self._taken.add(number)
        return number
