"""The buttons of the panel: each opens a form, filled in. Who may open which is checked at each press."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from bot.discord.guards import require_manager
from bot.discord.items import StageButton
from bot.discord.signs import Sign
from bot.preferences.store import load_person, load_server
from cogs.settings import _modals, _panel

if TYPE_CHECKING:
    from bot.discord.items import StageInteraction
    from bot.preferences import ServerChoices


class Mine(StageButton, area="settings", action="mine", sign=Sign.EDIT):
    """Opens the person's own form."""

    async def pressed(self, interaction: StageInteraction) -> None:
        """Show it."""
        person, app = interaction.user.id, interaction.client.services.app
        choices = await app.database.read(lambda tx: load_person(tx, person))
        sheet = _modals.MineSheet(_panel.Words(interaction), choices, app.catalogue)
        await _modals.MineForm(self.target.subject, sheet=sheet).open(interaction)


async def _server_choices(interaction: StageInteraction) -> ServerChoices:
    """Return what the server chose, for managers; raises `ManagersOnly` or `ServersOnly`."""
    server = require_manager(interaction).server
    return await interaction.client.services.app.database.read(lambda tx: load_server(tx, server))


class Channels(StageButton, area="settings", action="channels", sign=Sign.CHANNELS):
    """Opens the form of the channels."""

    async def pressed(self, interaction: StageInteraction) -> None:
        """Show it."""
        sheet = _modals.ServerSheet(_panel.Words(interaction), await _server_choices(interaction))
        await _modals.ChannelsForm(self.target.subject, sheet=sheet).open(interaction)


class Roles(StageButton, area="settings", action="roles", sign=Sign.ROLES):
    """Opens the form of the roles."""

    async def pressed(self, interaction: StageInteraction) -> None:
        """Show it."""
        sheet = _modals.ServerSheet(_panel.Words(interaction), await _server_choices(interaction))
        await _modals.RolesForm(self.target.subject, sheet=sheet).open(interaction)


class Limits(StageButton, area="settings", action="limits", sign=Sign.LIMITS):
    """Opens the form of the limits."""

    async def pressed(self, interaction: StageInteraction) -> None:
        """Show it."""
        sheet = _modals.ServerSheet(_panel.Words(interaction), await _server_choices(interaction))
        await _modals.LimitsForm(self.target.subject, sheet=sheet).open(interaction)


class RoleLimit(StageButton, area="settings", action="role-limit", sign=Sign.ROLE_LIMIT):
    """Opens the form of one role's limit."""

    async def pressed(self, interaction: StageInteraction) -> None:
        """Show it."""
        sheet = _modals.ServerSheet(_panel.Words(interaction), await _server_choices(interaction))
        await _modals.RoleLimitForm(self.target.subject, sheet=sheet).open(interaction)


BUTTONS: Final = (Mine, Channels, Roles, Limits, RoleLimit)
