"""What we call possible before a call and what the stand-in accepts are the same, over all combinations."""

from __future__ import annotations

import io
import itertools
from typing import TYPE_CHECKING, Any

import aiohttp
import pytest
from PIL import Image

from bot.catalog import Catalogue
from bot.clock import SystemClock
from bot.findings import Severity
from bot.jobs.request import Mode
from bot.providers.base import Advice, Submission
from bot.providers.kling import KlingFailure
from tests.support.kling import image_request, stored, text_request

if TYPE_CHECKING:
    from bot.findings import Finding
    from bot.jobs.request import Request
    from bot.providers.kling import AccessKeyPair, KlingProvider
    from bot.sandbox.kling import KlingStandIn
    from tests.integration.providers.kling.conftest import ProviderFactory


class Permissive(Catalogue):
    """A catalogue that calls everything possible, so that the vendor has to judge."""

    def check(self, request: Request) -> list[Finding]:
        del request
        return []


@pytest.fixture
def careless(
    stand_in: KlingStandIn, key_pair: AccessKeyPair, make_provider: ProviderFactory, catalogue: Catalogue
) -> KlingProvider:
    """Return a provider that sends what the model card forbids."""
    return make_provider(
        stand_in.base_url, credentials=key_pair, clock=SystemClock(), catalogue=Permissive(catalogue.cards)
    )


@pytest.fixture(scope="module")
def picture() -> bytes:
    content = io.BytesIO()
    Image.new("RGB", (640, 360), (200, 120, 40)).save(content, "PNG")
    return content.getvalue()


def text_requests() -> list[Request]:
    return [
        text_request(mode=mode, audio=audio, seconds=seconds, aspect_ratio=ratio)
        for mode, audio, seconds, ratio in itertools.product(Mode, [False, True], [4, 5, 10], ["16:9", "1:1", "4:3"])
    ]


def image_requests(voices: list[str]) -> list[Request]:
    return [
        image_request(
            mode=mode,
            audio=audio,
            seconds=seconds,
            voices=tuple(voices[:count]),
            end_image=stored() if tail else None,
        )
        for mode, audio, seconds, count, tail in itertools.product(
            Mode, [False, True], [5, 7, 10], [0, 1, 2, 3], [False, True]
        )
    ]


async def accepts(provider: KlingProvider, key: str, request: Request, picture: bytes) -> bool:
    """Order a clip and say whether the vendor took it."""
    image = picture if request.image else None
    end_image = picture if request.end_image else None
    try:
        await provider.submit(Submission(client_key=key, request=request, image=image, end_image=end_image))
    except KlingFailure as failure:
        if (failure.advice, failure.code, failure.uncertain) != (Advice.TELL_USER, 1201, False):
            raise
        return False
    return True


async def preset_voices(stand_in: KlingStandIn) -> list[str]:
    headers = {"Authorization": f"Bearer {stand_in.credentials.api_key}"}
    async with aiohttp.ClientSession(stand_in.base_url, headers=headers) as session:
        answer = await (await session.get("/v1/general/presets-voices")).json()
    items: list[dict[str, Any]] = answer["data"]
    return [item["task_result"]["voices"][0]["voice_id"] for item in items]


async def test_the_vendor_takes_exactly_what_we_call_possible(
    stand_in: KlingStandIn, customer: KlingProvider, careless: KlingProvider, picture: bytes
) -> None:
    stand_in.configure(slots=1000, fixed_submitted=3600)
    voices = await preset_voices(stand_in)
    assert len(voices) >= 3
    judged = {True: 0, False: 0}
    for number, request in enumerate([*text_requests(), *image_requests(voices)]):
        possible = not any(finding.severity is Severity.ERROR for finding in customer.validate(request))
        assert await accepts(careless, f"job-{number}", request, picture) is possible, request
        judged[possible] += 1
    assert min(judged.values()) >= 20
