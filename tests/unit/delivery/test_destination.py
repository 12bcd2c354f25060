"""Destinations and receipts read back as they were written."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.delivery.destination import (
    DELETED_RECEIPT,
    KEPT_RECEIPT,
    Channel,
    Destination,
    Direct,
    Folder,
    Library,
    Posted,
    parse_destination,
    parse_receipt,
)


@pytest.mark.parametrize(
    ("destination", "text"),
    [
        (Channel(1_234_567_890_123_456_789), "channel:1234567890123456789"),
        (Direct(), "direct"),
        (Library(), "library"),
        (Folder(Path("/srv/films")), "/srv/films"),
    ],
)
def test_destinations_survive_being_stored(destination: Destination, text: str) -> None:
    assert str(destination) == text
    assert parse_destination(text) == destination


@pytest.mark.parametrize("text", ["channel:", "channel:0", "channel:x", "channel:1/2", "Direct", "", "channel:\uff11"])
def test_everything_else_is_a_folder(text: str) -> None:
    assert parse_destination(text) == Folder(Path(text))


@pytest.mark.parametrize("direct", [False, True])
def test_receipts_name_the_message_and_say_whether_it_is_direct(*, direct: bool) -> None:
    read = parse_receipt(Posted(channel=5, message=6, direct=direct).receipt)
    assert read is not None
    assert (read.channel, read.message, read.direct) == (5, 6, direct)


@pytest.mark.parametrize("text", [None, "", KEPT_RECEIPT, DELETED_RECEIPT, "/srv/films/a.mp4", "channel:5"])
def test_other_receipts_name_none(text: str | None) -> None:
    assert parse_receipt(text) is None
