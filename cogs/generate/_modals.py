"""Forms. They are found by their custom ids, so what was typed arrives whatever happened to the bot meanwhile."""

from __future__ import annotations

from abc import abstractmethod
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

import discord

from bot.discord.escape import label
from bot.discord.items import StageModal
from bot.jobs.compose import Changes, Look
from bot.jobs.request import Mode
from bot.moderation.reports import DETAILS_LENGTH, Reason
from cogs.generate.reach import studio_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from bot.discord.items import StageInteraction

PROMPT_LENGTH: Final = 4000
"""Characters of a prompt that a form takes; Discord allows no more."""

_NEGATIVE_LENGTH: Final = 2500
_TITLE_LENGTH: Final = 45


@dataclass(frozen=True, slots=True)
class Sheet:
    """What a request form shows: its labels, what is filled in, and what there is to choose from."""

    title: str
    prompt_label: str
    prompt_hint: str
    negative_label: str
    look_label: str
    look_hint: str
    format_label: str
    outputs_label: str
    prompt: str = ""
    negative: str = ""
    looks: Sequence[discord.SelectOption] = ()
    formats: Sequence[discord.SelectOption] = ()
    outputs: Sequence[discord.SelectOption] = ()


def look_value(look: Look) -> str:
    """Return a quality as the form carries it."""
    return f"{look.mode} {'sound' if look.audio else 'silent'}"


def format_value(seconds: float, ratio: str | None) -> str:
    """Return length and shape as the form carries them."""
    return f"{seconds:g} {ratio or ''}".strip()


class RequestForm(StageModal, area="request", action="form"):
    """A form with everything about a request that can be changed."""

    def __init__(self, subject: str, revision: int | None = None, *, sheet: Sheet | None = None) -> None:
        super().__init__(subject, revision, title=label(sheet.title, _TITLE_LENGTH) if sheet else "…")
        shown = sheet or Sheet(*("…",) * 8)
        self.prompt: discord.ui.TextInput[Any] = discord.ui.TextInput(
            custom_id="prompt",
            style=discord.TextStyle.paragraph,
            max_length=PROMPT_LENGTH,
            default=shown.prompt[:PROMPT_LENGTH] or None,
        )
        self.negative: discord.ui.TextInput[Any] = discord.ui.TextInput(
            custom_id="negative",
            required=False,
            max_length=_NEGATIVE_LENGTH,
            default=shown.negative[:_NEGATIVE_LENGTH] or None,
        )
        self.look: discord.ui.Select[Any] = discord.ui.Select(custom_id="look", options=list(shown.looks))
        self.format: discord.ui.Select[Any] = discord.ui.Select(custom_id="format", options=list(shown.formats))
        self.outputs: discord.ui.Select[Any] = discord.ui.Select(custom_id="outputs", options=list(shown.outputs))
        self.add_item(
            discord.ui.Label(text=shown.prompt_label, description=shown.prompt_hint or None, component=self.prompt)
        )
        self.add_item(discord.ui.Label(text=shown.negative_label, component=self.negative))
        self.add_item(discord.ui.Label(text=shown.look_label, description=shown.look_hint, component=self.look))
        self.add_item(discord.ui.Label(text=shown.format_label, component=self.format))
        self.add_item(discord.ui.Label(text=shown.outputs_label, component=self.outputs))

    @property
    def changes(self) -> Changes:
        """What was filled in. A choice that nobody offered counts as none."""
        seconds, _, ratio = _only(self.format).partition(" ")
        outputs = _only(self.outputs)
        return Changes(
            prompt=self.prompt.value,
            negative=self.negative.value,
            look=_look(_only(self.look)),
            seconds=int(seconds) if seconds.isdecimal() else None,
            ratio=ratio or None,
            outputs=int(outputs) if outputs.isdecimal() else None,
        )

    @abstractmethod
    async def submitted(self, interaction: StageInteraction) -> None:
        """Make the next request out of it."""


class ChangeQuote(RequestForm, area="quote", action="change"):
    """Changes a request that has a price."""

    async def submitted(self, interaction: StageInteraction) -> None:
        """Show the next revision."""
        await interaction.response.defer()
        await studio_of(interaction).change_quote(interaction, self.target, self.changes)


class ChangeDraft(RequestForm, area="draft", action="change"):
    """Changes a request that could not be made."""

    async def submitted(self, interaction: StageInteraction) -> None:
        """Show a quote, or what is still in the way."""
        await interaction.response.defer()
        await studio_of(interaction).change_draft(interaction, self.target, self.changes)


class Animate(RequestForm, area="draft", action="animate"):
    """Says how the image of a message is to move."""

    async def submitted(self, interaction: StageInteraction) -> None:
        """Show a quote, or what is in the way."""
        await interaction.response.defer(ephemeral=True, thinking=True)
        await studio_of(interaction).change_draft(interaction, self.target, self.changes)


class ChangeClip(RequestForm, area="clip", action="change"):
    """Makes another clip like one that exists."""

    async def submitted(self, interaction: StageInteraction) -> None:
        """Show a quote of its own."""
        await interaction.response.defer(ephemeral=True, thinking=True)
        await studio_of(interaction).clips.change(interaction, self.target, self.changes)


class ContinueClip(RequestForm, area="clip", action="continue"):
    """Says what happens after the last frame of a clip."""

    async def submitted(self, interaction: StageInteraction) -> None:
        """Show a quote for the next clip."""
        await interaction.response.defer(ephemeral=True, thinking=True)
        await studio_of(interaction).clips.extend(interaction, self.target, self.changes)


@dataclass(frozen=True, slots=True)
class ReportSheet:
    """What the form of a report shows."""

    title: str
    reason_label: str
    details_label: str
    reasons: Sequence[discord.SelectOption]


class ReportClip(StageModal, area="clip", action="tell"):
    """Tells the moderators about a clip."""

    def __init__(self, subject: str, revision: int | None = None, *, sheet: ReportSheet | None = None) -> None:
        super().__init__(subject, revision, title=label(sheet.title, _TITLE_LENGTH) if sheet else "…")
        self.reason: discord.ui.Select[Any] = discord.ui.Select(
            custom_id="reason", options=list(sheet.reasons) if sheet else []
        )
        self.details: discord.ui.TextInput[Any] = discord.ui.TextInput(
            custom_id="details",
            required=False,
            style=discord.TextStyle.paragraph,
            max_length=DETAILS_LENGTH,
        )
        self.add_item(discord.ui.Label(text=sheet.reason_label if sheet else "…", component=self.reason))
        self.add_item(discord.ui.Label(text=sheet.details_label if sheet else "…", component=self.details))

    async def submitted(self, interaction: StageInteraction) -> None:
        """Keep the report and thank."""
        await interaction.response.defer(ephemeral=True, thinking=True)
        chosen = _only(self.reason)
        reason = Reason(chosen) if chosen in set(Reason) else Reason.OTHER
        await studio_of(interaction).clips.report(interaction, self.target, reason, self.details.value)


def _only(menu: discord.ui.Select[Any]) -> str:
    return menu.values[0] if menu.values else ""


def _look(value: str) -> Look | None:
    mode, _, sound = value.partition(" ")
    if mode not in set(Mode) or sound not in {"sound", "silent"}:
        return None
    return Look(Mode(mode), sound == "sound")


MODALS: Final = (ChangeQuote, ChangeDraft, Animate, ChangeClip, ContinueClip, ReportClip)
