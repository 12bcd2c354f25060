"""The simplest possible cards, for the case that the written ones cannot be used."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from bot.delivery.card import Card, Media, Text

if TYPE_CHECKING:
    from collections.abc import Callable

    from bot.delivery.card import Showing
    from bot.jobs.job import Job
    from bot.texts import Texts


@dataclass(frozen=True, slots=True)
class PlainCards:
    """Writes cards without anything that people wrote; `locale_of` says in which language those speak who see them."""

    texts: Texts
    locale_of: Callable[[Job], str]

    def clip(self, job: Job, showing: Showing) -> Card:
        """Say that a clip is ready, and where it can be watched if it does not go with the message."""
        locale, say = self.locale_of(job), self.texts.say
        words = say(locale, "generate.result.ready", author=_mention(job))
        if not showing.form.is_clip and showing.link is not None:
            until = showing.link.expires_at // 1000
            words += "\n" + say(locale, "generate.result.link", url=showing.link.url, until=until)
        elif not showing.form.is_clip:
            words += "\n" + say(locale, "generate.result.library")
        title = say(locale, "generate.result.title")
        return Card(title, (Text(words), Media(title)))

    def notice(self, job: Job) -> Card:
        """Say why a job ended without a clip."""
        locale = self.locale_of(job)
        message = self.texts.tell(locale, job.message) if job.message else ""
        words = self.texts.say(locale, "generate.notice.words", author=_mention(job), message=message)
        return Card(self.texts.say(locale, "generate.notice.title"), (Text(words),))


def _mention(job: Job) -> str:
    return f"<@{job.requester.person}>"
