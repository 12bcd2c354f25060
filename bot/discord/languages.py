"""Which language people speak who see a message that no interaction asks for."""

from __future__ import annotations

from collections import OrderedDict
from typing import TYPE_CHECKING, Any, Final

from bot.texts import SOURCE

if TYPE_CHECKING:
    import discord

    from bot.jobs.job import Job

_MOST_PEOPLE: Final = 10_000


class Languages:
    """Remembers what Discord said last about the languages of servers and people.

    It is forgotten at a restart; then a server speaks its own language as Discord tells it, and a person English until
    they use the bot again.
    """

    def __init__(self) -> None:
        self._people: OrderedDict[int, str] = OrderedDict()
        self._servers: dict[int, str] = {}

    def hear(self, interaction: discord.Interaction[Any]) -> None:
        """Take in the languages that an interaction names."""
        self._people[interaction.user.id] = str(interaction.locale)
        self._people.move_to_end(interaction.user.id)
        if len(self._people) > _MOST_PEOPLE:
            self._people.popitem(last=False)
        if interaction.guild_id is not None and interaction.guild_locale is not None:
            self._servers[interaction.guild_id] = str(interaction.guild_locale)

    def learn(self, guild: discord.Guild) -> None:
        """Take in the language of a server."""
        self._servers[guild.id] = str(guild.preferred_locale)

    def of_job(self, job: Job) -> str:
        """Return the language of those who see the result of a job: the server's, or its author's own."""
        server = self._servers.get(job.requester.server)
        return server or self._people.get(job.requester.person, SOURCE)
