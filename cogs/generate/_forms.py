"""What a request form offers: only what the model can do, each quality with its price."""

from __future__ import annotations

from typing import TYPE_CHECKING

import discord

from bot.catalog.card import Setting
from bot.errors import RequestRefused
from bot.jobs.compose import Look, looks
from bot.moderation.reports import Reason
from cogs.generate._modals import PROMPT_LENGTH, ReportSheet, Sheet, format_value, look_value

if TYPE_CHECKING:
    from bot.jobs.request import Request
    from cogs.generate._text import Words


def sheet_for(
    words: Words, request: Request, title: str, *, subscriber: bool, hint: str = "modal.prompt-hint"
) -> Sheet:
    """Return the form for a request, filled in; `title` and `hint` are the keys of what it is called and asks for.

    A prompt that is too long for a form is cut, and the form says how much of it is missing.
    """
    return Sheet(
        title=words.say(title),
        prompt_label=words.say("modal.prompt"),
        prompt_hint=_missing(words, request) or words.say(hint),
        negative_label=words.say("modal.negative"),
        look_label=words.say("modal.look"),
        look_hint=words.say("modal.look-hint"),
        format_label=words.say("modal.format" if request.aspect_ratio else "modal.length"),
        outputs_label=words.say("modal.outputs"),
        prompt=request.prompt,
        negative=request.negative_prompt,
        looks=_looks(words, request, subscriber=subscriber),
        formats=_formats(words, request),
        outputs=_outputs(words, request),
    )


def _missing(words: Words, request: Request) -> str:
    """Say how much of a prompt a form leaves out, if it does."""
    missing = len(request.prompt) - PROMPT_LENGTH
    return words.say("modal.prompt-cut", most=PROMPT_LENGTH, missing=missing) if missing > 0 else ""


def report_sheet(words: Words) -> ReportSheet:
    """Return the form of a report."""
    return ReportSheet(
        title=words.say("report.title"),
        reason_label=words.say("report.reason"),
        details_label=words.say("report.details"),
        reasons=[discord.SelectOption(label=words.say(f"report.{reason}"), value=reason.value) for reason in Reason],
    )


def _looks(words: Words, request: Request, *, subscriber: bool) -> list[discord.SelectOption]:
    card = words.catalogue.card(request.model)
    options = []
    for look in looks(card, request.input, end_image=request.end_image is not None):
        name = words.look(look.mode, audio=look.audio)
        price = _price(words, request, look, subscriber=subscriber)
        shown = name if price is None else words.say("modal.look-option", look=name, count=price)
        options.append(discord.SelectOption(label=shown, value=look_value(look)))
    return _with_default(options, look_value(Look(request.mode, request.audio)))


def _price(words: Words, request: Request, look: Look, *, subscriber: bool) -> int | None:
    wanted = request.model_copy(update={"mode": look.mode, "audio": look.audio, "outputs": 1})
    try:
        return words.catalogue.price(wanted, subscriber=subscriber).per_second
    except RequestRefused:
        return None


def _formats(words: Words, request: Request) -> list[discord.SelectOption]:
    offer = words.catalogue.card(request.model).inputs[request.input]
    ratios = offer.aspect_ratios if Setting.ASPECT_RATIO not in offer.ignores else ()
    options = []
    for seconds in offer.seconds:
        length = words.say("settings.seconds", seconds=seconds)
        for ratio in ratios or (None,):
            shown = f"{length} · {ratio}" if ratio else length
            options.append(discord.SelectOption(label=shown, value=format_value(seconds, ratio)))
    return _with_default(options, format_value(request.seconds, request.aspect_ratio))


def _outputs(words: Words, request: Request) -> list[discord.SelectOption]:
    most = words.catalogue.card(request.model).outputs
    options = [
        discord.SelectOption(label=words.say("settings.times", count=number), value=str(number))
        for number in range(1, most + 1)
    ]
    return _with_default(options, str(request.outputs))


def _with_default(options: list[discord.SelectOption], value: str) -> list[discord.SelectOption]:
    """Choose an option in advance: the present value, or the first where that is not offered."""
    chosen = next((option for option in options if option.value == value), options[0])
    chosen.default = True
    return options
