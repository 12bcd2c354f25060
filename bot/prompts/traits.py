"""What a description says about the sex and the age of somebody.

Only the head of a noun phrase names a person: a `grandfather clock` is a clock, a `children's author` writes for
children, 少年宫老师 teaches. What stands before the head counts where it can only describe it: `elderly`, `female`,
年轻, or 女 in 女演员.
"""

# Chinese punctuation is data here.
# ruff: noqa: RUF001

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING

from bot.prompts.lexicon import feelings, people, scenes
from bot.prompts.lexicon.lists import word_set
from bot.prompts.text import any_of, holds, is_cjk, label_key

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

_PART = re.compile(r"[,，、;；:：()（）/|]|\s[-–—]\s")
_WORD = re.compile(r"[\w'-]+")
_PREPOSITION = re.compile(
    r"\s(?:in|with|of|from|at|on|who|whose|that|behind|beside|near|by|for|to|wearing|holding|under|over|next)\s"
)
#: A clause about what somebody does with somebody or something else: `holding a baby`, `dressed as a king`.
_CLAUSE = re.compile(
    r"(?:\w*[aeiouy]\w*(?:ing|ed) (?:an?|the|his|her|their|its|at|on|in|as|like|to|with|by|for|up|down|over|through|"
    r"into)|like|as|with|in|on|at|behind|beside|near|next)\b"
)
_OWN = re.compile(r"\b(?:(he|his)|(she|her(?=\s\w)))\b")
_NUMBERED = re.compile(r"\b(\d{1,3})[ -]years?[ -]old\b|\bage[d]? (\d{1,3})\b")
_LAST_CHILD, _FIRST_OLD = 12, 65
_TRAILING = re.compile(r"(?:\s(?:[a-z]|#?\d+|one|two|three|i{1,3}))+$")
_LIKE_ADJECTIVE = re.compile(r"[\w-]+(?:ed|ish|ese|ian|ful|less|ous|ic)")
_NEARLY_NAMING = word_set("woman women lady girl boy man female male")
_TITLES = word_set("mr mrs ms miss sir madam lady king queen prince princess aunt auntie uncle grandma grandpa granny")
#: What figures are made of that look like persons.
_MATERIALS = word_set(
    """toy tin clay paper plastic wooden stuffed plush gingerbread snow sand straw stick wax lego chocolate candy cookie
    stone marble bronze plaster felt"""
)
#: Ages that describe whom they stand before, however many words come between; `old` describes what is nearest.
_SURELY_OLD = people.OLD - word_set("old ancient senior elder") - people.PERSONS
_SURELY_YOUNG = word_set("young youthful teen teenage")
_CHILD_NOUNS = people.CHILD - word_set("girl boy little childlike childish boyish girlish")
_CHILDISH = word_set("childlike childish")
_CHINESE_FEMALE, _CHINESE_MALE = any_of(people.CHINESE_FEMALE), any_of(people.CHINESE_MALE)
_CHINESE_SOUND = re.compile("(?<=.)的?(?:声音|嗓音|音色|声线|声|音|嗓)[\\dA-Za-z]*$")
_CHINESE_TRAILING = re.compile("(?:[甲乙丙丁]|[\\dA-Za-z]+|[小阿][^孩子伙姐哥弟妹童]{1,2})$")
#: 女 and 男 before what somebody is, such as 女演员; what else begins with them is about many, or about a thing.
_CHINESE_PREFIX = re.compile("(?<![子儿妇男女])([女男])(?![装校科厕鞋包婴儿])(?:性|士|子|生)?[^的]{0,3}$")
_CHINESE_OBJECT = re.compile("着|^(?:在|像|对|跟|和(?!尚))")
_CHINESE_MANY = re.compile("(?:们|众人|大家|人群|观众|听众|群众|合唱团|乐队|众[^的]{1,3})$")
_CHINESE_OLD = re.compile(
    f"(?:{any_of(people.CHINESE_OLD).pattern})$|(?:年迈|白发|苍老|长者)|{people.CHINESE_OLD_SIGN}[^的]{{0,3}}$"
)
_CHINESE_AGES = (
    (_CHINESE_OLD, frozenset(("old",))),
    (re.compile(f"(?:{any_of(people.CHINESE_CHILD).pattern}|童)$"), frozenset(("child",))),
    (
        re.compile(f"年轻|青春|(?:{any_of(people.CHINESE_YOUTH).pattern})(?![宫班报团旅杂院组话])[^的]{{0,3}}$"),
        frozenset(("child", "adult")),
    ),
    (any_of(people.CHINESE_ADULT), frozenset(("adult", "old"))),
)


@lru_cache(maxsize=2048)
def sex_of(text: str) -> str | None:
    """Return `female`, `male` or None for a label or a description; the first part that says something counts."""
    for part in _parts(text):
        sex = _chinese_sex(part) if is_cjk(part) else _english_sex(part)
        if sex is not None:
            return sex
    return None


@lru_cache(maxsize=2048)
def ages_of(text: str, *, is_voice: bool = False) -> frozenset[str]:
    """Return the ages that a description allows: `child`, `adult`, `old`; empty if it says nothing.

    A voice is taken at its word: that of a man is no old one, while a man may well be old.
    """
    for part in _parts(text):
        if is_cjk(part):
            ages = _chinese_ages(part)
        else:
            ages = _ages_of_words(frozenset(_WORD.findall(part)), is_voice=True) if is_voice else _english_ages(part)
        if ages:
            return ages
    return frozenset()


@lru_cache(maxsize=2048)
def is_many(text: str) -> bool:
    """Return whether a label names several: `Sailors`, `Two girls`, `Crowd of fans`, 孩子们."""
    parts = _parts(text)
    if not parts:
        return False
    if is_cjk(parts[0]):
        return _CHINESE_MANY.search(_chinese_head(parts[0])) is not None
    phrase = _head_phrase(parts[0])
    if not phrase:
        return False
    head = phrase[-1]
    return head in people.GROUPS or (head.endswith("s") and head[:-1] in people.PERSONS)


def _parts(text: str) -> list[str]:
    """Return the parts of a description; `8-year-old` and `8 years old` are one number."""
    plain = label_key(text).replace("_", " ").strip()
    return [part.strip() for part in _PART.split(plain) if part.strip()]


def _head_phrase(part: str) -> Sequence[str]:
    """Return the words of a noun phrase up to its head; none for a clause."""
    if _CLAUSE.match(part):
        return ()
    phrase = _TRAILING.sub("", _PREPOSITION.split(part, maxsplit=1)[0])
    return _WORD.findall(phrase)


def _english_sex(part: str) -> str | None:
    phrase = [word for half in _head_phrase(part) for word in half.split("-")]
    if phrase and phrase[-1] in ("voice", "tone", "vocals", "vocal"):
        phrase = phrase[:-1]
    if phrase:
        sexes = (_sex_of_word(phrase[-1]), _told_before(phrase, _sex_of_word))
        named = "" if _MATERIALS & {*phrase[:-1]} else sexes[0] or sexes[1]
        if named:
            return named
    own = {"male" if match.group(1) else "female" for match in _OWN.finditer(part)}
    return own.pop() if len(own) == 1 else None


def _sex_of_word(word: str) -> str | None:
    if word in people.FEMALE:
        return "female"
    return "male" if word in people.MALE else None


def _told_before(phrase: Sequence[str], told: Callable[[str], str | None]) -> str | None:
    """Return what the words before a head say of it: `female pilot`, `lady boss`, `Aunt May`."""
    head, before = phrase[-1], phrase[:-1]
    for word in before:
        if word in ("female", "male", "feminine", "masculine"):
            return told(word)
    if before and before[-1] in _NEARLY_NAMING and head in people.PERSONS | people.ANIMALS:
        return told(before[-1])
    titled = before and before[0] in _TITLES and not {head} & (people.PERSONS | people.ANIMALS | scenes.PLACES)
    return told(before[0]) if titled else None


def _english_ages(part: str) -> frozenset[str]:
    numbered = _NUMBERED.search(part)
    if numbered is not None:
        years = int(numbered.group(1) or numbered.group(2))
        return frozenset(("child",) if years <= _LAST_CHILD else ("old",) if years >= _FIRST_OLD else ("adult",))
    phrase = _head_phrase(part)
    if not phrase or _MATERIALS & {*phrase[:-1]}:
        return frozenset()
    head, before = phrase[-1], phrase[:-1]
    telling = {head} if head in people.OLD | people.CHILD | people.YOUNG | people.ADULT else set()
    telling |= {word for word in before if word in _SURELY_OLD | _SURELY_YOUNG | _CHILDISH}
    telling |= {word for index, word in enumerate(before) if word in ("old", "ancient") and _describes(phrase, index)}
    telling |= {"little"} & {*before} if head in ("girl", "boy") else set()
    telling |= {"baby"} & {*before[-1:]} if head in people.ANIMALS else set()
    telling |= {"senior"} & {*before} if head in people.ADULT | {"person", "people", "citizen"} else set()
    telling |= {"boy", "girl"} & {*before[-1:]} if head in people.PERSONS else set()
    return _ages_of_words(frozenset(telling), is_voice=False)


def _describes(phrase: Sequence[str], index: int) -> bool:
    """Return whether an adjective describes the head of a phrase: nothing but adjectives stands between."""
    return all(
        word not in scenes.PLACES
        and (word in feelings.EXPRESSIVE | feelings.VISUAL | people.PERSONS or _LIKE_ADJECTIVE.fullmatch(word))
        for word in phrase[index + 1 : -1]
    )


def _ages_of_words(found: frozenset[str], *, is_voice: bool) -> frozenset[str]:
    if found & people.OLD:
        return frozenset(("old",))
    if found & (_CHILD_NOUNS | _CHILDISH) or ("little" in found and found & {"girl", "boy"}):
        return frozenset(("child",))
    if found & ({"girl", "boy"} | people.YOUNG):
        return frozenset(("child", "adult"))
    if found & people.ADULT:
        return frozenset(("adult",)) if is_voice else frozenset(("adult", "old"))
    return frozenset()


def _chinese_head(part: str) -> str:
    """Return a Chinese noun phrase without the voice it names, and without a letter or a name at its end."""
    return _CHINESE_TRAILING.sub("", _CHINESE_SOUND.sub("", part)) or part


def _chinese_sex(part: str) -> str | None:
    head = _chinese_head(part).rpartition("的")[2]
    if not head or _CHINESE_OBJECT.search(head):
        return None
    prefix = _CHINESE_PREFIX.search(head)
    if prefix is not None:
        return "female" if prefix.group(1) == "女" else "male"
    for signs, sex in ((_CHINESE_FEMALE, "female"), (_CHINESE_MALE, "male")):
        if any(match.end() == len(head) for match in signs.finditer(head)) and not head.endswith(("徒弟", "子弟")):
            return sex
    return None


def _chinese_ages(part: str) -> frozenset[str]:
    head = _chinese_head(part)
    if _CHINESE_OBJECT.search(head.rpartition("的")[2]):
        return frozenset()
    return next((ages for sign, ages in _CHINESE_AGES if holds(head, sign)), frozenset())
