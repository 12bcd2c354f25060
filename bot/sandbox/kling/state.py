"""What all parts of the simulated vendor share."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from bot.sandbox.kling.account import Account
from bot.sandbox.kling.counters import Counters
from bot.sandbox.kling.tasks import TaskBook
from bot.sandbox.kling.voice_book import VoiceBook

if TYPE_CHECKING:
    from random import Random

    from bot.clock import Clock
    from bot.sandbox.kling.faults import FaultBook
    from bot.sandbox.kling.ids import VendorIds
    from bot.sandbox.kling.settings import LiveSettings


@dataclass(slots=True)
class State:
    """One account at the vendor, with the clock it lives by. `base_url` is set when the server listens."""

    clock: Clock
    random: Random
    ids: VendorIds
    settings: LiveSettings
    faults: FaultBook
    account: Account = field(init=False)
    tasks: TaskBook = field(default_factory=TaskBook)
    voices: VoiceBook = field(default_factory=VoiceBook)
    counters: Counters = field(default_factory=Counters)
    base_url: str = ""

    def __post_init__(self) -> None:
        self.account = Account(self.settings, self.clock)

    def clear(self) -> None:
        """Forget everything but the settings."""
        self.tasks.clear()
        self.voices.clear()
        self.account.clear()
        self.counters.clear()
        self.faults.clear()
