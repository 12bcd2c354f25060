"""The whole product in one test: both stand-ins, the real bot between them, and people who use it.

```python
async with open_theatre(tmp_path) as theatre:
    mia = theatre.as_person("Mia")
    answer = await mia.slash("/video text", prompt="Rain on neon")
```
"""

from __future__ import annotations

import contextlib
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from pydantic import SecretStr

from bot.clock import RandomIds, SystemClock
from bot.discord.running import running_bot
from bot.jobs import store
from bot.jobs.quote import Requester
from bot.ledger import Balance, audit, balance, grant
from bot.sandbox.discord import DiscordStandIn
from bot.sandbox.kling import KlingStandIn
from bot.sandbox.kling.plain_clips import PlainClips
from bot.sandbox.kling.settings import Settings as VendorSettings
from bot.settings import DiscordSettings, Settings
from tests.support.stage import QUICK, stage_settings

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Callable, Sequence
    from pathlib import Path

    from bot.app import Application
    from bot.discord.client import StageBot
    from bot.jobs.job import Job
    from bot.sandbox.discord import Interaction, Person, Upload
    from bot.sandbox.discord.model import Message

VENDOR = VendorSettings(speed=100.0, fixed_submitted=1, fixed_processing=20)
"""A vendor that takes about a fifth of a second for a clip."""


@dataclass
class Actor:
    """A person who uses the bot. `channel` is where they are unless a call says otherwise."""

    theatre: Theatre
    person: Person
    channel: str = "stage"

    @property
    def requester(self) -> Requester:
        """This person in the demo server."""
        return Requester(server=self.theatre.server, person=int(self.person.id))

    async def slash(self, command: str, *, channel: str | None = None, **options: Any) -> Interaction:
        """Run a slash command; options are keywords, files are `Upload`."""
        return await self.person.slash(command.removeprefix("/"), options, channel=channel or self.channel)

    async def autocomplete(self, command: str, option: str, text: str | float, **options: Any) -> list[dict[str, Any]]:
        """Type in an option and return the suggestions."""
        answer = await self.person.autocomplete(
            command.removeprefix("/"), option, text, options=options, channel=self.channel
        )
        assert answer.failure is None, answer.failure
        return answer.choices

    async def press(self, message: Message, button: str) -> Interaction:
        """Press a button by its label or custom id."""
        return await self.person.press(message, button)

    async def choose(self, message: Message, menu: str, *values: str) -> Interaction:
        """Choose in a menu by its placeholder or custom id."""
        return await self.person.choose(message, menu, values)

    async def submit(self, opened: Interaction, **values: Any) -> Interaction:
        """Fill and send a modal; fields go by custom id."""
        return await self.person.submit(opened, values)

    async def use_on_message(self, command: str, message: Message) -> Interaction:
        """Run a message command."""
        return await self.person.use_on_message(command, message)

    async def say(self, text: str, *files: Upload) -> Message:
        """Write a message."""
        return await self.person.say(text, self.channel, files)

    def messages(self, channel: str | None = None) -> list[Message]:
        """What this person sees in a channel, oldest first."""
        return self.person.messages(channel or self.channel)

    async def sees(
        self, found: Callable[[Message], object], *, channel: str | None = None, seconds: float = 10.0
    ) -> Message:
        """Wait until this person sees a message for which `found` is true, and return the newest of them."""

        def look() -> Message | None:
            return next((one for one in reversed(self.messages(channel)) if found(one)), None)

        return await self.theatre.discord.until(look, seconds=seconds)


@dataclass
class Theatre:
    """Both stand-ins, the bot between them, and the people in the house."""

    directory: Path
    discord: DiscordStandIn
    kling: KlingStandIn
    settings: Settings
    cogs: Sequence[str] | None = None
    _stack: contextlib.AsyncExitStack = field(default_factory=contextlib.AsyncExitStack)
    _bot: StageBot | None = None

    @property
    def bot(self) -> StageBot:
        """The running bot."""
        assert self._bot is not None, "the bot does not run"
        return self._bot

    @property
    def app(self) -> Application:
        """The core of the running bot."""
        return self.bot.services.app

    @property
    def server(self) -> int:
        """The id of the demo server."""
        return int(self.discord.stagehand.guild("Soundstage Demo").id)

    async def start_bot(self, *, force_sync: bool = False) -> None:
        """Start the bot; everything it knew before is in its database."""
        bot = running_bot(self.settings, policies=QUICK, cogs=self.cogs, force_sync=force_sync)
        self._bot = await self._stack.enter_async_context(bot)

    async def stop_bot(self) -> None:
        """Stop the bot as SIGTERM does."""
        self._bot = None
        await self._stack.aclose()

    async def restart_bot(self, *, force_sync: bool = False) -> None:
        """Stop the bot and start it again."""
        await self.stop_bot()
        await self.start_bot(force_sync=force_sync)

    def as_person(self, name: str, *, channel: str = "stage") -> Actor:
        """Return somebody: Mia is a member, Noor a moderator, Sam an administrator."""
        return Actor(self, self.discord.person(name), channel)

    async def give(self, name: str, amount: int) -> None:
        """Give credits to a person in the demo server."""
        owner, command, at = self.as_person(name).requester.owner, self.app.ids.new(), self.app.clock.now()
        await self.app.database.run(
            lambda tx: grant(tx, command=command, owner=owner, amount=amount, actor="test", note="", at=at)
        )

    async def balance(self, name: str) -> Balance:
        """Return what a person has in the demo server."""
        requester = self.as_person(name).requester
        return await self.app.database.read(lambda tx: balance(tx, owner=requester.owner, at=self.app.clock.now()))

    async def jobs(self, name: str) -> list[Job]:
        """Return the jobs of a person in the demo server, newest first."""
        requester = self.as_person(name).requester
        return list(await self.app.database.read(lambda tx: store.jobs_of(tx, requester)))

    async def check_books(self) -> None:
        """Check that every credit is accounted for."""
        report = await self.app.database.read(audit)
        assert report.problems == ()


@asynccontextmanager
async def open_theatre(
    directory: Path,
    *,
    cogs: Sequence[str] | None = None,
    vendor: VendorSettings = VENDOR,
    slots: int = 5,
    clips: Path | None = None,
) -> AsyncIterator[Theatre]:
    """Start both stand-ins and the bot. At the end no request may have gone to a route that Discord lacks.

    `cogs` are the packages of commands to load; `clips` keeps prepared clips for several theatres.
    """
    clock = SystemClock()
    kling = KlingStandIn(
        renderer=PlainClips(clips or directory / "prepared"),
        directory=directory / "vendor",
        settings=vendor,
        slots=slots,
    )
    async with DiscordStandIn(clock=clock, ids=RandomIds(clock), directory=directory / "discord") as stand_in:
        await kling.start()
        theatre = Theatre(directory, stand_in, kling, _settings(directory / "bot", stand_in, kling, slots), cogs)
        try:
            await theatre.start_bot()
            yield theatre
            assert [record.path for record in stand_in.journal.unknown] == []
        finally:
            await theatre.stop_bot()
            await kling.stop()


def _settings(directory: Path, stand_in: DiscordStandIn, kling: KlingStandIn, slots: int) -> Settings:
    keys = kling.credentials
    settings = stage_settings(
        directory,
        base_url=kling.base_url,
        access_key=keys.access_key,
        secret_key=keys.secret_key,
        slots=slots,
    )
    discord_settings = DiscordSettings(token=SecretStr(stand_in.token), api_base=stand_in.base_url)
    return settings.model_copy(update={"discord": discord_settings})
