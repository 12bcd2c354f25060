"""Every failure is answered: with one sentence, and with a reference under which the log keeps what happened."""

from __future__ import annotations

import contextlib
import logging
from typing import TYPE_CHECKING, Any, Final

import discord
from discord import app_commands

from bot.discord.escape import one_line
from bot.errors import MediaError, NotPermitted, Outdated, SoundstageError
from bot.texts import SOURCE, VERBATIM, Sentence

if TYPE_CHECKING:
    from bot.clock import IdSource
    from bot.texts import Texts

_log = logging.getLogger(__name__)

_GONE = frozenset({10008, 10015, 10062, 50027})
"""Discord's codes for a message, webhook or interaction that is no longer there, and for a token that ran out."""

_VALUE_LENGTH: Final = 200


class WrongValue(SoundstageError):
    """A command was sent with a value that its definition does not allow."""

    def __init__(self) -> None:
        super().__init__(Sentence("errors.WrongValue"))


class Failures:
    """Answers failures of commands, components and modals; never raises and is never silent."""

    def __init__(self, texts: Texts, ids: IdSource) -> None:
        self._texts = texts
        self._ids = ids

    async def answer(self, interaction: discord.Interaction[Any], error: BaseException) -> None:
        """Tell the person, and only them, what went wrong."""
        sentence = self.sentence(interaction, error)
        try:
            if interaction.response.is_done():
                await _take_back(interaction)
                await interaction.followup.send(sentence, ephemeral=True)
            else:
                await interaction.response.send_message(sentence, ephemeral=True)
        except discord.HTTPException as refused:
            level = logging.INFO if refused.code in _GONE else logging.WARNING
            _log.log(level, "a failure could not be told", extra={"code": refused.code, "status": refused.status})
        except (discord.InteractionResponded, discord.ClientException, OSError):
            _log.warning("a failure could not be told", exc_info=True)

    def sentence(self, interaction: discord.Interaction[Any], error: BaseException) -> str:
        """Return the sentence for a failure in the person's language, and below it the reference that the log knows."""
        cause = _cause(error)
        locale = interaction.locale
        reference = self._ids.new()
        self._log(interaction, cause, reference)
        if isinstance(cause, SoundstageError):
            told = self._texts.tell(locale, self._for_members(cause), _value)
        else:
            told = self._texts.say(locale, "errors.unforeseen")
        return f"{told}\n-# {self._texts.say(locale, 'errors.reference', reference=reference)}"

    def _log(self, interaction: discord.Interaction[Any], cause: BaseException, reference: str) -> None:
        """Keep what a reference stands for: the louder, the less we foresaw it."""
        about = {"reference": reference, "command": _name(interaction), "server": interaction.guild_id or 0}
        match cause:
            case MediaError():
                about |= {"error": type(cause).__name__, "detail": _detail(cause)}
                _log.warning("a file could not be worked on", extra=about)
            case SoundstageError():
                about |= {"error": type(cause).__name__}
                _log.info("an interaction was refused", extra=about)
            case _:
                _log.error("unforeseen error in an interaction", exc_info=cause, extra=about)

    def _for_members(self, error: SoundstageError) -> Sentence:
        """Return what members are told: the sentence itself, or that of its class where it is for operators."""
        if error.sentence.key != VERBATIM:
            return error.sentence
        keys = (f"errors.{kind.__name__}" for kind in type(error).__mro__)
        return next(Sentence(key) for key in keys if self._texts.find(SOURCE, key, {}) is not None)


async def _take_back(interaction: discord.Interaction[Any]) -> None:
    """Remove an answer that everybody sees and that waits for its content: a follow-up would become its content."""
    if interaction.response.type is not discord.InteractionResponseType.deferred_channel_message:
        return
    with contextlib.suppress(discord.NotFound):
        answer = await interaction.original_response()
        if answer.flags.loading and not answer.flags.ephemeral:
            await answer.delete()


def _detail(error: MediaError) -> str:
    """Return what is known of the cause, which members are not told."""
    return str(getattr(error, "detail", "")) or str(error)


def _value(text: str) -> str:
    return one_line(text, _VALUE_LENGTH)


def _cause(error: BaseException) -> BaseException:
    """Return what went wrong inside a command, without the library's wrapping."""
    while isinstance(error, app_commands.CommandInvokeError):
        error = error.original
    match error:
        case app_commands.TransformerError():
            return error.__cause__ if isinstance(error.__cause__, SoundstageError) else WrongValue()
        case app_commands.CommandNotFound() | app_commands.CommandSignatureMismatch():
            return Outdated()
        case app_commands.CheckFailure():
            return NotPermitted()
        case _:
            return error


def _name(interaction: discord.Interaction[Any]) -> str:
    command = interaction.command
    if command is not None:
        return command.qualified_name
    data: Any = interaction.data or {}
    return ":".join(str(data.get("custom_id", "")).split(":")[:3])
