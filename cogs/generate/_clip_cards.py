"""Cards about finished clips that are not the clip itself."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import discord

from bot.delivery.card import Form
from bot.delivery.destination import parse_receipt
from bot.discord.cards import Card
from bot.discord.escape import label, shown
from bot.discord.links import link_to
from bot.discord.wording import quoted
from cogs.generate.clip_buttons import Delete, Erase, ReportButton, Spare

if TYPE_CHECKING:
    from collections.abc import Sequence

    from bot.delivery.card import ClipLink
    from bot.discord.items import StageButton
    from bot.jobs.job import Job
    from bot.moderation.reports import Report
    from cogs.generate._text import Words

FILM_COLOUR: Final = 0x3BA55D
ALARM_COLOUR: Final = 0xF0B232
QUIET_COLOUR: Final = 0x80848E
_PROMPT_LENGTH: Final = 900
_ALT_LENGTH: Final = 300
_DETAILS_LENGTH: Final = 1200


def note_card(text: str) -> Card:
    """Build a card that says one thing."""
    return Card(colour=QUIET_COLOUR).text(text)


def delete_card(words: Words, job_id: str) -> Card:
    """Build the card that asks before a clip is deleted."""
    card = Card(colour=ALARM_COLOUR).text(words.say("delete.ask"))
    return card.row(
        Erase(job_id, label=words.say("delete.yes"), style=discord.ButtonStyle.danger),
        Spare(job_id, label=words.say("delete.no")),
    )


@dataclass(frozen=True, slots=True)
class FilmView:
    """What is shown of a film of several clips, of which `job` made the last.

    `name` is that of the attachment, if there is one; `links` lead to the clips where the film itself is not shown.
    """

    job: Job
    seconds: float
    form: Form
    name: str | None = None
    links: Sequence[ClipLink] = ()


def film_card(words: Words, view: FilmView) -> Card:
    """Build the card of a clip that was joined with those before it."""
    job = view.job
    card = Card(colour=FILM_COLOUR).heading(words.say("join.title"))
    if view.name is not None:
        alt = words.say("result.alt", prompt=label(job.request.prompt, _ALT_LENGTH))
        card.media((f"attachment://{view.name}", alt))
    author = f"<@{job.requester.person}>"
    card.small(words.say("join.ready", author=author, seconds=f"{view.seconds:.0f}"))
    if view.form is Form.FITTED:
        card.small(words.say("join.fitted"))
    elif not view.form.is_clip:
        card.small(_instead(words, view.links))
    buttons: list[StageButton] = [Delete(job.id, label=words.say("result.delete"))]
    if job.requester.server:
        buttons.append(ReportButton(job.id, label=words.say("result.report")))
    return card.row(*buttons)


def _instead(words: Words, links: Sequence[ClipLink]) -> str:
    """Say where the clips of a film are that is too large."""
    if not links:
        return words.say("join.library")
    numbered = " · ".join(f"[{number}]({link.url})" for number, link in enumerate(links, start=1))
    return words.say("join.links", links=numbered, until=links[0].expires_at // 1000)


def report_card(words: Words, job: Job, report: Report) -> Card:
    """Build the card that tells moderators of a report."""
    card = Card(colour=ALARM_COLOUR).heading(words.say("report.notice"))
    card.text(f"**{words.say(f'report.{report.reason}')}**")
    card.text(shown(report.details, _DETAILS_LENGTH).strip())
    card.text(quoted(job.request.prompt, _PROMPT_LENGTH))
    who = words.say("report.who", author=f"<@{job.requester.person}>", reporter=f"<@{report.person}>")
    lines = [who, words.say("report.reference", reference=report.id, job=job.id)]
    posted = parse_receipt(job.receipt)
    if posted is not None:
        lines.append(words.say("report.where", link=link_to(posted, job.requester.server)))
    return card.divider().small("\n".join(lines))
