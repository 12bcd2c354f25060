"""What a delivery needs from Discord, as a protocol, and how it can go wrong."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from pathlib import Path

    from bot.delivery.card import Card, Detour
    from bot.delivery.destination import Posted


class Kind(StrEnum):
    """What a delivery brings."""

    CLIP = "clip"
    NOTICE = "notice"


@dataclass(frozen=True, slots=True)
class Place:
    """Somewhere a message can be sent to. `server` is 0 for direct messages; `upload_limit` is bytes per file."""

    channel: int
    server: int
    upload_limit: int

    @property
    def direct(self) -> bool:
        """Whether this is somebody's direct messages."""
        return self.server == 0


@dataclass(frozen=True, slots=True)
class Upload:
    """A file to send along, under a name of letters, digits, dots and dashes; `size` is in bytes."""

    path: Path
    name: str
    size: int


@dataclass(frozen=True, slots=True)
class Outgoing:
    """One message to be sent: `mention` is the only person it may notify, `nonce` has at most 25 characters."""

    nonce: str
    card: Card
    mention: int
    upload: Upload | None = None


class Interrupted(ConnectionError):
    """Discord gave no clear answer; the message may have been posted. Trying again later may help."""


class Stalled(Interrupted):
    """The transfer did not end in time, which is also how a file that is too large can look."""


class Unreachable(Exception):
    """This place will not take the message, whatever is tried."""

    def __init__(self, reason: Detour) -> None:
        self.reason = reason
        super().__init__(reason.value)


class TooLarge(Exception):
    """The file is larger than this place takes."""


class CardRefused(Exception):
    """The place is fine, but Discord does not accept this card."""


class DeletedMeanwhile(Exception):
    """The message was posted and then deleted before we learned its id."""


class Poster(Protocol):
    """Sends messages. Every method raises `Interrupted` where Discord cannot be reached."""

    async def channel(self, channel_id: int) -> Place:
        """Look at a channel, thread or forum; raises `Unreachable`."""
        ...

    async def direct(self, person: int) -> Place:
        """Open the direct messages of a person; raises `Unreachable`."""
        ...

    async def post(self, place: Place, outgoing: Outgoing) -> Posted:
        """Send a message; in a forum, open a post with it.

        The same nonce within some minutes leads to the same message. Raises `TooLarge`, `Unreachable`, `CardRefused`
        or `DeletedMeanwhile`; then no message was sent now.
        """
        ...

    async def find(self, place: Place, nonce: str, *, since: int) -> Posted | None:
        """Look for a message that was sent with a nonce after a moment (Unix milliseconds).

        None where there is none, or where the bot may not look.
        """
        ...
