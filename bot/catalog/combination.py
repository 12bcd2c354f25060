"""The part of a request that a model card can judge."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING, Self

from bot.catalog.card import Feature, FileRole, Setting
from bot.jobs.request import InputKind, Mode

if TYPE_CHECKING:
    from bot.catalog.card import InputCard
    from bot.jobs.request import Orientation, Request


@dataclass(frozen=True, slots=True)
class Combination:
    """The settings of a request, without its words; a field that is None is not known and not judged.

    `seconds` is the nominal length, or that of the reference; `files` are those at hand; `reference_sides` are the
    width and height of the reference in pixels; `voices` is the number of bound voices.
    """

    input: InputKind = InputKind.TEXT
    mode: Mode = Mode.PROFESSIONAL
    audio: bool = True
    seconds: Decimal | None = None
    aspect_ratio: str | None = None
    outputs: int = 1
    voices: int = 0
    files: frozenset[FileRole] | None = None
    orientation: Orientation | None = None
    reference_sides: tuple[int, int] | None = None

    @classmethod
    def of(cls, request: Request) -> Self:
        """Take the settings out of a complete request."""
        files = {
            FileRole.IMAGE: request.image,
            FileRole.END_IMAGE: request.end_image,
            FileRole.REFERENCE: request.reference,
        }
        reference = request.reference
        return cls(
            input=request.input,
            mode=request.mode,
            audio=request.audio,
            seconds=Decimal(str(request.seconds)),
            aspect_ratio=request.aspect_ratio,
            outputs=request.outputs,
            voices=len(request.voices),
            files=frozenset(role for role, file in files.items() if file is not None),
            orientation=request.orientation,
            reference_sides=(reference.width, reference.height) if reference and reference.width else None,
        )

    def features(self, card: InputCard) -> frozenset[Feature]:
        """Return what this asks for beyond the plain picture, leaving out what the input ignores."""
        wanted = {
            Feature.AUDIO: self.audio and Setting.AUDIO not in card.ignores,
            Feature.VOICES: self.voices > 0,
            Feature.END_IMAGE: self.files is not None and FileRole.END_IMAGE in self.files,
        }
        return frozenset(feature for feature, is_wanted in wanted.items() if is_wanted)
