"""What is shown about privacy."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import discord

from bot.delivery.showings import GIVE_UP_DAYS
from bot.discord.cards import Card
from bot.privacy.departures import GRACE_DAYS
from bot.storage.backup import KEPT_BACKUPS
from cogs.privacy import _buttons

if TYPE_CHECKING:
    from bot.privacy.erasure import Erased
    from bot.settings import RetentionSettings
    from bot.texts import Texts

COLOUR: Final = 0x4FA8A0
WARNING_COLOUR: Final = 0xC2455D


def overview_card(texts: Texts, locale: discord.Locale, retention: RetentionSettings) -> Card:
    """Show what is stored and for how long."""
    card = Card(colour=COLOUR).heading(texts.say(locale, "privacy.title"))
    card.text(texts.say(locale, "privacy.stored"))
    card.text(
        texts.say(
            locale,
            "privacy.retention",
            clips=retention.clip_days,
            uploads=retention.upload_days,
            history=retention.history_days,
            server=GRACE_DAYS,
            backups=KEPT_BACKUPS,
        )
    )
    card.text(texts.say(locale, "privacy.shared"))
    return card.row(
        _buttons.Export(_buttons.OWN, label=texts.say(locale, "privacy.export")),
        _buttons.AskToErase(_buttons.OWN, label=texts.say(locale, "privacy.erase"), style=discord.ButtonStyle.danger),
    )


def question_card(texts: Texts, locale: discord.Locale, retention: RetentionSettings) -> Card:
    """Ask whether everything is really to be deleted."""
    card = Card(colour=WARNING_COLOUR).heading(texts.say(locale, "privacy.ask.title"))
    card.text(texts.say(locale, "privacy.ask.words", history=retention.history_days, backups=KEPT_BACKUPS))
    return card.row(
        _buttons.Erase(_buttons.OWN, label=texts.say(locale, "privacy.ask.yes"), style=discord.ButtonStyle.danger),
        _buttons.Spare(_buttons.OWN, label=texts.say(locale, "privacy.ask.no")),
    )


def kept_card(texts: Texts, locale: discord.Locale) -> Card:
    """Say that everything is still there."""
    return Card(colour=COLOUR).text(texts.say(locale, "privacy.ask.kept"))


def erased_card(texts: Texts, locale: discord.Locale, erased: Erased, *, left: int) -> Card:
    """Say what was deleted; `left` counts the messages that are still on Discord."""
    card = Card(colour=COLOUR).heading(texts.say(locale, "privacy.erased.title"))
    card.text(texts.say(locale, "privacy.erased.jobs", count=erased.jobs))
    if erased.waiting:
        card.text(texts.say(locale, "privacy.erased.waiting", count=erased.waiting))
    if left:
        card.text(texts.say(locale, "privacy.erased.left", count=left, days=GIVE_UP_DAYS))
    return card
