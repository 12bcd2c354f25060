"""Pressing what is there, what is not there and what belongs to others, as only a forged client can."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.sandbox.discord.interactions import InteractionKind
from tests.support.reading import is_private, parts_of, words_of

if TYPE_CHECKING:
    from bot.sandbox.discord import Interaction
    from bot.sandbox.discord.model import Message
    from tests.support.theatre import Actor, Theatre

BUTTON = 2


def id_of(card: Message, label: str) -> str:
    """The custom id of a button."""
    return next(str(one["custom_id"]) for one in parts_of(card, BUTTON) if str(one.get("label")).startswith(label))


async def forge(actor: Actor, card: Message, custom_id: str) -> Interaction:
    """Press what is not there, or somebody else's button, as only a forged client can."""
    interaction = actor.theatre.discord.interactions.start(
        InteractionKind.COMPONENT,
        user_id=actor.person.id,
        channel=actor.person.channel(actor.channel),
        data={"custom_id": custom_id, "component_type": BUTTON, "id": 1},
        source=card,
    )
    await interaction.answered.wait()
    return interaction


async def hears(theatre: Theatre, answer: Interaction, words: str) -> None:
    """Wait until the person, and nobody else, is told something in answer to what they did."""

    def look() -> bool | None:
        messages = [*answer.followups, *([answer.message] if answer.message else [])]
        return any(words in words_of(one) and is_private(one) for one in messages) or None

    assert answer.failure is None, answer.failure
    await theatre.discord.until(look, seconds=8)


async def with_file(theatre: Theatre, answer: Interaction) -> Message:
    """Wait until an answer, or what followed it, carries its file."""

    def look() -> Message | None:
        messages = [*answer.followups, *([answer.message] if answer.message else [])]
        return next((one for one in messages if one.attachments), None)

    assert answer.failure is None, answer.failure
    return await theatre.discord.until(look)
