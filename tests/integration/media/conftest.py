from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from bot.clock import SystemClock
from bot.media.ffmpeg import Ffmpeg
from bot.storage.files import FileStore
from tests.support.clips import ClipMaker

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture(scope="session")
def clips(tmp_path_factory: pytest.TempPathFactory) -> ClipMaker:
    return ClipMaker(tmp_path_factory.mktemp("clips"))


@pytest.fixture
def ffmpeg() -> Ffmpeg:
    return Ffmpeg()


@pytest.fixture
def store(tmp_path: Path) -> FileStore:
    return FileStore(tmp_path / "data", SystemClock())
