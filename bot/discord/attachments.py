"""Copying the files that people send with commands: at once, because their links end after an unknown time."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from bot.errors import MediaRefused
from bot.media.addresses import AddressPolicy
from bot.media.images import ImageRules, prepare_image_file
from bot.settings import is_loopback
from bot.texts import Sentence

if TYPE_CHECKING:
    from pathlib import Path

    import discord

    from bot.jobs.request import StoredFile
    from bot.media.download import Downloader
    from bot.storage.files import FileStore

HOSTS: Final = ("cdn.discordapp.com", "media.discordapp.net")
"""Where Discord keeps files."""

_MEBIBYTE: Final = 1 << 20


class Attachments:
    """Takes files from Discord's own hosts, or from a stand-in on this machine, into the file store."""

    def __init__(self, downloader: Downloader, files: FileStore, *, api_base: str) -> None:
        self._downloader = downloader
        self._files = files
        self._policy = AddressPolicy(hosts=HOSTS, local_origins=(api_base,) if is_loopback(api_base) else ())

    async def picture(self, attachment: discord.Attachment, rules: ImageRules | None = None) -> StoredFile:
        """Copy a picture, check it in a bounded child and keep a clean version of it.

        Neither the name nor the declared type or size counts. Raises `MediaRefused` or `DownloadFailed`.
        """
        rules = rules or ImageRules()
        if attachment.size > rules.largest_upload_bytes:
            most = rules.largest_upload_bytes // _MEBIBYTE
            raise MediaRefused(Sentence("media.image-large", most=most))
        async with self._files.workspace() as workspace:
            copy = workspace / "upload"
            await self._copy(attachment, copy, rules.largest_upload_bytes)
            return await prepare_image_file(copy, self._files, rules)

    async def _copy(self, attachment: discord.Attachment, destination: Path, most_bytes: int) -> None:
        await self._downloader.fetch(attachment.url, destination, max_bytes=most_bytes, policy=self._policy)
