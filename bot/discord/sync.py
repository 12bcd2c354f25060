"""Making the commands known to Discord, only when their definition changed: Discord counts every change."""

from __future__ import annotations

import asyncio
import contextlib
import hashlib
import json
import logging
from typing import TYPE_CHECKING, Any, Final

import discord
from discord import app_commands

if TYPE_CHECKING:
    from bot.settings import Settings

FILE: Final = "discord-commands.json"
"""Lies in the data directory and says which definition was made known where."""

_EVERYWHERE: Final = "everywhere"

_log = logging.getLogger(__name__)


class CommandSync:
    """Makes the commands known, to one server if `discord.application_guild` names one, else everywhere.

    Where else they were made known before, they are withdrawn: people would see every command twice.
    """

    def __init__(self, settings: Settings, *, force: bool = False) -> None:
        self._guild = settings.discord.application_guild
        self._api = settings.discord.api_base
        self._file = settings.data.dir / FILE
        self._force = force

    async def run(self, tree: app_commands.CommandTree[Any]) -> bool:
        """Send the definitions where they differ from what was sent last, and say whether they were sent.

        A refusal is logged and tried again at the next start: the commands that Discord knows go on working.
        """
        guild = discord.Object(self._guild) if self._guild else None
        if guild is not None:
            tree.copy_global_to(guild=guild)
        bot = f"{self._api} {tree.client.application_id}"
        place = f"{bot} {self._guild or _EVERYWHERE}"
        digest = await digest_of(tree, guild)
        known = await asyncio.to_thread(self._read)
        elsewhere = [one for one in known if one.startswith(f"{bot} ") and one != place]
        if known.get(place) == digest and not elsewhere and not self._force:
            return False
        try:
            sent = await tree.sync(guild=guild)
            known[place] = digest
            for one in elsewhere:
                await _withdraw(tree.client, one.rpartition(" ")[2])
                del known[one]
        except discord.HTTPException as error:
            _log.error("the commands could not be made known to Discord: %s", error)
            return False
        finally:
            await asyncio.to_thread(self._write, known)
        _log.info("%d commands were made known to Discord", len(sent))
        return True

    def _read(self) -> dict[str, str]:
        try:
            known = json.loads(self._file.read_text(encoding="utf-8"))
        except (OSError, ValueError):
            return {}
        return known if isinstance(known, dict) else {}

    def _write(self, known: dict[str, str]) -> None:
        self._file.parent.mkdir(parents=True, exist_ok=True)
        partial = self._file.with_suffix(".part")
        partial.write_text(json.dumps(known, indent=2), encoding="utf-8")
        partial.replace(self._file)


async def _withdraw(client: discord.Client, place: str) -> None:
    """Take all commands back from a server, or from everywhere."""
    application = client.application_id
    if application is None:
        raise AssertionError("the client is not logged in")
    if place == _EVERYWHERE:
        await client.http.bulk_upsert_global_commands(application, [])
        return
    with contextlib.suppress(discord.NotFound, discord.Forbidden):  # the bot was removed from that server
        await client.http.bulk_upsert_guild_commands(application, int(place), [])


async def definitions(
    tree: app_commands.CommandTree[Any], guild: discord.abc.Snowflake | None = None
) -> list[dict[str, Any]]:
    """Return the definitions of all commands as they are sent, translations included."""
    found: list[Any] = []
    for kind in discord.AppCommandType:
        found += tree.get_commands(guild=guild, type=kind)
    translator = tree.translator
    if translator is None:
        return [command.to_dict(tree) for command in found]
    return [await command.get_translated_payload(tree, translator) for command in found]


async def digest_of(tree: app_commands.CommandTree[Any], guild: discord.abc.Snowflake | None = None) -> str:
    """Return a digest that changes with any part of any definition."""
    text = json.dumps(await definitions(tree, guild), sort_keys=True)
    return hashlib.sha256(text.encode()).hexdigest()
