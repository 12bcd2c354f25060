"""Who appears in a prompt: one character per label, however the label is spelled."""

# Chinese punctuation and curly quotes are data here.
# ruff: noqa: RUF001

from __future__ import annotations

from dataclasses import dataclass, field
from itertools import islice
from typing import TYPE_CHECKING

from bot.prompts.model import Character, Span
from bot.prompts.text import label_key

if TYPE_CHECKING:
    from bot.prompts.apart import Identity
    from bot.prompts.subjects import Subject

#: How many can be meant by "they" or "everyone".
_MOST_TOGETHER = 24
#: `The older one` and `the other one` are two, and neither is found by the noun.
_ANYBODY = "one"


@dataclass(slots=True)
class _Entry:
    label: str
    span: Span
    bracketed: bool
    spellings: list[str] = field(default_factory=list)


def _is_another(key: str, entry: _Entry) -> bool:
    """Return whether prose tells somebody from a person of prose by other adjectives: a short man from a tall man."""
    told, noun = key.split(), label_key(entry.label).split()
    return (
        not entry.bracketed
        and min(len(told), len(noun)) > 1
        and told[-1] == noun[-1]
        and set(told[:-1]).isdisjoint(noun[:-1])
    )


class Cast:
    """Collects characters while a prompt is read and finds them again under other spellings of their labels."""

    def __init__(self) -> None:
        self._entries: list[_Entry] = []
        self._by_key: dict[str, _Entry] = {}
        self._by_noun: dict[str, list[_Entry]] = {}
        self._by_word: dict[str, list[_Entry]] = {}
        self._by_identity: dict[Identity, str] = {}

    def add(self, label: str, span: Span, *, bracketed: bool) -> str:
        """Note an appearance and return the label under which the character is known."""
        key = label_key(label)
        entry = self._by_key.get(key)
        if entry is None:
            entry = _Entry(label, span, bracketed)
            self._entries.append(entry)
            self._by_key[key] = entry
            self._by_noun.setdefault(key.rpartition(" ")[2], []).append(entry)
            for word in set(key.split()):
                self._by_word.setdefault(word, []).append(entry)
            self._add_parts(key, entry)
        elif label != entry.label and label not in entry.spellings:
            entry.spellings.append(label)
        entry.bracketed = entry.bracketed or bracketed
        return entry.label

    def of_prose(self, subject: Subject, identity: Identity | None) -> tuple[str, bool]:
        """Return the label of somebody in prose, and whether it was known; `identity` where the noun does not tell.

        The first of several may have been known by the noun alone: `A boy … A second boy … The first boy`.
        """
        known = self.find(subject.words) if identity is None else self._by_identity.get(identity)
        if known is None and identity is not None and identity.is_first:
            alone = self._by_key.get(identity.noun)
            known = None if alone is None else alone.label
        label = known or self.add(subject.label, subject.span, bracketed=False)
        if identity is not None:
            self._by_identity[identity] = label
        return label, known is not None

    def _add_parts(self, key: str, entry: _Entry) -> None:
        """`Character A: Night Guard` answers to `Character A` and to `Night Guard` too."""
        role, colon, name = key.replace("：", ":").partition(":")
        if colon:
            for part in (role.strip(), name.strip()):
                if part:
                    self._by_key.setdefault(part, entry)

    def find(self, words: str) -> str | None:
        """Return the character whose label is `words`, or the only one whose label holds the last of these words."""
        key = label_key(words)
        entry = self._by_key.get(key)
        if entry is not None:
            return entry.label
        noun = key.rpartition(" ")[2]
        if not noun or noun == _ANYBODY:
            return None
        holding = self._by_noun.get(noun) or self._by_word.get(noun) or []
        return holding[0].label if len(holding) == 1 and not _is_another(key, holding[0]) else None

    def before(self, position: int) -> list[str]:
        """Return the labels that appeared before a position, in the order of first appearance; of many, the last."""
        earlier = (entry.label for entry in reversed(self._entries) if entry.span.start < position)
        return list(islice(earlier, _MOST_TOGETHER))[::-1]

    def characters(self) -> tuple[Character, ...]:
        """Everybody, in the order of the text."""
        ordered = sorted(self._entries, key=lambda entry: entry.span.start)
        return tuple(Character(entry.label, entry.span, tuple(entry.spellings), entry.bracketed) for entry in ordered)
