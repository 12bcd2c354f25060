"""What commands, buttons and modals have at hand."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from bot.app import Application
    from bot.discord.attachments import Attachments
    from bot.jobs.quoting import QuoteDesk
    from bot.preferences import Preferences
    from bot.texts import Texts


@dataclass(frozen=True, slots=True)
class Services:
    """The running core and what the Discord side adds to it; every cog gets at it by `bot.services`."""

    app: Application
    desk: QuoteDesk
    texts: Texts
    preferences: Preferences
    attachments: Attachments
