"""The pictures of a request, small enough to be shown at once."""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING, Final

import discord

from bot.errors import MediaError
from bot.media.images import ImageRules, prepare_image_file
from cogs.generate._quote_card import Pictures

if TYPE_CHECKING:
    from bot.jobs.request import Request, StoredFile
    from bot.storage.files import FileStore

_log = logging.getLogger(__name__)

_PREVIEW: Final = ImageRules(shortest_side=1, longest_side=512, widest_ratio=100)
_ENDINGS: Final = {"image/png": "png", "image/jpeg": "jpg"}


async def pictures_of(files: FileStore, request: Request) -> Pictures:
    """Return the pictures that a request starts from and ends with; one that cannot be shown is left out."""
    return Pictures(
        image=await _preview(files, request.image, "image"),
        end_image=await _preview(files, request.end_image, "end-image"),
    )


async def _preview(files: FileStore, image: StoredFile | None, name: str) -> discord.File | None:
    if image is None:
        return None
    try:
        small = await prepare_image_file(files.path(image.digest), files, _PREVIEW)
    except (MediaError, OSError):
        _log.warning("a picture could not be shown", exc_info=True)
        return None
    return discord.File(files.path(small.digest), filename=f"{name}.{_ENDINGS.get(small.media_type, 'jpg')}")
