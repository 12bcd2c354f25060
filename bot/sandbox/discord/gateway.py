"""The gateway: WebSocket sessions that identify, beat, receive events, and resume."""

from __future__ import annotations

import asyncio
import json
from collections import deque
from contextlib import suppress
from enum import IntEnum, IntFlag
from typing import TYPE_CHECKING

from aiohttp import WSMsgType, web

from bot.sandbox.discord.compression import compressor_for
from bot.sandbox.discord.hub import ChannelEvent, GuildEvent, InteractionEvent, MessageEvent, NoticeEvent

if TYPE_CHECKING:
    from bot.clock import IdSource
    from bot.sandbox.discord.hub import Event, Hub
    from bot.sandbox.discord.model import Json, Message
    from bot.sandbox.discord.payloads import Payloads
    from bot.sandbox.discord.world import World

HEARTBEAT_MILLISECONDS = 9_000
"""Short, because on loopback the acknowledgement may overtake discord.py's note of when it sent the heartbeat: it then
takes the whole interval for latency, and warns above ten seconds."""

_EVENTS_KEPT = 5_000


class Op(IntEnum):
    """What a gateway message is about."""

    DISPATCH = 0
    HEARTBEAT = 1
    IDENTIFY = 2
    PRESENCE_UPDATE = 3
    RESUME = 6
    RECONNECT = 7
    REQUEST_GUILD_MEMBERS = 8
    INVALID_SESSION = 9
    HELLO = 10
    HEARTBEAT_ACK = 11


class Intent(IntFlag):
    """The groups of events a client can ask for."""

    GUILDS = 1 << 0
    GUILD_MEMBERS = 1 << 1
    GUILD_PRESENCES = 1 << 8
    GUILD_MESSAGES = 1 << 9
    DIRECT_MESSAGES = 1 << 12
    MESSAGE_CONTENT = 1 << 15


PRIVILEGED = Intent.GUILD_MEMBERS | Intent.GUILD_PRESENCES | Intent.MESSAGE_CONTENT


class CloseCode(IntEnum):
    """Why the gateway hangs up."""

    UNKNOWN_ERROR = 4000
    NOT_AUTHENTICATED = 4003
    AUTHENTICATION_FAILED = 4004
    SESSION_TIMED_OUT = 4009
    DISALLOWED_INTENTS = 4014


class _Connection:
    """One WebSocket; messages are queued and sent in order by one task."""

    def __init__(self, socket: web.WebSocketResponse, compression: str | None) -> None:
        self.socket = socket
        self._compressor = compressor_for(compression)
        self._queue: asyncio.Queue[str] = asyncio.Queue()
        self._writer = asyncio.create_task(self._write())

    def send(self, op: Op, data: object = None, *, name: str | None = None, sequence: int | None = None) -> None:
        """Queue one message."""
        self._queue.put_nowait(json.dumps({"op": int(op), "d": data, "t": name, "s": sequence}))

    async def _write(self) -> None:
        while True:
            frame = self._compressor.compress(await self._queue.get())
            try:
                if isinstance(frame, bytes):
                    await self.socket.send_bytes(frame)
                else:
                    await self.socket.send_str(frame)
            except ConnectionError:
                return
            finally:
                self._queue.task_done()

    async def close(self, code: int) -> None:
        """Send what is queued and hang up."""
        with suppress(TimeoutError):
            async with asyncio.timeout(1):
                await self._queue.join()
        self._writer.cancel()
        await self.socket.close(code=code)

    def cut(self) -> None:
        """Drop the connection without a closing handshake, as a lost network does."""
        self._writer.cancel()
        transport = self.socket._req.transport if self.socket._req is not None else None  # noqa: SLF001 - aiohttp
        if transport is not None:  # offers no public way to lose a connection
            transport.abort()


class Session:
    """A client's place in the stream of events; it outlives connections."""

    def __init__(self, session_id: str, intents: int, shard: tuple[int, int]) -> None:
        self.id = session_id
        self.intents = intents
        self.shard = shard
        self.connection: _Connection | None = None
        self._sequence = 0
        self._events: deque[tuple[int, str, Json]] = deque(maxlen=_EVENTS_KEPT)

    def dispatch(self, name: str, data: Json) -> None:
        """Give an event its number, keep it for a resume, and send it when connected."""
        self._sequence += 1
        self._events.append((self._sequence, name, data))
        if self.connection is not None:
            self.connection.send(Op.DISPATCH, data, name=name, sequence=self._sequence)

    def replay(self, seen: int) -> None:
        """Send everything after the last event that the client has seen."""
        assert self.connection is not None  # noqa: S101 - resuming has just connected it
        for sequence, name, data in self._events:
            if sequence > seen:
                self.connection.send(Op.DISPATCH, data, name=name, sequence=sequence)
        self.dispatch("RESUMED", {})

    def serves(self, guild_id: str | None) -> bool:
        """Say whether events of this server belong to the session's shard; conversations belong to shard 0."""
        number, count = self.shard
        return number == (0 if guild_id is None else (int(guild_id) >> 22) % count)


class Gateway:
    """All sessions of the bot, and the ways to trouble them."""

    def __init__(
        self, *, world: World, payloads: Payloads, hub: Hub, ids: IdSource, token: str, privileged_intents: bool = False
    ) -> None:
        self._world = world
        self._payloads = payloads
        self._hub = hub
        self._ids = ids
        self._token = token
        self._privileged_intents = privileged_intents
        self._sessions: dict[str, Session] = {}
        self.url = ""
        """Where sessions connect and resume; set when the server listens."""
        self.identified = 0
        """How many times a client has started a new session."""
        self.resumed = 0
        """How many times a client has resumed one."""
        hub.listen(self._hear)

    # --- what tests and the page do to it ---

    @property
    def connected(self) -> bool:
        """Whether the bot is connected at this moment."""
        return any(session.connection is not None for session in self._sessions.values())

    def ask_to_reconnect(self) -> None:
        """Tell every client to reconnect and resume (op 7)."""
        for connection in self._connections():
            connection.send(Op.RECONNECT)

    def invalidate(self, *, resumable: bool = False) -> None:
        """Tell every client that its session is over (op 9); unless resumable, forget it too."""
        for connection in self._connections():
            connection.send(Op.INVALID_SESSION, resumable)
        if not resumable:
            self.forget_sessions()

    def cut(self) -> None:
        """Drop every connection without a word; sessions stay and can be resumed."""
        for connection in self._connections():
            connection.cut()

    def forget_sessions(self) -> None:
        """Lose every session, so that the next resume is refused."""
        for session in self._sessions.values():
            session.connection = None
        self._sessions.clear()

    async def stop(self) -> None:
        """Hang up on everybody."""
        for connection in self._connections():
            await connection.close(CloseCode.UNKNOWN_ERROR)
        self._sessions.clear()

    def _connections(self) -> list[_Connection]:
        return [one.connection for one in self._sessions.values() if one.connection is not None]

    # --- events ---

    def _hear(self, event: Event) -> None:
        if not self._sessions:
            return
        match event:
            case InteractionEvent(data, guild_id):
                self._dispatch("INTERACTION_CREATE", data, guild_id, 0)
            case MessageEvent():
                self._hear_message(event)
            case ChannelEvent(name, channel):
                if self._bot_is_in(channel.guild_id):
                    self._dispatch(name, self._payloads.channel(channel), channel.guild_id, Intent.GUILDS)
            case GuildEvent(name, guild, data):
                self._dispatch(name, data, guild.id, Intent.GUILDS)
            case NoticeEvent():
                pass

    def _hear_message(self, event: MessageEvent) -> None:
        guild_id = event.channel.guild_id
        if event.message.visible_to is not None or not self._bot_is_in(guild_id):
            return
        if event.name == "MESSAGE_DELETE":
            data: Json = {"id": event.message.id, "channel_id": event.channel.id}
            if guild_id is not None:
                data["guild_id"] = guild_id
        else:
            data = self._payloads.message(event.message)
        wanted = Intent.DIRECT_MESSAGES if guild_id is None else Intent.GUILD_MESSAGES
        if guild_id is not None and self._needs_content_intent(event.message):
            emptied = {"content": "", "embeds": [], "attachments": [], "components": []}
            self._dispatch(event.name, data, guild_id, wanted, without_content={**data, **emptied})
        else:
            self._dispatch(event.name, data, guild_id, wanted)

    def _needs_content_intent(self, message: Message) -> bool:
        bot = self._world.application_id
        return message.author_id != bot and bot not in message.mentioned_users

    def _bot_is_in(self, guild_id: str | None) -> bool:
        return guild_id is None or self._world.guild(guild_id).has_bot

    def _dispatch(
        self, name: str, data: Json, guild_id: str | None, intent: int, *, without_content: Json | None = None
    ) -> None:
        for session in self._sessions.values():
            if not session.serves(guild_id) or (intent and not session.intents & intent):
                continue
            hidden = without_content is not None and not session.intents & Intent.MESSAGE_CONTENT
            session.dispatch(name, without_content if hidden and without_content is not None else data)

    # --- connections ---

    async def serve(self, request: web.Request) -> web.WebSocketResponse:
        """Hold one WebSocket until it closes."""
        socket = web.WebSocketResponse(max_msg_size=0)
        await socket.prepare(request)
        connection = _Connection(socket, request.query.get("compress"))
        connection.send(Op.HELLO, {"heartbeat_interval": HEARTBEAT_MILLISECONDS})
        session: Session | None = None
        try:
            async for message in socket:
                if message.type is not WSMsgType.TEXT:
                    continue
                received = json.loads(message.data)
                session = await self._receive(connection, session, received) or session
        finally:
            if session is not None and session.connection is connection:
                session.connection = None
                self._hub.announce(NoticeEvent("application", {"connected": self.connected}))
            await connection.close(1000)
        return socket

    async def _receive(self, connection: _Connection, session: Session | None, received: Json) -> Session | None:
        data = received.get("d")
        match received.get("op"):
            case Op.HEARTBEAT:
                connection.send(Op.HEARTBEAT_ACK)
            case Op.IDENTIFY:
                return await self._identify(connection, data if isinstance(data, dict) else {})
            case Op.RESUME:
                return await self._resume(connection, data if isinstance(data, dict) else {})
            case Op.REQUEST_GUILD_MEMBERS if session is not None and isinstance(data, dict):
                self._send_members(session, data)
            case Op.PRESENCE_UPDATE:
                pass
            case _ if session is None:
                await connection.close(CloseCode.NOT_AUTHENTICATED)
            case _:
                pass
        return None

    async def _identify(self, connection: _Connection, data: Json) -> Session | None:
        if data.get("token") != self._token:
            await connection.close(CloseCode.AUTHENTICATION_FAILED)
            return None
        intents = int(data.get("intents", 0))
        if intents & PRIVILEGED and not self._privileged_intents:
            await connection.close(CloseCode.DISALLOWED_INTENTS)
            return None
        number, count = data.get("shard", (0, 1))
        session = Session(self._ids.new(), intents, (int(number), int(count)))
        session.connection = connection
        self._replace(session)
        self.identified += 1
        guilds = [guild for guild in self._world.guilds.values() if guild.has_bot and session.serves(guild.id)]
        ready: Json = {
            "v": 10,
            "user": self._payloads.user(self._world.bot),
            "guilds": [{"id": guild.id, "unavailable": True} for guild in guilds],
            "session_id": session.id,
            "resume_gateway_url": self.url,
            "shard": [number, count],
            "application": {"id": self._world.application_id, "flags": 0},
        }
        session.dispatch("READY", ready)
        for guild in guilds:
            session.dispatch("GUILD_CREATE", self._payloads.guild_create(guild))
        self._hub.announce(NoticeEvent("application", {"connected": True}))
        return session

    def _replace(self, session: Session) -> None:
        """Keep the new session in place of sleeping ones of the same shard."""
        asleep = [one for one in self._sessions.values() if one.connection is None and one.shard == session.shard]
        for one in asleep:
            del self._sessions[one.id]
        self._sessions[session.id] = session

    async def _resume(self, connection: _Connection, data: Json) -> Session | None:
        session = self._sessions.get(str(data.get("session_id")))
        if session is None or data.get("token") != self._token:
            connection.send(Op.INVALID_SESSION, data=False)
            return None
        session.connection = connection
        session.replay(int(data.get("seq") or 0))
        self.resumed += 1
        self._hub.announce(NoticeEvent("application", {"connected": True}))
        return session

    def _send_members(self, session: Session, data: Json) -> None:
        guild = self._world.guilds.get(str(data.get("guild_id")))
        if guild is None:
            return
        asked = data.get("user_ids")
        asked = [asked] if isinstance(asked, str | int) else asked
        found = [
            member
            for member in guild.members.values()
            if (asked is None or member.user_id in map(str, asked))
            and self._world.user(member.user_id).display_name.lower().startswith(str(data.get("query", "")).lower())
        ]
        chunk: Json = {
            "guild_id": guild.id,
            "members": [self._payloads.member(member) for member in found],
            "chunk_index": 0,
            "chunk_count": 1,
            "not_found": [],
        }
        if "nonce" in data:
            chunk["nonce"] = data["nonce"]
        session.dispatch("GUILD_MEMBERS_CHUNK", chunk)
