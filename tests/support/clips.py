"""Small real clips, good and bad, made with FFmpeg once per test session."""

from __future__ import annotations

import subprocess
from typing import TYPE_CHECKING

import imageio_ffmpeg  # type: ignore[import-untyped]  # the package carries no types

if TYPE_CHECKING:
    from pathlib import Path

H264 = ("-c:v", "libx264", "-preset", "ultrafast", "-pix_fmt", "yuv420p", "-profile:v", "main")
AAC = ("-c:a", "aac", "-b:a", "64k")
FASTSTART = ("-movflags", "+faststart")
SECONDS = 5.0417


def moving(seconds: float = SECONDS, size: str = "320x180", rate: int = 24) -> tuple[str, ...]:
    """Return the input of a test picture that moves."""
    return ("-f", "lavfi", "-t", f"{seconds}", "-i", f"testsrc2=s={size}:r={rate}")


def tone(seconds: float = SECONDS) -> tuple[str, ...]:
    """Return the input of an audible tone."""
    return ("-f", "lavfi", "-t", f"{seconds}", "-i", "sine=f=330:r=48000")


def plain(color: str, seconds: float = SECONDS) -> tuple[str, ...]:
    """Return the input of a picture of one colour."""
    return ("-f", "lavfi", "-t", f"{seconds}", "-i", f"color={color}:s=320x180:r=24")


def silence(seconds: float = SECONDS) -> tuple[str, ...]:
    """Return the input of a sound track without a sound."""
    return ("-f", "lavfi", "-t", f"{seconds}", "-i", "anullsrc=r=48000:cl=stereo")


class ClipMaker:
    """Makes clips in one directory; the same name is made once."""

    def __init__(self, directory: Path) -> None:
        self.directory = directory

    def make(self, name: str, *arguments: str) -> Path:
        """Return the clip `name`, made by FFmpeg with `arguments` unless it exists."""
        path = self.directory / name
        if not path.exists():
            ffmpeg(*arguments, str(path))
        return path

    def write(self, name: str, content: bytes) -> Path:
        """Return a file of this content."""
        path = self.directory / name
        path.write_bytes(content)
        return path

    def good(self) -> Path:
        """Return a clip as the vendor delivers it: 121 frames at 24/s, H.264, AAC, index in front."""
        return self.make("good.mp4", *moving(), *tone(), *H264, *AAC, *FASTSTART)


def ffmpeg(*arguments: str) -> None:
    """Run FFmpeg and fail with its message if it fails."""
    argv = [imageio_ffmpeg.get_ffmpeg_exe(), "-nostdin", "-v", "error", "-y", *arguments]
    finished = subprocess.run(argv, capture_output=True, text=True, check=False)
    assert finished.returncode == 0, finished.stderr


def names(directory: Path) -> list[str]:
    """Return what a directory contains, sorted."""
    return sorted(entry.name for entry in directory.iterdir())
