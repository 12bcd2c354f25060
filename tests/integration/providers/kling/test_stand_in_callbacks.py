"""What the provider makes of callbacks as the vendor really sends them."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

import pytest
from aiohttp import web

from bot.clock import SystemClock
from bot.providers.base import CallbackHint, Submission, TaskState
from bot.sandbox.kling.faults import CallbackAction, CallbackFault, TaskAction, TaskFault
from tests.support.kling import text_request

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from bot.providers.base import TaskReference
    from bot.providers.kling import AccessKeyPair, KlingProvider
    from bot.sandbox.kling import KlingStandIn
    from tests.integration.providers.kling.conftest import ProviderFactory

SECRET = "whsec_dGVzdHNlY3JldHRlc3RzZWNyZXR0ZXN0c2VjcmV0MTI="


class Mailbox:
    """Receives callbacks and hands them to a provider one by one."""

    def __init__(self) -> None:
        self.url = ""
        self._received: asyncio.Queue[tuple[bytes, dict[str, str]]] = asyncio.Queue()

    async def receive(self, request: web.Request) -> web.Response:
        await self._received.put((await request.read(), dict(request.headers)))
        return web.Response()

    async def read_by(self, provider: KlingProvider) -> CallbackHint | None:
        async with asyncio.timeout(5):
            body, headers = await self._received.get()
        return provider.parse_callback(body, headers)


@pytest.fixture
async def mailbox() -> AsyncIterator[Mailbox]:
    box = Mailbox()
    application = web.Application()
    application.router.add_post("/kling/unguessable", box.receive)
    runner = web.AppRunner(application, access_log=None, shutdown_timeout=0)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    box.url = f"http://127.0.0.1:{runner.addresses[0][1]}/kling/unguessable"
    yield box
    await runner.cleanup()


@pytest.fixture
def signed_customer(stand_in: KlingStandIn, key_pair: AccessKeyPair, make_provider: ProviderFactory) -> KlingProvider:
    """Return a provider that takes signed callbacks only, and let the stand-in sign."""
    stand_in.configure(webhook_secret=SECRET)
    return make_provider(stand_in.base_url, credentials=key_pair, clock=SystemClock(), webhook_secret=SECRET)


async def order(provider: KlingProvider, mailbox: Mailbox) -> TaskReference:
    return await provider.submit(Submission(client_key="job-1", request=text_request(), callback_url=mailbox.url))


def hint_of(made: TaskReference) -> CallbackHint:
    return CallbackHint(client_key=made.client_key, task_id=made.task_id)


async def test_unsigned_callbacks_name_the_task(customer: KlingProvider, mailbox: Mailbox) -> None:
    made = await order(customer, mailbox)
    assert [await mailbox.read_by(customer) for _ in range(2)] == [hint_of(made)] * 2


async def test_signed_callbacks_name_the_task(signed_customer: KlingProvider, mailbox: Mailbox) -> None:
    made = await order(signed_customer, mailbox)
    assert [await mailbox.read_by(signed_customer) for _ in range(2)] == [hint_of(made)] * 2


async def test_without_a_secret_signed_callbacks_are_read_too(
    stand_in: KlingStandIn, customer: KlingProvider, mailbox: Mailbox
) -> None:
    stand_in.configure(webhook_secret=SECRET)
    made = await order(customer, mailbox)
    assert await mailbox.read_by(customer) == hint_of(made)


@pytest.mark.parametrize(
    "action", [CallbackAction.UNSIGNED, CallbackAction.WRONG_SIGNATURE, CallbackAction.OLD_TIMESTAMP]
)
async def test_callbacks_whose_signature_does_not_fit_are_not_read(
    stand_in: KlingStandIn, signed_customer: KlingProvider, mailbox: Mailbox, action: CallbackAction
) -> None:
    stand_in.faults.add(CallbackFault(action=action))
    await order(signed_customer, mailbox)
    assert await mailbox.read_by(signed_customer) is None


async def test_a_callback_in_an_envelope_is_read(
    stand_in: KlingStandIn, signed_customer: KlingProvider, mailbox: Mailbox
) -> None:
    stand_in.faults.add(CallbackFault(action=CallbackAction.ENVELOPED))
    made = await order(signed_customer, mailbox)
    assert await mailbox.read_by(signed_customer) == hint_of(made)


async def test_what_a_forged_callback_claims_is_not_believed(
    stand_in: KlingStandIn, customer: KlingProvider, mailbox: Mailbox
) -> None:
    stand_in.faults.add(
        CallbackFault(action=CallbackAction.FORGED), TaskFault(action=TaskAction.STICK, stage="processing")
    )
    made = await order(customer, mailbox)
    assert await mailbox.read_by(customer) == hint_of(made)
    seen = await customer.find(made)
    assert seen is not None
    assert (seen.state, seen.clip_url) == (TaskState.RUNNING, None)
