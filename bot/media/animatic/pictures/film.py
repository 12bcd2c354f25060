"""The picture of a clip: every frame from its number, without looking at any other."""

from __future__ import annotations

import zlib
from typing import TYPE_CHECKING

import numpy as np

from bot.media.animatic.pictures import settings
from bot.media.animatic.pictures.camera import OVERSCAN, Camera, Move
from bot.media.animatic.pictures.captions import Captions, Slug
from bot.media.animatic.pictures.composition import MOST_PEOPLE, seats
from bot.media.animatic.pictures.figures import Figure
from bot.media.animatic.pictures.looks import looks
from bot.media.animatic.pictures.palette import accent, palette_for
from bot.media.animatic.pictures.photo import photo_elements
from bot.media.animatic.pictures.planes import BLACK, WHITE, Frame
from bot.media.animatic.pictures.scenery import Element, Moment, Scenery
from bot.media.animatic.place import Setting
from bot.media.animatic.script import FRAME_RATE, Being

if TYPE_CHECKING:
    from bot.media.animatic.dialogue import Dialogue
    from bot.media.animatic.pictures.levels import Levels
    from bot.media.animatic.script import Script

_GRAIN_TILE = 256
_GRAIN = 2


class Film:
    """All frames of a clip. Mouths and level meters follow `levels`."""

    def __init__(self, script: Script, dialogue: Dialogue, levels: Levels) -> None:
        self._script, self._dialogue, self._levels = script, dialogue, levels
        self._size = script.size
        seed = zlib.crc32(script.scene.encode())
        self._generator = np.random.default_rng(seed)
        direction = 1 if seed % 2 else -1
        drawing = tuple(round(side * OVERSCAN / 2) * 2 for side in self._size)
        self._drawing = drawing[0], drawing[1]
        self._camera = Camera(self._drawing, self._size, Move(across=0.35 * direction))
        self._elements = [*self._picture(), *self._texts()]
        noise = self._generator.integers(0, 2 * _GRAIN + 1, (_GRAIN_TILE * 2, _GRAIN_TILE * 2), np.uint8)
        height, width = self._size[1], self._size[0]
        repeats = (height // (_GRAIN_TILE * 2) + 2, width // (_GRAIN_TILE * 2) + 2)
        self._grain = np.tile(noise, repeats)

    def frame(self, number: int) -> Frame:
        """Return a frame; frames may be asked for in any order and from several threads."""
        seconds = number / FRAME_RATE
        moment = Moment(seconds, number / max(1, self._script.frame_count - 1))
        frame = Frame.black(*self._size)
        for element in self._elements:
            element.draw(frame, moment, self._camera)
        self._finish(frame, number)
        return frame

    def _picture(self) -> list[Element]:
        script = self._script
        if script.image is not None or script.end_image is not None:
            return photo_elements(script.image, script.end_image, self._drawing, script.duration)
        visible = [index for index, speaker in enumerate(script.speakers) if speaker.being is not Being.NOBODY]
        shown = visible[:MOST_PEOPLE]
        words = " ".join([script.scene, script.title, *(sound.text for sound in script.sounds)]).lower()
        scenery = Scenery(
            *self._drawing, script.place, palette_for(script.place), self._generator, len(shown), words, self._size
        )
        settings.build(scenery)
        return [*scenery.elements_behind(), *self._figures(shown, scenery), *scenery.elements_before()]

    def _figures(self, shown: list[int], scenery: Scenery) -> list[Element]:
        speakers = [self._script.speakers[index] for index in shown]
        places = seats([speaker.voice for speaker in speakers], *self._drawing)
        looking = looks(speakers, headphones=self._script.place.setting is Setting.STUDIO)
        figures: list[Element] = []
        for index, speaker, seat, look in zip(shown, speakers, places, looking, strict=True):
            figures.append(
                Figure(
                    look,
                    seat,
                    palette=scenery.palette,
                    accent=accent(index),
                    drawing_height=self._drawing[1],
                    speaking=[line.span for line in self._dialogue.lines if line.line.speaker == speaker.name],
                    levels=self._levels,
                )
            )
        return figures[::-1]  # the first speakers sit in front

    def _texts(self) -> list[Element]:
        script = self._script
        colours = [accent(script.speaker_of(line.line)) for line in self._dialogue.lines]
        sounds = ", ".join(dict.fromkeys(sound.text.lower() for sound in script.sounds))
        detail = " · ".join(part for part in (f"{script.duration:.0f} s", sounds) if part)
        return [
            Slug(script.title, detail, self._size, script.duration),
            Captions(self._dialogue.lines, colours, size=self._size, seconds=script.duration, levels=self._levels),
        ]

    def _finish(self, frame: Frame, number: int) -> None:
        """Add grain. There is no fade: players show the first frame, and the last one begins the next clip."""
        height, width = frame.luma.shape
        across, down = number * 37 % _GRAIN_TILE, number * 53 % _GRAIN_TILE
        np.clip(frame.luma, BLACK + _GRAIN, WHITE - _GRAIN, out=frame.luma)
        frame.luma += self._grain[down : down + height, across : across + width]
        frame.luma -= np.uint8(_GRAIN)
