"""The quote card: everything that somebody should know before they agree to a price."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

import discord

from bot.delivery.destination import Channel, Direct, parse_destination
from bot.discord.cards import Card
from bot.discord.escape import label, shown
from bot.discord.wording import quoted
from bot.findings import Severity
from bot.jobs.overriding import can_be_accepted, in_the_way, is_accepted
from bot.jobs.request import InputKind
from bot.prompts import parse
from bot.prompts.timing import excess, timetable
from cogs.generate._quote_buttons import (
    AcceptDraft,
    Adjust,
    AdjustDraft,
    CancelDraft,
    CancelQuote,
    Confirm,
    EditDraft,
    EditQuote,
    FixDraft,
    FixQuote,
    LookAgain,
)

if TYPE_CHECKING:
    from collections.abc import Sequence

    from bot.catalog.price import Price
    from bot.findings import Finding
    from bot.jobs.drafts import Draft
    from bot.jobs.improve import Improvement, Review
    from bot.jobs.quote import Quote
    from bot.jobs.request import Request
    from cogs.generate._text import Words

OFFER_COLOUR: Final = 0x5865F2
REFUSED_COLOUR: Final = 0xC2455D
QUIET_COLOUR: Final = 0x80848E
_PROMPT_LENGTH: Final = 800
_NEGATIVE_LENGTH: Final = 200
_FINDING_LENGTH: Final = 320
_MOST_FINDINGS: Final = 4
_SIGNS: Final = {Severity.ERROR: "⛔", Severity.WARNING: "⚠️", Severity.HINT: "💡"}
_MOST_OPTIONS: Final = 25
_OPTION_LENGTH: Final = 100


@dataclass(frozen=True, slots=True)
class Pictures:
    """The files of the pictures that a request starts from and ends with, small enough to be shown."""

    image: discord.File | None = None
    end_image: discord.File | None = None

    @property
    def files(self) -> list[discord.File]:
        """Those that exist."""
        return [file for file in (self.image, self.end_image) if file is not None]


@dataclass(frozen=True, slots=True)
class QuoteView:
    """What the card shows.

    `wait` is in seconds, until all clips are ready; `blocked` says that the bot may not post where it was asked.
    """

    quote: Quote
    findings: Sequence[Finding]
    price: Price
    available: int
    wait: float
    fixable: bool
    improvements: Sequence[Improvement]
    blocked: bool = False

    @property
    def missing(self) -> int:
        """How many credits the person lacks."""
        return max(0, self.quote.credits - self.available)


def quote_card(words: Words, view: QuoteView, pictures: Pictures) -> Card:
    """Build the card of an offer."""
    quote = view.quote
    card = Card(colour=OFFER_COLOUR)
    _inputs(card, words, quote.request, words.say(f"quote.{_title(quote.request)}"), pictures)
    _findings(card, words, quote.request, view.findings)
    card.divider().text(_price(words, view))
    card.small("\n".join(_terms(words, view)))
    price = words.say("result.paid", count=quote.credits)
    buttons: list[discord.ui.Item[Any]] = [
        Confirm(
            quote.id,
            quote.revision,
            label=words.say("quote.confirm", credits=price),
            style=discord.ButtonStyle.success,
            disabled=bool(view.missing),
        )
    ]
    if view.missing:
        primary = discord.ButtonStyle.primary
        buttons.append(LookAgain(quote.id, quote.revision, label=words.say("quote.look"), style=primary))
    buttons.append(EditQuote(quote.id, quote.revision, label=words.say("quote.edit")))
    if view.fixable:
        buttons.append(FixQuote(quote.id, quote.revision, label=words.say("quote.fix")))
    buttons.append(CancelQuote(quote.id, quote.revision, label=words.say("quote.cancel")))
    card.row(*buttons)
    if options := _options(words, view.improvements):
        card.row(
            Adjust(quote.id, quote.revision, options=options, placeholder=words.say("quote.adjust", count=len(options)))
        )
    return card


def refusal_card(words: Words, draft: Draft, findings: Sequence[Finding], review: Review, pictures: Pictures) -> Card:
    """Build the card of a request that cannot be made, with what to do about it."""
    acceptable = can_be_accepted(in_the_way(draft.request, findings))
    variant = "-acceptable" if acceptable else ""
    card = Card(colour=REFUSED_COLOUR)
    _inputs(card, words, draft.request, words.say(f"refused.title{variant}"), pictures)
    _findings(card, words, draft.request, findings)
    card.small(words.say(f"refused.nothing{variant}"))
    buttons: list[discord.ui.Item[Any]] = [
        EditDraft(
            draft.id,
            draft.revision,
            label=words.say("quote.edit"),
            style=discord.ButtonStyle.primary,
        )
    ]
    if review.mended is not None:
        buttons.append(FixDraft(draft.id, draft.revision, label=words.say("quote.fix")))
    if acceptable:
        buttons.append(AcceptDraft(draft.id, draft.revision, label=words.say("refused.accept")))
    buttons.append(CancelDraft(draft.id, draft.revision, label=words.say("quote.cancel")))
    card.row(*buttons)
    if options := _options(words, review.improvements):
        card.row(
            AdjustDraft(
                draft.id, draft.revision, options=options, placeholder=words.say("quote.adjust", count=len(options))
            )
        )
    return card


def cancelled_card(words: Words, request: Request) -> Card:
    """Build the card that stays of a quote that was not wanted."""
    card = Card(colour=QUIET_COLOUR).heading(words.say("quote.cancelled-title"))
    prompt = quoted(request.prompt, _PROMPT_LENGTH)
    return card.text(words.say("quote.cancelled-words" if prompt else "quote.cancelled")).text(prompt)


def _title(request: Request) -> str:
    if request.continues:
        return "title-extend"
    return "title-image" if request.image else "title"


def _inputs(card: Card, words: Words, request: Request, title: str, pictures: Pictures) -> None:
    empty = "no-words" if request.input is InputKind.TEXT else "no-prompt"
    prompt = quoted(request.prompt, _PROMPT_LENGTH) or f"-# {words.say(f'quote.{empty}')}"
    text = f"### {title}\n{prompt}"
    if pictures.image is not None and pictures.end_image is None:
        card.beside(text, pictures.image, words.say("quote.image-alt"))
    else:
        card.text(text)
    if pictures.image is not None and pictures.end_image is not None:
        card.media(
            (pictures.image, words.say("quote.image-alt")), (pictures.end_image, words.say("quote.end-image-alt"))
        )
    lines = [words.settings(request)]
    if request.negative_prompt.strip():
        negative = shown(request.negative_prompt, _NEGATIVE_LENGTH).replace("\n", " ")
        lines.append(f"-# {words.say('settings.negative', negative=negative)}")
    card.text("\n".join(lines))


def _findings(card: Card, words: Words, request: Request, findings: Sequence[Finding]) -> None:
    if not findings:
        return
    lines = [_remark(words, request, one) for one in findings[:_MOST_FINDINGS]]
    hidden = len(findings) - _MOST_FINDINGS
    if hidden > 0:
        lines.append(f"-# {words.say('quote.more-findings', count=hidden)}")
    card.divider().text("\n".join(lines))


def _remark(words: Words, request: Request, finding: Finding) -> str:
    if is_accepted(request, finding):
        return f"☑️ {words.say('quote.accepted', finding=_sentence(words, finding))}"
    return f"{_SIGNS[finding.severity]} {_sentence(words, finding)}"


def _sentence(words: Words, finding: Finding) -> str:
    return shown(words.tell(finding.message), _FINDING_LENGTH).replace("\n", " ")


def _price(words: Words, view: QuoteView) -> str:
    price, asked = view.price, view.quote.credits
    key = "quote.sum-outputs" if price.outputs > 1 else "quote.sum"
    total = words.say(key, per_second=price.per_second, seconds=price.billed_seconds, outputs=price.outputs)
    first = f"{words.say('quote.price', count=asked)} · {total}"
    if view.missing:
        key = "quote.missing" if view.quote.requester.server else "quote.missing-direct"
        return f"{first}\n⚠️ {words.say(key, count=view.missing, available=view.available)}"
    return f"{first} · {words.say('quote.after', after=view.available - asked)}"


def _terms(words: Words, view: QuoteView) -> list[str]:
    """Return the lines about time and place."""
    quote = view.quote
    key = "quote.wait-outputs" if quote.request.outputs > 1 else "quote.wait"
    wait = words.say(key, outputs=quote.request.outputs, duration=words.duration(view.wait))
    lines = [f"⏱️ {wait}"]
    if quote.request.audio and (spoken := timetable(parse(quote.request.prompt)).seconds):
        over = excess(spoken, quote.request.seconds)
        figures = {"spoken": f"{spoken:.1f}", "seconds": f"{quote.request.seconds:g}", "excess": f"{over:.1f}"}
        lines.append(f"🗣️ {words.say('quote.speech-long' if over else 'quote.speech', **figures)}")
    lines.append(f"📍 {_place(words, view)}")
    lines.append(f"🏷️ {words.say('quote.until', until=quote.expires_at // 1000)}")
    return lines


def _place(words: Words, view: QuoteView) -> str:
    match parse_destination(view.quote.destination):
        case Channel() if view.blocked:
            return words.say("quote.to-channel-blocked")
        case Channel(id=channel):
            return words.say("quote.to-channel", channel=channel)
        case Direct():
            return words.say("quote.to-direct")
        case _:
            return words.say("quote.to-library")


def _options(words: Words, improvements: Sequence[Improvement]) -> list[discord.SelectOption]:
    return [
        discord.SelectOption(label=label(words.tell(one.label), _OPTION_LENGTH), value=str(number))
        for number, one in enumerate(improvements[:_MOST_OPTIONS])
    ]
