"""`soundstage check`: verifies the configuration and everything it names, and says what to do about what failed."""

from __future__ import annotations

import asyncio
import tempfile
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import click

from bot.catalog import Catalogue
from bot.cli.common import config_option, logs
from bot.clock import SystemClock
from bot.discord.preflight import preflight
from bot.errors import SoundstageError
from bot.media.ffmpeg import Ffmpeg
from bot.providers.kling import credentials_from
from bot.providers.kling.account import AccountReader
from bot.providers.kling.client import KlingClient
from bot.settings import DEFAULT_FILE, Settings, exposure, load_settings
from bot.storage.backup import verify
from bot.storage.open import database_path

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable
    from pathlib import Path

_WIDTH: Final = 14


@dataclass(frozen=True, slots=True)
class Outcome:
    """What one check found: whether it passed, and a sentence that says what is there, or what to do."""

    passed: bool
    sentence: str


@click.command(short_help="Verify the configuration and everything it names.")
@config_option
@click.pass_context
def check(context: click.Context, config: Path | None) -> None:
    """Verify the configuration, the files, the database and the access to Kling and Discord.

    Prints one line for each. Nothing is changed and nothing is spent.
    """
    settings = load_settings(config)
    with logs(settings, errors_only=True):
        results = [_report(name, asyncio.run(_outcome(run, settings))) for name, run in _CHECKS.items()]
        results += asyncio.run(_discord(settings))
        warning = exposure(config or DEFAULT_FILE)
    if warning:
        _report("secrets", Outcome(passed=False, sentence=warning))
    if warning or not all(results):
        context.exit(1)


def _report(name: str, outcome: Outcome) -> bool:
    word = click.style("ok    ", fg="green") if outcome.passed else click.style("failed", fg="red", bold=True)
    click.echo(f"{word}  {name:<{_WIDTH}}{outcome.sentence}")
    return outcome.passed


async def _outcome(run: Callable[[Settings], Awaitable[str]], settings: Settings) -> Outcome:
    try:
        return Outcome(passed=True, sentence=await run(settings))
    except SoundstageError as error:
        return Outcome(passed=False, sentence=str(error))
    except OSError as error:
        return Outcome(passed=False, sentence=f"{error.strerror}: {error.filename}.")


async def _models(settings: Settings) -> str:
    catalogue = Catalogue.load(settings.models)
    return f"{', '.join(card.name for card in catalogue.cards)}."


async def _data(settings: Settings) -> str:
    directory = settings.data.dir
    nearest = next(path for path in (directory, *directory.absolute().parents) if path.exists())
    try:
        with tempfile.TemporaryFile(dir=nearest):  # what the rights say is not all: file systems may be read-only
            pass
    except OSError:
        sentence = f"{directory} cannot be written to; change data.dir or the rights of {nearest}."
        raise SoundstageError(sentence) from None
    return f"{directory} can be written to."


async def _database(settings: Settings) -> str:
    path = database_path(settings.database.url)
    if not path.exists():
        return f"{path} does not exist yet; it is made at the first start."
    found = await asyncio.to_thread(verify, path)
    if found.problems:
        raise SoundstageError(" ".join(found.problems))
    if found.missing:
        return f"{path} is sound; the next start brings it up to date."
    return f"{path} is sound: {found.postings} postings add up."


async def _media(_: Settings) -> str:
    try:
        Ffmpeg()
    except RuntimeError:
        raise SoundstageError("There is no ffmpeg; install the package imageio-ffmpeg again.") from None
    return "ffmpeg is there."


async def _kling(settings: Settings) -> str:
    kling = settings.kling
    credentials = credentials_from(
        access_key=kling.access_key.get_secret_value(),
        secret_key=kling.secret_key.get_secret_value(),
        api_key=kling.api_key.get_secret_value(),
    )
    clock = SystemClock()
    async with KlingClient(base_url=kling.base_url, credentials=credentials, clock=clock) as client:
        packs = await AccountReader(client, clock).packs()
    if not packs:
        return "the keys work; the account has no prepaid units, so it has to pay by invoice."
    units = sum(pack.remaining for pack in packs if pack.usable)
    if not units:
        raise SoundstageError("The keys work, but the account has no units left; buy a pack in Kling's console.")
    return f"the keys work; about {units:.0f} units are left."


async def _discord(settings: Settings) -> list[bool]:
    """Report everything about Discord, and say for each line whether it passed."""
    remarks = preflight(settings.discord)
    return [_report(one.name, Outcome(one.passed, one.sentence)) async for one in remarks]


_CHECKS: Final = {
    "models": _models,
    "data": _data,
    "database": _database,
    "media": _media,
    "kling": _kling,
}
