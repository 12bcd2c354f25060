"""Values that were worked out by others: the token, the signature, and the measured sizes of clips."""

import pytest

from bot.sandbox.kling.answers import VendorError
from bot.sandbox.kling.authentication import Credentials, authenticate
from bot.sandbox.kling.callbacks import sign
from bot.sandbox.kling.models import frame_size
from bot.sandbox.kling.rendering import RenderOrder
from tests.support.clock import ManualClock
from tests.support.kling_stand_in import WEBHOOK_SECRET

TOKEN = (
    "eyJhbGciOiJIUzI1NiIsInR5cCI6IkpXVCJ9"
    ".eyJpc3MiOiJhay1kZW1vLTAwMDEiLCJleHAiOjE3NjcyMjc0MDAsIm5iZiI6MTc2NzIyNTU5NX0"
    ".Ixe4Ud3G6VYIz31_WkPEgmZz2l-j15n5ocTgZU3rtm8"
)
KEYS = Credentials(access_key="ak-demo-0001", secret_key="sk-demo-0001-not-a-real-secret", api_key="unused")


@pytest.mark.filterwarnings("ignore::jwt.InsecureKeyLengthWarning")
@pytest.mark.parametrize(("now", "code"), [(1767225594, 1003), (1767225595, 0), (1767227399, 0), (1767227400, 1004)])
def test_the_golden_token_is_good_for_its_time(now: int, code: int) -> None:
    try:
        authenticate(f"Bearer {TOKEN}", KEYS, ManualClock(now * 1000))
        seen = 0
    except VendorError as error:
        seen = error.code
    assert seen == code


def test_the_golden_signature() -> None:
    content = (
        b'{"id":"1234567890","status":"succeeded","message":"","create_time":1781080778802,"update_time":1781080794151}'
    )
    signature = sign(WEBHOOK_SECRET, "9876543210", 1781080794, content)
    assert signature == "v1,UsKlJP00XoQyOn410NM9xv34sP+Gl0jnOO9Lcpr7NJ4="


@pytest.mark.parametrize(
    ("mode", "ratio", "size"),
    [
        ("std", (16, 9), (1280, 720)),
        ("std", (9, 16), (720, 1280)),
        ("std", (1, 1), (960, 960)),
        ("std", (4, 3), (1108, 828)),
        ("pro", (16, 9), (1920, 1080)),
        ("pro", (9, 16), (1080, 1920)),
        ("pro", (1, 1), (1440, 1440)),
    ],
)
def test_the_measured_sizes(mode: str, ratio: tuple[int, int], size: tuple[int, int]) -> None:
    assert frame_size(mode, *ratio) == size


@pytest.mark.parametrize(("seconds", "duration"), [(3, "3.041"), (5, "5.041"), (10, "10.041")])
def test_the_measured_lengths(seconds: int, duration: str) -> None:
    assert RenderOrder(prompt="", seconds=seconds, width=16, height=16, audio=False).duration == duration
