"""What is shown about credits."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from bot.credits import CreditDesk
from bot.discord.cards import Card
from bot.discord.escape import one_line
from bot.discord.items import StageButton
from bot.discord.people import requester_of
from bot.discord.signs import Sign
from bot.discord.texts import reader_of
from cogs.credits._text import balance_lines, cap_lines, history_line

if TYPE_CHECKING:
    import discord

    from bot.credits import HistoryPart, Purse
    from bot.discord.items import StageInteraction
    from bot.discord.services import Services
    from bot.texts import Texts

COLOUR: Final = 0xD9A441
_OWN: Final = "own"
_NOTE_LENGTH: Final = 300


def desk_of(services: Services) -> CreditDesk:
    """Return the credit desk of the running bot."""
    app = services.app
    return CreditDesk(app.database, app.engine.housekeeping.spending, services.preferences, app.clock)


class ShowHistory(StageButton, area="credits", action="history", sign=Sign.HISTORY):
    """Leafs through the history of whoever presses; the revision is the page."""

    async def pressed(self, interaction: StageInteraction) -> None:
        """Show the page in place of the present one."""
        services = interaction.client.services
        part = await desk_of(services).history(requester_of(interaction), self.target.revision or 1)
        card = history_card(services.texts, reader_of(interaction), part)
        await interaction.response.edit_message(view=card.layout())


def balance_card(texts: Texts, locale: discord.Locale, purse: Purse) -> Card:
    """Show what somebody has."""
    card = Card(colour=COLOUR).heading(texts.say(locale, "credits.balance.title"))
    card.text(balance_lines(texts, locale, purse.balance))
    card.small(cap_lines(texts, locale, purse.caps))
    if not purse.balance.available and not purse.balance.held:
        card.small(texts.say(locale, "credits.balance.empty"))
    return card.row(ShowHistory(_OWN, 1, label=texts.say(locale, "credits.history.open")))


def history_card(texts: Texts, locale: discord.Locale, part: HistoryPart) -> Card:
    """Show a page of what happened."""
    card = Card(colour=COLOUR).heading(texts.say(locale, "credits.history.title", page=part.number))
    lines = [history_line(texts, locale, line) for line in part.lines]
    card.text("\n".join(lines) or texts.say(locale, "credits.history.empty"))
    buttons = []
    if part.number > 1:
        buttons.append(
            ShowHistory(_OWN, part.number - 1, label=texts.say(locale, "credits.history.newer"), emoji=Sign.NEWER)
        )
    if part.more:
        buttons.append(
            ShowHistory(_OWN, part.number + 1, label=texts.say(locale, "credits.history.older"), emoji=Sign.OLDER)
        )
    return card.row(*buttons)


def moved_card(texts: Texts, locale: discord.Locale, key: str, *, note: str, **values: object) -> Card:
    """Say that credits moved."""
    card = Card(colour=COLOUR).text(texts.say(locale, f"credits.{key}", **values))
    return card.text(f"> {one_line(note, _NOTE_LENGTH)}") if note else card
