"""Finds who speaks a line together where prose joins them: `a father and his daughter sing`, 父亲和女儿一起唱."""

from __future__ import annotations

import re
from enum import Enum, auto
from typing import TYPE_CHECKING

from bot.prompts.chinese import chinese_companions
from bot.prompts.lexicon import lists, people, speech
from bot.prompts.lexicon.structure import ADVERBS, DETERMINERS, STOP_WORDS
from bot.prompts.manner import is_adverb
from bot.prompts.model import span_of
from bot.prompts.subjects import OBJECT_PREPOSITIONS, Subject
from bot.prompts.text import is_cjk
from bot.prompts.traits import is_many
from bot.prompts.verbs import KINDS

if TYPE_CHECKING:
    from collections.abc import Sequence

    from bot.prompts.model import Span
    from bot.prompts.reading import Reading

_MOST = 4
_LONGEST = 4
_TITLES = lists.word_set("mr mrs ms dr st prof sgt capt lt")
_PHRASES = re.compile("|".join((*speech.UNISON_PHRASES, r"both\b", "at once", "at the same time")))
_CHINESE_TOGETHER = re.compile("一起|一同|一齐|齐声|同声|异口同声|合唱|齐唱|对唱|同时|共同|[两二]人|俩")
#: What can stand before the first of several and leave them the subject.
_JOINING = lists.word_set("then while as when but so and")
#: Verbs for several whose words belong to one of them at a time.
_IN_TURN = lists.word_set(
    """argue argues argued arguing talk talks talked talking speak speaks spoke speaking begin begins beginning continue
    continues continued"""
)


class _Joint(Enum):
    """What stands between two who are joined."""

    AND = auto()
    COMMA = auto()


def speakers_together(reading: Reading, subject: Subject, clause: Span, *, plural: bool) -> Sequence[Subject]:
    """Return everybody whom prose joins with a subject as the speakers of a line, in the order of the text.

    `clause` introduces the line. `plural` says that a plural pronoun means them, so that they speak together for sure.
    """
    if is_cjk(subject.words):
        told = _CHINESE_TOGETHER.search(reading.prose, subject.span.end, clause.end)
        if told is None and not plural:
            return (subject,)
        return chinese_companions(reading.prose, subject, clause.end if told is None else told.start())
    joined = _joined(reading, subject)
    if len(joined) > 1 and (plural or _speak_together(reading, joined, clause)):
        return joined
    return (subject,)


def all_of(speakers: Sequence[str]) -> str:
    """Return the names of several as their language joins them."""
    return ("和" if is_cjk(speakers[0]) else " and ").join(speakers)


def _joined(reading: Reading, subject: Subject) -> Sequence[Subject]:
    """Return a subject with those whom `and`, or a list that ends with it, joins to it on either side."""
    joined, ended = [subject], 1
    while len(joined) < _MOST and (following := _behind(reading, joined[-1].span.end)) is not None:
        joint, someone = following
        joined.append(someone)
        ended = len(joined) if joint is _Joint.AND else ended
    del joined[ended:]  # a list that no `and` ends is none
    while len(joined) < _MOST and (before := _before(reading, joined)) is not None:
        joined.insert(0, before)
    explained = len(joined) > 2 and is_many(joined[0].words)  # noqa: PLR2004 - two friends, Tom and Anna
    return joined[1:] if explained and reading.prose[joined[0].span.end] == "," else joined


def _behind(reading: Reading, end: int) -> tuple[_Joint, Subject] | None:
    """Return the person or the name that is joined to what ends at a place, and by what."""
    words = reading.words
    first = words.index_at(end)
    joint = _joint(reading, first)
    if joint is None:
        return None
    first += joint is _Joint.AND
    first += first < len(words.texts) and words.texts[first] in DETERMINERS
    last = _noun(reading, first)
    return None if last is None else (joint, _subject(reading, first, last))


def _joint(reading: Reading, index: int) -> _Joint | None:
    """Return what joins a word to the one before it, where it begins with the joint."""
    words = reading.words
    if not 0 < index < len(words.texts):
        return None
    gap = reading.prose[words.ends[index - 1] : words.starts[index]]
    if words.texts[index] == "and":
        return _Joint.AND if gap in (" ", ", ") else None
    return _Joint.COMMA if gap == ", " else None


def _noun(reading: Reading, first: int) -> int | None:
    """Return the index of the last word of the person or the name that begins at a word."""
    words, found = reading.words, None
    for index in range(first, min(first + _LONGEST, len(words.texts))):
        if index > first and not _are_one(reading, index):
            break
        is_named = reading.prose[words.starts[index]].isupper() and (index == first or found is not None)
        if is_named or words.texts[index] in people.PERSONS:
            found = index
        elif found is not None or words.texts[index] in STOP_WORDS or words.texts[index] in KINDS:
            break
    return found


def _before(reading: Reading, joined: Sequence[Subject]) -> Subject | None:
    """Return the person or the name before `and`, or before a comma of a list, in front of those joined so far."""
    words = reading.words
    index = words.index_at(joined[0].span.start)
    index -= index > 0 and words.texts[index - 1] in DETERMINERS
    joint = _joint(reading, index - 1) if index and words.texts[index - 1] == "and" else _joint(reading, index)
    if joint is None or (joint is _Joint.COMMA and len(joined) == 1):
        return None
    last = index - 1 - (joint is _Joint.AND)
    is_named = reading.prose[words.starts[last]].isupper() and words.texts[last] not in STOP_WORDS
    if not is_named and words.texts[last] not in people.PERSONS:
        return None
    first = last
    while first > 0 and last - first < _LONGEST and _describes(reading, first - 1, named=is_named):
        first -= 1
    if joint is _Joint.COMMA and _only_opens(reading, first, last, named=is_named):
        return None
    return _subject(reading, first, last)


def _only_opens(reading: Reading, first: int, last: int, *, named: bool) -> bool:
    """Return whether what stands before a comma only opens the sentence: `Tonight, …`, `In Paris, …`.

    One word with a capital there is a name only if the text has it elsewhere too.
    """
    words = reading.words
    if first and words.texts[first - 1] in OBJECT_PREPOSITIONS and _are_one(reading, first):
        return True
    opening = reading.sentences.start(words.starts[first]) == words.starts[first]
    return named and first == last and opening and words.texts.count(words.texts[first]) == 1


def _describes(reading: Reading, index: int, *, named: bool) -> bool:
    """Return whether a word belongs to the person or the name behind it."""
    words = reading.words
    if not _are_one(reading, index + 1) or words.texts[index] in DETERMINERS or words.texts[index] in STOP_WORDS:
        return False
    return reading.prose[words.starts[index]].isupper() if named else words.texts[index] not in KINDS


def _are_one(reading: Reading, index: int) -> bool:
    """Return whether nothing but a space, or the point of a title, stands between a word and the one before it."""
    words = reading.words
    gap = reading.prose[words.ends[index - 1] : words.starts[index]]
    return gap == " " or (gap == ". " and words.texts[index - 1] in _TITLES)


def _subject(reading: Reading, first: int, last: int) -> Subject:
    begin, end = place = reading.words.starts[first], reading.words.ends[last]
    return Subject(reading.prose[begin:end], span_of(place))


def _speak_together(reading: Reading, joined: Sequence[Subject], clause: Span) -> bool:
    """Return whether joined persons are the subject of the verb of speech, and speak at once."""
    words = reading.words
    first, last = words.index_at(joined[0].span.start) - 1, words.index_at(joined[-1].span.end)
    first -= first >= 0 and words.texts[first] in DETERMINERS
    end = words.index_at(clause.end)
    if first >= 0 and words.starts[first] >= clause.start:
        before = words.texts[first]
        if before in KINDS and not before.endswith("s"):  # "…," shout Tom and Anna
            return last == end
        if before not in _JOINING and "," not in reading.prose[words.ends[first] : joined[0].span.start]:
            return False
    while last < end and (is_adverb(words.texts[last]) or words.texts[last] in ADVERBS):
        last += 1
    following = words.texts[last:end]
    if following and following[0] in KINDS and following[0] not in _IN_TURN:
        return not following[0].endswith("s")
    alone = people.PERSONS.isdisjoint(following) and (speech.SUBJECT_PRONOUNS - {"both"}).isdisjoint(following)
    return alone and _PHRASES.search(reading.lower, joined[-1].span.end, clause.end) is not None
