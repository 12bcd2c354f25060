"""`python -m bot.sandbox.kling.animatic_child SCRIPT.json CLIP.mp4`: renders one animatic and ends."""

from __future__ import annotations

import sys
from pathlib import Path

from bot.media.animatic import Script
from bot.media.animatic.render import render


def main() -> None:
    """Render the script named by the first argument into the file named by the second."""
    script, destination = (Path(argument) for argument in sys.argv[1:])
    render(Script.model_validate_json(script.read_text(encoding="utf-8")), destination)


if __name__ == "__main__":
    main()
