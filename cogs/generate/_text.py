"""The texts of this package in the language of one reader."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from bot.discord import wording
from bot.discord.wording import Wording

if TYPE_CHECKING:
    from bot.jobs.request import Mode


@dataclass(frozen=True, slots=True)
class Words(Wording):
    """Says things about clips."""

    area = "generate"

    def look(self, mode: Mode, *, audio: bool) -> str:
        """Name a quality."""
        return wording.look_of(self.texts, self.locale, mode, audio=audio)

    def duration(self, seconds: float) -> str:
        """Say about how long something takes."""
        return wording.duration_of(self.texts, self.locale, seconds)
