"""The command line. Each command lives in a file of its own and is imported only when it is called."""

from __future__ import annotations

from importlib import import_module
from typing import Final

import click

COMMANDS: Final = {
    "sandbox": "Try everything on this machine, without any account.",
    "generate": "Make a clip from the terminal.",
    "run": "Run the bot.",
    "check": "Verify the configuration and everything it names.",
    "lint": "Check a prompt and say what is wrong with it, where, and how to mend it.",
    "quote": "Price requests.",
    "db": "Look after the database.",
}
"""Every command with its one-line description; each is in the module `bot.cli.<name>`."""


class LazyGroup(click.Group):
    """A group that knows its commands by name and imports one only to run it or to explain it."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002 - click passes it
        """Return the names of the commands, the most used first."""
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002 - click passes it
        """Import a command; None where there is none of this name."""
        if cmd_name not in COMMANDS:
            return None
        members = vars(import_module(f"bot.cli.{cmd_name}")).values()
        return next(member for member in members if isinstance(member, click.Command) and member.name == cmd_name)

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:  # noqa: ARG002 - as above
        """Write the list of commands without importing them."""
        with formatter.section("Commands"):
            formatter.write_dl(list(COMMANDS.items()))


@click.group(cls=LazyGroup, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="soundstage", message="%(package)s %(version)s")
def cli() -> None:
    """Turn a Discord server into a film stage with sound."""
