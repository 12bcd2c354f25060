"""`soundstage check` against a vendor on this machine."""

import asyncio
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bot.__main__ import main
from bot.sandbox.kling import KlingStandIn
from bot.sandbox.kling.rendering import RenderOrder

CONFIGURATION = """
[discord]
token = "a-token"
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
    lines = [line.split(maxsplit=2) for line in capsys.readouterr().out.splitlines()]
    return code, {name: f"{word} {sentence}" for word, name, sentence in lines}


async def test_all_is_well(vendor: KlingStandIn, capsys: pytest.CaptureFixture[str]) -> None:
    code, said = await run(configure(vendor), capsys)

    assert code == 0
    assert set(said) == {"models", "data", "database", "media", "kling", "discord"}
    assert all(line.startswith("ok ") for line in said.values())
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


async def test_a_place_that_cannot_hold_files(vendor: KlingStandIn, capsys: pytest.CaptureFixture[str]) -> None:
    more = '[data]\ndir = "occupied/data"\n'
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
