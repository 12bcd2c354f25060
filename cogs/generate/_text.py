"""The texts of this package in the language of one reader."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from bot.discord import wording

if TYPE_CHECKING:
    import discord

    from bot.catalog import Catalogue
    from bot.jobs.request import Mode, Request
    from bot.texts import Sentence, Texts


@dataclass(frozen=True, slots=True)
class Words:
    """Says things about clips to somebody who reads `locale`."""

    texts: Texts
    locale: discord.Locale | str
    catalogue: Catalogue

    def say(self, key: str, **values: Any) -> str:
        """Return the text of a key below `generate`."""
        return self.texts.say(self.locale, f"generate.{key}", **values)

    def tell(self, sentence: Sentence) -> str:
        """Return a sentence that a part without a language made."""
        return self.texts.tell(self.locale, sentence)

    def settings(self, request: Request) -> str:
        """Return the settings of a request on one line."""
        return wording.settings_of(self.texts, self.locale, self.catalogue, request)

    def look(self, mode: Mode, *, audio: bool) -> str:
        """Name a quality."""
        return wording.look_of(self.texts, self.locale, mode, audio=audio)

    def duration(self, seconds: float) -> str:
        """Say about how long something takes."""
        return wording.duration_of(self.texts, self.locale, seconds)
