"""Type: both scripts are shown, and nothing is ever a box."""

import pytest
from PIL import Image, ImageDraw

from bot.media.animatic.fonts import Typeface

FACE = Typeface(32, 600)


def drawn(text: str) -> bytes:
    image = Image.new("L", (400, 60))
    FACE.draw(ImageDraw.Draw(image), (10, 45), text, 255)
    return image.tobytes()


@pytest.mark.parametrize("text", ["你", "好", "雨", "é", "♪", "…", "A"])
def test_characters_have_pictures_of_their_own(text: str) -> None:
    blank, other = bytes(400 * 60), drawn("囧")

    assert drawn(text) not in {blank, other}


def test_chinese_characters_differ_from_each_other() -> None:
    sample = "你今天怎么这么晚才回来地铁停了我走"

    assert len({drawn(character) for character in sample}) == len(set(sample))


def test_what_no_font_knows_is_left_out() -> None:
    assert FACE.shown("Hi 😀\x00 there\U0010fffd") == "Hi there"
    assert drawn("a\U0010fffdb") == drawn("ab")


def test_long_text_is_shortened_to_its_room() -> None:
    short = FACE.shortened("A very long name that fits nowhere at all", 200)

    assert FACE.width(short) <= 200
    assert short.endswith("…")
    assert FACE.shortened("Ann", 200) == "Ann"


def test_weights_differ() -> None:
    assert Typeface(32, 300).width("Weight") < Typeface(32, 800).width("Weight")
