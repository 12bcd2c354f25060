"""Sounds that a header announces: what stands under `Music:` is music, whatever words it is told in."""

# Chinese punctuation is data here.
# ruff: noqa: RUF001

from __future__ import annotations

import re
from bisect import bisect_left
from typing import TYPE_CHECKING

from bot.prompts.model import Sound, SoundKind, span_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from bot.prompts.model import Section

_KINDS = {"music": SoundKind.MUSIC, "sound effects": SoundKind.EFFECT}
#: `Background:` may be a place; these headers are about what is heard.
_AMBIENT = re.compile(r"ambien|ambian|环境音|背景音(?!乐)|background (?:sound|noise|audio)", re.IGNORECASE)
_CONTENT = re.compile(r"\s*([^.;!?。；！？\n\x01\x02\x03]*[^\s.;!?。；！？\n\x01\x02\x03])")
_NOTHING = re.compile(
    r"(?:no|none|nothing|without|off|mute[d]?|silent|silence|n/a|not|minimal|-)\b|[无没不静]|-$", re.IGNORECASE
)


def announced_sounds(prose: str, sections: Sequence[Section], found: Sequence[Sound]) -> list[Sound]:
    """Return one sound for each header whose kind of sound was not `found`, in order, in the sentence behind it."""
    announced = []
    starts: dict[SoundKind, list[int]] = {kind: [] for kind in SoundKind}
    for sound in found:
        starts[sound.kind].append(sound.span.start)
    for section in sections:
        header = prose[section.span.start : section.span.end]
        kind = _KINDS.get(section.name) or (SoundKind.AMBIENCE if _AMBIENT.search(header) else None)
        content = _CONTENT.match(prose, section.body.start, section.body.end) if kind is not None else None
        if kind is None or content is None or _NOTHING.match(content.group(1)):
            continue
        place = span_of(content.span(1))
        if bisect_left(starts[kind], place.start) == bisect_left(starts[kind], place.end):
            announced.append(Sound(kind, content.group(1), place))
    return announced
