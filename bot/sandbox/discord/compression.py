"""Transport compression of the gateway."""

from __future__ import annotations

import zlib
from typing import Protocol


class Compressor(Protocol):
    """Turns the messages of one connection into frames."""

    def compress(self, text: str) -> bytes | str:
        """Return the frame for one message; text stays uncompressed."""
        ...


class PlainText:
    """No compression."""

    def compress(self, text: str) -> bytes | str:
        """Return the message as it is."""
        return text


class ZlibStream:
    """One zlib stream over the whole connection, flushed after each message so that the client sees its end."""

    def __init__(self) -> None:
        self._stream = zlib.compressobj()

    def compress(self, text: str) -> bytes | str:
        """Return the part of the stream that carries this message."""
        return self._stream.compress(text.encode()) + self._stream.flush(zlib.Z_SYNC_FLUSH)


def compressor_for(requested: str | None) -> Compressor:
    """Return what the client asked for; anything but zlib-stream is answered in plain text, which clients accept."""
    return ZlibStream() if requested == "zlib-stream" else PlainText()
