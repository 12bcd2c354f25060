"""Headless Chromium, driven over its DevTools protocol."""

from __future__ import annotations

import asyncio
import base64
import itertools
import json
import os
import re
import shutil
import signal
from contextlib import asynccontextmanager, suppress
from typing import TYPE_CHECKING, Any, Self

import aiohttp

if TYPE_CHECKING:
    from collections.abc import AsyncIterator
    from pathlib import Path

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
_FLAGS = (
    "--headless=new",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--hide-scrollbars",
    "--autoplay-policy=no-user-gesture-required",
    "--mute-audio",
    "--remote-debugging-port=0",
)
_LISTENING = re.compile(rb"DevTools listening on (ws://\S+)")


class BrowserError(Exception):
    """The page threw an error, or did not become as expected in time."""


class Browser:
    """One page in a fresh profile, closed together with its whole process group."""

    def __init__(self, profile: Path) -> None:
        self._profile = profile
        self._process: asyncio.subprocess.Process | None = None
        self._session: aiohttp.ClientSession | None = None
        self._socket: aiohttp.ClientWebSocketResponse | None = None
        self._reader: asyncio.Task[None] | None = None
        self._answers: dict[int, asyncio.Future[Any]] = {}
        self._numbers = itertools.count(1)
        self._page = ""
        self.errors: list[str] = []
        """Uncaught exceptions, console errors and refused requests of the page."""

    async def __aenter__(self) -> Self:
        assert CHROMIUM is not None, "Chromium is not installed"
        self._process = await asyncio.create_subprocess_exec(
            CHROMIUM,
            *_FLAGS,
            f"--user-data-dir={self._profile}",
            "about:blank",
            stderr=asyncio.subprocess.PIPE,
            stdout=asyncio.subprocess.DEVNULL,
            start_new_session=True,
        )
        self._session = aiohttp.ClientSession()
        self._socket = await self._session.ws_connect(await self._address(), max_msg_size=0)
        self._reader = asyncio.create_task(self._read())
        target = await self._ask("Target.createTarget", {"url": "about:blank"})
        attached = await self._ask("Target.attachToTarget", {"targetId": target["targetId"], "flatten": True})
        self._page = attached["sessionId"]
        for domain in ("Page", "Runtime", "Log"):
            await self._ask(f"{domain}.enable")
        return self

    async def __aexit__(self, *_: object) -> None:
        if self._reader is not None:
            self._reader.cancel()
            with suppress(asyncio.CancelledError):
                await self._reader
        if self._socket is not None:
            await self._socket.close()
        if self._session is not None:
            await self._session.close()
        if self._process is not None:
            with suppress(ProcessLookupError):
                os.killpg(self._process.pid, signal.SIGKILL)
            await self._process.communicate()

    async def _address(self) -> str:
        assert self._process is not None
        assert self._process.stderr is not None
        async with asyncio.timeout(30):
            async for line in self._process.stderr:
                if found := _LISTENING.search(line):
                    return found[1].decode()
        raise BrowserError("Chromium did not start.")

    async def _read(self) -> None:
        assert self._socket is not None
        async for frame in self._socket:
            message = json.loads(frame.data)
            answer = self._answers.pop(message.get("id", 0), None)
            if answer is not None and not answer.done():
                answer.set_result(message)
            elif message.get("method") == "Runtime.exceptionThrown":
                details = message["params"]["exceptionDetails"]
                self.errors.append(str(details.get("exception", {}).get("description", details["text"])))
            elif message.get("method") == "Log.entryAdded" and message["params"]["entry"]["level"] == "error":
                self.errors.append(message["params"]["entry"]["text"])

    async def _ask(self, method: str, parameters: dict[str, Any] | None = None) -> Any:
        assert self._socket is not None
        number = next(self._numbers)
        answer = self._answers[number] = asyncio.get_running_loop().create_future()
        message: dict[str, Any] = {"id": number, "method": method, "params": parameters or {}}
        if self._page:
            message["sessionId"] = self._page
        await self._socket.send_json(message)
        async with asyncio.timeout(30):
            result = await answer
        if "error" in result:
            raise BrowserError(f"{method}: {result['error']['message']}")
        return result["result"]

    # --- what tests do ---

    async def open(self, url: str) -> None:
        """Go to an address."""
        await self._ask("Page.navigate", {"url": url})

    async def resize(self, width: int, height: int, *, phone: bool = False) -> None:
        """Change the size of the window in CSS pixels."""
        size = {"width": width, "height": height, "deviceScaleFactor": 1, "mobile": phone}
        await self._ask("Emulation.setDeviceMetricsOverride", size)

    async def run(self, script: str) -> Any:
        """Evaluate JavaScript, which may await, and return its value."""
        wrapped = f"(async () => {{ {script} }})()"
        parameters = {"expression": wrapped, "awaitPromise": True, "returnByValue": True, "userGesture": True}
        answer = await self._ask("Runtime.evaluate", parameters)
        if "exceptionDetails" in answer:
            details = answer["exceptionDetails"]
            raise BrowserError(details.get("exception", {}).get("description", details["text"]))
        return answer["result"].get("value")

    async def wait_for(self, condition: str, *, seconds: float = 10) -> Any:
        """Wait until a JavaScript expression is true, asked with each drawn frame; return its value."""
        script = (
            f"const end = performance.now() + {seconds * 1000}; let value;"
            f"while (!(value = ({condition}))) {{"
            " if (performance.now() > end) return ['late', document.body.innerText.slice(-1500)];"
            " await new Promise(requestAnimationFrame); }"
            "return ['found', value instanceof Element ? true : value];"
        )
        verdict, value = await self.run(script)
        if verdict == "late":
            raise BrowserError(f"Not within {seconds} s: {condition}\nThe page says:\n{value}")
        return value

    async def click(self, selector: str, text: str = "") -> None:
        """Click the first visible element of a selector that contains a text, once it has come to rest."""
        find = (
            f"[...document.querySelectorAll({json.dumps(selector)})].find((one) => one.getClientRects().length"
            f" && !one.disabled && (one.innerText ?? '').includes({json.dumps(text)}))"
        )
        await self.wait_for(f"Boolean({find})")
        box = await self.run(
            f"const one = {find}; one.scrollIntoView({{block: 'center'}});"
            "const middle = () => { const box = one.getBoundingClientRect();"
            " return [box.x + box.width / 2, box.y + box.height / 2]; };"
            "const end = performance.now() + 5000; let before, now = middle();"
            "do { before = now; await new Promise(requestAnimationFrame); now = middle(); }"
            "while (performance.now() < end && (String(before) !== String(now)"
            " || !one.contains(document.elementFromPoint(...now)))); return now;"
        )
        for kind in ("mousePressed", "mouseReleased"):
            event = {"type": kind, "x": box[0], "y": box[1], "button": "left", "clickCount": 1}
            await self._ask("Input.dispatchMouseEvent", event)

    async def type(self, text: str) -> None:
        """Type a text where the focus is."""
        await self._ask("Input.insertText", {"text": text})

    async def press(self, *keys: str) -> None:
        """Press keys by name, for example Enter or ArrowDown."""
        codes = {"Enter": 13, "Escape": 27, "Tab": 9, "ArrowDown": 40, "ArrowUp": 38, "Backspace": 8}
        for key in keys:
            base = {"key": key, "code": key, "windowsVirtualKeyCode": codes.get(key, 0)}
            text = {"text": "\r"} if key == "Enter" else {}
            await self._ask("Input.dispatchKeyEvent", {"type": "keyDown", **base, **text})
            await self._ask("Input.dispatchKeyEvent", {"type": "keyUp", **base})

    async def choose_file(self, selector: str, path: Path) -> None:
        """Give a file to a file input."""
        found = await self._ask("Runtime.evaluate", {"expression": f"document.querySelector({json.dumps(selector)})"})
        parameters = {"objectId": found["result"]["objectId"], "files": [str(path)]}
        await self._ask("DOM.setFileInputFiles", parameters)

    async def screenshot(self, path: Path) -> None:
        """Write what is seen to a PNG file."""
        answer = await self._ask("Page.captureScreenshot", {"format": "png"})
        await asyncio.to_thread(path.write_bytes, base64.b64decode(answer["data"]))


@asynccontextmanager
async def page_of(url: str, profile: Path, *, height: int) -> AsyncIterator[Browser]:
    """Open the page of a Discord stand-in and wait for its messages; at the end it must not have reported any error."""
    async with Browser(profile) as opened:
        await opened.resize(1280, height)
        await opened.open(url)
        await opened.wait_for("document.querySelector('.message')")
        yield opened
        assert opened.errors == []


async def start_command(browser: Browser, name: str) -> None:
    """Choose a command in the palette of the page by keyboard alone."""
    await browser.click("#composer-text")
    await browser.type(f"/{name}")
    await browser.wait_for("document.querySelector('.palette li.active')?.getClientRects().length")
    await browser.press("Enter")
    await browser.wait_for("document.querySelector('form.command')")
