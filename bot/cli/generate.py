"""`soundstage generate`: one request from the terminal, through the same engine that Discord uses."""

from __future__ import annotations

import asyncio
from contextlib import AsyncExitStack
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final

import click

from bot.app import running_application
from bot.cli.common import config_option, logs, open_data
from bot.cli.stopping import terminated_like_interrupted
from bot.cli.terminal import Terminal, report
from bot.delivery.folder import FolderDelivery
from bot.errors import DatabaseInUse
from bot.jobs.request import InputKind, Mode, Request
from bot.prompts.rules import RULES
from bot.settings import load_settings

if TYPE_CHECKING:
    from bot.jobs.job import Job
    from bot.settings import Settings

LOCAL_SPEED: Final = 60.0
DEFAULT_RATIO: Final = "16:9"
_LOCAL_IN_USE: Final = (
    "Another preview is being made with {}. Wait until it is done, "
    "or give this one a directory of its own with SOUNDSTAGE_DATA__DIR."
)
_PICTURE: Final = click.Path(path_type=Path, exists=True, dir_okay=False)
_OVERRIDABLE: Final = tuple(rule.id for rule in RULES.values() if rule.overridable)
_MODES: Final = {"std": Mode.STANDARD, "pro": Mode.PROFESSIONAL}


@dataclass(frozen=True, slots=True)
class Order:
    """The options of the command, as they were given. `audio` is None where it was left open."""

    prompt: str
    negative: str
    image: Path | None
    end_image: Path | None
    mode: str
    audio: bool | None
    seconds: int
    ratio: str | None
    outputs: int
    local: bool
    out: Path
    yes: bool
    accept: tuple[str, ...]
    verbose: bool
    config: Path | None

    def request(self) -> Request:
        """Return the request, its images not yet taken in; sound is on where the settings allow it."""
        mode = _MODES[self.mode]
        kind = InputKind.IMAGE if self.image or self.end_image else InputKind.TEXT
        return Request(
            input=kind,
            prompt=self.prompt,
            negative_prompt=self.negative,
            mode=mode,
            audio=self.audio if self.audio is not None else mode is Mode.PROFESSIONAL and self.end_image is None,
            seconds=self.seconds,
            aspect_ratio=self.ratio or (DEFAULT_RATIO if kind is InputKind.TEXT else None),
            outputs=self.outputs,
        )


@click.command(short_help="Make a clip from the terminal.")
@click.option("--prompt", required=True, metavar="TEXT", help="What happens, who says what, and what is heard.")
@click.option("--negative", default="", metavar="TEXT", help="What must not appear.")
@click.option("--image", type=_PICTURE, metavar="FILE", help="The first frame: PNG, JPEG or WebP.")
@click.option("--end-image", type=_PICTURE, metavar="FILE", help="The last frame.")
@click.option("--mode", type=click.Choice(list(_MODES)), default="pro", show_default=True, help="720p or 1080p.")
@click.option("--audio/--no-audio", default=None, help="With sound or silent; sound where the mode allows it.")
@click.option("--seconds", type=int, default=5, show_default=True, help="5 or 10.")
@click.option("--ratio", default=None, help="16:9 (the default), 9:16 or 1:1; an image brings its own.")
@click.option("--outputs", type=int, default=1, show_default=True, metavar="N", help="How many clips, 1 to 4.")
@click.option("--local", is_flag=True, help="Make a preview on this machine, without any account.")
@click.option("--out", required=True, type=click.Path(path_type=Path), metavar="DIR", help="Where the clips go.")
@click.option("--yes", is_flag=True, help="Agree to the price; implied where nobody can be asked.")
@click.option(
    "--accept",
    multiple=True,
    type=click.Choice(_OVERRIDABLE),
    metavar="RULE",
    help=f"Make it in spite of an error of this rule; possible for {', '.join(_OVERRIDABLE)}. Repeatable.",
)
@click.option("--verbose", is_flag=True, help="Show the log as configured, not only errors.")
@config_option
@click.pass_context
def generate(context: click.Context, /, **options: object) -> None:
    """Make clips from a prompt, and perhaps an image, and print their paths.

    Clips that an earlier command left open are carried on with and reported as well; the exit code speaks of the
    clips of this command only. What --local was making when it was stopped is lost.
    """
    order = Order(**options)  # type: ignore[arg-type]  # click has checked the types
    settings = load_settings(order.config)
    open_data(settings)
    # A retry that succeeds is no news to somebody who waits for a clip.
    with logs(settings, errors_only=not order.verbose), terminated_like_interrupted():
        earlier, ended = asyncio.run(_generate(settings, order))
    report(earlier)
    if not report(ended):
        context.exit(1)


async def _generate(settings: Settings, order: Order) -> tuple[list[Job], list[Job]]:
    async with AsyncExitStack() as stack:
        policies = None
        if order.local:
            from bot.sandbox.local import local_policies, local_settings  # noqa: PLC0415 - needs an extra

            policies = local_policies(LOCAL_SPEED)
            stand_in = local_settings(settings, settings.data.dir / "local", speed=LOCAL_SPEED)
            settings = await stack.enter_async_context(stand_in)
        anywhere = settings.model_copy(update={"web": settings.web.model_copy(update={"port": 0})})
        running = running_application(anywhere, FolderDelivery(), policies=policies)
        try:
            app = await stack.enter_async_context(running)
        except DatabaseInUse:
            if order.local:
                raise DatabaseInUse(_LOCAL_IN_USE.format(settings.data.dir)) from None
            raise
        terminal = Terminal(app, vendor_forgets=order.local)
        request = order.request().model_copy(
            update={
                "image": await terminal.take_in(order.image),
                "end_image": await terminal.take_in(order.end_image),
            },
        )
        earlier = await terminal.unfinished()
        agreed = order.yes or order.local
        try:
            made = await terminal.make(request, order.out.absolute(), accept=order.accept, agreed=agreed)
        except asyncio.CancelledError:
            await terminal.say_what_stays()
            raise
        return await terminal.now(earlier), made
