"""The words of findings and fixes in every language; keys are rule ids, with `.variant` where a rule has several."""

# Chinese punctuation and curly quotes are data here.

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.prompts.messages import chinese, english

if TYPE_CHECKING:
    from collections.abc import Mapping

_CATALOGUES: dict[str, Mapping[str, str]] = {"en": english.MESSAGES, "zh": chinese.MESSAGES}
_PARTS: dict[str, Mapping[str, str]] = {"en": english.PARTS, "zh": chinese.PARTS}
_LIST_SIGNS = {"en": ", ", "zh": "、"}

LOCALES = tuple(_CATALOGUES)


def language_of(locale: str) -> str:
    """Return the catalogue for a Discord or POSIX locale (`en-GB`, `zh-CN`); English where there is none."""
    language = locale.replace("_", "-").partition("-")[0].lower()
    return language if language in _CATALOGUES else "en"


def text_of(key: str, values: Mapping[str, object], locale: str = "en") -> str:
    """Return a message with its values filled in; lists are joined, names of parts translated."""
    language = language_of(locale)
    parts, sign = _PARTS[language], _LIST_SIGNS[language]
    filled = {
        name: sign.join(parts.get(str(item), str(item)) for item in value)
        if isinstance(value, (list, tuple))
        else value
        for name, value in values.items()
    }
    return _CATALOGUES[language][key].format(**filled)


def keys(language: str) -> frozenset[str]:
    """Every key of a catalogue."""
    return frozenset(_CATALOGUES[language])
