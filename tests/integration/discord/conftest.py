"""A theatre for each test."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.support.theatre import Theatre, open_theatre

if TYPE_CHECKING:
    from collections.abc import AsyncIterator
    from pathlib import Path


@pytest.fixture(scope="session")
def prepared_clips(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder where prepared clips are kept for all tests."""
    return tmp_path_factory.mktemp("prepared-clips")


@pytest.fixture
async def theatre(tmp_path: Path, prepared_clips: Path) -> AsyncIterator[Theatre]:
    """Both stand-ins and the bot with all its commands."""
    async with open_theatre(tmp_path, clips=prepared_clips) as running:
        yield running
