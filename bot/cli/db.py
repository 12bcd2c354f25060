"""`soundstage db`: looks after the database."""

from __future__ import annotations

import asyncio
from pathlib import Path

import click

from bot.clock import SystemClock
from bot.errors import StorageError
from bot.settings import Settings, load_settings
from bot.storage.backup import KEPT_BACKUPS, back_up, restore, verify
from bot.storage.migrate import Migration, load_migrations
from bot.storage.open import bring_up_to_date, database_path
from bot.storage.sqlite import SqliteDatabase

_EXISTING_FILE = click.Path(exists=True, dir_okay=False, path_type=Path)
_SETTINGS = click.make_pass_decorator(Settings)


@click.group(short_help="Look after the database.")
@click.option("--config", type=click.Path(path_type=Path), help="The configuration that names the database.")
@click.pass_context
def db(context: click.Context, config: Path | None) -> None:
    """Look after the database: bring it up to date, copy it, check it, put a copy back."""
    context.obj = load_settings(config)


@db.command("migrate")
@_SETTINGS
def migrate_command(settings: Settings) -> None:
    """Bring the database to the shape that this version needs.

    The bot does the same when it starts. A database that has something in it is copied first.
    """
    applied = asyncio.run(_migrate(database_path(settings.database.url), settings.data.dir / "backups"))
    for migration in applied:
        click.echo(f"Applied {migration.name}: {migration.reason}")
    if not applied:
        click.echo("The database is up to date.")


@db.command("backup")
@click.option("--to", "directory", type=click.Path(file_okay=False, path_type=Path), help="Where backups are kept.")
@click.option("--keep", type=click.IntRange(min=1), default=KEPT_BACKUPS, show_default=True, help="How many stay.")
@_SETTINGS
def backup_command(settings: Settings, directory: Path | None, keep: int) -> None:
    """Copy the database, check the copy, and delete the oldest ones.

    The bot may run meanwhile. By default copies go to backups/ in the data directory.
    """
    path = database_path(settings.database.url)
    copy = back_up(path, directory or settings.data.dir / "backups", at=SystemClock().now(), keep=keep)
    click.echo(f"{copy} ({copy.stat().st_size} bytes, checked)")


@db.command("verify")
@click.argument("file", type=_EXISTING_FILE, required=False)
@_SETTINGS
def verify_command(settings: Settings, file: Path | None) -> None:
    """Check the file and the credit books of the database, or of a backup FILE.

    The bot may run meanwhile.
    """
    path = file or database_path(settings.database.url)
    found = verify(path)
    for problem in found.problems:
        click.echo(problem)
    if found.problems:
        many = len(found.problems) > 1
        raise StorageError(
            f"{path} has {len(found.problems)} problem{'s' if many else ''}; "
            f"spending stays stopped until {'they are' if many else 'it is'} solved."
        )
    if found.missing:
        names = ", ".join(migration.name for migration in found.missing)
        raise StorageError(f"{path} is sound but lacks {names}: run `soundstage db migrate`, then verify again.")
    click.echo(f"{path} is sound: {found.postings} postings add up.")


@db.command("restore")
@click.argument("backup", type=_EXISTING_FILE)
@_SETTINGS
def restore_command(settings: Settings, backup: Path) -> None:
    """Put a BACKUP in the place of the database, after checking it. The bot must be stopped."""
    path = database_path(settings.database.url)
    aside = restore(backup, path, at=SystemClock().now())
    click.echo(f"{path} is now {backup}." + (f" What was there before is kept as {aside}." if aside else ""))


@db.command("move")
def move_command() -> None:
    """Move the database to PostgreSQL."""
    raise StorageError("This version keeps its data in SQLite alone and cannot move it to PostgreSQL; nothing changed.")


async def _migrate(path: Path, backups: Path) -> list[Migration]:
    clock = SystemClock()
    async with await SqliteDatabase.open(path, clock=clock) as database:
        return await bring_up_to_date(database, load_migrations(), clock=clock, backups=backups)
