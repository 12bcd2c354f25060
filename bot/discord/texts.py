"""Texts in the languages that people read, and the translation of command definitions.

A language is one file `bot/locales/<locale>.toml`, or a folder of that name with several; locales are Discord's
(`en-US`, `zh-CN`). Keys are written with dots. A value is a text with `{placeholders}`, or a list of texts from which
`count` chooses by the language's rule for plurals (`plural`, written as in gettext).
"""

from __future__ import annotations

import gettext
import tomllib
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, Self

import discord
from discord import app_commands

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

LOCALES: Final = Path(__file__).parents[1] / "locales"
SOURCE: Final = "en-US"
"""The language of last resort, and the one in which command definitions are written."""

_PLURAL: Final = "plural"


class Language:
    """All texts of one locale."""

    def __init__(self, locale: str, texts: Mapping[str, str | list[str]]) -> None:
        self.locale = locale
        self.texts = {key: value for key, value in texts.items() if key != _PLURAL}
        self._form: Callable[[int], int] = gettext.c2py(str(texts.get(_PLURAL, "0")))

    def find(self, key: str, values: Mapping[str, Any]) -> str | None:
        """Return a text with its placeholders filled; None where this language lacks it."""
        text = self.texts.get(key)
        if isinstance(text, list):
            text = text[self._form(abs(int(values["count"])))]
        return None if text is None else text.format_map(values)


class Texts:
    """Says things in the language of whoever listens; what a language lacks is said in English."""

    def __init__(self, languages: Mapping[str, Language]) -> None:
        self._languages = dict(languages)
        self._chains: dict[str, tuple[Language, ...]] = {}

    @classmethod
    def load(cls, directory: Path = LOCALES) -> Self:
        """Read every language; raises ValueError where a file is not one or repeats a key."""
        found: dict[str, dict[str, str | list[str]]] = {}
        for path in sorted(directory.rglob("*.toml")):
            locale = path.relative_to(directory).parts[0].removesuffix(".toml")
            texts = found.setdefault(locale, {})
            for key, value in _flat(tomllib.loads(path.read_text(encoding="utf-8"))):
                if key in texts:
                    raise ValueError(f"{path} repeats the text {key}")
                texts[key] = value
        return cls({locale: Language(locale, texts) for locale, texts in found.items()})

    @property
    def languages(self) -> Mapping[str, Language]:
        """Every language by its locale."""
        return self._languages

    def say(self, locale: discord.Locale | str, key: str, **values: Any) -> str:
        """Return a text in the best language there is for a reader; raises KeyError for a key without a text."""
        text = self.find(locale, key, values)
        if text is None:
            raise KeyError(key)
        return text

    def find(self, locale: discord.Locale | str, key: str, values: Mapping[str, Any]) -> str | None:
        """Return a text as `say` does; None where no language has it."""
        for language in self._chain(str(locale)):
            text = language.find(key, values)
            if text is not None:
                return text
        return None

    def _chain(self, locale: str) -> tuple[Language, ...]:
        """Return the languages to look in: the locale itself, a sister of it, English."""
        if locale not in self._chains:
            sisters = [other for other in self._languages if other.split("-")[0] == locale.split("-", maxsplit=1)[0]]
            wanted = dict.fromkeys([locale, *sisters, SOURCE])
            self._chains[locale] = tuple(self._languages[one] for one in wanted if one in self._languages)
        return self._chains[locale]


class CommandTranslator(app_commands.Translator):
    """Translates command definitions, which are written in English in the code.

    The texts are `commands.<qualified name with dots>.name|description`, for options
    `commands.<…>.options.<option>.name|description` or, for options that several commands share,
    `options.<option>.name|description`, and for choices `choices.<value>`.
    """

    def __init__(self, texts: Texts) -> None:
        self._texts = texts

    async def translate(
        self,
        string: app_commands.locale_str,  # noqa: ARG002 - the key follows from what is translated
        locale: discord.Locale,
        context: app_commands.TranslationContextTypes,
    ) -> str | None:
        """Return the translation; None where there is none, so that Discord shows the English original."""
        language = self._texts.languages.get(str(locale))
        if language is None or language.locale == SOURCE:
            return None
        return next((text for key in keys_of(context) if (text := language.find(key, {})) is not None), None)


def keys_of(context: app_commands.TranslationContextTypes) -> tuple[str, ...]:
    """Return the keys under which a part of a command definition is translated, the most special one first."""
    where = app_commands.TranslationContextLocation
    part = "description" if context.location.name.endswith("description") else "name"
    data = context.data
    if context.location is where.choice_name:
        return (f"choices.{data.value}",) if isinstance(data, app_commands.Choice) else ()
    if isinstance(data, app_commands.Parameter):
        command = data.command.qualified_name.replace(" ", ".")
        return (f"commands.{command}.options.{data.name}.{part}", f"options.{data.name}.{part}")
    if isinstance(data, app_commands.Choice):
        return ()
    return (f"commands.{data.qualified_name.replace(' ', '.')}.{part}",)


def reader_of(interaction: discord.Interaction[Any]) -> discord.Locale:
    """Return the language for what only the person sees."""
    return interaction.locale


def audience_of(interaction: discord.Interaction[Any]) -> discord.Locale:
    """Return the language for what everybody in the channel sees."""
    return interaction.guild_locale or interaction.locale


def _flat(table: Mapping[str, Any], prefix: str = "") -> Iterator[tuple[str, str | list[str]]]:
    for name, value in table.items():
        key = f"{prefix}{name}"
        if isinstance(value, dict):
            yield from _flat(value, f"{key}.")
        elif isinstance(value, str) or (isinstance(value, list) and all(isinstance(form, str) for form in value)):
            yield key, value
        else:
            raise ValueError(f"{key} is neither a text nor a list of texts")
