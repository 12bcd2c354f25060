"""What a message of ours shows, as plain data: the writer decides about words, the poster about Discord's form."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Protocol, TypeAlias

if TYPE_CHECKING:
    from bot.jobs.job import Clip, Job


class Tone(StrEnum):
    """How a button looks."""

    PRIMARY = "primary"
    SECONDARY = "secondary"
    SUCCESS = "success"
    DANGER = "danger"


@dataclass(frozen=True, slots=True)
class Text:
    """Words in Discord's Markdown; what people wrote is escaped by whoever puts it here."""

    markdown: str


@dataclass(frozen=True, slots=True)
class Media:
    """The place of the file that goes with the message: the video, or its poster. Left out where there is no file."""

    alt: str


@dataclass(frozen=True, slots=True)
class Divider:
    """A thin line."""


@dataclass(frozen=True, slots=True)
class Button:
    """Something to press: `custom_id` comes back to the bot, `url` opens a page; exactly one of them is given."""

    label: str
    custom_id: str = ""
    url: str = ""
    tone: Tone = Tone.SECONDARY
    emoji: str = ""


@dataclass(frozen=True, slots=True)
class Buttons:
    """A row of one to five buttons."""

    buttons: tuple[Button, ...]


Block: TypeAlias = Text | Media | Divider | Buttons


@dataclass(frozen=True, slots=True)
class Card:
    """One message from top to bottom. `title` is plain text and names the post where the destination is a forum."""

    title: str
    blocks: tuple[Block, ...]
    colour: int | None = None


class Form(StrEnum):
    """In what shape a clip is posted, best first."""

    VIDEO = "video"
    """The clip as it is."""
    FITTED = "fitted"
    """The clip, encoded again to fit the upload limit."""
    POSTER = "poster"
    """One frame of it; the clip itself is behind a link or in the library."""
    WORDS = "words"
    """No file at all."""

    @property
    def is_clip(self) -> bool:
        """Whether the clip itself goes with the message."""
        return self in {Form.VIDEO, Form.FITTED}


class Detour(StrEnum):
    """Why something is not where it was asked for."""

    ASKED = "asked"
    """Its author wanted it kept, or there is no place to post it in."""
    FORBIDDEN = "forbidden"
    """The bot may not write or attach files there."""
    GONE = "gone"
    """The channel was deleted, or the bot was removed from the server."""
    CLOSED = "closed"
    """The thread is archived or locked and may not be opened."""
    OUTAGE = "outage"
    """Discord could not be reached for hours, or posting failed again and again."""


@dataclass(frozen=True, slots=True)
class ClipLink:
    """An address of our own web server under which the clip can be watched until `expires_at` (Unix milliseconds)."""

    url: str
    expires_at: int


@dataclass(frozen=True, slots=True)
class Showing:
    """Under which circumstances a card is shown.

    `direct` says that it goes to the author's direct messages, `detour` why it is there instead of where it was asked
    for. `link` is given where the message does not carry the clip and there is a public address; without one the card
    says that /library has it.
    """

    form: Form
    direct: bool = False
    detour: Detour | None = None
    link: ClipLink | None = None


class CardWriter(Protocol):
    """Finds the words for what is posted."""

    async def clip(self, job: Job, clip: Clip, showing: Showing) -> Card:
        """Write the card of a finished clip; it has a `Media` block and mentions the author."""
        ...

    async def notice(self, job: Job, showing: Showing) -> Card:
        """Write the card that says why a job ended without a clip; it mentions the author."""
        ...
