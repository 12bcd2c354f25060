"""The client: real discord.py, no privileged intents, nothing kept in memory that a restart would lose."""

from __future__ import annotations

import asyncio
import contextlib
import logging
from importlib.util import find_spec
from pkgutil import iter_modules
from typing import TYPE_CHECKING, Any, Final

import discord
from discord.ext import commands

from bot.discord.errors import Failures
from bot.discord.languages import Languages
from bot.discord.removal import Removals
from bot.discord.sync import CommandSync
from bot.discord.texts import CommandTranslator
from bot.discord.tree import StageTree
from bot.errors import CardChanged, Outdated, Restarting

if TYPE_CHECKING:
    from collections.abc import Awaitable, Coroutine, Iterable, Iterator, Sequence

    from bot.discord.items import StageModal
    from bot.discord.services import Services

_READY_SECONDS: Final = 0.25
"""How long discord.py waits for more servers before it calls itself ready; nothing here needs the list of servers."""

_log = logging.getLogger(__name__)


def all_cogs() -> list[str]:
    """Return the names of all packages of commands; each has a coroutine `setup(bot)`."""
    package = find_spec("cogs")
    folders = package.submodule_search_locations if package else None
    return [f"cogs.{module.name}" for module in iter_modules(folders or []) if module.ispkg]


class StageBot(commands.AutoShardedBot):
    """The bot on Discord. A cog reaches everything else through `services`."""

    def __init__(self, services: Services, *, cogs: Sequence[str] | None = None, force_sync: bool = False) -> None:
        discord.VoiceClient.warn_nacl = discord.VoiceClient.warn_dave = False  # nobody joins voice channels
        super().__init__(
            command_prefix=commands.when_mentioned,
            help_command=None,
            tree_cls=StageTree,
            intents=discord.Intents(guilds=True),
            allowed_mentions=discord.AllowedMentions.none(),
            member_cache_flags=discord.MemberCacheFlags.none(),
            chunk_guilds_at_startup=False,
            max_messages=None,
            guild_ready_timeout=_READY_SECONDS,
        )
        self.services = services
        self.failures = Failures(services.texts, services.app.ids)
        self.languages = Languages()
        self.removals = Removals(services.app.database, services.app.clock, self)
        self.stopping = asyncio.Event()
        self.modals: list[type[StageModal]] = []
        self.items: list[type[discord.ui.DynamicItem[Any]]] = []
        self._cogs = all_cogs() if cogs is None else cogs
        self._sync = CommandSync(services.app.settings, force=force_sync)
        self._working = 0
        self._idle = asyncio.Event()
        self._idle.set()
        self._tasks: set[asyncio.Task[Any]] = set()

    # --- what cogs register ---

    def add_dynamic_items(self, *items: type[discord.ui.DynamicItem[Any]]) -> None:
        """Let buttons and menus of these classes work, on every message that has them."""
        self.items.extend(items)
        super().add_dynamic_items(*items)

    def add_modals(self, *modals: type[StageModal]) -> None:
        """Let modals of these classes be submitted, also those that an earlier process opened."""
        self.modals.extend(modals)

    # --- the life of the client ---

    async def setup_hook(self) -> None:
        """Load all commands and make them known where their definition changed."""
        await self.tree.set_translator(CommandTranslator(self.services.texts))
        for cog in self._cogs:
            await self.load_extension(cog)
        await self._sync.run(self.tree)
        self.start_task(self.removals.keep_working(), name="removal of messages")

    async def stop(self, *, patience: float) -> None:
        """Take nothing new, let what is being answered finish for up to `patience` seconds, and hang up."""
        self.stopping.set()
        try:
            async with asyncio.timeout(patience):
                await self._idle.wait()
        except TimeoutError:
            _log.warning("%d interactions were not finished in time", self._working)
        await self.close()
        for task in self._tasks:
            task.cancel()

    async def on_message(self, message: discord.Message, /) -> None:
        """Read no messages; there are no commands by text."""

    async def on_guild_available(self, guild: discord.Guild) -> None:
        """Learn the language of a server."""
        self.languages.learn(guild)

    async def on_guild_join(self, guild: discord.Guild) -> None:
        """Learn the language of a new server."""
        self.languages.learn(guild)

    async def on_guild_update(self, _before: discord.Guild, after: discord.Guild) -> None:
        """Learn the language of a server again."""
        self.languages.learn(after)

    async def is_connected(self) -> bool:
        """Say whether every shard has a session at the gateway."""
        return self.is_ready() and not any(shard.is_closed() for shard in self.shards.values())

    # --- interactions that the library leaves to us ---

    async def on_interaction(self, interaction: discord.Interaction[StageBot]) -> None:
        """Pass on submitted modals, and answer components that nobody knows any more."""
        self.languages.hear(interaction)
        data: Any = interaction.data or {}
        custom_id = str(data.get("custom_id", ""))
        if interaction.type is discord.InteractionType.modal_submit:
            for modal in self.modals:
                if match := modal.pattern.fullmatch(custom_id):
                    modal.receive(interaction, match)
                    return
        elif interaction.type is discord.InteractionType.component:
            if any(item.__discord_ui_compiled_template__.fullmatch(custom_id) for item in self.items):
                if _still_shows(interaction.message, custom_id):
                    return
                # The second of two quick presses: the library ignores what the message no longer has.
                await self.failures.answer(interaction, CardChanged())
                return
        else:
            return
        await self.failures.answer(interaction, Outdated())

    async def answer_safely(self, interaction: discord.Interaction[StageBot], action: Awaitable[None]) -> None:
        """Carry out the action of a component or modal and answer whatever goes wrong in it."""
        if self.stopping.is_set():
            if asyncio.iscoroutine(action):
                action.close()
            await self.failures.answer(interaction, Restarting())
            return
        with self.at_work():
            try:
                await action
            except Exception as error:  # noqa: BLE001 - every failure is answered
                await self.failures.answer(interaction, error)

    @contextlib.contextmanager
    def at_work(self) -> Iterator[None]:
        """Count an interaction as being answered while the block runs."""
        self._working += 1
        self._idle.clear()
        try:
            yield
        finally:
            self._working -= 1
            if not self._working:
                self._idle.set()

    def keep(self, task: asyncio.Task[Any]) -> None:
        """Hold on to a task until it is done; it is cancelled where it outlasts the client."""
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    def start_task(self, work: Coroutine[Any, Any, None], *, name: str) -> None:
        """Do something beside the interactions; a failure is logged."""
        self.keep(asyncio.create_task(self._logged(work, name), name=name))

    async def _logged(self, work: Coroutine[Any, Any, None], name: str) -> None:
        try:
            await work
        except Exception:  # noqa: BLE001 - nobody waits for it, so the log is where it belongs
            _log.exception("%s failed", name)


def _still_shows(message: discord.Message | None, custom_id: str) -> bool:
    """Say whether a message has the component that was used, as it stood when Discord told of it."""

    def inside(parts: Iterable[Any]) -> Iterator[Any]:
        for part in parts:
            yield part
            yield from inside(getattr(part, "children", ()))
            yield from inside(filter(None, [getattr(part, "accessory", None)]))

    return message is None or any(getattr(one, "custom_id", None) == custom_id for one in inside(message.components))
