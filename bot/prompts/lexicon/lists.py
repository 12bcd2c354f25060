"""Writes word lists as text: easier to read and to extend than quoted words."""

from __future__ import annotations


def word_set(text: str) -> frozenset[str]:
    """Return the words of a text."""
    return frozenset(text.split())


def phrases(text: str) -> tuple[str, ...]:
    """Return the phrases of a text, which commas part."""
    return tuple(" ".join(phrase.split()) for phrase in text.split(",") if phrase.strip())
