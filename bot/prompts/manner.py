"""Tells whether words say how somebody sounds or feels."""

from __future__ import annotations

import re

from bot.prompts.lexicon import feelings
from bot.prompts.text import any_of, holds

_WORD = re.compile(r"[a-z]+(?:-[a-z]+)*")
CHINESE_EXPRESSIVE = any_of(feelings.CHINESE_EXPRESSIVE)
_PLAIN_ADVERBS = frozenset(
    [
        "immediately", "only", "finally", "suddenly", "early", "family", "directly", "elderly", "lovely", "really",
        "nearly", "reply", "fly", "ally", "simply", "shortly", "subsequently", "briefly",
    ]
)  # fmt: skip


def is_expressive(text: str) -> bool:
    """Whether a stretch of prose names a feeling, a way of speaking or a voice."""
    for word in _WORD.findall(text.lower()):
        if word in feelings.EXPRESSIVE or (word.endswith("ly") and word not in _PLAIN_ADVERBS):
            return True
    return holds(text, CHINESE_EXPRESSIVE)
