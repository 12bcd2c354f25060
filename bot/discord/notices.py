"""What could not be told when it happened is told the next time a person uses a command."""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING

import discord

from bot.delivery.parts import Kind
from bot.delivery.store import Notice, mark_seen, unseen_notices
from bot.discord.escape import one_line
from bot.discord.texts import reader_of
from bot.jobs import store

if TYPE_CHECKING:
    from bot.discord.client import StageBot
    from bot.jobs.job import Job
    from bot.storage.database import Transaction

_log = logging.getLogger(__name__)


async def tell_waiting_notices(interaction: discord.Interaction[StageBot]) -> None:
    """Tell a person, and only them, what waits to be told, after their command was answered; never raises.

    A notice counts as seen once Discord has taken the message; until then the next command tries again.
    """
    services = interaction.client.services
    person = interaction.user.id
    try:
        waiting = await services.app.database.read(lambda tx: _waiting(tx, person))
        if not waiting:
            return
        locale = reader_of(interaction)
        lines = [
            services.texts.say(
                locale,
                f"notices.clip.{notice.reason}" if notice.kind is Kind.CLIP else "notices.failure",
                prompt=one_line(job.request.prompt, 80),
                reason=services.texts.tell(locale, job.message, _quoted) if job.message else "",
            )
            for notice, job in waiting
        ]
        await interaction.followup.send("\n".join(lines), ephemeral=True)
        at = services.app.clock.now()
        await services.app.database.run(lambda tx: _all_seen(tx, [notice for notice, _ in waiting], at))
    except (discord.HTTPException, OSError) as error:
        _log.info("notices could not be told: %s", type(error).__name__)
    except Exception:  # noqa: BLE001 - the command itself was answered and must stay so
        _log.exception("notices could not be told")


def _quoted(words: str) -> str:
    return one_line(words, 200)


def _waiting(tx: Transaction, person: int) -> list[tuple[Notice, Job]]:
    return [(notice, store.load(tx, notice.job)) for notice in unseen_notices(tx, person)]


def _all_seen(tx: Transaction, notices: list[Notice], at: int) -> None:
    for notice in notices:
        mark_seen(tx, notice, at=at)
