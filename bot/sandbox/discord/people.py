"""People who use the bot: everything the page and the tests can do in somebody's name."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from bot.sandbox.discord.bodies import Body
from bot.sandbox.discord.checks.commands import LOCALES
from bot.sandbox.discord.checks.components import SELECTS, Part, walk
from bot.sandbox.discord.hub import NoticeEvent
from bot.sandbox.discord.interactions import Interaction, InteractionKind
from bot.sandbox.discord.model import THREAD_TYPES, Channel, ChannelType, CommandType, MessageFlag
from bot.sandbox.discord.permissions import Permission
from bot.sandbox.discord.usage import CONVERSATION_KINDS, CommandBook, Encoder, Leaf, NotPossibleError, Upload

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from bot.sandbox.discord.model import Guild, Json, Message, User
    from bot.sandbox.discord.parts import Parts

DIRECT = "@bot"
"""The name under which a person's conversation with the bot is found."""


class Person:
    """Somebody at the other end.

    Channels are given by name, id or object; `@bot` is the direct conversation. Each action returns the
    `Interaction` once the bot has answered it, or failed to within three seconds. What a real client would not let
    happen raises NotPossibleError.
    """

    def __init__(self, parts: Parts, user: User) -> None:
        self._parts = parts
        self.user = user
        self.book = CommandBook(parts.world)

    @property
    def id(self) -> str:
        """The user id."""
        return self.user.id

    # --- looking around ---

    def guilds(self) -> list[Guild]:
        """Return the servers this person is in."""
        return [guild for guild in self._parts.world.guilds.values() if self.id in guild.members]

    def channels(self, guild: Guild) -> list[Channel]:
        """Return the channels and threads of a server that this person sees."""
        world = self._parts.world
        found = [*world.channels_of(guild.id), *world.threads_of(guild.id)]
        return [one for one in found if world.permissions(one, self.id) & Permission.VIEW_CHANNEL]

    def channel(self, which: str | Channel | None = None) -> Channel:
        """Return a channel by name or id; without one, the first where messages stand."""
        if isinstance(which, Channel):
            return self._parts.world.channels.get(which.id, which)
        if which == DIRECT:
            return self._parts.world.direct_channel(self.id)
        world = self._parts.world
        if which in world.channels and world.permissions(world.channels[which], self.id):
            return world.channels[which]
        for guild in self.guilds():
            for channel in self.channels(guild):
                if (which is None and channel.kind is ChannelType.TEXT) or (which and channel.name == which):
                    return channel
        raise NotPossibleError(f"{self.user.display_name} sees no channel {which!r}.")

    def messages(self, which: str | Channel | None = None) -> list[Message]:
        """Return what this person sees in a channel, oldest first."""
        found = self._parts.world.messages(self.channel(which).id)
        return [one for one in found if one.seen_by(self.id)]

    def commands(self, which: str | Channel | None = None, kind: CommandType = CommandType.CHAT_INPUT) -> list[str]:
        """Return the names of the commands on offer in a channel."""
        return [command.name for command in self.book.available(self.id, self.channel(which), kind)]

    # --- the client's settings ---

    def speak(self, locale: str) -> None:
        """Choose the language of the client, one of those that Discord has."""
        if locale not in LOCALES:
            raise NotPossibleError(f"Discord does not speak {locale!r}.")
        self.user.locale = locale
        self._parts.world.changed = True
        self._parts.hub.announce(NoticeEvent("world", {}))

    # --- writing ---

    async def say(self, text: str, which: str | Channel | None = None, files: Sequence[Upload] = ()) -> Message:
        """Write a message."""
        channel = self.channel(which)
        if channel.kind not in CONVERSATION_KINDS:
            raise NotPossibleError("Nobody can write here.")
        in_thread = channel.kind in THREAD_TYPES
        needed = Permission.SEND_MESSAGES_IN_THREADS if in_thread else Permission.SEND_MESSAGES
        if not self._parts.world.permissions(channel, self.id) & needed:
            raise NotPossibleError("You may not write in this channel.")
        body = Body({"content": text})
        for number, upload in enumerate(files):
            incoming = self._parts.files.begin(upload.filename, upload.content_type)
            self._parts.files.write(incoming, upload.data)
            body.uploads[number] = incoming
        return await self._parts.posts.create(channel, self.id, body)

    def delete(self, message: Message) -> None:
        """Delete a message of one's own, or with the permission to manage messages."""
        channel = self._parts.world.channel(message.channel_id)
        permitted = self._parts.world.permissions(channel, self.id) & Permission.MANAGE_MESSAGES
        if message.author_id != self.id and not permitted:
            raise NotPossibleError("You may not delete this message.")
        self._parts.posts.delete(message)

    def dismiss(self, message: Message) -> None:
        """Put an ephemeral answer away."""
        if message.visible_to != self.id:
            raise NotPossibleError("Only your own ephemeral messages can be dismissed.")
        self._parts.posts.delete(message)

    # --- commands ---

    async def slash(
        self, command: str, options: Mapping[str, Any] | None = None, *, channel: str | Channel | None = None
    ) -> Interaction:
        """Run a slash command by its whole name, for example `video text`.

        Users, roles and channels are given by id or name, files as `Upload`.
        """
        place = self.channel(channel)
        leaf = self.book.find(self.id, place, command, CommandType.CHAT_INPUT)
        encoder = self._encoder(place)
        values = await encoder.options(leaf, options or {})
        data = self._command_data(leaf, encoder, options=leaf.wrap(values))
        return await self._send(InteractionKind.COMMAND, place, data, name=leaf.name)

    async def autocomplete(
        self,
        command: str,
        option: str,
        text: str | float,
        *,
        options: Mapping[str, Any] | None = None,
        channel: str | Channel | None = None,
    ) -> Interaction:
        """Type in an option with autocomplete; the suggestions are in `choices`."""
        place = self.channel(channel)
        leaf = self.book.find(self.id, place, command, CommandType.CHAT_INPUT)
        wanted = next((one for one in leaf.options if one["name"] == option), None)
        if wanted is None or not wanted.get("autocomplete"):
            raise NotPossibleError(f"/{command} has no autocompleted option {option!r}.")
        given = {**(options or {}), option: text}
        values: list[Json] = [
            {"name": one["name"], "type": one["type"], "value": given[one["name"]], "focused": one is wanted}
            for one in leaf.options
            if one["name"] in given
        ]
        data = self._command_data(leaf, self._encoder(place), options=leaf.wrap(values))
        return await self._send(InteractionKind.AUTOCOMPLETE, place, data)

    async def use_on_message(self, command: str, message: Message) -> Interaction:
        """Run a message command from a message's menu."""
        place = self.channel(message.channel_id)
        leaf = self.book.find(self.id, place, command, CommandType.MESSAGE)
        encoder = self._encoder(place)
        encoder.resolved["messages"] = {message.id: self._parts.payloads.message(message)}
        data = self._command_data(leaf, encoder, target_id=message.id)
        return await self._send(InteractionKind.COMMAND, place, data, name=leaf.name)

    async def use_on_user(self, command: str, who: str, *, channel: str | Channel | None = None) -> Interaction:
        """Run a user command from a person's menu."""
        place = self.channel(channel)
        leaf = self.book.find(self.id, place, command, CommandType.USER)
        encoder = self._encoder(place)
        data = self._command_data(leaf, encoder, target_id=encoder.refer(who))
        return await self._send(InteractionKind.COMMAND, place, data, name=leaf.name)

    # --- components ---

    async def press(self, message: Message, button: str) -> Interaction:
        """Press a button by custom id or label."""
        component = self._component(message, button, {Part.BUTTON})
        data = {"custom_id": component["custom_id"], "component_type": component["type"], "id": component["id"]}
        return await self._send(InteractionKind.COMPONENT, self.channel(message.channel_id), data, source=message)

    async def choose(self, message: Message, menu: str, values: Sequence[str]) -> Interaction:
        """Choose in a select menu by custom id or placeholder."""
        component = self._component(message, menu, SELECTS)
        place = self.channel(message.channel_id)
        encoder = self._encoder(place)
        data: Json = {
            "custom_id": component["custom_id"],
            "component_type": component["type"],
            "id": component["id"],
            "values": encoder.picked(component, list(values)),
        }
        if encoder.resolved:
            data["resolved"] = encoder.resolved
        return await self._send(InteractionKind.COMPONENT, place, data, source=message)

    async def submit(self, opened: Interaction, values: Mapping[str, Any]) -> Interaction:
        """Fill and send the modal that an interaction opened; fields go by custom id or label."""
        if opened.modal is None:
            raise NotPossibleError("No modal was opened.")
        encoder = self._encoder(opened.channel)
        data: Json = {
            "custom_id": opened.modal["custom_id"],
            "components": await encoder.modal(opened.modal, values),
        }
        if encoder.resolved:
            data["resolved"] = encoder.resolved
        return await self._send(InteractionKind.MODAL, opened.channel, data, source=opened.source)

    # --- parts ---

    def _encoder(self, channel: Channel) -> Encoder:
        parts = self._parts
        return Encoder(parts.world, parts.payloads, parts.posts, parts.files, self.id, channel)

    def _command_data(self, leaf: Leaf, encoder: Encoder, **more: Any) -> Json:
        data: Json = {"id": leaf.command.id, "name": leaf.command.name, "type": int(leaf.command.kind), **more}
        if leaf.command.guild_id is not None:
            data["guild_id"] = leaf.command.guild_id
        if encoder.resolved:
            data["resolved"] = encoder.resolved
        return data

    def _component(self, message: Message, wanted: str, kinds: set[Part] | frozenset[Part]) -> Json:
        if not message.seen_by(self.id):
            raise NotPossibleError("This person does not see the message.")
        for component in walk(message.components):
            names = (component.get("custom_id"), component.get("label"), component.get("placeholder"))
            if component.get("type") not in kinds or wanted not in names or not component.get("custom_id"):
                continue
            if component.get("disabled") or message.flags & MessageFlag.LOADING:
                raise NotPossibleError(f"{wanted!r} is disabled.")
            return component
        raise NotPossibleError(f"The message has no button or menu {wanted!r}.")

    async def _send(
        self,
        kind: InteractionKind,
        channel: Channel,
        data: Json,
        *,
        source: Message | None = None,
        name: str | None = None,
    ) -> Interaction:
        interaction = self._parts.interactions.start(
            kind,
            user_id=self.id,
            channel=channel,
            data=data,
            source=source,
            command_name=name,
            foreign=self.book.is_foreign(channel),
        )
        await interaction.answered.wait()
        return interaction
