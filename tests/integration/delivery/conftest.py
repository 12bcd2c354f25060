"""A post office for each test, and one real clip for all."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.support.clips import ClipMaker
from tests.support.post_office import PostOffice, open_post_office

if TYPE_CHECKING:
    from collections.abc import AsyncIterator
    from pathlib import Path


@pytest.fixture(scope="session")
def source(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A clip as the vendor delivers it."""
    return ClipMaker(tmp_path_factory.mktemp("clips")).good()


@pytest.fixture
async def office(tmp_path: Path) -> AsyncIterator[PostOffice]:
    """Everything real around a delivery."""
    async with open_post_office(tmp_path) as opened:
        yield opened
