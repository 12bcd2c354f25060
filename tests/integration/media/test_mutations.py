"""Files with damaged headers: whatever is broken in them, the answer is a verdict and never a fault of ours."""

from __future__ import annotations

import io
import json
import subprocess
import sys
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from PIL import Image

import bot.media.children
from bot.media.images import ImageRules
from tests.support.clips import AAC, H264, moving, tone

if TYPE_CHECKING:
    from tests.support.clips import ClipMaker

# Runs in one process of its own: hundreds of starts would take minutes, and a crash would take the tests with it.
DRIVER = """
import importlib.util, json, random, sys
order = json.loads(sys.argv[1])
spec = importlib.util.spec_from_file_location("child", order["child"])
child = importlib.util.module_from_spec(spec)
sys.modules["child"] = child
spec.loader.exec_module(child)
original = open(order["source"], "rb").read()
verdicts = {"accepted": 0, "refused": 0}
pillow = getattr(child, "Image", None)
bombs = (pillow.DecompressionBombError, pillow.DecompressionBombWarning) if pillow else ()
for seed in range(order["mutations"]):
    chance = random.Random(seed)
    content = bytearray(original)
    for _ in range(chance.choice([1, 3, 10])):
        position = chance.randrange(min(len(content), order["header"]))
        length = chance.choice([1, 1, 4])
        content[position : position + length] = chance.randbytes(length)
    open(order["mutant"], "wb").write(content)
    try:
        exec(order["call"], {"child": child, "order": order})
        verdicts["accepted"] += 1
    except (child.Refused, MemoryError, *bombs):
        verdicts["refused"] += 1
print(json.dumps(verdicts))
"""


def mutate(program: str, source: Path, call: str, tmp_path: Path, *, mutations: int, header: int) -> dict[str, int]:
    children = Path(bot.media.children.__file__).parent
    order = {
        "child": str(children / f"{program}.py"),
        "source": str(source),
        "mutant": str(tmp_path / "mutant"),
        "call": call,
        "mutations": mutations,
        "header": header,
    }
    argv = [sys.executable, "-c", DRIVER, json.dumps(order)]
    finished = subprocess.run(argv, capture_output=True, text=True, check=False, timeout=120)
    assert finished.returncode == 0, finished.stderr[-3000:]
    verdicts: dict[str, int] = json.loads(finished.stdout)
    return verdicts


@pytest.mark.parametrize("ending", ["mp4", "mkv"])
def test_clips(clips: ClipMaker, tmp_path: Path, ending: str) -> None:
    source = clips.make(f"small.{ending}", *moving(0.5, "64x64"), *tone(0.5), *H264, *AAC, "-movflags", "+faststart")
    call = "child.examine(order['mutant'], 900, look=True)"
    verdicts = mutate("probe", source, call, tmp_path, mutations=80, header=2500)
    assert verdicts["accepted"] > 5
    assert verdicts["refused"] > 5


@pytest.mark.parametrize("kind", ["PNG", "JPEG", "WEBP"])
def test_images(tmp_path: Path, kind: str) -> None:
    image = Image.linear_gradient("L").resize((320, 320)).convert("RGB")
    buffer = io.BytesIO()
    image.save(buffer, kind)
    source = tmp_path / "source"
    source.write_bytes(buffer.getvalue())
    rules = ImageRules(most_pixels=1_000_000)
    order = {"source": str(tmp_path / "mutant"), "destination": str(tmp_path / "out"), **asdict(rules)}
    call = f"child.Image.MAX_IMAGE_PIXELS = {rules.most_pixels}\nchild.convert({order})"
    verdicts = mutate("picture", source, call, tmp_path, mutations=100, header=400)
    assert verdicts["refused"] > 5
