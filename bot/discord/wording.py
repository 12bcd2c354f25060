"""How requests and times are put into words, wherever they are shown."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, ClassVar, Final

from bot.discord.escape import label, one_line, shown, visible
from bot.jobs.request import InputKind

if TYPE_CHECKING:
    import discord

    from bot.catalog import Catalogue
    from bot.jobs.request import Mode, Request
    from bot.texts import Sentence, Texts

_BLANK_LINES: Final = re.compile(r"\n\s*\n+")
_MOST_LINES: Final = 12
_MINUTE: Final = 60
_ROUNDED: Final = 5


@dataclass(frozen=True, slots=True)
class Wording:
    """Says things to somebody who reads `locale`; each package of commands has the texts below its `area`."""

    area: ClassVar[str]
    texts: Texts
    locale: discord.Locale | str
    catalogue: Catalogue

    def say(self, key: str, **values: Any) -> str:
        """Return the text of a key below the area."""
        return self.texts.say(self.locale, f"{self.area}.{key}", **values)

    def tell(self, sentence: Sentence) -> str:
        """Return a sentence that a part without a language made."""
        return self.texts.tell(self.locale, sentence)

    def settings(self, request: Request) -> str:
        """Return the settings of a request on one line."""
        return settings_of(self.texts, self.locale, self.catalogue, request)


def quoted(prompt: str, limit: int) -> str:
    """Return a prompt as a quotation of about `limit` characters, line by line where it has few lines.

    Empty where there is nothing to be seen.
    """
    text = _BLANK_LINES.sub("\n", visible(prompt)).strip()
    if not text:
        return ""
    if text.count("\n") >= _MOST_LINES:
        return f"> {one_line(text, limit)}"
    return "\n".join(f"> {line}" for line in shown(text, limit).split("\n"))


def look_of(texts: Texts, locale: discord.Locale | str, mode: Mode, *, audio: bool) -> str:
    """Name a quality."""
    return texts.say(locale, f"generate.look.{mode}-{'sound' if audio else 'silent'}")


def settings_of(texts: Texts, locale: discord.Locale | str, catalogue: Catalogue, request: Request) -> str:
    """Return the settings of a request on one line."""
    parts = [
        _model_name(catalogue, request.model),
        look_of(texts, locale, request.mode, audio=request.audio),
        texts.say(locale, "generate.settings.seconds", seconds=f"{request.seconds:g}"),
    ]
    if request.aspect_ratio:
        parts.append(label(request.aspect_ratio, 12))
    if request.outputs > 1:
        parts.append(texts.say(locale, "generate.settings.times", count=request.outputs))
    if request.continues:
        parts.append(texts.say(locale, "generate.settings.continues"))
    elif request.input is InputKind.IMAGE:
        key = "from-two-images" if request.end_image else "from-image"
        parts.append(texts.say(locale, f"generate.settings.{key}"))
    return " · ".join(parts)


def duration_of(texts: Texts, locale: discord.Locale | str, seconds: float) -> str:
    """Say about how long something takes: whole minutes from a minute and a half on, else steps of five seconds."""
    if seconds < _ROUNDED:
        return texts.say(locale, "generate.duration.moment")
    if seconds < 1.5 * _MINUTE:
        return texts.say(locale, "generate.duration.seconds", count=_ROUNDED * round(seconds / _ROUNDED))
    return texts.say(locale, "generate.duration.minutes", count=round(seconds / _MINUTE))


def _model_name(catalogue: Catalogue, model: str) -> str:
    return next((card.name for card in catalogue.cards if card.id == model), one_line(model, 40))
