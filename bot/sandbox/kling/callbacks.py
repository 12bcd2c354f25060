"""Callbacks: a POST to the client on every change of a task, signed if a webhook secret is set."""

from __future__ import annotations

import asyncio
import base64
import hashlib
import hmac
import json
import logging
from typing import TYPE_CHECKING, Any

import aiohttp

from bot.sandbox.kling.faults import CallbackAction, CallbackFault
from bot.sandbox.kling.inputs import is_loopback

if TYPE_CHECKING:
    from bot.sandbox.kling.state import State
    from bot.sandbox.kling.tasks import Task

_LOG = logging.getLogger(__name__)
_SECRET_PREFIX = "whsec_"  # noqa: S105 - the public prefix of every such secret
_FIRST_PAUSE = 0.5
_OK = 200


class CallbackSender:
    """Sends callbacks in the order of the changes of each task, unless a fault says otherwise.

    An address that is not on loopback gets nothing: the stand-in never leaves the machine.
    """

    def __init__(self, state: State) -> None:
        self._state = state
        self._session: aiohttp.ClientSession | None = None
        self._latest: dict[str, asyncio.Task[None]] = {}
        self._held: dict[str, list[tuple[dict[str, Any], list[CallbackFault]]]] = {}
        self._sending: set[asyncio.Task[None]] = set()

    def announce(self, task: Task) -> None:
        """Send the present state of a task to its callback address, if it has one; returns at once."""
        if not task.callback_url or not is_loopback(task.callback_url):
            return
        body = task.view()
        faults = self._state.faults.callbacks(task.status, task.subject)
        for _ in faults:
            self._state.counters.count("faults")
        actions = {fault.action for fault in faults}
        if CallbackAction.LOSE in actions:
            return
        if CallbackAction.REORDER in actions and not task.ended:
            self._held.setdefault(task.task_id, []).append((body, faults))
            return
        self._enqueue(task, body, faults)
        for held_body, held_faults in self._held.pop(task.task_id, []):
            self._enqueue(task, held_body, held_faults)

    async def stop(self) -> None:
        """Give up every callback that is not sent yet."""
        for sending in self._sending:
            sending.cancel()
        await asyncio.gather(*self._sending, return_exceptions=True)
        self._latest.clear()
        self._held.clear()
        if self._session is not None:
            await self._session.close()
            self._session = None

    def _enqueue(self, task: Task, body: dict[str, Any], faults: list[CallbackFault]) -> None:
        previous = self._latest.get(task.task_id)
        sending = asyncio.create_task(self._send_after(previous, task.callback_url or "", body, faults))
        self._latest[task.task_id] = sending
        self._sending.add(sending)
        sending.add_done_callback(self._sending.discard)

    async def _send_after(
        self, previous: asyncio.Task[None] | None, address: str, body: dict[str, Any], faults: list[CallbackFault]
    ) -> None:
        if previous is not None:
            await asyncio.wait([previous])
        by_action = {fault.action: fault for fault in faults}
        if delay := by_action.get(CallbackAction.DELAY):
            await self._state.clock.sleep(delay.seconds)
        if CallbackAction.FORGED in by_action:
            body = body | {"task_status": "succeed", "task_status_msg": ""}
        if CallbackAction.ENVELOPED in by_action:
            body = {"code": 0, "message": "SUCCEED", "request_id": self._state.ids.request_id(), "data": body}
        content = json.dumps(body, ensure_ascii=False, separators=(",", ":")).encode()
        headers = self._headers(content, by_action)
        copies = 2 if CallbackAction.DUPLICATE in by_action else 1
        for _ in range(copies):
            await self._deliver(address, content, headers)

    def _headers(self, content: bytes, faults: dict[CallbackAction, CallbackFault]) -> dict[str, str]:
        headers = {"Content-Type": "application/json"}
        secret = self._state.settings.current.webhook_secret
        if secret is None or CallbackAction.UNSIGNED in faults:
            return headers
        moment = self._state.clock.now() // 1000
        if old := faults.get(CallbackAction.OLD_TIMESTAMP):
            moment -= int(old.seconds)
        if CallbackAction.WRONG_SIGNATURE in faults:
            secret = _SECRET_PREFIX + base64.b64encode(b"another secret of 24 byt").decode()
        webhook_id = self._state.ids.number()
        return headers | {
            "webhook-id": webhook_id,
            "webhook-timestamp": str(moment),
            "webhook-signature": sign(secret, webhook_id, moment, content),
        }

    async def _deliver(self, address: str, content: bytes, headers: dict[str, str]) -> None:
        """Post until the receiver answers 200, at most as often as the settings say (number and pauses assumed)."""
        if self._session is None:
            self._session = aiohttp.ClientSession()
        pause = _FIRST_PAUSE
        for attempt in range(self._state.settings.current.callback_attempts):
            if attempt:
                await self._state.clock.sleep(pause)
                pause *= 2
            self._state.counters.count("callbacks_sent")
            timeout = aiohttp.ClientTimeout(total=self._state.settings.current.callback_timeout)
            try:
                async with self._session.post(
                    address, data=content, headers=headers, timeout=timeout, allow_redirects=False
                ) as response:
                    if response.status == _OK:
                        self._state.counters.count("callbacks_answered")
                        return
            except (aiohttp.ClientError, TimeoutError) as error:
                _LOG.info("a callback was not taken: %s", type(error).__name__)


def sign(secret: str, webhook_id: str, timestamp: int, content: bytes) -> str:
    """Return the `webhook-signature` header by the Standard Webhooks scheme; `timestamp` is in Unix seconds."""
    key = base64.b64decode(secret.removeprefix(_SECRET_PREFIX))
    signed = f"{webhook_id}.{timestamp}.".encode() + content
    return "v1," + base64.b64encode(hmac.digest(key, signed, hashlib.sha256)).decode()
