"""Finds whom a pronoun means, or who is near where nobody is named."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from bot.prompts import subjects
from bot.prompts.chinese import chinese_companions, chinese_subject, names_somebody
from bot.prompts.lexicon import people
from bot.prompts.text import is_cjk
from bot.prompts.traits import sex_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from bot.prompts.model import Line
    from bot.prompts.reading import Reading

_ANTECEDENT_WORDS: Final = 60
_CHINESE_REACH: Final = 60
_CHINESE_SENTENCE_REACH: Final = 240


class Antecedents:
    """Looks back from a place in the text; `lines` are those found so far."""

    def __init__(self, reading: Reading, lines: Sequence[Line]) -> None:
        self._reading, self._lines = reading, lines

    def nearest(self, pronoun: str, position: int) -> str | None:
        """Find the last character before a position whom the pronoun can mean."""
        recent = [mention.character for mention in self._reading.mentions_before(position)]
        recent += [line.speaker for line in reversed(self._lines[-4:])]
        sex = subjects.sex_of_pronoun(pronoun)
        fitting = recent if sex is None else [label for label in recent if _sex_of(label) in (sex, None)]
        if not fitting:
            return None
        certain = [label for label in fitting if _sex_of(label) == sex] if sex is not None else []
        if certain:
            return certain[0]
        other = [label for label in fitting if not self._lines or label != self._lines[-1].speaker]
        return (other or fitting)[0] if pronoun else fitting[0]

    def newcomer(self, pronoun: str, position: int) -> subjects.Subject | None:
        """Find who was brought in without brackets since the last line, if the pronoun surely means that one."""
        sex = subjects.sex_of_pronoun(pronoun)
        if not self._lines or sex is None:
            return None
        labels = self._reading.mentions_before(position, 1)
        floor = max(self._lines[-1].span.end, *(label.span.end for label in labels), 0)
        if people.PERSONS.isdisjoint(self._reading.words.texts_between(floor, position)):
            return None
        someone = self.antecedent(pronoun, position)
        if someone is None or someone.span.start <= floor:
            return None
        fitting = (sex,) if sex_of(self._lines[-1].speaker) == sex else (sex, None)
        return someone if sex_of(someone.words) in fitting else None

    def antecedent(self, pronoun: str, position: int) -> subjects.Subject | None:
        """Find the last person in the prose before a position whom the pronoun can mean."""
        words = self._reading.words
        last = words.index_at(position)
        spoken = self._lines[-1].span.end if self._lines else 0
        for index in range(last - 1, max(-1, last - _ANTECEDENT_WORDS), -1):
            if words.texts[index] in people.PERSONS and subjects.fits(pronoun, words.texts[index]):
                word = words[index]
                header = self._reading.section_at(word.end)
                if header is not None and word.start < header.span.end:
                    continue
                floor = max(header.span.end if header is not None else 0, spoken if spoken < word.start else 0)
                start = max(self._reading.sentences.start(word.start, floor), word.start - 40)
                someone = subjects.english_subject(self._reading.prose, words, start, word.end)
                if someone is not None and not someone.pronoun:
                    # A waiter brings the lady a cake: `she` is the lady, though a waiter may be a woman too.
                    meant = sex_of(someone.words) in (subjects.sex_of_pronoun(pronoun), sex_of(word.text))
                    if meant or not pronoun:
                        return someone
                    return subjects.last_person(self._reading.prose, words, start, word.end)
        begin = max(0, position - _CHINESE_REACH)
        if is_cjk(self._reading.prose[begin:position]):
            start = self._reading.sentences.start(begin, position - _CHINESE_SENTENCE_REACH)
            found = chinese_subject(self._reading.prose, self._reading.verbs, max(0, start), position)
            if found is None or found.pronoun or (pronoun and not names_somebody(found.words)):
                return None
            together = chinese_companions(self._reading.prose, found, position)
            return next((one for one in together if subjects.fits(pronoun, one.words)), found)
        return None


def _sex_of(label: str) -> str | None:
    """Return the sex that a label tells of; a pronoun is the label of somebody of whom nothing else is known."""
    return sex_of(label) or subjects.sex_of_pronoun(label)
