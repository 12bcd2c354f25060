"""Snowflakes, permissions, mentions, rate limits and file links, each alone."""

from __future__ import annotations

import re
import zlib
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.clock import RandomIds
from bot.sandbox.discord.compression import compressor_for
from bot.sandbox.discord.faults import Fault, Faults
from bot.sandbox.discord.files import FileStore, safe_filename
from bot.sandbox.discord.limits import Allowance, RateLimiter, RateLimits
from bot.sandbox.discord.mentions import EVERYTHING, USERS_ONLY, find_mentions
from bot.sandbox.discord.model import Attachment, Channel, ChannelType, Guild, Member, Overwrite, Role
from bot.sandbox.discord.permissions import ALL_PERMISSIONS, EVERYBODY, Permission, channel_permissions
from bot.sandbox.discord.snowflakes import Snowflakes, milliseconds_of
from tests.support.clock import ManualClock

if TYPE_CHECKING:
    from pathlib import Path

NOW = 1_780_000_000_000


def test_snowflakes_rise_while_the_clock_stands_still() -> None:
    clock = ManualClock(NOW)
    snowflakes = Snowflakes(clock)
    made = [int(snowflakes.new()) for _ in range(1000)]
    assert made == sorted(set(made))
    assert milliseconds_of(str(made[0])) == NOW


def server() -> Guild:
    """Return a server with an owner, a moderator and a member."""
    roles = [Role("1", "@everyone", int(EVERYBODY)), Role("5", "mod", int(Permission.MANAGE_MESSAGES))]
    members = {one: Member(one, 0, roles_of) for one, roles_of in (("owner", []), ("mod", ["5"]), ("mia", []))}
    return Guild("1", "Server", "owner", roles, members)


def test_overwrites_apply_in_order_everyone_then_roles_then_member() -> None:
    guild = server()
    view, send = int(Permission.VIEW_CHANNEL), int(Permission.SEND_MESSAGES)
    overwrites = [
        Overwrite("1", 0, deny=view),
        Overwrite("5", 0, allow=view, deny=send),
        Overwrite("mod", 1, allow=send),
    ]
    channel = Channel("9", ChannelType.TEXT, overwrites=overwrites)
    assert channel_permissions(guild, channel, guild.members["mia"]) == 0
    assert channel_permissions(guild, channel, guild.members["owner"]) == ALL_PERMISSIONS
    moderator = channel_permissions(guild, channel, guild.members["mod"])
    assert moderator & send
    assert moderator & Permission.MANAGE_MESSAGES


@pytest.mark.parametrize(
    ("allowed", "default", "expected"),
    [
        (None, EVERYTHING, (["7"], ["8"], True)),
        (None, USERS_ONLY, (["7"], [], False)),
        ({"parse": []}, EVERYTHING, ([], [], False)),
        ({"parse": [], "users": ["7"]}, EVERYTHING, (["7"], [], False)),
        ({"parse": ["roles"]}, EVERYTHING, ([], ["8"], False)),
    ],
)
def test_mentions_count_only_where_they_are_allowed(
    allowed: dict[str, list[str]] | None, default: tuple[str, ...], expected: tuple[list[str], list[str], bool]
) -> None:
    body = {"components": [{"type": 10, "content": "<@7> <@&8> @everyone"}], "allowed_mentions": allowed}
    found = find_mentions(body, by_default=default)
    assert (found.users, found.roles, found.everyone) == expected


async def test_a_bucket_is_empty_after_its_requests_and_full_after_its_time() -> None:
    clock = ManualClock(NOW)
    limiter = RateLimiter(RateLimits(Allowance(2, 5.0), {}), clock)
    assert [limiter.use("GET /x", "1").allowed for _ in range(3)] == [True, True, False]
    assert limiter.use("GET /x", "2").allowed
    refused = limiter.use("GET /x", "1")
    assert refused.retry_after == pytest.approx(5.0)
    assert refused.headers["X-RateLimit-Remaining"] == "0"
    await clock.advance(5.0)
    assert limiter.use("GET /x", "1").allowed


@given(st.text(max_size=300))
def test_file_names_keep_only_harmless_characters(name: str) -> None:
    assert re.fullmatch(r"[A-Za-z0-9._-]{1,200}", safe_filename(name))


def test_links_differ_by_file_and_time(tmp_path: Path) -> None:
    clock = ManualClock(NOW)
    store = FileStore(tmp_path, clock=clock, ids=RandomIds(clock))
    first = Attachment("1", "9", "a.png", 1, "image/png")
    hidden = Attachment("2", "9", "a.png", 1, "image/png", ephemeral=True)
    assert store.link(first).startswith("/attachments/9/1/a.png?ex=")
    assert store.link(hidden).startswith("/ephemeral-attachments/9/2/a.png?ex=")
    assert store.link(first).split("?")[1] != store.link(hidden).split("?")[1]


def test_each_compressed_frame_can_be_read_at_once() -> None:
    compressor, reader = compressor_for("zlib-stream"), zlib.decompressobj()
    for text in ("hello", "world" * 1000):
        frame = compressor.compress(text)
        assert isinstance(frame, bytes)
        assert reader.decompress(frame).decode() == text


def test_a_fault_meets_the_requests_it_is_meant_for() -> None:
    faults = Faults()
    faults.add(Fault("POST /channels/{channel_id}/messages", status=500, times=2, major="7"))
    route = "POST /channels/{channel_id}/messages"
    assert faults.take(route, "/channels/8/messages") is None
    assert faults.take("GET /gateway", "/channels/7/messages") is None
    assert [bool(faults.take(route, "/channels/7/messages")) for _ in range(3)] == [True, True, False]
