"""`python -m bot.media.animatic SCRIPT.json CLIP.mp4`: renders one animatic and prints its report as JSON."""

from __future__ import annotations

import sys
from pathlib import Path

from bot.errors import MediaRefused
from bot.media.animatic.render import render
from bot.media.animatic.script import Script
from bot.media.animatic.worker import UNUSABLE_IMAGE


def main() -> int:
    """Render the script in the first file into the second; return the exit code."""
    if len(sys.argv) != 3:  # noqa: PLR2004 - the program and two files
        sys.stderr.write("Usage: python -m bot.media.animatic SCRIPT.json CLIP.mp4\n")
        return 2
    source, destination = Path(sys.argv[1]), Path(sys.argv[2])
    try:
        report = render(Script.model_validate_json(source.read_text("utf-8")), destination)
    except MediaRefused as refusal:
        sys.stderr.write(refusal.sentence.to_json())
        return UNUSABLE_IMAGE
    sys.stdout.write(report.model_dump_json())
    return 0


if __name__ == "__main__":
    sys.exit(main())
