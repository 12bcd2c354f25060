"""Secrets that the web server makes for itself and that outlive restarts.

Vendors call back long after a submission, and links to clips are good for days.
"""

from __future__ import annotations

import os
import secrets
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from pathlib import Path

CALLBACK_FILE: Final = "callback-token"
LINK_FILE: Final = "link-key"
_BYTES: Final = 32


def load_callback_token(directory: Path) -> str:
    """Return the secret part of the callback address; see `load_secret`."""
    return load_secret(directory / CALLBACK_FILE)


def load_link_key(directory: Path) -> str:
    """Return the key that signs links to clips; see `load_secret`."""
    return load_secret(directory / LINK_FILE)


def load_secret(path: Path) -> str:
    """Return the secret kept in a file, making it at the first call; only its owner can read the file."""
    try:
        return path.read_text(encoding="ascii").strip()
    except FileNotFoundError:
        return _make(path)


def _make(path: Path) -> str:
    path.parent.mkdir(parents=True, exist_ok=True)
    token = secrets.token_urlsafe(_BYTES)
    part = path.with_suffix(".part")
    part.unlink(missing_ok=True)
    with os.fdopen(os.open(part, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w", encoding="ascii") as file:
        file.write(token)
    part.replace(path)
    return token
