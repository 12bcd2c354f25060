"""Which language people speak who see a message that no interaction asks for."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import discord

    from bot.jobs.job import Job


class Languages:
    """Remembers the languages of servers as Discord tells them; that of a person is in the job that they ordered."""

    def __init__(self) -> None:
        self._servers: dict[int, str] = {}

    def hear(self, interaction: discord.Interaction[Any]) -> None:
        """Take in the language of the server that an interaction comes from."""
        if interaction.guild_id is not None and interaction.guild_locale is not None:
            self._servers[interaction.guild_id] = str(interaction.guild_locale)

    def learn(self, guild: discord.Guild) -> None:
        """Take in the language of a server."""
        self._servers[guild.id] = str(guild.preferred_locale)

    def of_job(self, job: Job) -> str:
        """Return the language of those who see the result of a job: the server's, or its author's own."""
        return self._servers.get(job.requester.server, job.locale)
