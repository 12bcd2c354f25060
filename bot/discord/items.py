"""Buttons, menus and modals that live in their custom id alone, so that they work after any restart.

Nothing of them is kept in memory. At each use the subject is looked up, and who used it, where, in which state and at
which revision is checked again by the code that acts.
"""

from __future__ import annotations

import re
from abc import abstractmethod
from typing import TYPE_CHECKING, Any, ClassVar, Self

import discord

from bot.discord.identifiers import CustomId, read, template

if TYPE_CHECKING:
    from collections.abc import Sequence

    from bot.discord.client import StageBot
    from bot.discord.signs import Sign

    StageInteraction = discord.Interaction[StageBot]
    StageLayout = discord.ui.LayoutView

_NOTHING = re.compile(r"(?!)")


class StageButton(discord.ui.DynamicItem[discord.ui.Button[Any]], template=_NOTHING):
    """A button. Subclass with `area` and `action`, and override `pressed`.

    ```python
    class Cancel(StageButton, area="generate", action="cancel", sign=Sign.CANCEL):
        async def pressed(self, interaction): ...
    ```
    """

    area: ClassVar[str]
    action: ClassVar[str]
    sign: ClassVar[Sign | None]

    def __init_subclass__(cls, *, area: str, action: str, sign: Sign | None = None) -> None:
        """Give the class the template of its custom ids, and its sign unless each button is told its own."""
        super().__init_subclass__(template=template(area, action))
        cls.area, cls.action, cls.sign = area, action, sign

    def __init__(
        self,
        subject: str,
        revision: int | None = None,
        *,
        label: str = "",
        style: discord.ButtonStyle = discord.ButtonStyle.secondary,
        emoji: str | None = None,
        disabled: bool = False,
    ) -> None:
        self.target = CustomId(self.area, self.action, subject, revision)
        super().__init__(
            discord.ui.Button(
                label=label or None,
                style=style,
                emoji=emoji or self.sign,
                disabled=disabled,
                custom_id=str(self.target),
            )
        )

    @classmethod
    async def from_custom_id(  # type: ignore[override]  # the client is always ours
        cls, _interaction: StageInteraction, item: discord.ui.Item[Any], match: re.Match[str], /
    ) -> Self:
        """Build the button that was pressed."""
        target = read(cls.area, cls.action, match)
        label = item.label if isinstance(item, discord.ui.Button) else None
        return cls(target.subject, target.revision, label=label or target.action)

    async def callback(self, interaction: StageInteraction) -> None:  # type: ignore[override]  # as above
        """Act, and answer every failure."""
        await interaction.client.answer_safely(interaction, self.pressed(interaction))

    @abstractmethod
    async def pressed(self, interaction: StageInteraction) -> None:
        """Act on the press. Whatever is raised here is answered with a sentence."""


class StageMenu(discord.ui.DynamicItem[discord.ui.Select[Any]], template=_NOTHING):
    """A menu of up to 25 options. Subclass like `StageButton`, and override `chosen`."""

    area: ClassVar[str]
    action: ClassVar[str]

    def __init_subclass__(cls, *, area: str, action: str) -> None:
        """Give the class the template of its custom ids."""
        super().__init_subclass__(template=template(area, action))
        cls.area, cls.action = area, action

    def __init__(
        self,
        subject: str,
        revision: int | None = None,
        *,
        options: Sequence[discord.SelectOption] = (),
        placeholder: str | None = None,
        most: int = 1,
    ) -> None:
        self.target = CustomId(self.area, self.action, subject, revision)
        super().__init__(
            discord.ui.Select(
                options=list(options), placeholder=placeholder, max_values=most, custom_id=str(self.target)
            )
        )

    @classmethod
    async def from_custom_id(  # type: ignore[override]  # the client is always ours
        cls, _interaction: StageInteraction, item: discord.ui.Item[Any], match: re.Match[str], /
    ) -> Self:
        """Build the menu that was used."""
        target = read(cls.area, cls.action, match)
        options = item.options if isinstance(item, discord.ui.Select) else ()
        return cls(target.subject, target.revision, options=options)

    async def callback(self, interaction: StageInteraction) -> None:  # type: ignore[override]  # as above
        """Act, and answer every failure."""
        await interaction.client.answer_safely(interaction, self.chosen(interaction, list(self.item.values)))

    @abstractmethod
    async def chosen(self, interaction: StageInteraction, values: list[str]) -> None:
        """Act on the choice; the values are what the person sent, so they are checked again."""


class StageModal(discord.ui.Modal):
    """A modal. Subclass with `area` and `action`, build the fields in `__init__`, and override `submitted`.

    The constructor takes the subject and the revision alone besides what has a default, because the modal is built
    again from its custom id when it is submitted; fields are found by their custom ids, so these are fixed.
    """

    area: ClassVar[str]
    action: ClassVar[str]
    pattern: ClassVar[re.Pattern[str]] = _NOTHING

    def __init_subclass__(cls, *, area: str, action: str) -> None:
        """Give the class the template of its custom ids."""
        super().__init_subclass__()
        cls.area, cls.action, cls.pattern = area, action, template(area, action)

    def __init__(self, subject: str, revision: int | None = None, *, title: str = "…") -> None:
        self.target = CustomId(self.area, self.action, subject, revision)
        super().__init__(title=title, custom_id=str(self.target), timeout=None)

    async def open(self, interaction: StageInteraction) -> None:
        """Show the modal as the first answer to an interaction."""
        # A stopped modal is not kept by the library: a submission finds its class by the custom id instead.
        self.stop()
        await interaction.response.send_modal(self)

    @classmethod
    def receive(cls, interaction: StageInteraction, match: re.Match[str]) -> None:
        """Build the modal that was submitted, and let it act."""
        target = read(cls.area, cls.action, match)
        modal = cls(target.subject, target.revision)
        data: Any = interaction.data
        task = modal._dispatch_submit(interaction, data["components"], data.get("resolved", {}))
        interaction.client.keep(task)

    async def on_submit(self, interaction: StageInteraction) -> None:  # type: ignore[override]  # the client is ours
        """Act, and answer every failure."""
        await interaction.client.answer_safely(interaction, self.submitted(interaction))

    async def on_error(self, interaction: StageInteraction, error: Exception) -> None:  # type: ignore[override]  # as above
        """Answer a submission that could not be read."""
        await interaction.client.failures.answer(interaction, error)

    @abstractmethod
    async def submitted(self, interaction: StageInteraction) -> None:
        """Act on what was filled in. Whatever is raised here is answered with a sentence."""
