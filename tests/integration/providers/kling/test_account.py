"""The account's packs of units, as `soundstage check` reads them."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

import pytest

from bot.clock import SystemClock
from bot.providers.base import Advice
from bot.providers.kling import ApiKey, KlingFailure
from bot.providers.kling.account import AccountReader, Pack
from bot.providers.kling.client import KlingClient
from tests.support.kling import START, StillClock, refuse, succeed

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from bot.sandbox.kling import KlingStandIn
    from tests.support.kling import Reply, ScriptedVendor

COSTS = {
    "code": 0,
    "msg": "SUCCEED",
    "resource_pack_subscribe_infos": [
        {
            "resource_pack_name": "Trial-Video-100Units-5Con-1Months",
            "resource_pack_type": "decreasing_total",
            "total_quantity": 100.0,
            "remaining_quantity": 61.5,
            "invalid_time": 1772592000000,
            "status": "online",
        },
        {"resource_pack_name": "Old", "total_quantity": 30, "remaining_quantity": 0, "status": "runOut"},
    ],
}


@pytest.fixture
async def account(vendor: ScriptedVendor) -> AsyncIterator[AccountReader]:
    clock = StillClock()
    async with KlingClient(base_url=vendor.url, credentials=ApiKey("key-1"), clock=clock) as client:
        yield AccountReader(client, clock)


async def test_the_packs_of_the_account_are_read(vendor: ScriptedVendor, account: AccountReader) -> None:
    vendor.replies(succeed(COSTS))
    first, second = await account.packs()
    assert first == Pack("Trial-Video-100Units-5Con-1Months", Decimal(100), Decimal("61.5"), 1772592000000, usable=True)
    assert second == Pack("Old", Decimal(30), Decimal(0), None, usable=False)
    (seen,) = vendor.seen
    assert seen.path == "/account/costs"
    assert int(seen.query["start_time"]) < int(seen.query["end_time"]) == START


async def test_the_account_is_asked_once_a_second_at_most(vendor: ScriptedVendor, account: AccountReader) -> None:
    vendor.replies(succeed(COSTS))
    for _ in range(3):
        await account.packs()
    asked = [int(seen.query["end_time"]) for seen in vendor.seen]
    assert asked == [START, START + 1000, START + 2000]


@pytest.mark.parametrize(
    ("reply", "advice"),
    [
        (refuse(1002, status=401), Advice.TELL_OPERATOR),
        (succeed({"code": 1103, "msg": "no"}), Advice.TELL_OPERATOR),
        (succeed(None), Advice.RETRY),
    ],
    ids=["outer", "inner", "nothing"],
)
async def test_both_codes_of_the_answer_count(
    vendor: ScriptedVendor, account: AccountReader, reply: Reply, advice: Advice
) -> None:
    vendor.replies(reply)
    with pytest.raises(KlingFailure) as caught:
        await account.packs()
    assert (caught.value.advice, caught.value.uncertain) == (advice, False)


async def test_the_stand_in_shows_its_pack(stand_in: KlingStandIn) -> None:
    clock = SystemClock()
    credentials = ApiKey(stand_in.credentials.api_key)
    async with KlingClient(base_url=stand_in.base_url, credentials=credentials, clock=clock) as client:
        (pack,) = await AccountReader(client, clock).packs()
    assert pack.usable
    assert pack.remaining <= pack.total
