"""Which part of a list somebody asks for."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeVar

from bot.sandbox.kling.answers import invalid

if TYPE_CHECKING:
    from collections.abc import Sequence

    from aiohttp import web

Item = TypeVar("Item")

_LARGEST_NUMBER = 1000
_LARGEST_SIZE = 500


@dataclass(frozen=True, slots=True)
class PageRequest:
    """A page by its number, from 1, and its size."""

    number: int
    size: int

    @classmethod
    def of(cls, request: web.Request) -> PageRequest:
        """Read `pageNum` and `pageSize`; raise the vendor's refusal if one is out of range."""
        return cls(
            number=_parameter(request, "pageNum", usual=1, largest=_LARGEST_NUMBER),
            size=_parameter(request, "pageSize", usual=30, largest=_LARGEST_SIZE),
        )

    def cut(self, items: Sequence[Item]) -> Sequence[Item]:
        """Return the page; past the end it is empty."""
        return items[(self.number - 1) * self.size : self.number * self.size]


def _parameter(request: web.Request, name: str, *, usual: int, largest: int) -> int:
    text = request.query.get(name)
    if text is None:
        return usual
    if not text.isdecimal() or not 1 <= int(text) <= largest:
        raise invalid(f"{name} value '{text}' is invalid")
    return int(text)
