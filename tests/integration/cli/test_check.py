"""`soundstage check` against a vendor and a Discord on this machine."""

import asyncio
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bot.__main__ import main
from bot.clock import RandomIds, SystemClock
from bot.sandbox.discord import DiscordStandIn, Fault
from bot.sandbox.discord.permissions import Permission
from bot.sandbox.kling import KlingStandIn
from bot.sandbox.kling.rendering import RenderOrder

CONFIGURATION = """
[kling]
base_url = "{url}"
access_key = "{access}"
secret_key = "{secret}"
"""


class NoClips:
    """A renderer that is never asked."""

    async def render(self, order: RenderOrder, destination: Path) -> None:
        raise AssertionError(order, destination)


@pytest.fixture(autouse=True)
def _elsewhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)


@pytest.fixture
async def stage_door(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[DiscordStandIn]:
    """A Discord that the environment leads to."""
    clock = SystemClock()
    async with DiscordStandIn(clock=clock, ids=RandomIds(clock), directory=tmp_path / "discord") as stand_in:
        monkeypatch.setenv("SOUNDSTAGE_DISCORD__TOKEN", stand_in.token)
        monkeypatch.setenv("SOUNDSTAGE_DISCORD__API_BASE", stand_in.base_url)
        yield stand_in


@pytest.fixture
async def vendor(tmp_path: Path) -> AsyncIterator[KlingStandIn]:
    vendor = KlingStandIn(renderer=NoClips(), directory=tmp_path / "clips")
    await vendor.start()
    yield vendor
    await vendor.stop()


def configure(
    vendor: KlingStandIn, *, secret: str | None = None, more: str = "", mode: int = 0o600, beside: str | None = None
) -> Path:
    """Write a configuration, and perhaps a file of plain text beside it."""
    if beside:
        Path(beside).write_text("this is no database" * 100, encoding="utf-8")
    keys = vendor.credentials
    text = CONFIGURATION.format(url=vendor.base_url, access=keys.access_key, secret=secret or keys.secret_key)
    file = Path("own.toml")
    file.write_text(text + more, encoding="utf-8")
    file.chmod(mode)
    return file


async def run(file: Path | None, capsys: pytest.CaptureFixture[str]) -> tuple[int, dict[str, str]]:
    """Return the exit code, and what was said about each part, from a thread: the vendor lives on this one's loop."""
    code = await asyncio.to_thread(main, ["check", *(["--config", str(file)] if file else [])])
    told = capsys.readouterr()
    assert told.err == "", "what was found is on standard output, and nothing else is said"
    lines = [line.split(maxsplit=2) for line in told.out.splitlines()]
    return code, {name: f"{word} {sentence}" for word, name, sentence in lines}


@pytest.mark.usefixtures("stage_door")
async def test_all_is_well(vendor: KlingStandIn, capsys: pytest.CaptureFixture[str]) -> None:
    code, said = await run(configure(vendor), capsys)

    assert code == 0
    discord = {"discord", "application", "intents", "gateway", "server", "permissions"}
    assert set(said) == {"models", "data", "database", "media", "kling"} | discord
    assert all(line.startswith("ok ") for line in said.values())
    assert "Soundstage" in said["discord"] or "soundstage" in said["discord"]
    assert "10000 units" in said["kling"]


async def test_wrong_keys(vendor: KlingStandIn, capsys: pytest.CaptureFixture[str]) -> None:
    wrong = "wrong-secret-key-of-enough-characters"
    code, said = await run(configure(vendor, secret=wrong), capsys)

    assert code == 1
    assert said["kling"].startswith("failed ")
    assert wrong not in said["kling"]
    assert said["database"].startswith("ok ")


async def test_a_vendor_that_does_not_answer(vendor: KlingStandIn, capsys: pytest.CaptureFixture[str]) -> None:
    file = configure(vendor)
    await vendor.stop()
    code, said = await run(file, capsys)

    assert code == 1
    assert said["kling"].startswith("failed ")


async def test_an_account_without_units(vendor: KlingStandIn, capsys: pytest.CaptureFixture[str]) -> None:
    vendor.configure(units=0)
    code, said = await run(configure(vendor), capsys)

    assert code == 1
    assert "no units left" in said["kling"]


async def test_secrets_that_others_can_read(vendor: KlingStandIn, capsys: pytest.CaptureFixture[str]) -> None:
    code, said = await run(configure(vendor, mode=0o644), capsys)

    assert code == 1
    assert "chmod 600" in said["secrets"]


async def test_a_database_that_is_none(vendor: KlingStandIn, capsys: pytest.CaptureFixture[str]) -> None:
    more = '[database]\nurl = "sqlite:///broken.db"\n'
    code, said = await run(configure(vendor, more=more, beside="broken.db"), capsys)

    assert code == 1
    assert "broken.db" in said["database"]


@pytest.mark.parametrize("place", ["occupied/data", "/proc/data"])
async def test_a_place_that_cannot_hold_files(
    vendor: KlingStandIn, place: str, capsys: pytest.CaptureFixture[str]
) -> None:
    more = f'[data]\ndir = "{place}"\n'
    code, said = await run(configure(vendor, more=more, beside="occupied"), capsys)

    assert code == 1
    assert "change data.dir" in said["data"]


async def test_without_anything_configured_it_says_what_to_do(capsys: pytest.CaptureFixture[str]) -> None:
    code, said = await run(None, capsys)

    assert code == 1
    assert "kling.api_key" in said["kling"]
    assert "discord.token is empty" in said["discord"]


async def test_a_wrong_price_list_is_one_of_the_findings(
    vendor: KlingStandIn, capsys: pytest.CaptureFixture[str]
) -> None:
    code, said = await run(configure(vendor, more='[models."kling-9"]\nname = "x"\n'), capsys)

    assert code == 1
    assert "kling-9" in said["models"]


async def test_a_token_that_discord_refuses(
    vendor: KlingStandIn,
    stage_door: DiscordStandIn,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert stage_door.token
    monkeypatch.setenv("SOUNDSTAGE_DISCORD__TOKEN", "some-other-token")
    code, said = await run(configure(vendor), capsys)

    assert code == 1
    assert "copy it again" in said["discord"]
    assert "some-other-token" not in said["discord"]
    assert "server" not in said


async def test_a_bot_without_permissions(
    vendor: KlingStandIn, stage_door: DiscordStandIn, capsys: pytest.CaptureFixture[str]
) -> None:
    for role in stage_door.stagehand.guild("Soundstage Demo").roles:
        role.permissions &= ~int(Permission.ATTACH_FILES)
    code, said = await run(configure(vendor), capsys)

    assert code == 1
    assert "Soundstage Demo: Attach Files" in said["permissions"]
    assert "oauth2/authorize" in said["permissions"]


async def test_a_bot_that_is_in_no_server(
    vendor: KlingStandIn, stage_door: DiscordStandIn, capsys: pytest.CaptureFixture[str]
) -> None:
    stage_door.stagehand.remove_bot("Soundstage Demo")
    code, said = await run(configure(vendor), capsys)

    assert code == 1
    assert "in no server" in said["server"]
    assert "permissions" not in said


async def test_a_server_that_the_bot_is_not_in(
    vendor: KlingStandIn,
    stage_door: DiscordStandIn,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert stage_door.token
    monkeypatch.setenv("SOUNDSTAGE_DISCORD__APPLICATION_GUILD", "4711")
    code, said = await run(configure(vendor), capsys)

    assert code == 1
    assert "4711" in said["server"]


async def test_a_discord_in_trouble(
    vendor: KlingStandIn, stage_door: DiscordStandIn, capsys: pytest.CaptureFixture[str]
) -> None:
    stage_door.faults.add(Fault(route="GET /users/@me/guilds", status=403, times=100))
    code, said = await run(configure(vendor), capsys)

    assert code == 1
    assert "cannot be asked now" in said["discord"]


@pytest.mark.parametrize("address", ["https://discord.example/api/v10", "http://127.0.0.1:9/api/v10"])
async def test_an_address_that_is_no_discord(
    vendor: KlingStandIn, address: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("SOUNDSTAGE_DISCORD__TOKEN", "a-token-of-some-kind")
    monkeypatch.setenv("SOUNDSTAGE_DISCORD__API_BASE", address)
    code, said = await run(configure(vendor), capsys)

    assert code == 1
    assert "api_base" in said["discord"]
