"""Links to clips: signed addresses of our own web server that nobody can guess and that end by themselves."""

from __future__ import annotations

import base64
import hashlib
import hmac
from typing import TYPE_CHECKING, Final

from bot.delivery.card import ClipLink
from bot.delivery.folder import file_name

if TYPE_CHECKING:
    from bot.clock import Clock
    from bot.jobs.job import Job

CLIP_PATH: Final = "/clips/"
_SIGNATURE_BYTES: Final = 20


class ClipLinks:
    """Makes and checks links `<public_url>/clips/<job>/<expiry>/<signature>/<name>.mp4`.

    `public_url` is where the web server is reached from outside, empty where it is not. `hours` is the life of a link.
    The name in the address is decoration, so that a browser saves the clip under it; the rest is signed.
    """

    def __init__(self, *, public_url: str, key: str, hours: float, clock: Clock) -> None:
        self._public_url = public_url
        self._key = key.encode()
        self._hours = hours
        self._clock = clock

    def __call__(self, job: Job) -> ClipLink | None:
        """Return a fresh link to the clip of a job, or None where there is no public address."""
        if not self._public_url:
            return None
        expires_at = self._clock.now() + round(self._hours * 3_600_000)
        expiry = str(expires_at // 1000)
        path = f"{CLIP_PATH}{job.id}/{expiry}/{self._sign(job.id, expiry)}/{file_name(job)}"
        return ClipLink(self._public_url + path, expires_at)

    def genuine(self, job_id: str, expiry: str, signature: str) -> bool:
        """Say whether a link was made by us, be it expired or not."""
        expected = self._sign(job_id, expiry)
        return hmac.compare_digest(signature.encode(), expected.encode())

    def seconds_left(self, expiry: str) -> int:
        """Return how long a genuine link is good for; 0 or less where it has expired."""
        return int(expiry) - self._clock.now() // 1000

    def _sign(self, job_id: str, expiry: str) -> str:
        digest = hmac.digest(self._key, f"{job_id}\n{expiry}".encode(), hashlib.sha256)
        return base64.b32encode(digest[:_SIGNATURE_BYTES]).decode().lower()
