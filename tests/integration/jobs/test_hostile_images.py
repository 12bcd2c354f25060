"""Pictures that are not what they seem: a clear sentence, nothing charged, nothing sent, nothing left behind."""

from __future__ import annotations

import struct
import zlib
from io import BytesIO
from typing import TYPE_CHECKING

import pytest
from PIL import Image

from bot.__main__ import FAILURE, main
from bot.cli.terminal import Terminal
from bot.errors import MediaRefused
from bot.jobs.request import InputKind, Mode, Request, StoredFile
from bot.jobs.state import JobState
from bot.sandbox.kling.faults import AnswerFault
from bot.sandbox.kling.models import Product
from tests.support.kling_stand_in import picture_bytes

if TYPE_CHECKING:
    from pathlib import Path

    from bot.sandbox.kling import KlingStandIn
    from tests.support.live import House


def bomb(width: int = 60_000, height: int = 60_000) -> bytes:
    """A PNG of a few kilobytes that claims more pixels than any machine should unpack."""

    def chunk(kind: bytes, content: bytes) -> bytes:
        checked = kind + content
        return struct.pack(">I", len(content)) + checked + struct.pack(">I", zlib.crc32(checked))

    header = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n"
        + chunk(b"IHDR", header)
        + chunk(b"IDAT", zlib.compress(bytes(1 << 20)))
        + chunk(b"IEND", b"")
    )


def animation() -> bytes:
    frames = [Image.new("RGB", (400, 300), color) for color in ("red", "blue")]
    buffer = BytesIO()
    frames[0].save(buffer, "WEBP", save_all=True, append_images=frames[1:])
    return buffer.getvalue()


NOT_A_PICTURE = "This is not a PNG, JPEG or WebP image"
HOSTILE = {
    "wrong type": ("notes.txt", b"not a picture at all\n" * 100, NOT_A_PICTURE),
    "program": ("tool.png", b"\x7fELF" + bytes(4096), NOT_A_PICTURE),
    "lying extension": ("photo.png", b"GIF89a" + bytes(4096), NOT_A_PICTURE),
    "vector": (
        "drawing.svg",
        b'<svg xmlns="http://www.w3.org/2000/svg"><image href="file:///etc/passwd"/></svg>',
        NOT_A_PICTURE,
    ),
    "playlist": ("list.jpg", b"#EXTM3U\n#EXTINF:5,\nfile:///etc/passwd\n", NOT_A_PICTURE),
    "empty": ("empty.png", b"", "empty"),
    "bomb": ("bomb.png", bomb(), "more than 40 million pixels"),
    "truncated": ("half.png", picture_bytes()[:200], "damaged"),
    "header only": ("header.jpg", picture_bytes(kind="JPEG")[:40], "not a PNG|damaged"),
    "animated": ("moving.webp", animation(), "animated"),
    "too small": ("stamp.png", picture_bytes(120, 80), "120 x 80 pixels"),
    "too narrow": ("strip.png", picture_bytes(1200, 320), "one side may be at most 2.5 times the other"),
    "40 MB": ("large.png", picture_bytes() + bytes(40 << 20), "has 40 MB; at most 30 MB are accepted"),
}


@pytest.mark.parametrize("kind", HOSTILE)
async def test_a_hostile_picture_costs_nothing_and_leaves_nothing(
    house: House, vendor: KlingStandIn, kind: str
) -> None:
    name, content, says = HOSTILE[kind]
    path = house.directory / name
    path.write_bytes(content)
    app = await house.start()
    with pytest.raises(MediaRefused, match=says) as refusal:
        await Terminal(app).take_in(path)
    assert str(refusal.value).startswith(f"{path}: ")
    assert str(refusal.value).endswith("Nothing was charged.")
    assert house.kept() == []
    assert path.stat().st_size == len(content)
    sums = await house.sums()
    assert (sums.minted, sums.held) == (0, 0)
    assert len(vendor.tasks) == 0


async def take_in(house: House) -> Request:
    """A request that begins with a good picture."""
    path = house.directory / "photo.png"
    path.write_bytes(picture_bytes())
    image = await Terminal(house.app).take_in(path)
    return Request(input=InputKind.IMAGE, prompt="It rains.", mode=Mode.STANDARD, audio=False, image=image)


async def test_a_good_picture_becomes_a_clip(house: House, vendor: KlingStandIn) -> None:
    await house.start()
    job = await house.make(await take_in(house))
    assert (job.state, job.message) == (JobState.DELIVERED, None)
    assert house.files() == [job.receipt]
    assert [task.product for task in vendor.tasks] == [Product.IMAGE_TO_VIDEO]
    await house.sums()


async def test_a_picture_that_the_vendor_cannot_read_gives_the_credits_back(house: House, vendor: KlingStandIn) -> None:
    vendor.faults.add(AnswerFault(code=1201, message="File is not in a valid base64 format"))
    await house.start()
    job = await house.make(await take_in(house))
    await house.check_end(job, JobState.FAILED, "^Kling could not read the image. Use another image.", fetched=True)
    assert house.calls()["create"] == 1


async def test_a_picture_that_vanished_before_it_was_sent_gives_the_credits_back(house: House) -> None:
    await house.start()
    gone = StoredFile(digest="ab" * 32, media_type="image/png", size=1000, width=800, height=600)
    request = (await take_in(house)).model_copy(update={"image": gone})
    for path in house.kept():
        path.unlink()
    job = await house.make(request)
    await house.check_end(job, JobState.FAILED, "^The image of this request is no longer stored. Please send it again.")
    assert house.calls()["create"] == 0


def test_the_command_says_it_in_one_sentence(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "photo.png").write_bytes(b"GIF89a" + bytes(4096))
    code = main(["generate", "--local", "--prompt", "It rains.", "--image", "photo.png", "--out", "out"])
    told = capsys.readouterr()
    assert (code, told.out) == (FAILURE, "")
    assert told.err.splitlines()[-1] == (
        "photo.png: This is not a PNG, JPEG or WebP image, whatever its name says. Send one of these. "
        "Nothing was charged."
    )
    assert "Traceback" not in told.err
    assert not (tmp_path / "out").exists()
    data = tmp_path / "data"
    assert [path for part in ("files", "work") for path in data.rglob(f"{part}/*")] == []
