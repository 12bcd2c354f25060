"""The languages of Discord: the translation of command definitions, and who reads which language.

The texts themselves are in `bot.texts`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from discord import app_commands

from bot.texts import SOURCE

if TYPE_CHECKING:
    import discord

    from bot.texts import Texts


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
