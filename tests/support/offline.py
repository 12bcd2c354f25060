"""Services for a bot that is connected to nothing, to look at what it defines."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, cast

from bot.app import Application
from bot.catalog import Catalogue
from bot.clock import RandomIds, SystemClock
from bot.discord.services import Services
from bot.discord.texts import Texts
from bot.jobs.quoting import QuoteDesk
from bot.metrics import Metrics
from bot.preferences import PlainPreferences
from bot.settings import DataSettings, Settings

if TYPE_CHECKING:
    from pathlib import Path


class Absent:
    """Stands where a part would be, and may be passed on but not used."""

    def __getattr__(self, name: str) -> Absent:
        return self


def offline_services(directory: Path) -> Services:
    """Return services whose database, engine and files must not be touched."""
    clock = SystemClock()
    ids = RandomIds(clock)
    absent = cast("Any", Absent())
    catalogue = Catalogue.load({})
    app = Application(
        settings=Settings(data=DataSettings(dir=directory)),
        clock=clock,
        ids=ids,
        database=absent,
        catalogue=catalogue,
        files=absent,
        ffmpeg=absent,
        providers={},
        engine=absent,
        metrics=Metrics(),
        links=absent,
        retention=absent,
    )
    desk = QuoteDesk(catalogue, {}, absent, clock, ids, 600.0)
    return Services(app=app, desk=desk, texts=Texts.load(), preferences=PlainPreferences(), attachments=absent)
