"""From a request to a confirmed price: what commands, buttons and forms of this package share.

Every step reads the quote anew and checks again who presses, in which server, at which revision and until when.
"""

from __future__ import annotations

import asyncio
import contextlib
import io
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import discord

from bot.discord.people import destination_of, may_post_in, requester_of, roles_of
from bot.discord.texts import reader_of
from bot.errors import (
    InsufficientCredits,
    MayNotGenerate,
    NotYours,
    Outdated,
    QuoteChanged,
    QuoteExpired,
    QuoteNotValid,
    RequestRefused,
)
from bot.findings import Severity
from bot.jobs.compose import editable, revise
from bot.jobs.drafts import VALIDITY, Draft, drop_draft, load_draft, save_draft
from bot.jobs.improve import review
from bot.jobs.place import Agreement
from bot.jobs.quote import drop_quote, load_quote
from bot.ledger import balance
from bot.texts import Sentence
from cogs.generate._clips import Clips
from cogs.generate._films import Films
from cogs.generate._forms import sheet_for
from cogs.generate._modals import PROMPT_LENGTH, ChangeDraft, ChangeQuote
from cogs.generate._pending import PendingDrafts
from cogs.generate._pictures import pictures_of
from cogs.generate._quote_card import QuoteView, cancelled_card, quote_card, refusal_card
from cogs.generate._text import Words

if TYPE_CHECKING:
    from bot.discord.identifiers import CustomId
    from bot.discord.items import StageInteraction
    from bot.discord.services import Services
    from bot.jobs.compose import Changes
    from bot.jobs.quote import Quote, Requester
    from bot.jobs.quoting import Offer
    from bot.jobs.request import Request
    from bot.preferences import Terms
    from cogs.generate._progress import Progress

_NEEDS_A_LOOK: Final = frozenset({Severity.ERROR, Severity.WARNING})


@dataclass(frozen=True, slots=True)
class Person:
    """Who asks, and under which terms at this moment."""

    requester: Requester
    terms: Terms


class Studio:
    """Turns requests into quotes, and agreed quotes into jobs."""

    def __init__(self, services: Services, progress: Progress) -> None:
        self.services = services
        self.progress = progress
        self.pending = PendingDrafts()
        self.clips = Clips(self)
        self.films = Films(self)
        self._app = services.app

    # --- from a request to a quote ---

    async def person(self, interaction: StageInteraction) -> Person:
        """Return who asks; raises `MayNotGenerate` where the server does not let them."""
        requester = requester_of(interaction)
        terms = await self.services.preferences.terms(requester, roles_of(interaction))
        if not terms.may_generate:
            raise MayNotGenerate
        return Person(requester, terms)

    async def quote(
        self,
        interaction: StageInteraction,
        person: Person,
        request: Request,
        *,
        replaces: Quote | None = None,
        draft: Draft | None = None,
        may_place: bool = True,
    ) -> None:
        """Show the price of a request in the answer to an interaction, or place it where that was agreed in advance.

        A request that cannot be made is shown with what is in the way, and kept as the next revision of `draft`.
        Without `may_place` nothing is placed, whatever was agreed.
        """
        try:
            offer = await self.services.desk.offer(
                request,
                person.requester,
                destination=str(destination_of(interaction, person.terms)),
                subscriber=person.terms.subscriber,
                replaces=replaces,
                locale=str(reader_of(interaction)),
            )
        except RequestRefused as refusal:
            await self._show_refusal(interaction, person, request, refusal, draft)
            return
        if draft is not None:
            await self._app.database.run(lambda tx: drop_draft(tx, draft.id))
        warned = any(finding.severity in _NEEDS_A_LOOK for finding in offer.findings)
        if may_place and offer.quote.credits <= person.terms.confirm_limit and not warned:
            with contextlib.suppress(InsufficientCredits):
                await self._place(interaction, person, offer.quote)
                return
        await self._show(interaction, person, offer)

    async def look_again(self, interaction: StageInteraction, target: CustomId) -> None:
        """Show a quote with the credits that its person has by now."""
        person, quote = await self._own(interaction, target)
        await self.quote(interaction, person, quote.request, replaces=quote, may_place=False)

    async def fix_quote(self, interaction: StageInteraction, target: CustomId) -> None:
        """Apply every safe fix to the words of a quote."""
        person, quote = await self._own(interaction, target)
        await self.quote(interaction, person, await self._mended(quote.request), replaces=quote)

    async def adjust_quote(self, interaction: StageInteraction, target: CustomId, value: str) -> None:
        """Change a setting of a quote as a finding proposes."""
        person, quote = await self._own(interaction, target)
        request = await self._adjusted(quote.request, value)
        await self.quote(interaction, person, request, replaces=quote)

    async def open_quote(self, interaction: StageInteraction, target: CustomId) -> None:
        """Show the form with the request of a quote."""
        _, quote = await self._own(interaction, target)
        sheet = sheet_for(self.words(interaction), quote.request, "modal.edit", subscriber=quote.subscriber)
        await ChangeQuote(quote.id, quote.revision, sheet=sheet).open(interaction)

    async def change_quote(self, interaction: StageInteraction, target: CustomId, changes: Changes) -> None:
        """Make the next revision of a quote from what was filled in."""
        person, quote = await self._own(interaction, target)
        await self.quote(interaction, person, revise(quote.request, changes), replaces=quote)

    async def drop_quote(self, interaction: StageInteraction, target: CustomId) -> None:
        """Put a quote away; what was placed meanwhile is shown instead."""
        try:
            _, quote = await self._own(interaction, target)
        except QuoteExpired:
            quote = await self._app.database.read(lambda tx: load_quote(tx, target.subject))
        await self._app.database.run(lambda tx: drop_quote(tx, quote.id))
        card = cancelled_card(self.words(interaction), quote.request)
        await interaction.edit_original_response(view=card.layout(), attachments=[])

    # --- requests that cannot be made yet ---

    async def open_draft(self, interaction: StageInteraction, target: CustomId) -> None:
        """Show the form with the request of a draft."""
        person, draft = await self._own_draft(interaction, target)
        request = editable(self._app.catalogue, draft.request)
        sheet = sheet_for(self.words(interaction), request, "modal.edit", subscriber=person.terms.subscriber)
        await ChangeDraft(draft.id, draft.revision, sheet=sheet).open(interaction)

    async def change_draft(self, interaction: StageInteraction, target: CustomId, changes: Changes) -> None:
        """Try again with what was filled in."""
        person, draft = await self._own_draft(interaction, target)
        request = revise(editable(self._app.catalogue, draft.request), changes)
        await self.quote(interaction, person, request, draft=draft)

    async def fix_draft(self, interaction: StageInteraction, target: CustomId) -> None:
        """Apply every safe fix to the words of a draft."""
        person, draft = await self._own_draft(interaction, target)
        await self.quote(interaction, person, await self._mended(draft.request), draft=draft)

    async def accept_draft(self, interaction: StageInteraction, target: CustomId) -> None:
        """Go on with a draft as it is, where its errors may be accepted."""
        person, draft = await self._own_draft(interaction, target)
        request = await self.services.desk.accept(draft.request)
        await self.quote(interaction, person, request, draft=draft)

    async def adjust_draft(self, interaction: StageInteraction, target: CustomId, value: str) -> None:
        """Change a setting of a draft as a finding proposes."""
        person, draft = await self._own_draft(interaction, target)
        request = await self._adjusted(draft.request, value)
        await self.quote(interaction, person, request, draft=draft)

    async def drop_draft(self, interaction: StageInteraction, target: CustomId) -> None:
        """Put a draft away; raises `Outdated` where it is gone already."""
        draft = await self._app.database.read(lambda tx: load_draft(tx, target.subject))
        if draft is None:
            raise Outdated
        if draft.requester != requester_of(interaction):
            raise NotYours
        await self._app.database.run(lambda tx: drop_draft(tx, draft.id))
        card = cancelled_card(self.words(interaction), draft.request)
        await interaction.edit_original_response(view=card.layout(), attachments=[])

    # --- from a quote to jobs ---

    async def confirm(self, interaction: StageInteraction, target: CustomId) -> None:
        """Place a quote at the price that was shown; a second press shows how it comes along."""
        person = await self.person(interaction)
        quote = await self._app.database.read(lambda tx: load_quote(tx, target.subject))
        self._check_owner(quote, person)
        if quote.placed_at is None:
            self._check_fresh(quote, target)
        try:
            await self._place(interaction, person, quote)
        except RequestRefused:
            # Rules or models have changed since the price was shown; this says what is in the way now.
            await self.quote(interaction, person, quote.request, replaces=quote)
        except InsufficientCredits:
            # The credits went elsewhere since the price was shown; the card says so as well as the answer.
            await self.quote(interaction, person, quote.request, replaces=quote, may_place=False)
            raise

    async def _place(self, interaction: StageInteraction, person: Person, quote: Quote) -> None:
        engine, catalogue = self._app.engine, self._app.catalogue
        agreement = Agreement(quote.id, quote.revision, quote.credits, person.requester)
        placement = await engine.place(
            agreement,
            provider=catalogue.card(quote.request.model).provider,
            caps=person.terms.caps(self._app.clock.now()),
            priority=person.terms.priority,
        )
        await self.progress.follow(interaction, placement.jobs[0].batch)

    # --- parts ---

    def words(self, interaction: StageInteraction) -> Words:
        """Return the texts in the language of the person."""
        return Words(self.services.texts, reader_of(interaction), self._app.catalogue)

    async def _mended(self, request: Request) -> Request:
        """Return the request with every safe fix in its words."""
        return (await asyncio.to_thread(review, request)).mended or request

    async def _adjusted(self, request: Request, value: str) -> Request:
        """Return the request after the chosen improvement; raises `QuoteChanged` where there is no such one."""
        options = (await asyncio.to_thread(review, request)).improvements
        if not value.isdecimal() or int(value) >= len(options):
            raise QuoteChanged
        return options[int(value)].request

    async def _show(self, interaction: StageInteraction, person: Person, offer: Offer) -> None:
        quote, request, words = offer.quote, offer.quote.request, self.words(interaction)
        app, at = self._app, self._app.clock.now()
        available = await app.database.read(lambda tx: balance(tx, owner=quote.requester.owner, at=at))
        seen = await asyncio.to_thread(review, request)
        view = QuoteView(
            quote=quote,
            findings=offer.findings,
            price=app.catalogue.price(request, subscriber=quote.subscriber),
            available=available.available,
            wait=await app.engine.expected_wait(
                request,
                quote.requester,
                provider=app.catalogue.card(request.model).provider,
                priority=person.terms.priority,
            ),
            fixable=seen.mended is not None,
            improvements=seen.improvements,
            blocked=not may_post_in(interaction),
        )
        pictures = await pictures_of(self._app.files, request)
        card = quote_card(words, view, pictures)
        await interaction.edit_original_response(view=card.layout(), attachments=pictures.files)

    async def _show_refusal(
        self,
        interaction: StageInteraction,
        person: Person,
        request: Request,
        refusal: RequestRefused,
        previous: Draft | None,
    ) -> None:
        words, app = self.words(interaction), self._app
        draft = Draft(
            id=previous.id if previous else app.ids.new(),
            revision=previous.revision + 1 if previous else 1,
            requester=person.requester,
            request=request,
            expires_at=app.clock.now() + VALIDITY,
        )
        await app.database.run(lambda tx: save_draft(tx, draft))
        seen = await asyncio.to_thread(review, request)
        pictures = await pictures_of(self._app.files, request)
        card = refusal_card(words, draft, refusal.findings, seen, pictures)
        await interaction.edit_original_response(view=card.layout(), attachments=pictures.files)
        if previous is None and len(request.prompt) > PROMPT_LENGTH:
            # The form cannot carry all of it, and the card is replaced by the next: here nothing is lost.
            whole = discord.File(io.BytesIO(request.prompt.encode()), filename="prompt.txt")
            await interaction.followup.send(words.say("refused.whole", most=PROMPT_LENGTH), file=whole, ephemeral=True)

    async def _own_draft(self, interaction: StageInteraction, target: CustomId) -> tuple[Person, Draft]:
        """Return the draft of a button if it is the newest and belongs to the person who pressed."""
        person = await self.person(interaction)
        draft = await self.pending.of(target.subject)
        if draft is None:
            draft = await self._app.database.read(lambda tx: load_draft(tx, target.subject))
        if draft is None:
            raise Outdated
        if draft.requester != person.requester:
            raise NotYours
        if draft.revision != target.revision:
            raise QuoteChanged
        return person, draft

    async def _own(self, interaction: StageInteraction, target: CustomId) -> tuple[Person, Quote]:
        """Return the quote of a button if it may still be changed by the person who pressed."""
        person = await self.person(interaction)
        quote = await self._app.database.read(lambda tx: load_quote(tx, target.subject))
        self._check_owner(quote, person)
        if quote.placed_at is not None:
            raise QuoteNotValid(Sentence("errors.quote-confirmed"))
        self._check_fresh(quote, target)
        return person, quote

    def _check_owner(self, quote: Quote, person: Person) -> None:
        if quote.requester != person.requester:
            raise NotYours

    def _check_fresh(self, quote: Quote, target: CustomId) -> None:
        if quote.revision != target.revision:
            raise QuoteChanged
        if quote.expires_at <= self._app.clock.now():
            raise QuoteExpired
