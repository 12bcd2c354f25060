"""The world a newcomer finds: a small film server with four people in it, one of whom reads Chinese.

All identifiers are fixed, so that a bot that kept its own database recognises everything after a restart.
"""

from __future__ import annotations

from bot.sandbox.discord.model import (
    DEFAULT_UPLOAD_LIMIT,
    Channel,
    ChannelType,
    Guild,
    Member,
    Message,
    Overwrite,
    Role,
    Snapshot,
    Tag,
    ThreadState,
    User,
)
from bot.sandbox.discord.permissions import EVERYBODY, Permission
from bot.sandbox.discord.snowflakes import snowflake_at

SEED_TIME = 1_767_225_600_000
"""First millisecond of 2026, at which everything was made."""

APPLICATION_ID = str(snowflake_at(SEED_TIME, 1))
MIA_ID = str(snowflake_at(SEED_TIME, 2))
NOOR_ID = str(snowflake_at(SEED_TIME, 3))
SAM_ID = str(snowflake_at(SEED_TIME, 4))
LIN_ID = str(snowflake_at(SEED_TIME, 5))
GUILD_ID = str(snowflake_at(SEED_TIME, 10))
FOREIGN_GUILD_ID = str(snowflake_at(SEED_TIME, 11))

_BOT_PERMISSIONS = EVERYBODY | Permission.MANAGE_MESSAGES | Permission.MANAGE_THREADS
_MODERATOR_PERMISSIONS = Permission.MANAGE_MESSAGES | Permission.MODERATE_MEMBERS | Permission.MANAGE_THREADS


def _id(serial: int) -> str:
    return str(snowflake_at(SEED_TIME, serial))


def seed(*, more_servers: int = 0) -> Snapshot:
    """Return the world at its beginning, with further servers of five channels each for measuring."""
    facts = Snapshot(application_id=APPLICATION_ID)
    for user in _users():
        facts.users[user.id] = user
    for guild in (_demo_server(), _foreign_server()):
        facts.guilds[guild.id] = guild
    for channel in _channels():
        facts.channels[channel.id] = channel
    for number in range(more_servers):
        _add_server(facts, number)
    for message in _messages():
        facts.messages.setdefault(message.channel_id, {})[message.id] = message
        facts.channels[message.channel_id].last_message_id = message.id
    return facts


def _users() -> list[User]:
    return [
        User(APPLICATION_ID, "soundstage", "Soundstage", bot=True),
        User(MIA_ID, "mia", "Mia"),
        User(NOOR_ID, "noor", "Noor", locale="en-GB"),
        User(SAM_ID, "sam", "Sam"),
        User(LIN_ID, "lin", "Lin", locale="zh-CN"),
    ]


def _demo_server() -> Guild:
    roles = [
        Role(GUILD_ID, "@everyone", int(EVERYBODY)),
        Role(_id(20), "Member", 0, color=0x4FA8A0, position=1),
        Role(_id(21), "Moderator", int(_MODERATOR_PERMISSIONS), color=0x8C7AE6, position=2),
        Role(_id(22), "Administrator", int(Permission.ADMINISTRATOR), color=0xD9822B, position=4),
        Role(_id(23), "Soundstage", int(_BOT_PERMISSIONS), color=0xC2455D, position=3),
    ]
    held = {APPLICATION_ID: _id(23), MIA_ID: _id(20), NOOR_ID: _id(21), SAM_ID: _id(22), LIN_ID: _id(20)}
    members = {user: Member(user, SEED_TIME, [role]) for user, role in held.items()}
    return Guild(GUILD_ID, "Soundstage Demo", SAM_ID, roles, members, upload_limit=DEFAULT_UPLOAD_LIMIT)


def _foreign_server() -> Guild:
    """Return a server that the bot has not joined, for user-installed use."""
    everyone = Role(FOREIGN_GUILD_ID, "@everyone", int(EVERYBODY))
    members = {user: Member(user, SEED_TIME) for user in (MIA_ID, NOOR_ID)}
    return Guild(FOREIGN_GUILD_ID, "Book Club", NOOR_ID, [everyone], members, has_bot=False)


def _add_server(facts: Snapshot, number: int) -> None:
    guild_id = str(snowflake_at(SEED_TIME + 1 + number))
    everyone = Role(guild_id, "@everyone", int(EVERYBODY))
    members = {user: Member(user, SEED_TIME) for user in (APPLICATION_ID, SAM_ID)}
    facts.guilds[guild_id] = Guild(guild_id, f"Server {number + 1}", SAM_ID, [everyone], members)
    for position in range(5):
        channel_id = str(int(guild_id) + 1 + position)
        facts.channels[channel_id] = Channel(
            channel_id, ChannelType.TEXT, f"room-{position + 1}", guild_id, position=position
        )


def _channels() -> list[Channel]:
    quiet = [
        Overwrite(GUILD_ID, 0, deny=int(Permission.SEND_MESSAGES)),
        Overwrite(_id(23), 0, allow=int(Permission.SEND_MESSAGES)),
    ]
    hidden = [
        Overwrite(GUILD_ID, 0, deny=int(Permission.VIEW_CHANNEL)),
        Overwrite(_id(21), 0, allow=int(Permission.VIEW_CHANNEL)),
        Overwrite(_id(23), 0, allow=int(Permission.VIEW_CHANNEL)),
    ]
    text, forum = ChannelType.TEXT, ChannelType.FORUM
    return [
        Channel(_id(30), text, "welcome", GUILD_ID, "Start here", 0),
        Channel(_id(31), text, "stage", GUILD_ID, "Make clips with sound", 1),
        Channel(_id(32), text, "screening-room", GUILD_ID, "Finished clips only", 2, overwrites=quiet),
        Channel(
            _id(33),
            forum,
            "projects",
            GUILD_ID,
            "One post per film",
            3,
            available_tags=[Tag(_id(50), "In production"), Tag(_id(51), "Released")],
        ),
        Channel(_id(34), text, "control-room", GUILD_ID, "For moderators", 4, overwrites=hidden),
        _thread(_id(35), _id(31), "Rain scene", MIA_ID),
        _thread(_id(36), _id(33), "The Lighthouse", NOOR_ID, [_id(50)]),
        Channel(_id(40), text, "chapter-one", FOREIGN_GUILD_ID, "A server without the bot", 0),
    ]


def _thread(thread_id: str, parent_id: str, name: str, owner: str, tags: list[str] | None = None) -> Channel:
    state = ThreadState(owner, archived_at=SEED_TIME, member_ids=[owner], applied_tags=tags or [])
    kind = ChannelType.PUBLIC_THREAD
    return Channel(thread_id, kind, name, GUILD_ID, parent_id=parent_id, thread=state)


def _messages() -> list[Message]:
    said = [
        (
            _id(30),
            SAM_ID,
            "# Lights, please\nWelcome to **Soundstage Demo**. Everything here is local: no account, nothing spent, "
            "nothing sent anywhere.\n- Go to <#" + _id(31) + "> and type `/`\n- Pick a command, fill in a line, "
            "press Enter\n- Change who you are, or your language, at the bottom left",
        ),
        (_id(31), NOOR_ID, "First one to make it rain *with sound* gets popcorn 🍿"),
        (_id(35), MIA_ID, "Collecting ideas for the rain scene here: neon, puddles, a busker with a cello."),
        (_id(36), NOOR_ID, "A keeper, a storm, and a radio that answers back. Six shots, one minute."),
        (_id(40), NOOR_ID, "The bot is not a member here. Only what you installed for yourself works."),
    ]
    return [
        Message(_id(100 + number), channel, author, SEED_TIME, content=text)
        for number, (channel, author, text) in enumerate(said)
    ]
