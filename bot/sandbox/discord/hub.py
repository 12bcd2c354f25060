"""Where everything that happens is announced: to the gateway, to open pages, and to whoever waits in a test."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

    from bot.sandbox.discord.model import Channel, Guild, Json, Message


@dataclass(frozen=True, slots=True)
class MessageEvent:
    """A message appeared, changed or went away (`MESSAGE_CREATE`, `MESSAGE_UPDATE`, `MESSAGE_DELETE`)."""

    name: str
    message: Message
    channel: Channel


@dataclass(frozen=True, slots=True)
class ChannelEvent:
    """A channel or thread appeared, changed or went away, named as in the gateway."""

    name: str
    channel: Channel


@dataclass(frozen=True, slots=True)
class GuildEvent:
    """Something about a server for the bot alone; `data` is the wire form."""

    name: str
    guild: Guild
    data: Json


@dataclass(frozen=True, slots=True)
class InteractionEvent:
    """A person used something of the bot; only the gateway hears of it."""

    data: Json
    guild_id: str | None


@dataclass(frozen=True, slots=True)
class NoticeEvent:
    """Something for the pages: commands were registered, the bot came or went, somebody is typing."""

    name: str
    data: Json


Event = MessageEvent | ChannelEvent | GuildEvent | InteractionEvent | NoticeEvent


class Hub:
    """Passes each event to all listeners, at once and in order."""

    def __init__(self) -> None:
        self._listeners: list[Callable[[Event], None]] = []

    def listen(self, listener: Callable[[Event], None]) -> Callable[[], None]:
        """Add a listener; the returned function removes it."""
        self._listeners.append(listener)
        return lambda: self._listeners.remove(listener)

    def announce(self, event: Event) -> None:
        """Tell everybody."""
        for listener in tuple(self._listeners):
            listener(event)
