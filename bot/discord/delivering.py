"""The delivery as the running bot uses it, put together from the core, the client and the writer of cards."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.delivery.channel import ChannelDelivery
from bot.delivery.folder import FolderDelivery
from bot.delivery.shaping import Shaper
from bot.discord.poster import DiscordPoster

if TYPE_CHECKING:
    import discord

    from bot.app import Application
    from bot.delivery.card import CardWriter
    from bot.delivery.plain import PlainCards


def channel_delivery(
    app: Application, client: discord.Client, writer: CardWriter, plain: PlainCards
) -> ChannelDelivery:
    """Return the delivery that posts through a client which has logged in; `plain` helps where `writer` fails."""
    return ChannelDelivery(
        database=app.database,
        clock=app.clock,
        poster=DiscordPoster(client),
        writer=writer,
        plain=plain,
        shaper=Shaper(app.files, app.ffmpeg),
        link=app.links,
        folder=FolderDelivery(),
    )
