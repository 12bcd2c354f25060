"""Finds who is meant in a stretch of Chinese prose, and how somebody speaks in it."""

# Chinese punctuation is data here.
# ruff: noqa: RUF001

from __future__ import annotations

import re

from bot.prompts.lexicon import people
from bot.prompts.lexicon.lists import phrases
from bot.prompts.lexicon.structure import CHINESE_MARKERS
from bot.prompts.model import Span
from bot.prompts.subjects import Subject
from bot.prompts.text import BRACKET, QUOTE, VOICE
from bot.prompts.verbs import CHINESE_VERB

_CHINESE_LEAD = re.compile(
    "^(?:"
    + "|".join(
        (
            *CHINESE_MARKERS,
            "这时",
            "此时",
            "突然",
            "忽然",
            "于是",
            "一个",
            "一群",
            "几个",
            "两个",
            "两位",
            "一对",
            "一位",
            "一名",
            "一只",
            "一头",
            "一条",
            "两只",
            "几只",
            "这个",
            "这位",
            "那个",
            "那位",
            "有",
            "，",
            ",",
            " ",
        )
    )
    + ")+"
)
_CHINESE_OTHERS = phrases(
    """老师傅, 师傅, 小熊猫, 熊猫, 猫咪, 猫, 狗, 兔子, 老虎, 狮子, 猴子, 狐狸, 松鼠, 企鹅, 大象, 青蛙, 乌龟, 老鼠, 小鸟,
    鹦鹉, 小猪, 小鸡, 小鸭, 小马, 小熊, 小鹿, 小羊, 恐龙"""
)
_CHINESE_PERSON = re.compile(
    "|".join(sorted(map(re.escape, (*people.CHINESE_PERSONS, *_CHINESE_OTHERS)), key=len, reverse=True))
)
_CHINESE_TRADE = re.compile("[^在笑微说对向看走站坐，。：、把拿举的地着声\\W]{1,3}")
_CHINESE_ASIDE = re.compile(r"[(（][^()（）]{0,60}[)）]")
_CHINESE_PRONOUN = re.compile("(?:他们|她们|它们|他|她|它)(?!们)")
_CHINESE_MANNER = re.compile(
    "(?:地|着|一起|同时|异口同声|齐声|开心|高兴|微笑|生气|大声|小声|轻声|低声|转身|对|向|看).*$"
)
_CHINESE_ADVERB = re.compile(r"[\u4e00-\u9fff]{1,6}[地着]$")
_CHINESE_NAME_LIMIT = 12
_CHINESE_BARE_NAME_LIMIT = 6


def chinese_subject(text: str, start: int, end: int) -> Subject | None:
    """Return the subject of a Chinese clause such as 女孩推开窗 / 笑着说."""
    stretch = _CHINESE_ASIDE.sub(lambda aside: " " * len(aside.group()), text[start:end])
    lead = _CHINESE_LEAD.match(stretch)
    offset = lead.end() if lead else 0
    verb = _last_match(CHINESE_VERB, stretch)
    head = stretch[offset : verb.start() if verb else len(stretch)]
    person = _CHINESE_PERSON.search(head)
    pronoun = _CHINESE_PRONOUN.search(head)
    if person is not None and (pronoun is None or person.start() < pronoun.start()):
        last = person.end()
        while (following := _CHINESE_PERSON.match(head, last)) is not None:
            last = following.end()
        if person.group() in ("男", "女") and last == person.end():
            trade = _CHINESE_TRADE.match(head, last)
            last = trade.end() if trade is not None else last
        begin = max((head.rfind(sign, 0, person.start()) for sign in "，,。；在里"), default=-1) + 1
        again = _CHINESE_LEAD.match(head[begin : person.start()])
        begin += again.end() if again is not None else 0
        begin = begin if last - begin <= _CHINESE_NAME_LIMIT else person.start()
        return _trimmed(text, start + offset + begin, start + offset + last)
    if pronoun is not None:
        span = Span(start + offset + pronoun.start(), start + offset + pronoun.end())
        return Subject(pronoun.group(), span, pronoun=True)
    name = _CHINESE_MANNER.sub("", head.split("，")[0].strip("：: ")).strip()
    if 0 < len(name) <= _CHINESE_NAME_LIMIT and (verb is not None or len(name) <= _CHINESE_BARE_NAME_LIMIT):
        begin = start + stretch.index(name, offset)
        return _trimmed(text, begin, begin + len(name))
    return None


def _trimmed(text: str, start: int, end: int) -> Subject | None:
    """Return a subject without the signs at its edges; None if signs are all there is."""
    start = max(start, *(text.rfind(sign, start, end) + 1 for sign in (BRACKET, QUOTE, VOICE)))
    while start < end and (not text[start].isalnum() or text[start] == "的"):
        start += 1
    while start < end and not text[end - 1].isalnum():
        end -= 1
    return Subject(text[start:end], Span(start, end)) if start < end else None


def _last_match(pattern: re.Pattern[str], text: str) -> re.Match[str] | None:
    last = None
    for match in pattern.finditer(text):
        last = match
    return last


def chinese_manner(clause: str) -> str | None:
    """Return the manner in a Chinese introduction: 笑着说 in 女孩笑着说."""
    verb = _last_match(CHINESE_VERB, clause)
    if verb is None:
        return None
    manner = _CHINESE_ADVERB.search(clause[: verb.start()])
    words = (manner.group() if manner else "") + verb.group()
    return words if len(words) > 1 else None
