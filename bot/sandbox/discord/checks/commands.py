"""The rules for application commands.

Figures: Discord's documentation of application commands, August 2026.
"""

from __future__ import annotations

import re
from collections import Counter
from enum import IntEnum
from typing import TYPE_CHECKING

from bot.sandbox.discord.errors import ApiError, InvalidForm
from bot.sandbox.discord.model import CommandType

if TYPE_CHECKING:
    from collections.abc import Sequence

    from bot.sandbox.discord.model import Json

MOST_COMMANDS = {CommandType.CHAT_INPUT: 100, CommandType.USER: 15, CommandType.MESSAGE: 15}
MOST_OPTIONS = 25
MOST_CHOICES = 25
NAME_LENGTH = 32
DESCRIPTION_LENGTH = 100
CHOICE_LENGTH = 100
TEXT_OPTION_LENGTH = 6000
WHOLE_COMMAND_LENGTH = 8000
LARGEST_NUMBER = 2**53

LOCALES = frozenset(
    {"id", "da", "de", "en-GB", "en-US", "es-ES", "es-419", "fr", "hr", "it", "lt", "hu", "nl", "no", "pl", "pt-BR"}
    | {"ro", "fi", "sv-SE", "vi", "tr", "cs", "el", "bg", "ru", "uk", "hi", "th", "zh-CN", "ja", "zh-TW", "ko"}
)

_NAME = re.compile(r"[-_'\w\u0900-\u097f\u0e00-\u0e7f]{1,32}", re.UNICODE)


class OptionType(IntEnum):
    """The kinds of options."""

    SUBCOMMAND = 1
    GROUP = 2
    STRING = 3
    INTEGER = 4
    BOOLEAN = 5
    USER = 6
    CHANNEL = 7
    ROLE = 8
    MENTIONABLE = 9
    NUMBER = 10
    ATTACHMENT = 11


_NESTED = frozenset({OptionType.SUBCOMMAND, OptionType.GROUP})
_WITH_CHOICES = frozenset({OptionType.STRING, OptionType.INTEGER, OptionType.NUMBER})


def check_commands(definitions: Sequence[Json]) -> None:
    """Check a complete set of commands; raises ApiError 50035, or 30032 for too many."""
    kinds = Counter(definition.get("type", 1) for definition in definitions)
    for kind, most in MOST_COMMANDS.items():
        if kinds[kind] > most:
            raise ApiError(400, 30032, f"Maximum number of application commands reached ({most})")
    form = InvalidForm()
    names = Counter((definition.get("type", 1), definition.get("name")) for definition in definitions)
    for position, definition in enumerate(definitions):
        _check_command(form, str(position), definition)
        if names[definition.get("type", 1), definition.get("name")] > 1:
            message = "Application command names must be unique"
            form.add(f"{position}", "APPLICATION_COMMANDS_DUPLICATE_NAME", message)
    form.raise_if_any()


def check_command(definition: Json) -> None:
    """Check one command; raises ApiError 50035."""
    form = InvalidForm()
    _check_command(form, "", definition)
    form.raise_if_any()


def _check_command(form: InvalidForm, path: str, definition: Json) -> None:
    kind = definition.get("type", 1)
    if kind not in MOST_COMMANDS:
        form.add(_join(path, "type"), "BASE_TYPE_CHOICES", "Value must be one of {1, 2, 3}.")
        return
    if kind == CommandType.CHAT_INPUT:
        _check_name(form, path, definition, slash=True)
        _check_description(form, path, definition)
        _check_options(form, path, definition, depth=0)
    else:
        _check_name(form, path, definition, slash=False)
        if definition.get("description"):
            form.add(_join(path, "description"), "APPLICATION_COMMAND_CONTEXT_MENU_DESCRIPTION", "Must be empty.")
        if definition.get("options"):
            form.add(_join(path, "options"), "APPLICATION_COMMAND_CONTEXT_MENU_OPTIONS", "Must be empty.")
    for key, allowed in (("contexts", {0, 1, 2}), ("integration_types", {0, 1})):
        values = definition.get(key)
        if values is not None and not set(values) <= allowed:
            form.add(_join(path, key), "BASE_TYPE_CHOICES", f"Values must be among {sorted(allowed)}.")
    if _whole_length(definition) > WHOLE_COMMAND_LENGTH:
        message = f"Command exceeds maximum size ({WHOLE_COMMAND_LENGTH})"
        form.add(path, "APPLICATION_COMMAND_TOO_LARGE", message)


def _check_name(form: InvalidForm, path: str, item: Json, *, slash: bool) -> None:
    names = {"name": item.get("name")}
    names |= {f"name_localizations.{locale}": text for locale, text in (item.get("name_localizations") or {}).items()}
    for key, name in names.items():
        form.length(_join(path, key), name, 1, NAME_LENGTH)
        if slash and isinstance(name, str) and (not _NAME.fullmatch(name) or name != name.lower()):
            form.add(_join(path, key), "APPLICATION_COMMAND_INVALID_NAME", "Command name is invalid")
    _check_locales(form, path, item, "name_localizations")


def _check_description(form: InvalidForm, path: str, item: Json) -> None:
    form.length(_join(path, "description"), item.get("description"), 1, DESCRIPTION_LENGTH)
    for locale, text in (item.get("description_localizations") or {}).items():
        form.length(_join(path, f"description_localizations.{locale}"), text, 1, DESCRIPTION_LENGTH)
    _check_locales(form, path, item, "description_localizations")


def _check_locales(form: InvalidForm, path: str, item: Json, key: str) -> None:
    for locale in item.get(key) or {}:
        if locale not in LOCALES:
            form.add(_join(path, f"{key}.{locale}"), "APPLICATION_COMMAND_LOCALE", "Locale is not supported")


def _check_options(form: InvalidForm, path: str, item: Json, *, depth: int) -> None:
    options = form.count(_join(path, "options"), item.get("options") or [], 0, MOST_OPTIONS)
    names = Counter(option.get("name") for option in options)
    nested = sum(option.get("type") in _NESTED for option in options)
    if nested and nested != len(options):
        form.add(
            _join(path, "options"), "APPLICATION_COMMAND_OPTIONS_MIXED", "Sub-commands cannot stand beside options."
        )
    optional_seen = False
    for position, option in enumerate(options):
        here = _join(path, f"options.{position}")
        if names[option.get("name")] > 1:
            form.add(here, "APPLICATION_COMMAND_OPTIONS_NAME_DUPLICATE", "Option names must be unique")
        if option.get("required") and optional_seen:
            message = "Required options must be placed before non-required options"
            form.add(here, "APPLICATION_COMMAND_OPTIONS_REQUIRED_INVALID", message)
        optional_seen |= not option.get("required", False)
        _check_option(form, here, option, depth=depth)


def _check_option(form: InvalidForm, path: str, option: Json, *, depth: int) -> None:
    _check_name(form, path, option, slash=True)
    _check_description(form, path, option)
    kind = option.get("type")
    if kind not in set(OptionType):
        form.add(_join(path, "type"), "BASE_TYPE_CHOICES", "Unknown option type.")
        return
    if kind in _NESTED:
        deepest = 1 if kind == OptionType.SUBCOMMAND else 0
        if depth > deepest:
            form.add(path, "APPLICATION_COMMAND_OPTIONS_DEPTH", "Sub-commands are nested too deeply.")
        else:
            _check_options(form, path, option, depth=depth + 1)
        return
    choices = form.count(_join(path, "choices"), option.get("choices") or [], 0, MOST_CHOICES)
    if choices and (option.get("autocomplete") or kind not in _WITH_CHOICES):
        form.add(
            _join(path, "choices"), "APPLICATION_COMMAND_OPTIONS_CHOICES_INVALID", "Choices are not possible here."
        )
    if option.get("autocomplete") and kind not in _WITH_CHOICES:
        form.add(_join(path, "autocomplete"), "APPLICATION_COMMAND_AUTOCOMPLETE", "Not possible for this type.")
    check_choices(form, _join(path, "choices"), choices, kind)
    low, high = option.get("min_length", 0), option.get("max_length", TEXT_OPTION_LENGTH)
    if not 0 <= low <= high <= TEXT_OPTION_LENGTH or high < 1:
        form.add(path, "APPLICATION_COMMAND_OPTION_LENGTH", f"Lengths must be within 0 and {TEXT_OPTION_LENGTH}.")


def check_choices(form: InvalidForm, path: str, choices: Sequence[Json], kind: int) -> None:
    """Check the fixed or suggested values of an option and note what is wrong."""
    wanted: type | tuple[type, ...] = {OptionType.STRING: str, OptionType.INTEGER: int}.get(
        OptionType(kind), (int, float)
    )
    for position, choice in enumerate(choices):
        here = _join(path, str(position))
        form.length(f"{here}.name", choice.get("name"), 1, CHOICE_LENGTH)
        value = choice.get("value")
        if not isinstance(value, wanted) or isinstance(value, bool):
            form.add(f"{here}.value", "BASE_TYPE", "The value does not fit the type of the option.")
        elif isinstance(value, str):
            form.length(f"{here}.value", value, 1, CHOICE_LENGTH)
        elif isinstance(value, int | float) and abs(value) > LARGEST_NUMBER:
            form.add(f"{here}.value", "NUMBER_TYPE_MAX", "The value is outside of what JSON can carry.")


def _whole_length(item: Json) -> int:
    """Count the characters of names, descriptions and values, the longest translation of each."""
    total = 0
    for key in ("name", "description"):
        texts = [item.get(key) or "", *(item.get(f"{key}_localizations") or {}).values()]
        total += max(len(text) for text in texts if isinstance(text, str))
    total += len(item["value"]) if isinstance(item.get("value"), str) else 0
    for key in ("options", "choices"):
        total += sum(_whole_length(child) for child in item.get(key) or [])
    return total


def _join(path: str, key: str) -> str:
    return f"{path}.{key}" if path else key
