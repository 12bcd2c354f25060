"""The explorer of the trigger words: audio types, their categories, their entries, a search."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

from bot.prompts.lexicon.entries import ENTRIES
from bot.prompts.text import stem


@dataclass(frozen=True, slots=True)
class Entry:
    """Trigger words that mean the same, with an example."""

    audio_type: str
    category: str
    words: tuple[str, ...]
    example: str

    @property
    def name(self) -> str:
        """The words as a title: `Tapping / Knocking`."""
        return " / ".join(self.words)


@lru_cache(maxsize=1)
def entries() -> tuple[Entry, ...]:
    """Return every entry in the order of the vendor's table."""
    return tuple(Entry(*entry) for entry in ENTRIES)


def audio_types() -> tuple[str, ...]:
    """Return the audio types."""
    return tuple(dict.fromkeys(entry.audio_type for entry in entries()))


def categories(audio_type: str) -> tuple[str, ...]:
    """Return the categories of an audio type."""
    return tuple(dict.fromkeys(entry.category for entry in entries() if entry.audio_type == audio_type))


def entries_of(audio_type: str, category: str | None = None) -> tuple[Entry, ...]:
    """Return the entries of an audio type, or of one category of it."""
    return tuple(entry for entry in entries() if entry.audio_type == audio_type and category in (None, entry.category))


def search(query: str, limit: int = 25) -> tuple[Entry, ...]:
    """Return the entries that fit what somebody types, the best first; everything for an empty query."""
    wanted = query.strip().lower()
    if not wanted:
        return entries()[:limit]
    stems = [stem(word) for word in wanted.split()]
    scored = [(_score(entry, wanted, stems), index, entry) for index, entry in enumerate(entries())]
    return tuple(entry for score, _, entry in sorted(scored, key=lambda one: (-one[0], one[1])) if score)[:limit]


def _score(entry: Entry, wanted: str, stems: list[str]) -> int:
    name = entry.name.lower()
    if name.startswith(wanted) or any(word.lower().startswith(wanted) for word in entry.words):
        return 4
    own = {stem(word) for word in name.replace("/", " ").split()}
    if all(any(one.startswith(typed) for one in own) for typed in stems):
        return 3
    place = f"{entry.audio_type} {entry.category}".lower()
    if wanted in place:
        return 2
    return 1 if wanted in entry.example.lower() else 0
