"""Identifiers in the vendor's shapes, all from one seedable source."""

from __future__ import annotations

import uuid
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from random import Random

_FIRST_NUMBER = 850_000_000_000_000_000
_LARGEST_GAP = 10**9
_TOKEN_BITS = 160


class VendorIds:
    """Makes task, video, voice and request ids.

    The same seed gives the same ids in the same order, which makes a recorded run repeatable.
    """

    def __init__(self, random: Random) -> None:
        self._random = random
        self._last = _FIRST_NUMBER + random.randrange(10**15)

    def number(self) -> str:
        """Return a decimal string of 18 digits, greater than every earlier one."""
        self._last += self._random.randrange(1, _LARGEST_GAP)
        return str(self._last)

    def request_id(self) -> str:
        """Return a version 4 UUID."""
        return str(uuid.UUID(int=self._random.getrandbits(128), version=4))

    def token(self) -> str:
        """Return 40 hexadecimal characters that cannot be guessed from earlier ones without the seed."""
        return f"{self._random.getrandbits(_TOKEN_BITS):040x}"
