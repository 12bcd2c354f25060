"""What commands, buttons and forms about prompts share: every step reads the worksheet anew and checks whose it is."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

from bot.discord.people import requester_of, roles_of
from bot.discord.texts import reader_of
from bot.jobs.compose import Wish, compose
from bot.jobs.improve import improvements
from bot.prompts import LintContext, lint
from bot.prompts.worksheets import (
    Content,
    Step,
    Worksheet,
    load_worksheet,
    save_worksheet,
    start_worksheet,
)
from cogs.prompts._build_card import build_card
from cogs.prompts._builder import PromptBuilder
from cogs.prompts._check_card import Examination, check_card, fixes_of
from cogs.prompts._reach import show_quote
from cogs.prompts._text import Words

if TYPE_CHECKING:
    from collections.abc import Callable

    from bot.discord.cards import Card
    from bot.discord.identifiers import CustomId
    from bot.discord.items import StageInteraction
    from bot.discord.services import Services
    from bot.jobs.request import Request


class PromptDesk:
    """Examines prompts and carries out what people change in them."""

    def __init__(self, services: Services) -> None:
        self.services = services
        self.builder = PromptBuilder(self)
        self._app = services.app

    def words(self, interaction: StageInteraction) -> Words:
        """Return the texts in the language of the person."""
        return Words(self.services.texts, reader_of(interaction), self._app.catalogue)

    async def request(self, interaction: StageInteraction, text: str, seconds: int | None = None) -> Request:
        """Return the request that a prompt would make with the person's usual settings."""
        terms = await self.services.preferences.terms(requester_of(interaction), roles_of(interaction))
        return compose(self._app.catalogue, text, Wish(seconds=seconds), terms.defaults)

    async def begin(self, interaction: StageInteraction, content: Content) -> None:
        """Keep a new worksheet and show it as the answer to an interaction."""
        app = self._app
        sheet = Worksheet(app.ids.new(), 1, requester_of(interaction), content, app.clock.now())
        await app.database.run(lambda tx: start_worksheet(tx, sheet))
        await self.show(interaction, sheet)

    async def load(self, interaction: StageInteraction, target: CustomId) -> Worksheet:
        """Return the worksheet of a button; raises `WorksheetGone` or `NotYours`."""
        requester = requester_of(interaction)
        return await self._app.database.read(lambda tx: load_worksheet(tx, target.subject, requester))

    async def change(
        self, interaction: StageInteraction, target: CustomId, change: Callable[[Worksheet], Content]
    ) -> None:
        """Change a worksheet and show it.

        A target of an older revision, as from a double click or from before a crash, changes nothing: the newest
        revision is shown instead. A target without a revision changes whatever is there.
        """
        sheet = await self.load(interaction, target)
        if target.revision not in {None, sheet.revision}:
            await self.show(interaction, sheet, late=True)
            return
        content = await asyncio.to_thread(change, sheet)
        changed = sheet.changed(content, at=self._app.clock.now())
        if not await self._app.database.run(lambda tx: save_worksheet(tx, changed)):
            await self.show(interaction, await self.load(interaction, target), late=True)
            return
        await self.show(interaction, changed)

    async def show(self, interaction: StageInteraction, sheet: Worksheet, *, late: bool = False) -> None:
        """Show a worksheet in the answer to an interaction; `late` says that the card was an old one."""
        card = await asyncio.to_thread(self._card, self.words(interaction), sheet, late=late)
        await interaction.edit_original_response(view=card.layout())

    def _card(self, words: Words, sheet: Worksheet, *, late: bool) -> Card:
        examination = examine(sheet.content.request)
        if sheet.content.step is Step.CHECK or sheet.content.draft is None:
            return check_card(words, sheet, examination, late=late)
        return build_card(words, sheet, sheet.content.draft, examination, late=late)

    # --- what is pressed on the card of an examined prompt ---

    async def fix_all(self, interaction: StageInteraction, target: CustomId) -> None:
        """Apply every safe fix."""

        def fixed(sheet: Worksheet) -> Content:
            request = sheet.content.request
            text = lint(request.prompt, LintContext.from_request(request)).fixed_text
            return sheet.content if text is None else sheet.content.with_text(text, before=request.prompt)

        await self.change(interaction, target, fixed)

    async def fix_one(self, interaction: StageInteraction, target: CustomId, value: str) -> None:
        """Apply one fix of the menu; a value that was never offered changes nothing."""
        words = self.words(interaction)

        def fixed(sheet: Worksheet) -> Content:
            request = sheet.content.request
            options = fixes_of(words, examine(request))
            fix = options[int(value)] if value.isdecimal() and int(value) < len(options) else None
            if fix is None:
                return sheet.content
            content = sheet.content.model_copy(update={"request": fix.request})
            before = request.prompt if fix.request.prompt != request.prompt else None
            return content.with_text(fix.request.prompt, before=before)

        await self.change(interaction, target, fixed)

    async def undo(self, interaction: StageInteraction, target: CustomId) -> None:
        """Go back to the text before the last fix."""

        def undone(sheet: Worksheet) -> Content:
            before = sheet.content.before
            return sheet.content if before is None else sheet.content.with_text(before)

        await self.change(interaction, target, undone)

    async def rewrite(self, interaction: StageInteraction, target: CustomId, text: str) -> None:
        """Take over a text that somebody wrote; it is never lost, whatever happened to the worksheet meanwhile."""
        await self.change(interaction, target, lambda sheet: sheet.content.with_text(text))

    async def make_clip(self, interaction: StageInteraction, target: CustomId) -> None:
        """Show what the clip costs."""
        sheet = await self.load(interaction, target)
        await show_quote(interaction, sheet.content.request)

    async def check(self, interaction: StageInteraction, text: str, seconds: int | None) -> None:
        """Explain a prompt."""
        request = await self.request(interaction, text, seconds)
        await self.begin(interaction, Content(request=request, step=Step.CHECK))


def examine(request: Request) -> Examination:
    """Return everything that is to be said about a prompt."""
    report = lint(request.prompt, LintContext.from_request(request))
    return Examination(request, report, improvements(request, report))
