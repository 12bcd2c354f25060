"""A small bot on the real discord.py client, with one command for everything the stand-in must carry."""

from __future__ import annotations

import asyncio
import contextlib
import hashlib
import io
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Self

import aiohttp
import discord
import yarl
from discord import app_commands

if TYPE_CHECKING:
    import re
    from collections.abc import Callable

    from bot.sandbox.discord import DiscordStandIn

LOOPBACK = "127.0.0.1"


async def point_at(api_base: str) -> None:
    """Send discord.py to a loopback server; refuses any other address."""
    url = yarl.URL(api_base)
    if url.host != LOOPBACK:
        raise ValueError(f"{api_base} is not a loopback address")
    async with aiohttp.ClientSession() as session, session.get(f"{api_base}/gateway") as response:
        gateway = (await response.json())["url"]
    discord.http.Route.BASE = api_base
    discord.gateway.DiscordWebSocket.DEFAULT_GATEWAY = yarl.URL(gateway)


class TestBot(discord.Client):
    """The client, ready as soon as the gateway has sent its servers."""

    __test__ = False

    def __init__(self, **options: Any) -> None:
        options.setdefault("intents", discord.Intents.none() | discord.Intents(guilds=True, guild_messages=True))
        super().__init__(guild_ready_timeout=0.05, allowed_mentions=discord.AllowedMentions.none(), **options)
        self.tree = app_commands.CommandTree(self)
        self.seen: list[discord.Message] = []
        self.resumes = 0
        self._noticed = asyncio.Event()

    async def before_identify_hook(self, shard_id: int | None, *, initial: bool = False) -> None:
        """Identify at once; the real service wants five seconds between sessions."""

    async def on_message(self, message: discord.Message) -> None:
        self.seen.append(message)
        self._noticed.set()

    async def on_resumed(self) -> None:
        self.resumes += 1
        self._noticed.set()

    async def until(self, true: Callable[[], object], seconds: float = 8.0) -> None:
        """Wait until something is true; it is asked after each message and each resume."""
        async with asyncio.timeout(seconds):
            while not true():
                self._noticed.clear()
                await self._noticed.wait()


@dataclass
class RunningBot:
    """A bot that is connected to a stand-in until it is closed."""

    stand_in: DiscordStandIn
    client: TestBot
    _task: asyncio.Task[None] | None = field(default=None, init=False)

    async def __aenter__(self) -> Self:
        await point_at(self.stand_in.base_url)
        try:
            await self.client.login(self.stand_in.token)
        except discord.LoginFailure:
            await self.client.close()
            raise
        self._task = asyncio.create_task(self.client.connect())
        ready = asyncio.create_task(self.client.wait_until_ready())
        done, _ = await asyncio.wait({self._task, ready}, timeout=5, return_when=asyncio.FIRST_COMPLETED)
        if ready not in done:
            ready.cancel()
            await self._stop()
            raise RuntimeError("the client did not become ready")
        return self

    async def __aexit__(self, *_: object) -> None:
        await self._stop()

    async def _stop(self) -> None:
        await self.client.close()
        if self._task is not None:
            with contextlib.suppress(asyncio.CancelledError):
                await self._task


def file_of(data: bytes, name: str) -> discord.File:
    """Return an upload with these bytes."""
    return discord.File(io.BytesIO(data), filename=name)


class Ticket(discord.ui.DynamicItem[discord.ui.Button[discord.ui.View]], template=r"v1:ticket:(?P<number>\d+)"):
    """A button whose meaning is in its custom id alone, so that it works after a restart."""

    def __init__(self, number: int) -> None:
        self.number = number
        super().__init__(discord.ui.Button(label=f"Ticket {number}", custom_id=f"v1:ticket:{number}"))

    @classmethod
    async def from_custom_id(
        cls, _interaction: discord.Interaction, _item: discord.ui.Item[Any], match: re.Match[str], /
    ) -> Ticket:
        return cls(int(match["number"]))

    async def callback(self, interaction: discord.Interaction) -> None:
        await interaction.response.edit_message(content=f"ticket {self.number} taken", view=None)


class Question(discord.ui.Modal, title="A question"):
    """Every kind of field that the bot may ask for."""

    line: discord.ui.Label[Any] = discord.ui.Label(text="Line", component=discord.ui.TextInput(custom_id="line"))
    mood: discord.ui.Label[Any] = discord.ui.Label(
        text="Mood",
        component=discord.ui.Select(
            custom_id="mood", options=[discord.SelectOption(label=one, value=one) for one in ("calm", "wild")]
        ),
    )
    picture: discord.ui.Label[Any] = discord.ui.Label(
        text="Picture", component=discord.ui.FileUpload(custom_id="picture", required=False)
    )

    async def on_submit(self, interaction: discord.Interaction) -> None:
        assert isinstance(self.line.component, discord.ui.TextInput)
        assert isinstance(self.mood.component, discord.ui.Select)
        assert isinstance(self.picture.component, discord.ui.FileUpload)
        sizes = [len(await one.read()) for one in self.picture.component.values]
        said = f"{self.line.component.value}|{self.mood.component.values[0]}|{sizes}"
        await interaction.response.send_message(said, ephemeral=True)


class Menu(discord.ui.View):
    """Buttons and menus of the old style."""

    def __init__(self) -> None:
        super().__init__(timeout=None)

    @discord.ui.button(label="Count", custom_id="count")
    async def count(self, interaction: discord.Interaction, _button: discord.ui.Button[Menu]) -> None:
        assert interaction.message is not None
        before = int(interaction.message.content or "0")
        await interaction.response.edit_message(content=str(before + 1))

    @discord.ui.button(label="Ask", custom_id="ask", style=discord.ButtonStyle.primary)
    async def ask(self, interaction: discord.Interaction, _button: discord.ui.Button[Menu]) -> None:
        await interaction.response.send_modal(Question())

    @discord.ui.select(custom_id="colour", options=[discord.SelectOption(label=one) for one in ("red", "blue")])
    async def colour(self, interaction: discord.Interaction, select: discord.ui.Select[Menu]) -> None:
        await interaction.response.send_message(f"chose {select.values[0]}")

    @discord.ui.select(cls=discord.ui.UserSelect, custom_id="who")
    async def who(self, interaction: discord.Interaction, select: discord.ui.UserSelect[Menu]) -> None:
        await interaction.response.send_message(f"picked {select.values[0].name}")


def card(filename: str) -> discord.ui.LayoutView:
    """Return a Components V2 card that shows one file."""
    view = discord.ui.LayoutView(timeout=None)
    container: discord.ui.Container[Any] = discord.ui.Container(accent_colour=0xC2455D)
    container.add_item(discord.ui.TextDisplay("## The rain scene"))
    gallery: discord.ui.MediaGallery[Any] = discord.ui.MediaGallery()
    gallery.add_item(media=f"attachment://{filename}", description="Rain on neon")
    container.add_item(gallery)
    container.add_item(discord.ui.Separator())
    row: discord.ui.ActionRow[Any] = discord.ui.ActionRow()
    row.add_item(discord.ui.Button(label="Again", custom_id="again", style=discord.ButtonStyle.primary))
    container.add_item(row)
    view.add_item(container)
    return view


def add_everything(client: TestBot) -> None:
    """Register one command for each thing the stand-in carries."""
    _add_commands(client.tree)
    _add_answers(client.tree)
    client.add_view(Menu())
    client.add_dynamic_items(Ticket)


def _add_commands(tree: app_commands.CommandTree[TestBot]) -> None:
    group = app_commands.Group(name="video", description="Make a clip")

    @group.command(description="From a text")
    @app_commands.choices(mode=[app_commands.Choice(name="Professional", value="pro")])
    async def text(
        interaction: discord.Interaction, prompt: str, mode: str = "std", outputs: app_commands.Range[int, 1, 4] = 1
    ) -> None:
        await interaction.response.send_message(f"{prompt}|{mode}|{outputs}")

    tree.add_command(group)

    @tree.command(description="Every kind of option")
    async def everything(  # noqa: PLR0917 - discord.py reads options from the signature
        interaction: discord.Interaction,
        number: float,
        flag: bool,  # noqa: FBT001 - discord.py reads options from the signature
        user: discord.Member,
        channel: discord.TextChannel,
        role: discord.Role,
        anyone: discord.Member | discord.Role,
        file: discord.Attachment,
    ) -> None:
        digest = hashlib.sha256(await file.read()).hexdigest()
        facts = [number, flag, user.name, channel.name, role.name, anyone.name, file.content_type, digest]
        await interaction.response.send_message("|".join(map(str, facts)))

    @tree.command(description="Suggestions")
    async def model(interaction: discord.Interaction, name: str) -> None:
        await interaction.response.send_message(name)

    @model.autocomplete("name")
    async def suggest(_: discord.Interaction, current: str) -> list[app_commands.Choice[str]]:
        names = ["kling-2.6", "kling-3.0", "other"]
        return [app_commands.Choice(name=one.title(), value=one) for one in names if one.startswith(current)]

    @tree.context_menu(name="Animate this image")
    async def animate(interaction: discord.Interaction, message: discord.Message) -> None:
        data = await message.attachments[0].read()
        await interaction.response.send_message(hashlib.sha256(data).hexdigest(), ephemeral=True)


def _add_answers(tree: app_commands.CommandTree[TestBot]) -> None:
    @tree.command(description="Buttons and menus")
    async def menu(interaction: discord.Interaction) -> None:
        await interaction.response.send_message("0", view=Menu())

    @tree.command(description="A button that survives restarts")
    async def ticket(interaction: discord.Interaction, number: int) -> None:
        view = discord.ui.View(timeout=None)
        view.add_item(Ticket(number))
        await interaction.response.send_message("a ticket", view=view)

    @tree.command(description="A slow answer")
    async def slow(interaction: discord.Interaction, hidden: bool) -> None:  # noqa: FBT001 - as above
        await interaction.response.defer(ephemeral=hidden, thinking=True)
        await interaction.edit_original_response(content="done")
        await interaction.followup.send("and more", ephemeral=hidden)

    @tree.command(description="A card with a file")
    async def show(interaction: discord.Interaction, file: discord.Attachment) -> None:
        upload = file_of(await file.read(), file.filename)
        await interaction.response.send_message(view=card(file.filename), file=upload)

    @tree.command(description="Never answers")
    async def silent(interaction: discord.Interaction) -> None:
        await asyncio.sleep(0)
        del interaction
