"""Reading what people see: the words and the buttons of a message."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from bot.sandbox.discord.checks.components import walk
from bot.sandbox.discord.model import MessageFlag

if TYPE_CHECKING:
    from bot.sandbox.discord import Interaction
    from bot.sandbox.discord.model import Message


def answer_of(interaction: Interaction) -> Message:
    """Return the message that answered an interaction."""
    assert interaction.failure is None, interaction.failure
    assert interaction.message is not None
    return interaction.message


def words_of(message: Message) -> str:
    """Return all text of a message, whether it has components or not."""
    texts = [str(part["content"]) for part in walk(message.components) if "content" in part]
    return "\n".join([message.content, *texts]) if message.content else "\n".join(texts)


def told(interaction: Interaction) -> str:
    """Return the words of an answer that only the person sees."""
    said = interaction.followups[-1] if interaction.followups else answer_of(interaction)
    assert interaction.failure is None, interaction.failure
    assert is_private(said)
    return words_of(said)


def is_private(message: Message) -> bool:
    """Say whether only one person sees a message."""
    return bool(message.flags & MessageFlag.EPHEMERAL)


def parts_of(message: Message, kind: int) -> list[dict[str, Any]]:
    """Return the components of one kind, in their order."""
    return [part for part in walk(message.components) if part.get("type") == kind]


def buttons_of(message: Message) -> list[str]:
    """Return the labels of all buttons that can be pressed."""
    return [str(part.get("label")) for part in parts_of(message, 2) if not part.get("disabled")]
