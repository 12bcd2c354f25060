"""Finds who is meant in a stretch of prose: a noun phrase, a name, or a pronoun."""

# Chinese punctuation and curly quotes are data here.
# ruff: noqa: RUF001

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from bot.prompts.acting import acting_name
from bot.prompts.lexicon import given_names, people, speech
from bot.prompts.lexicon.lists import word_set
from bot.prompts.lexicon.structure import ADVERBS, DETERMINERS, INFLECTED, IRREGULAR_PAST, MARKERS, STOP_WORDS
from bot.prompts.manner import is_adverb
from bot.prompts.model import Span
from bot.prompts.text import BRACKET, longest_of
from bot.prompts.traits import sex_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from bot.prompts.text import Word, Words

_MODIFIER_LIMIT = 4
_LONGEST_NAME = 3
#: Behind these stands an object: `looks at the driver`, `on the door`.
OBJECT_PREPOSITIONS = word_set(
    """at to toward towards with without from behind beside past near on over in into onto under for by around after
    before during amid"""
)
_VOICES = word_set("voice voices tone tones")
_SEXES = word_set("male female")
_SEX_OF_PRONOUN = {
    "he": "male",
    "him": "male",
    "his": "male",
    "他": "male",
    "she": "female",
    "her": "female",
    "她": "female",
}
_YOUNG = word_set("cub cubs pup pups calf chick chicks hatchling foal")
#: Animals that are verbs too: `the children fish`.
_ANIMAL_VERBS = word_set("fly fish duck crow seal bear")
#: One of several who were told of: `one says …, the other replies`.
_OF_SEVERAL = word_set("one other another")
_ARTICLES = word_set("the a an another both all")
#: Before `one`, these do not say which.
_BEFORE_ONE = _ARTICLES | STOP_WORDS
#: What begins a part of a sentence that has its own subject.
_JOINING = word_set("and but while as then so until when")
_IRREGULAR_PLURALS = word_set("people children men women")
_MANNERLY = word_set("in with using")
_MANNER_REACH = 8
#: A pronoun behind one of these is the subject of a minor clause: `as he watches, the woman says`.
_SUBORDINATORS = word_set("as while when because if after before that who until since where once though although whom")
#: What begins a part of a sentence with a subject of its own.
_OWN_SUBJECT = re.compile(
    rf"\s{{0,4}}(?:[,，、]\s{{0,4}}(?:(?:and|while|as|but|then)\s)?|(?:and|while|as|but)\s)\s{{0,4}}"
    rf"(?:{BRACKET}|(?:the|an?|another|his|her|he|she|they)\b|他|她|它|" + longest_of(people.CHINESE_PERSONS) + ")",
    re.IGNORECASE,
)
_MARKER = re.compile(rf"(?:{longest_of(MARKERS)})\b[\s,]{{0,4}}", re.IGNORECASE)


#: `can you make a video where`, `a clip of`: about the clip and not in it.
_REQUEST = re.compile(
    r"\s{0,4}(?:[a-z']+,?\s){0,7}?(?:an?|the|another|some|short|quick|funny)\s(?:[a-z]+\s){0,2}?"
    r"(?:video|clip|film|movie|animation|scene|shot|reel|meme|gif)s?\s(?:where|in\swhich|of|about|featuring|showing|"
    r"that\sshows)\s",
    re.IGNORECASE,
)
_REQUEST_REACH = 90


class Subject(NamedTuple):
    """Somebody in prose: `words` without the article, or a pronoun; `named` says that it is a name that acts."""

    words: str
    span: Span
    pronoun: bool = False
    named: bool = False

    @property
    def label(self) -> str:
        """The label this person would get: `older man` becomes `Older man`."""
        first = self.words[:1].upper()
        return (first if len(first) == 1 else self.words[:1]) + self.words[1:]


def skip_marker(prose: str, start: int, end: int) -> int:
    """Where a clause begins once spaces, words such as `Then,` and the request for a clip are left out."""
    request = _REQUEST.match(prose, start, min(end, _REQUEST_REACH)) if start < _REQUEST_REACH else None
    start = start if request is None else request.end()
    while start < end:
        while start < end and (prose[start].isspace() or prose[start] in ",，-–—*"):
            start += 1
        marker = _MARKER.match(prose, start, min(end, start + 40))
        if marker is None:
            return start
        start = marker.end()
    return start


def subject_before(text: str, words: Words, start: int, verb: Word) -> Subject | None:
    """Return who stands right before a verb as the subject of a part of its own: `…, and the whole class shouts`."""
    clause = words.between(start, verb.end)
    last = len(clause) - 2
    while last >= 0 and (is_adverb(clause[last].text) or clause[last].text in ADVERBS):
        last -= 1
    if last < 0 or text[clause[last].end : clause[last + 1].start].strip() or not _can_act(text, clause[last], verb):
        return None
    if clause[last].text in _OF_SEVERAL:
        which = clause[last - 1] if last else clause[last]
        told = which.text not in _BEFORE_ONE and text[which.end : clause[last].start] == " "
        return _span_of(text, which.start if told else clause[last].start, clause[last].end)
    first = last
    while first > 0 and clause[first].text not in _ARTICLES and last - first < _MODIFIER_LIMIT:
        if clause[first].text in STOP_WORDS or text[clause[first - 1].end : clause[first].start].strip():
            return None
        first -= 1
    if first in (0, last) or clause[first].text not in _ARTICLES:
        return None
    own = clause[first - 1].text in _JOINING or "," in text[clause[first - 1].end : clause[first].start]
    return _span_of(text, clause[first + 1].start, clause[last].end) if own else None


def _can_act(text: str, noun: Word, verb: Word) -> bool:
    """Return whether a noun can be the subject of a verb of speech: a thing that hisses or groans says nothing."""
    if noun.text in people.PERSONS or noun.text in people.ANIMALS or noun.text in _OF_SEVERAL:
        return True
    return verb.text not in speech.NOISES and (_is_plain_noun(text, noun) or noun.text.endswith("ss"))


def has_own_subject(prose: str, start: int, end: int) -> bool:
    """Return whether a stretch begins a part of the sentence with a subject of its own: `, the woman says`."""
    return _OWN_SUBJECT.match(prose, start, end) is not None


def english_subject(text: str, words: Words, start: int, end: int) -> Subject | None:
    """Return who acts in a clause: its first person or subject pronoun, before anybody who is only looked at."""
    clause = words.between(start, end)
    named = acting_name(text, clause)
    before = clause if named is None else [word for word in clause if word.start < named.span.start]
    acting, other = _first_person(text, before, start)
    if acting is None and named is not None:
        return _span_of(text, *named.span)._replace(named=True)
    return acting or other or _determined_phrase(text, clause)


def _first_person(text: str, clause: Sequence[Word], start: int) -> tuple[Subject | None, Subject | None]:
    """Return the first noun or pronoun for a person that acts in a clause, and what is met there without acting."""
    pronoun: Subject | None = None
    met: Subject | None = None
    thing: Subject | None = None
    for index, word in enumerate(clause):
        if word.text in people.PERSONS or word.text in people.ANIMALS:
            if _is_modifier(text, clause, index):
                first = _phrase_start(text, clause, index, start)
                if thing is None and not _is_object(clause, first, index):
                    thing = _span_of(text, clause[first].start, clause[index + 1].end)
                continue
            if _runs_on(clause, index) or is_manner(clause, index):
                continue
            first = _phrase_start(text, clause, index, start)
            found = _span_of(text, clause[first].start, numbered_end(text, clause, index))
            if not _is_object(clause, first, index):
                return found, None
            met = met or found
        elif pronoun is None and _is_pronoun(clause, index) and not _behind_preposition(clause, index):
            pronoun = Subject(text[word.start : word.end], Span(word.start, word.end), pronoun=True)
            if index == 0 or clause[index - 1].text not in _SUBORDINATORS:
                return pronoun, None
    return None, (pronoun if met is None else None) or thing or met


def last_person(text: str, words: Words, start: int, end: int) -> Subject:
    """Return the person with whom a stretch ends, with the words that describe it."""
    clause = words.between(start, end)
    last = len(clause) - 1
    return _span_of(text, clause[_phrase_start(text, clause, last, start)].start, clause[last].end)


def _is_pronoun(clause: Sequence[Word], index: int) -> bool:
    """Return whether a word is a pronoun that can be a subject; `both` before a noun is none, nor `it` of `it is a`."""
    word = clause[index].text
    if word == "it" and index + 2 < len(clause) and clause[index + 1].text in ("is", "was"):
        return clause[index + 2].text not in _ARTICLES  # It is a granny who shouts
    if word == "both" and index + 1 < len(clause):
        return clause[index + 1].text not in people.PERSONS | people.ANIMALS
    return word in speech.SUBJECT_PRONOUNS


def _runs_on(clause: Sequence[Word], index: int) -> bool:
    """Return whether the noun behind a person is the person: `police officer`, `lion cub`, `husky female voice`."""
    following = clause[index + 1 : index + 3]
    if len(following) > 1 and following[0].text in _SEXES and following[0].start - clause[index].end == 1:
        return following[1].text in _VOICES
    if not following or following[0].start - clause[index].end != 1:
        return False
    noun = following[0].text
    return noun in people.PERSONS or noun in _YOUNG or (noun in people.ANIMALS and noun not in _ANIMAL_VERBS)


def _is_modifier(text: str, clause: Sequence[Word], index: int) -> bool:
    """Return whether a person only tells what kind of thing follows: `a robot vacuum bumps`, `the soldiers' camp`.

    The noun of the thing is followed by a verb: behind `the teacher` `then asks` and `sat` are no thing.
    """
    word = clause[index]
    if index + 1 == len(clause) or word.text in _IRREGULAR_PLURALS:
        return False
    noun = clause[index + 1]
    gap = text[word.end : noun.start]
    if word.text.endswith("s"):
        return gap in ("' ", "’ ")
    if gap != " " or not _is_plain_noun(text, noun) or index + 2 == len(clause):
        return False
    verb = clause[index + 2]
    inflected = verb.text.endswith(("s", "ed")) and not verb.text.endswith("ss")
    return inflected and verb.text not in STOP_WORDS and verb.start - noun.end == 1


def _is_plain_noun(text: str, word: Word) -> bool:
    """Return whether a word can be a noun in the singular: no inflected verb, adverb, or word that joins others."""
    joins = word.text in STOP_WORDS or word.text in DETERMINERS or word.text in ADVERBS
    verb = word.text in speech.SPEECH_VERBS or word.text in IRREGULAR_PAST
    someone = word.text in people.PERSONS or word.text in people.ANIMALS
    return not (joins or verb or someone or word.text.endswith(INFLECTED)) and text[word.start].islower()


def numbered_end(text: str, clause: Sequence[Word], noun: int) -> int:
    """Return where a person ends whom a number, a letter or a name tells from others: `Speaker 2`, `Captain Ruiz`."""
    end = clause[noun].end
    for following in clause[noun + 1 : noun + 1 + _LONGEST_NAME]:
        sign = text[following.start : following.end]
        joined = following.start - end == 1 and text[end] == " "
        if (
            not joined
            or not (sign.isdecimal() or sign[0].isupper())
            or (len(sign) > 1 and following.text in STOP_WORDS)
        ):
            break
        end = following.end
        if len(sign) == 1 or sign.isdecimal():
            break
    return end


def is_manner(clause: Sequence[Word], noun: int) -> bool:
    """Return whether a voice is how somebody speaks, `in a relaxed, happy voice`, and not who."""
    if clause[noun].text not in _VOICES:
        return False
    for index in range(noun - 1, max(-1, noun - 1 - _MANNER_REACH), -1):
        if clause[index].text in _MANNERLY:
            return True
        if clause[index].text in DETERMINERS:
            return index > 0 and clause[index - 1].text in _MANNERLY
    return False


def _behind_preposition(clause: Sequence[Word], index: int) -> bool:
    return index > 0 and clause[index - 1].text in OBJECT_PREPOSITIONS


def _is_object(clause: Sequence[Word], first: int, noun: int) -> bool:
    """Return whether a noun phrase hangs on a preposition, and no `who` behind it makes it the subject after all."""
    while first > 0 and clause[first - 1].text in DETERMINERS:
        first -= 1
    relative = noun + 1 < len(clause) and clause[noun + 1].text == "who"
    return not relative and _behind_preposition(clause, first)


def _span_of(text: str, begin: int, end: int) -> Subject:
    return Subject(text[begin:end], Span(begin, end))


def _phrase_start(text: str, clause: Sequence[Word], noun: int, floor: int) -> int:
    """Return where the phrase that ends with a noun begins: behind an article, a preposition, a verb or a comma."""
    first = noun
    while first > 0 and noun - first < _MODIFIER_LIMIT:
        before = clause[first - 1]
        gap = text[before.end : clause[first].start]
        if (
            before.text in DETERMINERS
            or before.text in STOP_WORDS
            or gap.strip() not in ("", ",")
            or before.start < floor
        ):
            break
        if "," in gap and not _is_adjective_gap(clause, first):
            break
        if before.text in speech.SPEECH_VERBS:
            break
        first -= 1
    return first


def _is_adjective_gap(clause: Sequence[Word], first: int) -> bool:
    """Read `A tall, quiet man`: the comma joins adjectives if a determiner stands before them."""
    return first >= 2 and clause[first - 2].text in DETERMINERS  # noqa: PLR2004


def _determined_phrase(text: str, clause: Sequence[Word]) -> Subject | None:
    """Read `The robot vacuum tilts …`: an article and what follows up to the first verb-like word.

    Notes without articles begin with the noun itself, as in `pumpkin on a porch opens its eyes`.
    """
    if len(clause) > 1 and _begins_bare(text, clause):
        return _span_of(text, clause[0].start, clause[0].end)
    for index, word in enumerate(clause[:8]):
        if word.text not in DETERMINERS or _behind_preposition(clause, index):
            continue
        first = last = index
        for following in clause[index + 1 : index + 5]:
            adjective = last == first and following.text.endswith("ing")  # `the talking cake`
            if following.text in STOP_WORDS or (following.text in speech.SPEECH_VERBS and not adjective):
                break
            inflected = following.text.endswith(("s", "ed", "ing")) and not following.text.endswith("ss")
            if last > first and (inflected or is_adverb(following.text)):
                break
            if text[clause[last].end : following.start].strip(' "”'):
                break
            last += 1
            first = last if following.text[0].isdigit() else first  # `a 6'2" wrestler`
        if last > first:
            return _span_of(text, clause[first + 1].start, clause[last].end)
    return None


def _begins_bare(text: str, clause: Sequence[Word]) -> bool:
    """Return whether a clause begins with a noun in lower case before a preposition or an inflected verb."""
    noun, following = clause[0], clause[1]
    joined = text[noun.end : following.start] == " "
    inflected = following.text.endswith("s") and not following.text.endswith("ss")
    return joined and _is_plain_noun(text, noun) and (inflected or following.text in OBJECT_PREPOSITIONS)


def is_person(subject: Subject) -> bool:
    """Return whether a subject is somebody's name, as `knight Sir Roland`, or a person, as `Kid 1` and `grey one`."""
    noun, _, name = subject.words.rpartition(" ")
    titled = (name[:1].isupper() or name.isdecimal()) and not people.PERSONS.isdisjoint(noun.lower().split())
    return subject.named or titled or name.lower() in people.PERSONS or name in _OF_SEVERAL


def is_somebody(subject: Subject) -> bool:
    """Return whether the last word of a subject names a person or an animal."""
    return is_person(subject) or subject.words.rpartition(" ")[2].lower() in people.ANIMALS


def fits(pronoun: str, label: str) -> bool:
    """Whether a pronoun can mean this character."""
    sex = sex_of_pronoun(pronoun)
    return sex is None or sex_told(label) in (sex, None)


def sex_told(label: str) -> str | None:
    """Return `female`, `male` or None for a label: by what it says, by the pronoun that it is, or by a given name."""
    return sex_of(label) or sex_of_pronoun(label) or _sex_of_name(label)


def _sex_of_name(label: str) -> str | None:
    for word in label.lower().split():
        if word in given_names.FEMALE:
            return "female"
        if word in given_names.MALE:
            return "male"
    return None


def sex_of_pronoun(pronoun: str) -> str | None:
    """`female`, `male`, or None for a pronoun that fits everybody."""
    return _SEX_OF_PRONOUN.get(pronoun.lower())
