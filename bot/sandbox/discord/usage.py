"""Commands and modals as a person's client knows them: what is on offer, and how values become wire data."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from bot.sandbox.discord.checks.commands import TEXT_OPTION_LENGTH, OptionType
from bot.sandbox.discord.checks.components import SELECTS, TEXT_INPUT_LENGTH, Part
from bot.sandbox.discord.model import ChannelType, Command, CommandType, Json
from bot.sandbox.discord.permissions import Permission

if TYPE_CHECKING:
    from collections.abc import Mapping

    from bot.sandbox.discord.files import FileStore
    from bot.sandbox.discord.model import Channel
    from bot.sandbox.discord.payloads import Payloads
    from bot.sandbox.discord.posts import Posts
    from bot.sandbox.discord.world import World


def localized(item: Json, key: str, locale: str) -> str:
    """Return the name or description of a command, an option or a choice as it is read in a language."""
    return str((item.get(f"{key}_localizations") or {}).get(locale) or item.get(key, ""))


class NotPossibleError(Exception):
    """Something that a person's client does not let happen; the text says what is missing."""


@dataclass(frozen=True, slots=True)
class Upload:
    """A file that a person picks. `content_type` may lie; without it, the name decides."""

    filename: str
    data: bytes
    content_type: str | None = None


@dataclass(slots=True)
class Leaf:
    """A command that can be run: the registered command, the way to a sub-command, and its options."""

    command: Command
    path: tuple[Json, ...]
    options: list[Json]

    @property
    def name(self) -> str:
        """The whole name, for example `video text`."""
        return " ".join([self.command.name, *(str(step["name"]) for step in self.path)])

    def label(self, locale: str) -> str:
        """Return the whole name as it is read in a language."""
        return " ".join(localized(step, "name", locale) for step in (self.command.definition, *self.path))

    def description(self, locale: str) -> str:
        """Return the description of the innermost part in a language."""
        return localized(self.path[-1] if self.path else self.command.definition, "description", locale)

    def wrap(self, options: list[Json]) -> list[Json]:
        """Put option values inside the sub-commands that lead here."""
        for step in reversed(self.path):
            options = [{"name": step["name"], "type": step["type"], "options": options}]
        return options


def leaves(command: Command) -> list[Leaf]:
    """Return everything that can be run below a registered command."""
    found: list[Leaf] = []

    def descend(path: tuple[Json, ...], options: list[Json]) -> None:
        nested = [one for one in options if one["type"] in {OptionType.SUBCOMMAND, OptionType.GROUP}]
        for one in nested:
            descend((*path, one), one.get("options") or [])
        if not nested:
            found.append(Leaf(command, path, options))

    descend((), command.definition.get("options") or [])
    return found


class CommandBook:
    """Which commands a person finds in a channel."""

    def __init__(self, world: World) -> None:
        self._world = world

    def available(self, user_id: str, channel: Channel, kind: CommandType) -> list[Command]:
        """Return the commands of a kind; a server's own command stands beside the global one of the same name."""
        registered = self._world.commands(None)
        if channel.guild_id is not None:
            registered = self._world.commands(channel.guild_id) + registered
        return [one for one in registered if one.kind is kind and self._offered(one, user_id, channel)]

    def is_foreign(self, channel: Channel) -> bool:
        """Say whether only the user-installed application works in a channel."""
        guild = self._world.guild_of(channel)
        return guild is not None and not guild.has_bot

    def find(self, user_id: str, channel: Channel, name: str, kind: CommandType) -> Leaf:
        """Return the command of a whole name; raises NotPossibleError if it is not on offer here."""
        for command in self.available(user_id, channel, kind):
            for leaf in leaves(command):
                if leaf.name == name:
                    return leaf
        raise NotPossibleError(f"There is no command {name!r} for this person in this channel.")

    def _offered(self, command: Command, user_id: str, channel: Channel) -> bool:
        definition = command.definition
        contexts = definition.get("contexts")
        here = 0 if channel.guild_id is not None else 1
        if contexts is not None and here not in contexts:
            return False
        if self.is_foreign(channel) and 1 not in (definition.get("integration_types") or [0]):
            return False
        if channel.guild_id is None:
            return definition.get("dm_permission") is not False
        held = self._world.permissions(channel, user_id)
        permitted = held & Permission.USE_APPLICATION_COMMANDS and (channel.nsfw or not definition.get("nsfw"))
        return bool(permitted) and _allowed(held, definition.get("default_member_permissions"))


def _allowed(held: int, needed: str | None) -> bool:
    """Say whether permission bits are enough for a command; "0" leaves it to administrators."""
    if needed is None or held & Permission.ADMINISTRATOR:
        return True
    return int(needed) != 0 and held & int(needed) == int(needed)


@dataclass
class Encoder:
    """Turns a person's values into wire data, collecting what they refer to."""

    world: World
    payloads: Payloads
    posts: Posts
    files: FileStore
    user_id: str
    channel: Channel
    resolved: Json = field(default_factory=dict)

    async def options(self, leaf: Leaf, values: Mapping[str, Any]) -> list[Json]:
        """Encode the options of a command; raises NotPossibleError for what the client would refuse."""
        unknown = values.keys() - {one["name"] for one in leaf.options}
        if unknown:
            raise NotPossibleError(f"/{leaf.name} has no option {min(unknown)!r}.")
        encoded = []
        for option in leaf.options:
            name = option["name"]
            if values.get(name) is not None:
                value = await self._option(option, values[name])
                encoded.append({"name": name, "type": option["type"], "value": value})
            elif option.get("required"):
                raise NotPossibleError(f"/{leaf.name} needs the option {name!r}.")
        return encoded

    async def _option(self, option: Json, value: Any) -> Any:
        kind = OptionType(option["type"])
        if kind is OptionType.ATTACHMENT:
            return await self._file(value)
        if kind in {OptionType.USER, OptionType.MENTIONABLE, OptionType.ROLE, OptionType.CHANNEL}:
            return self.refer(str(value))
        if option.get("choices") and value not in [choice["value"] for choice in option["choices"]]:
            raise NotPossibleError(f"{value!r} is not one of the choices of {option['name']!r}.")
        if kind is OptionType.STRING:
            low, high = option.get("min_length") or 0, option.get("max_length") or TEXT_OPTION_LENGTH
            if not isinstance(value, str) or not low <= len(value) <= high:
                raise NotPossibleError(f"The option {option['name']!r} takes a text of {low} to {high} characters.")
        elif kind in {OptionType.INTEGER, OptionType.NUMBER}:
            low, high = option.get("min_value"), option.get("max_value")
            if not isinstance(value, int | float) or (kind is OptionType.INTEGER and not isinstance(value, int)):
                raise NotPossibleError(f"The option {option['name']!r} takes a number.")
            if (low is not None and value < low) or (high is not None and value > high):
                raise NotPossibleError(f"The option {option['name']!r} takes a number from {low} to {high}.")
        return value

    def refer(self, thing: str) -> str:
        """Return the id of a user, role or channel given by id or name, and add it to what is resolved."""
        guild = self.world.guild_of(self.channel)
        for user in self.world.users.values():
            if thing in (user.id, user.username, user.display_name):
                self._put("users", user.id, self.payloads.user(user))
                if guild is not None and user.id in guild.members:
                    member = self.payloads.member(guild.members[user.id])
                    member["permissions"] = str(self.world.permissions(self.channel, user.id))
                    del member["user"]
                    self._put("members", user.id, member)
                return user.id
        for role in guild.roles if guild else []:
            if thing in (role.id, role.name):
                self._put("roles", role.id, self.payloads.role(role))
                return role.id
        for channel in self.world.channels.values():
            if channel.guild_id == self.channel.guild_id and thing in (channel.id, channel.name):
                shown = self.payloads.channel(channel)
                shown["permissions"] = str(self.world.permissions(channel, self.user_id))
                shown["app_permissions"] = str(self.world.permissions(channel, self.world.application_id))
                self._put("channels", channel.id, shown)
                return channel.id
        raise NotPossibleError(f"There is no user, role or channel {thing!r} here.")

    def _put(self, group: str, key: str, value: Json) -> None:
        self.resolved.setdefault(group, {})[key] = value

    async def _file(self, upload: Any) -> str:
        if not isinstance(upload, Upload):
            raise NotPossibleError("This option takes a file.")
        incoming = self.files.begin(upload.filename, upload.content_type)
        self.files.write(incoming, upload.data)
        attachment = await self.posts.take_option_file(self.channel.id, incoming)
        self._put("attachments", attachment.id, self.payloads.attachment(attachment))
        return attachment.id

    # --- modals and menus ---

    async def modal(self, modal: Json, values: Mapping[str, Any]) -> list[Json]:
        """Encode a filled modal. Values go by custom id or by label; what is not given keeps its default."""
        left = dict(values)
        encoded = []
        for part in modal["components"]:
            shell = {"type": part["type"], "id": part["id"]}
            if part["type"] == Part.ROW:
                inner = part["components"][0]
                field_value = await self._field(inner, inner.get("label", ""), left)
                encoded.append({**shell, "components": [field_value]})
            elif part["type"] == Part.LABEL:
                encoded.append({**shell, "component": await self._field(part["component"], part["label"], left)})
            else:
                encoded.append(shell)
        if left:
            raise NotPossibleError(f"The modal has no field {min(left)!r}.")
        return encoded

    async def _field(self, component: Json, label: str, values: dict[str, Any]) -> Json:
        kind, custom_id = Part(component["type"]), component["custom_id"]
        given = values.pop(custom_id, None)
        if given is None:
            given = values.pop(label, None)
        shell = {"type": int(kind), "id": component["id"], "custom_id": custom_id}
        required = component.get("required", kind is not Part.CHECKBOX)
        if kind is Part.TEXT_INPUT:
            text = str(component.get("value") or "" if given is None else given)
            low, high = component.get("min_length") or 0, component.get("max_length") or TEXT_INPUT_LENGTH
            if (required and not text) or (text and not low <= len(text) <= high):
                raise NotPossibleError(f"The field {label or custom_id!r} takes {max(low, 1)} to {high} characters.")
            return {**shell, "value": text}
        if kind is Part.CHECKBOX:
            return {**shell, "value": bool(component.get("default") if given is None else given)}
        chosen = [option["value"] for option in component.get("options") or [] if option.get("default")]
        if given is not None:
            chosen = list(given) if isinstance(given, list | tuple) else [given]
        if required and not chosen:
            raise NotPossibleError(f"The field {label or custom_id!r} must be filled.")
        if kind is Part.FILE_UPLOAD:
            return {**shell, "values": [await self._file(one) for one in chosen]}
        if kind is Part.RADIO_GROUP:
            return {**shell, "value": chosen[0] if chosen else None}
        return {**shell, "values": self.picked(component, chosen)}

    def picked(self, component: Json, chosen: list[Any]) -> list[str]:
        """Check the values chosen in a menu or a group of boxes, and return them as they travel."""
        kind = Part(component["type"])
        if kind in SELECTS and kind is not Part.STRING_SELECT:
            return [self.refer(str(one)) for one in chosen]
        possible = {option["value"] for option in component.get("options") or []}
        if not set(chosen) <= possible:
            raise NotPossibleError(f"{chosen!r} is not among the options.")
        low, high = component.get("min_values", 1), component.get("max_values", 1)
        if kind is Part.STRING_SELECT and not low <= len(chosen) <= high:
            raise NotPossibleError(f"Choose {low} to {high} options.")
        return [str(one) for one in chosen]


CONVERSATION_KINDS = frozenset(
    {ChannelType.TEXT, ChannelType.DM, ChannelType.PUBLIC_THREAD, ChannelType.PRIVATE_THREAD}
)
"""Channels in which messages stand."""
