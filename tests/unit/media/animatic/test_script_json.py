"""A script travels to the renderer as JSON."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.media.animatic import Script


@pytest.mark.parametrize("image", [b"\x89PNG\r\n\x1a\n\x00\xff", Path("/tmp/picture.png"), None])
def test_a_picture_arrives_as_it_was_sent(image: Path | bytes | None) -> None:
    script = Script(title="A pier", image=image)
    assert Script.model_validate_json(script.model_dump_json()) == script
