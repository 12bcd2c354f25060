"""Finds whom a pronoun means, or who is near where nobody is named."""

from __future__ import annotations

from bisect import bisect_left
from typing import TYPE_CHECKING, Final

from bot.prompts import subjects
from bot.prompts.chinese import chinese_companions, chinese_owner, chinese_subject, names_somebody
from bot.prompts.lexicon import people
from bot.prompts.lexicon.lists import word_set
from bot.prompts.model import Span
from bot.prompts.text import is_cjk
from bot.prompts.traits import sex_of

if TYPE_CHECKING:
    from collections.abc import Container, Sequence

    from bot.prompts.acting import ActingName
    from bot.prompts.model import Line
    from bot.prompts.reading import Reading

_ANTECEDENT_WORDS: Final = 60
#: Among how many of the last names one is looked for.
_MOST_NAMES: Final = 8
_SOMEBODY: Final = people.PERSONS | people.ANIMALS
#: Who can be `it`.
_THINGS: Final = people.ANIMALS | word_set("robot android alien creature monster ghost zombie dragon")
_OWNING: Final = word_set("his her their")
_SENTENCE_END: Final = " \t\n.!?"
#: A person and the words of a name behind it: `Coach Mira Holt`.
_NAMED: Final = 4
#: Among how many words before a voice `in a` and `with a` are looked for.
_NEAR: Final = 9
_CHINESE_REACH: Final = 60
_SENTENCE_REACH: Final = 240


class Antecedents:
    """Looks back from a place in the text; `lines` are those found so far."""

    def __init__(self, reading: Reading, lines: Sequence[Line]) -> None:
        self._reading, self._lines = reading, lines

    def nearest(self, pronoun: str, position: int) -> str | None:
        """Find the last character before a position whom the pronoun can mean."""
        recent = [mention.character for mention in self._reading.mentions_before(position)]
        recent += [line.speaker for line in reversed(self._lines[-4:])]
        sex = subjects.sex_of_pronoun(pronoun)
        fitting = recent if sex is None else [label for label in recent if subjects.sex_told(label) in (sex, None)]
        if not fitting:
            return None
        certain = [label for label in fitting if subjects.sex_told(label) == sex] if sex is not None else []
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
        told = self._reading.words.texts_between(floor, position)
        if _SOMEBODY.isdisjoint(told) and self._acting(pronoun, position, floor) is None:
            return None
        someone = self.antecedent(pronoun, position)
        if someone is None or someone.span.start <= floor:
            return None
        fitting = (sex,) if subjects.sex_told(self._lines[-1].speaker) == sex else (sex, None)
        return someone if subjects.sex_told(someone.words) in fitting else None

    def antecedent(self, pronoun: str, position: int) -> subjects.Subject | None:
        """Find the last person in the prose before a position whom the pronoun can mean."""
        person = self._person(pronoun, position, _THINGS if pronoun == "it" else people.PERSONS)
        named = None if pronoun == "it" else self._acting(pronoun, position, self._floor_of(person))
        found = named or person
        sex = subjects.sex_of_pronoun(pronoun)
        if sex is None or (found is not None and subjects.sex_told(found.words) is not None):
            return found
        met = self._met(pronoun, position)
        if found is None:
            return met or self._owner(pronoun, position) or self._person(pronoun, position, people.ANIMALS)
        return met if met is not None and subjects.sex_told(met.words) == sex else found

    def _floor_of(self, person: subjects.Subject | None) -> int:
        """Return behind which place a name has to act to be meant, and not a person: `Nadia feeds her son`."""
        if person is None:
            return 0
        words = self._reading.words
        before = words.index_at(person.span.start) - 1
        owned = before >= 0 and words.texts[before] in _OWNING
        return self._reading.sentences.start(person.span.start) if owned else person.span.start

    def owner_of_a_voice(self, position: int) -> subjects.Subject | None:
        """Find whose voice it is that stands alone at a place: the last person's, or that of what was told of."""
        person = self.antecedent("", position)
        if person is not None:
            return person
        prose, words = self._reading.prose, self._reading.words
        end = len(prose[:position].rstrip(_SENTENCE_END))
        start = self._reading.sentences.start(max(0, end - 1), max(0, end - _SENTENCE_REACH))
        thing = subjects.english_subject(prose, words, start, end)
        return None if thing is None or thing.pronoun else thing

    def _met(self, pronoun: str, position: int) -> subjects.Subject | None:
        """Find the last name that does not act and that a pronoun can mean: `A close-up of Maya. She says`."""
        met = self._reading.names.met
        last = bisect_left(met, (position,))
        for place in reversed(met[max(0, last - _MOST_NAMES) : last]):
            name = self._named(place)
            if place.start >= self._reach(position) and subjects.fits(pronoun, name.words):
                return name
        return None

    def _owner(self, pronoun: str, position: int) -> subjects.Subject | None:
        """Find the last person of whom a pronoun can tell and only a part is seen: `The woman's eyes. She says`."""
        words, prose = self._reading.words, self._reading.prose
        last = words.index_at(position)
        for index in range(last - 1, max(-1, last - _ANTECEDENT_WORDS), -1):
            noun = words.texts[index].removesuffix("'s")
            if noun != words.texts[index] and noun in people.PERSONS and subjects.fits(pronoun, noun):
                end = words.starts[index] + len(noun)
                person = subjects.last_person(
                    prose, words, self._reading.sentences.start(end, max(0, end - _SENTENCE_REACH)), end
                )
                return subjects.Subject(prose[person.span.start : end], Span(person.span.start, end))
        return None

    def _acting(self, pronoun: str, position: int, floor: int) -> subjects.Subject | None:
        """Find the last name that acts and that a pronoun can mean, whose verb stands between two places.

        In its sentence the first counts, before those of minor clauses.
        """
        names = self._reading.names.acting
        last = bisect_left(names, position, key=lambda name: name.verb)
        found: ActingName | None = None
        for name in reversed(names[max(0, last - _MOST_NAMES) : last]):
            if name.verb <= max(floor, self._reach(position)):
                break
            if found is not None and self._reading.sentences.count(name.verb, found.verb):
                break
            counts = found is None or found.minor or not name.minor
            if counts and subjects.fits(pronoun, self._reading.prose[slice(*name.span)]):
                found = name
        return None if found is None else self._named(found.span)

    def _named(self, place: Span) -> subjects.Subject:
        return subjects.Subject(self._reading.prose[slice(*place)], place, named=True)

    def _reach(self, position: int) -> int:
        """Return from where on somebody can be meant at a place."""
        words = self._reading.words
        return words.starts[max(0, words.index_at(position) - _ANTECEDENT_WORDS)] if len(words) else 0

    def _person(self, pronoun: str, position: int, nouns: Container[str]) -> subjects.Subject | None:
        """Find the last one before a position whom one of some nouns names and the pronoun can mean."""
        words = self._reading.words
        last = words.index_at(position)
        spoken = self._lines[-1].span.end if self._lines else 0
        for index in range(last - 1, max(-1, last - _ANTECEDENT_WORDS), -1):
            if words.texts[index] in nouns and subjects.fits(pronoun, words.texts[index]):
                word, near = words[index], words.slice(max(0, index - _NEAR), index + 1)
                if subjects.is_manner(near, len(near) - 1):
                    continue
                header = self._reading.section_at(word.end)
                if header is not None and word.start < header.span.end:
                    continue
                floor = max(header.span.end if header is not None else 0, spoken if spoken < word.start else 0)
                start = max(self._reading.sentences.start(word.start, floor), word.start - 40)
                end = subjects.numbered_end(self._reading.prose, words.slice(index, index + _NAMED), 0)
                someone = subjects.english_subject(self._reading.prose, words, start, end)
                if someone is not None and not someone.pronoun:
                    # A waiter brings the lady a cake: `she` is the lady, though a waiter may be a woman too.
                    meant = sex_of(someone.words) in (subjects.sex_of_pronoun(pronoun), sex_of(word.text))
                    if (meant and pronoun != "it") or not pronoun:
                        return someone
                    return subjects.last_person(self._reading.prose, words, start, word.end)
        begin = max(0, position - _CHINESE_REACH)
        if is_cjk(self._reading.prose[begin:position]):
            start = self._reading.sentences.start(begin, position - _SENTENCE_REACH)
            found = chinese_subject(self._reading.prose, self._reading.verbs, max(0, start), position)
            if found is None or found.pronoun or (pronoun and not names_somebody(found.words)):
                return chinese_owner(self._reading.prose, max(0, start), position) if pronoun else None
            together = chinese_companions(self._reading.prose, found, position)
            return next((one for one in together if subjects.fits(pronoun, one.words)), found)
        return None
