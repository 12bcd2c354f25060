"""What a finished clip shall be, and who makes it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from pathlib import Path

FRAMES_PER_SECOND = 24


@dataclass(frozen=True, slots=True)
class RenderOrder:
    """One clip to be made.

    `seconds` is the nominal length; like the vendor's, the clip has one frame more than that. `image` and `end_image`
    are encoded JPEG or PNG. `voices` are names in the order of the voice markers of the prompt.
    """

    prompt: str
    seconds: int
    width: int
    height: int
    audio: bool
    negative_prompt: str = ""
    image: bytes | None = None
    end_image: bytes | None = None
    voices: tuple[str, ...] = ()

    @property
    def frames(self) -> int:
        """The number of frames of the clip."""
        return self.seconds * FRAMES_PER_SECOND + 1

    @property
    def duration(self) -> str:
        """The real length in seconds as the vendor writes it: cut to three decimals."""
        milliseconds = self.frames * 1000 // FRAMES_PER_SECOND
        return f"{milliseconds // 1000}.{milliseconds % 1000:03d}"


class Renderer(Protocol):
    """Makes clips."""

    async def render(self, order: RenderOrder, destination: Path) -> None:
        """Write an MP4 file (H.264, and AAC if audio is on) to `destination`; any exception fails the task."""
        ...
