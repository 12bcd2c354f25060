from __future__ import annotations

import io
import random
import struct
import time
import zlib
from typing import TYPE_CHECKING, Any

import pytest
from PIL import Image, ImageCms, ImageDraw

from bot.errors import MediaRefused
from bot.media.images import ImageRules, prepare_image, prepare_image_file
from tests.support.clips import names

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from bot.jobs.request import StoredFile
    from bot.storage.files import FileStore


def picture(size: tuple[int, int] = (800, 600), mode: str = "RGB", kind: str = "PNG", **options: Any) -> bytes:
    """Return an encoded picture with a red upper left corner."""
    image = Image.new("RGB", size, "navy")
    ImageDraw.Draw(image).rectangle((0, 0, size[0] // 4, size[1] // 4), fill="red")
    buffer = io.BytesIO()
    image.convert(mode).save(buffer, kind, **options)
    return buffer.getvalue()


def photograph(size: tuple[int, int]) -> Image.Image:
    """Return a picture that compresses badly."""
    return Image.frombytes("RGB", size, random.Random(0).randbytes(size[0] * size[1] * 3))


async def kept(store: FileStore, content: bytes, rules: ImageRules | None = None) -> tuple[StoredFile, Image.Image]:
    stored = await prepare_image(content, store, rules)
    image = Image.open(store.path(stored.digest))
    image.load()
    assert image.size == (stored.width, stored.height)
    assert store.path(stored.digest).stat().st_size == stored.size
    return stored, image


def is_red(color: Any) -> bool:
    red, green, blue = color[:3]
    return bool(red > 200 and green < 60 and blue < 60)


class TestAccepted:
    async def test_a_png_stays_a_png(self, store: FileStore) -> None:
        stored, image = await kept(store, picture())
        assert (stored.media_type, image.format, image.mode) == ("image/png", "PNG", "RGB")
        assert (stored.width, stored.height) == (800, 600)

    async def test_a_jpeg_stays_a_jpeg(self, store: FileStore) -> None:
        stored, image = await kept(store, picture(kind="JPEG"))
        assert (stored.media_type, image.format) == ("image/jpeg", "JPEG")

    async def test_a_webp_becomes_a_jpeg(self, store: FileStore) -> None:
        stored, image = await kept(store, picture(kind="WEBP"))
        assert (stored.media_type, image.format) == ("image/jpeg", "JPEG")

    async def test_content_decides_not_the_name(self, store: FileStore, tmp_path: Path) -> None:
        liar = tmp_path / "liar.txt"
        liar.write_bytes(picture())
        assert (await prepare_image_file(liar, store)).media_type == "image/png"

    @pytest.mark.parametrize("mode", ["RGBA", "LA", "P", "L", "1"])
    async def test_every_kind_of_png_becomes_plain_colour(self, store: FileStore, mode: str) -> None:
        _, image = await kept(store, picture(mode=mode))
        assert image.mode == "RGB"

    async def test_transparency_becomes_white(self, store: FileStore) -> None:
        buffer = io.BytesIO()
        Image.new("RGBA", (400, 400), (255, 0, 0, 0)).save(buffer, "PNG")
        _, image = await kept(store, buffer.getvalue())
        assert image.getpixel((5, 5)) == (255, 255, 255)

    async def test_a_transparent_palette_colour_becomes_white(self, store: FileStore) -> None:
        buffer = io.BytesIO()
        palette = Image.new("RGB", (400, 400), "red").convert("P")
        palette.save(buffer, "PNG", transparency=palette.getpixel((5, 5)))
        _, image = await kept(store, buffer.getvalue())
        assert image.getpixel((5, 5)) == (255, 255, 255)

    async def test_sixteen_bits_are_scaled_not_cut(self, store: FileStore) -> None:
        buffer = io.BytesIO()
        Image.new("I;16", (400, 400), 0x8000).save(buffer, "PNG")
        _, image = await kept(store, buffer.getvalue())
        assert image.getpixel((5, 5)) == (127, 127, 127)

    async def test_printing_colours_become_screen_colours(self, store: FileStore) -> None:
        _, image = await kept(store, picture(mode="CMYK", kind="JPEG", quality=95))
        assert image.mode == "RGB"
        assert is_red(image.getpixel((20, 20)))

    async def test_a_turned_photograph_stands_upright_afterwards(self, store: FileStore) -> None:
        exif = Image.Exif()
        exif[0x0112] = 6  # to be turned clockwise by 90 degrees
        stored, image = await kept(store, picture(kind="JPEG", quality=95, exif=exif))
        assert (stored.width, stored.height) == (600, 800)
        assert is_red(image.getpixel((580, 20)))

    @pytest.mark.parametrize("kind", ["PNG", "JPEG", "WEBP"])
    async def test_where_and_by_whom_it_was_taken_is_forgotten(self, store: FileStore, kind: str) -> None:
        exif = Image.Exif()
        exif[0x013B] = "A. Photographer"
        exif.get_ifd(0x8825)[1] = "N"
        profile = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
        content = picture(kind=kind, exif=exif, icc_profile=profile)
        assert b"Photographer" in content
        stored, image = await kept(store, content)
        assert b"Photographer" not in store.path(stored.digest).read_bytes()
        assert not image.getexif()
        assert set(image.info) <= {"jfif", "jfif_version", "jfif_unit", "jfif_density"}

    async def test_wide_colours_keep_their_look(self, store: FileStore) -> None:
        """In this profile the primaries are swapped, so ignoring it would keep red red."""
        swapped = _swapped_profile()
        _, image = await kept(store, picture(kind="JPEG", quality=95, icc_profile=swapped))
        assert not is_red(image.getpixel((20, 20)))

    async def test_a_nonsense_profile_is_ignored(self, store: FileStore) -> None:
        _, image = await kept(store, picture(kind="JPEG", quality=95, icc_profile=b"nonsense" * 40))
        assert is_red(image.getpixel((20, 20)))

    async def test_a_large_picture_is_made_smaller(self, store: FileStore) -> None:
        stored, _ = await kept(store, picture((1500, 1000)), ImageRules(longest_side=900))
        assert (stored.width, stored.height) == (900, 600)

    async def test_a_heavy_png_becomes_a_jpeg_within_the_limit(self, store: FileStore) -> None:
        buffer = io.BytesIO()
        photograph((800, 600)).save(buffer, "PNG")
        stored, _ = await kept(store, buffer.getvalue(), ImageRules(largest_bytes=600_000))
        assert stored.media_type == "image/jpeg"
        assert stored.size <= 600_000

    async def test_a_jpeg_with_further_views_is_its_first(self, store: FileStore) -> None:
        buffer = io.BytesIO()
        first = Image.new("RGB", (400, 400), "red")
        first.save(buffer, "MPO", save_all=True, append_images=[Image.new("RGB", (400, 400), "blue")])
        _, image = await kept(store, buffer.getvalue())
        assert is_red(image.getpixel((5, 5)))

    async def test_the_same_picture_is_kept_once(self, store: FileStore) -> None:
        first, _ = await kept(store, picture())
        second, _ = await kept(store, picture())
        assert first == second


class TestRefused:
    @pytest.fixture(autouse=True)
    def _nothing_left_and_bounded(self, tmp_path: Path) -> Iterator[None]:
        started = time.monotonic()
        yield
        assert time.monotonic() - started < 25
        assert names(tmp_path / "data" / "work") == []
        assert names(tmp_path / "data" / "files") == []

    async def refusal(self, store: FileStore, content: bytes) -> str:
        with pytest.raises(MediaRefused) as refused:
            await prepare_image(content, store)
        return str(refused.value)

    async def test_nothing(self, store: FileStore) -> None:
        assert await self.refusal(store, b"") == "The file is empty."

    async def test_a_large_upload(self, store: FileStore) -> None:
        assert "has 31 MB; at most 30 MB" in await self.refusal(store, bytes(31 << 20))

    @pytest.mark.parametrize("kind", ["GIF", "BMP", "TIFF", "ICO", "PPM"])
    async def test_other_formats(self, store: FileStore, kind: str) -> None:
        assert "not a PNG, JPEG or WebP" in await self.refusal(store, picture(kind=kind))

    @pytest.mark.parametrize(
        "content",
        [
            b"<svg xmlns='http://www.w3.org/2000/svg'/>",
            b"%!PS-Adobe-3.0 EPSF-3.0\n",
            b"\x89PNG\r\n\x1a\n",
            b"\xff\xd8\xff\xe0",
            random.Random(1).randbytes(50_000),
        ],
        ids=["svg", "postscript", "png signature", "jpeg signature", "noise"],
    )
    async def test_no_picture(self, store: FileStore, content: bytes) -> None:
        assert "not a PNG, JPEG or WebP" in await self.refusal(store, content)

    @pytest.mark.parametrize("kind", ["PNG", "JPEG", "WEBP"])
    async def test_half_a_picture(self, store: FileStore, kind: str) -> None:
        buffer = io.BytesIO()
        photograph((400, 400)).save(buffer, kind)
        content = buffer.getvalue()
        sentence = await self.refusal(store, content[: len(content) // 2])
        assert "damaged" in sentence or "not a PNG" in sentence

    @pytest.mark.parametrize("side", [7000, 30_000, 60_000])
    async def test_a_bomb(self, store: FileStore, side: int) -> None:
        """A few kilobytes that claim up to 3.6 billion pixels."""
        assert "more than 40 million pixels" in await self.refusal(store, _bomb(side, side))

    async def test_a_bomb_in_a_text_chunk(self, store: FileStore) -> None:
        text = b"Comment\0\0" + zlib.compress(bytes(20 << 20), 9)
        content = picture()
        end_of_header = 8 + 25
        bomb = content[:end_of_header] + _chunk(b"zTXt", text) + content[end_of_header:]
        await self.refusal(store, bomb)

    @pytest.mark.parametrize("kind", ["PNG", "WEBP"])
    async def test_an_animation(self, store: FileStore, kind: str) -> None:
        frames = [Image.new("RGB", (400, 400), color) for color in ("red", "green")]
        buffer = io.BytesIO()
        frames[0].save(buffer, kind, save_all=True, append_images=frames[1:])
        assert await self.refusal(store, buffer.getvalue()) == "The image is animated. Send a still picture."

    async def test_a_small_picture(self, store: FileStore) -> None:
        assert await self.refusal(store, picture((400, 200))) == (
            "The image has 400 x 200 pixels; each side needs at least 300. Send a larger one."
        )

    @pytest.mark.parametrize("size", [(1600, 600), (600, 1600)])
    async def test_a_narrow_picture(self, store: FileStore, size: tuple[int, int]) -> None:
        sentence = await self.refusal(store, picture(size))
        assert sentence == (
            f"The image has {size[0]} x {size[1]} pixels; one side may be at most 2.5 times the other. Crop it."
        )


def _chunk(kind: bytes, content: bytes) -> bytes:
    return struct.pack(">I", len(content)) + kind + content + struct.pack(">I", zlib.crc32(kind + content))


def _bomb(width: int, height: int) -> bytes:
    """Return a valid black-and-white PNG whose few kilobytes are any number of pixels."""
    header = struct.pack(">IIBBBBB", width, height, 1, 0, 0, 0, 0)
    packer = zlib.compressobj(9)
    row = bytes(1 + (width + 7) // 8)
    data = b"".join(packer.compress(row) for _ in range(min(height, 4000))) + packer.flush()
    return b"\x89PNG\r\n\x1a\n" + _chunk(b"IHDR", header) + _chunk(b"IDAT", data) + _chunk(b"IEND", b"")


def _swapped_profile() -> bytes:
    """Return an sRGB profile in which the tags of the red and the blue primary have changed places."""
    profile = bytearray(ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes())
    red, blue = profile.index(b"rXYZ"), profile.index(b"bXYZ")
    profile[red : red + 4], profile[blue : blue + 4] = b"bXYZ", b"rXYZ"
    return bytes(profile)
