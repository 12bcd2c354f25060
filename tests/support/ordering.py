"""Ordering clips in a theatre: what a person does from the command to the clip, and pictures to begin with."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING, Any

from PIL import Image, ImageDraw

from bot.jobs.quote import Requester
from bot.ledger import grant
from bot.sandbox.discord import Upload
from tests.support.reading import buttons_of, words_of

if TYPE_CHECKING:
    from bot.jobs.job import Job
    from bot.sandbox.discord import Interaction
    from bot.sandbox.discord.model import Message
    from tests.support.theatre import Actor, Theatre

PROMPT = "Rain on neon, a tram passes."
CHEAP: dict[str, Any] = {"mode": "standard", "seconds": 5}
"""15 credits a clip."""


def picture(size: tuple[int, int] = (960, 720), kind: str = "PNG", name: str = "ball.png") -> Upload:
    """Return a real picture."""
    image = Image.new("RGB", size, (40, 60, 110))
    ImageDraw.Draw(image).ellipse((size[0] // 3, size[1] // 4, 2 * size[0] // 3, 3 * size[1] // 4), fill=(240, 180, 60))
    content = io.BytesIO()
    image.save(content, kind)
    return Upload(name, content.getvalue(), f"image/{kind.lower()}")


async def give_privately(theatre: Theatre, name: str, amount: int) -> None:
    """Give somebody credits for direct messages and for places where the bot is no member."""
    requester = Requester(server=0, person=int(theatre.as_person(name).person.id))
    command, at = theatre.app.ids.new(), theatre.app.clock.now()
    await theatre.app.database.run(
        lambda tx: grant(tx, command=command, owner=requester.owner, amount=amount, actor="test", note="", at=at)
    )


async def shown(theatre: Theatre, answer: Interaction, words: str = "", *, button: str = "") -> Message:
    """Wait until the answer to an interaction has these words and a button that begins so, and return it."""

    def look() -> Message | None:
        message = answer.message
        if message is None or words not in words_of(message):
            return None
        return message if not button or any(one.startswith(button) for one in buttons_of(message)) else None

    assert answer.failure is None, answer.failure
    return await theatre.discord.until(look, seconds=10)


async def quoted(actor: Actor, command: str = "/video text", **options: Any) -> Message:
    """Run a command and return the quote card."""
    options.setdefault("prompt", PROMPT)
    return await shown(actor.theatre, await actor.slash(command, **options), button="Confirm")


async def confirm(actor: Actor, card: Message) -> Interaction:
    """Press the button with the price."""
    button = next(one for one in buttons_of(card) if one.startswith("Confirm"))
    return await actor.press(card, button)


async def ordered(actor: Actor, command: str = "/video text", **options: Any) -> tuple[Message, list[Job]]:
    """Run a command, confirm, and return the card and the newest batch."""
    card = await quoted(actor, command, **options)
    await confirm(actor, card)
    await actor.theatre.discord.until(lambda: "Confirm" not in "".join(buttons_of(card)) or None, seconds=10)
    jobs = await actor.theatre.jobs(actor.person.user.display_name)
    newest = [job for job in jobs if job.batch == jobs[0].batch]
    return card, sorted(newest, key=lambda job: job.position)


async def made(actor: Actor, command: str = "/video text", **options: Any) -> tuple[Message, Job]:
    """Do everything for one clip and return its message in the channel, and the job."""
    _, [placed] = await ordered(actor, command, **options)
    job = await actor.theatre.app.engine.wait(placed.id)
    assert job.state == "delivered", job.message
    message = await actor.sees(lambda one: job.receipt is not None and job.receipt.endswith(f":{one.id}"))
    return message, job
