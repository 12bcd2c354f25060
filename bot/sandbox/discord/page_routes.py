"""The page for people, and what its scripts ask for."""

from __future__ import annotations

import asyncio
import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

from aiohttp import web

from bot.sandbox.discord.bodies import Body, read_body
from bot.sandbox.discord.errors import ApiError
from bot.sandbox.discord.page_views import PageViews
from bot.sandbox.discord.parts import json_response, parts_of
from bot.sandbox.discord.people import Person
from bot.sandbox.discord.usage import NotPossibleError, Upload

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from bot.sandbox.discord.hub import Event
    from bot.sandbox.discord.interactions import Interaction
    from bot.sandbox.discord.model import Json
    from bot.sandbox.discord.parts import Parts

_FILES = Path(__file__).parent / "page"
_TYPES = {".html": "text/html", ".css": "text/css", ".js": "text/javascript", ".svg": "image/svg+xml"}
_HEADERS = {
    "Content-Security-Policy": "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' blob:; "
    "media-src 'self' blob:; connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Cache-Control": "no-store",
}
_UPLOAD_LIMIT = 512 * 1024 * 1024
_UPLOAD_KEY = "$upload"
"""No option of a command can have this name."""

_BEAT_SECONDS = 15


def _person(request: web.Request) -> tuple[Parts, Person, PageViews]:
    """Return who is looking; refuses strangers."""
    parts = parts_of(request)
    user = parts.world.users.get(request.query.get("as", ""))
    if user is None or user.bot:
        raise web.HTTPNotFound(text="There is no such person.")
    person = Person(parts, user)
    return parts, person, PageViews(parts, person)


async def serve_page(request: web.Request) -> web.Response:
    """GET the page or one of its files."""
    wanted = _FILES / request.match_info.get("name", "index.html")
    if wanted.suffix not in _TYPES or not wanted.is_file():
        raise web.HTTPNotFound(text="There is no such file.")
    return web.Response(
        text=wanted.read_text(encoding="utf-8"), content_type=_TYPES[wanted.suffix], charset="utf-8", headers=_HEADERS
    )


async def show_people(request: web.Request) -> web.Response:
    """GET the people one can be, before anybody is chosen."""
    parts = parts_of(request)
    return json_response([user.id for user in parts.world.users.values() if not user.bot])


async def show_world(request: web.Request) -> web.Response:
    """GET servers, channels and people."""
    _, _, views = _person(request)
    return json_response(views.world())


async def show_channel(request: web.Request) -> web.Response:
    """GET the messages of a channel, and the commands on offer there."""
    _, person, views = _person(request)
    try:
        channel = person.channel(request.match_info["channel_id"])
    except NotPossibleError as error:
        raise web.HTTPNotFound(text=str(error)) from None
    shown = {"channel": views.channel(channel), "messages": views.messages(channel), **views.commands(channel)}
    return json_response(shown)


async def stream_events(request: web.Request) -> web.StreamResponse:
    """GET everything that happens from now on, as server-sent events."""
    parts, _, views = _person(request)
    queue: asyncio.Queue[Json] = asyncio.Queue()

    def hear(event: Event) -> None:
        shown = views.event(event)
        if shown is not None:
            queue.put_nowait(shown)

    response = web.StreamResponse(headers={"Content-Type": "text/event-stream", "Cache-Control": "no-store"})
    await response.prepare(request)
    stop_listening = parts.hub.listen(hear)
    try:
        await response.write(b": welcome\n\n")
        while True:
            await response.write(await _next_frame(queue))
    except ConnectionError:
        return response
    finally:
        stop_listening()


async def _next_frame(queue: asyncio.Queue[Json]) -> bytes:
    try:
        async with asyncio.timeout(_BEAT_SECONDS):
            return f"data: {json.dumps(await queue.get())}\n\n".encode()
    except TimeoutError:
        return b": still here\n\n"


async def act(request: web.Request) -> web.Response:
    """POST one action in somebody's name.

    The answer has `failure` when the bot failed or the client would not have let it happen.
    """
    parts, person, views = _person(request)
    body = await read_body(request, parts.files, limit=_UPLOAD_LIMIT)
    wanted = body.payload.get("do")
    if wanted not in _ACTIONS:
        raise web.HTTPBadRequest(text=f"There is no action {wanted!r}.")
    try:
        interaction = await _ACTIONS[wanted](parts, person, _with_uploads(parts, body))
    except (NotPossibleError, ApiError) as error:
        return json_response({"failure": str(error), "choices": []})
    except KeyError as missing:
        raise web.HTTPBadRequest(text=f"The action lacks {missing}, or names something that is not there.") from None
    return json_response({"failure": None, "choices": []} if interaction is None else views.outcome(interaction))


def _with_uploads(parts: Parts, body: Body) -> Json:
    """Replace `{"$upload": n}` anywhere in an action by the n-th file that came along."""
    uploads = {}
    for number, incoming in body.uploads.items():
        uploads[number] = Upload(incoming.filename, incoming.path.read_bytes(), incoming.content_type)
        parts.files.discard(incoming)

    def replaced(value: Any) -> Any:
        if isinstance(value, dict):
            if value.keys() == {_UPLOAD_KEY}:
                return uploads[value[_UPLOAD_KEY]]
            return {key: replaced(inner) for key, inner in value.items()}
        return [replaced(inner) for inner in value] if isinstance(value, list) else value

    return dict(replaced(body.payload))


async def _say(_: Parts, person: Person, action: Json) -> None:
    await person.say(action["text"], action["channel"], action.get("files") or [])


async def _slash(_: Parts, person: Person, action: Json) -> Interaction:
    return await person.slash(action["command"], action["options"], channel=action["channel"])


async def _autocomplete(_: Parts, person: Person, action: Json) -> Interaction:
    return await person.autocomplete(
        action["command"], action["option"], action["text"], options=action["options"], channel=action["channel"]
    )


async def _on_message(parts: Parts, person: Person, action: Json) -> Interaction:
    return await person.use_on_message(action["command"], parts.world.message(action["channel"], action["message"]))


async def _press(parts: Parts, person: Person, action: Json) -> Interaction:
    return await person.press(parts.world.message(action["channel"], action["message"]), action["component"])


async def _choose(parts: Parts, person: Person, action: Json) -> Interaction:
    message = parts.world.message(action["channel"], action["message"])
    return await person.choose(message, action["component"], action["values"])


async def _submit(parts: Parts, person: Person, action: Json) -> Interaction:
    opened = parts.interactions.opened(action["token"], person.id)
    return await person.submit(opened, action["values"])


async def _speak(_: Parts, person: Person, action: Json) -> None:
    person.speak(action["locale"])


async def _dismiss(parts: Parts, person: Person, action: Json) -> None:
    person.dismiss(parts.world.message(action["channel"], action["message"]))


async def _delete(parts: Parts, person: Person, action: Json) -> None:
    person.delete(parts.world.message(action["channel"], action["message"]))


_ACTIONS: dict[str, Callable[[Parts, Person, Json], Awaitable[Interaction | None]]] = {
    "say": _say,
    "slash": _slash,
    "autocomplete": _autocomplete,
    "message-command": _on_message,
    "press": _press,
    "choose": _choose,
    "submit": _submit,
    "speak": _speak,
    "dismiss": _dismiss,
    "delete": _delete,
}


def routes() -> list[web.RouteDef]:
    """Return the routes of the page."""
    return [
        web.get("/", serve_page),
        web.get("/page/{name}", serve_page),
        web.get("/stage/people", show_people),
        web.get("/stage/world", show_world),
        web.get("/stage/channels/{channel_id}", show_channel),
        web.get("/stage/events", stream_events),
        web.post("/stage/act", act),
    ]
