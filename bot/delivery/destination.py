"""Where clips are to go, and where they went, as the job table writes it down. This is the one place that knows how.

| destination    | meaning |
|----------------|---------|
| `channel:123`  | a channel, thread or forum; every clip becomes a message or a post there |
| `direct`       | the author's direct messages |
| `library`      | nowhere: the author fetches it with a command |
| anything else  | a folder on this machine, for requests from the terminal |
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final, TypeAlias

_CHANNEL: Final = re.compile(r"channel:([1-9][0-9]{0,19})", re.ASCII)
_MESSAGE: Final = re.compile(r"(channel|direct):([1-9][0-9]{0,19})/message:([1-9][0-9]{0,19})", re.ASCII)
_DIRECT: Final = "direct"
_LIBRARY: Final = "library"

KEPT_RECEIPT: Final = "kept"
"""The receipt of a clip that was posted nowhere and waits in the library."""

DELETED_RECEIPT: Final = "deleted"
"""The receipt of a clip whose message was deleted before we knew its id."""


@dataclass(frozen=True, slots=True)
class Channel:
    """A channel, thread or forum, by its id."""

    id: int

    def __str__(self) -> str:
        """Return the destination as it is stored."""
        return f"channel:{self.id}"


@dataclass(frozen=True, slots=True)
class Direct:
    """The direct messages of the job's author."""

    def __str__(self) -> str:
        """Return the destination as it is stored."""
        return _DIRECT


@dataclass(frozen=True, slots=True)
class Library:
    """Nowhere; the author fetches the clip."""

    def __str__(self) -> str:
        """Return the destination as it is stored."""
        return _LIBRARY


@dataclass(frozen=True, slots=True)
class Folder:
    """A folder on this machine."""

    path: Path

    def __str__(self) -> str:
        """Return the destination as it is stored."""
        return str(self.path)


Destination: TypeAlias = Channel | Direct | Library | Folder


def parse_destination(text: str) -> Destination:
    """Return what a stored destination means."""
    if match := _CHANNEL.fullmatch(text):
        return Channel(int(match[1]))
    if text == _DIRECT:
        return Direct()
    if text == _LIBRARY:
        return Library()
    return Folder(Path(text))


@dataclass(frozen=True, slots=True)
class Posted:
    """A message of ours; `direct` says that its channel is somebody's direct messages, where that is known.

    Links to it or its files are never stored: they are asked for anew.
    """

    channel: int
    message: int
    direct: bool = field(default=False, compare=False)

    @property
    def receipt(self) -> str:
        """The receipt as the job keeps it."""
        return f"{'direct' if self.direct else 'channel'}:{self.channel}/message:{self.message}"


def parse_receipt(text: str | None) -> Posted | None:
    """Return the message that a receipt names, or None where the clip was not posted or is in a folder."""
    match = _MESSAGE.fullmatch(text or "")
    if match is None:
        return None
    return Posted(channel=int(match[2]), message=int(match[3]), direct=match[1] == _DIRECT)
