"""Tells whether words say how somebody sounds or feels."""

from __future__ import annotations

import re

from bot.prompts.lexicon import feelings, given_names, people
from bot.prompts.text import any_of, holds, simplified

_WORD = re.compile(r"[a-z]+(?:-[a-z]+)*")
CHINESE_EXPRESSIVE = any_of(feelings.CHINESE_EXPRESSIVE)
#: 气呼呼地说: the sign that makes adverbs, before a verb of speech.
_CHINESE_ADVERB = re.compile("地(?=[大小轻低高]?声?[说问喊唱答道叫念讲吼回宣])")
#: Words about things that hold a sign of a manner: a 快递员 brings parcels, fast or not.
_CHINESE_THINGS = re.compile("快[递餐艇板门照车]|轻轨|慢跑|冷[饮库藏]|笑话|急[诊救]|懒人|音[乐响像]|配音|录音|声[明优]")
_PLAIN_ADVERBS = frozenset(
    [
        "immediately", "only", "finally", "suddenly", "early", "family", "directly", "elderly", "lovely", "really",
        "nearly", "reply", "fly", "ally", "simply", "shortly", "subsequently", "briefly",
    ]
)  # fmt: skip


def is_adverb(word: str) -> bool:
    """Return whether a word ends like an adverb and is nobody, as a family and Emily are."""
    if not word.endswith("ly"):
        return False
    return word not in people.PERSONS and word not in people.ANIMALS and word not in given_names.ALL


def is_expressive(text: str) -> bool:
    """Whether a stretch of prose names a feeling, a way of speaking or a voice."""
    for word in _WORD.findall(text.lower()):
        if word in feelings.EXPRESSIVE or (is_adverb(word) and word not in _PLAIN_ADVERBS):
            return True
    if text.isascii():
        return False
    told = _CHINESE_THINGS.sub("", simplified(text))
    return holds(told, CHINESE_EXPRESSIVE) or holds(told, _CHINESE_ADVERB)
