"""Tells persons of prose apart who share a noun: `the first man`, `another man`, `a woman in red`, `a woman in green`.

A person gets such words into the label only where the text has another one for whom they differ: `A man in a suit
walks in. The man says` is about a man.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

from bot.prompts.lexicon import people, speech
from bot.prompts.lexicon.lists import word_set
from bot.prompts.model import Span
from bot.prompts.subjects import Subject
from bot.prompts.verbs import KINDS

if TYPE_CHECKING:
    from collections.abc import Sequence

    from bot.prompts.text import Word, Words

_PERSONS: Final = people.PERSONS | people.ANIMALS
_NUMBER: Final = "number"
_ORDINALS: Final = {"one": 1, "first": 1, "another": 2, "other": 2, "second": 2, "third": 3, "fourth": 4, "fifth": 5}
_DETERMINERS: Final = word_set("a an the this that his her their my our one")
_ARTICLES: Final = word_set("a an the his her their")
#: What can stand behind a person and tell who it is, by looks or by place.
_TELLING: Final = word_set("in with wearing on at by behind")
#: Behind `with` and `in` these say how somebody acts or speaks, not who it is.
_MANNERS: Final = speech.VOICE_NOUNS | word_set(
    """smile grin frown sigh laugh chuckle shrug nod wink sneer smirk tears accent front back turn silence unison
    surprise response reply return anger excitement fear shock disbelief delight horror relief awe fact way moment
    time hurry whisper shout gesture flourish look deadpan"""
)
_JOINING: Final = word_set("who and then as while that which is are was but also now just turns")
_INFLECTED: Final = ("s", "ed", "ing")
_LONGEST: Final = 4


class Identity(NamedTuple):
    """Who is meant: a noun, what kind of words tells which one, and the word that does."""

    noun: str
    kind: str
    told: str

    @property
    def is_first(self) -> bool:
        """Whether it is the first of several."""
        return self.kind == _NUMBER and self.told == "1"


class Person(NamedTuple):
    """A mention of somebody: what tells him or her from others with this noun, and the words that say it."""

    identity: Identity
    subject: Subject


def told_apart(prose: str, clauses: Words) -> dict[int, Person]:
    """Return the persons who need more than their noun, each by where the noun ends."""
    found: dict[str, dict[int, Person]] = {}
    for index in clauses.indices_of(_PERSONS):
        first = max(0, index - 1)
        person = _mention(prose, clauses.slice(first, index + 3 + _LONGEST), index - first)
        if person is not None:
            found.setdefault(clauses.texts[index], {})[clauses.ends[index]] = person
    return {end: person for mentions in found.values() for end, person in _needed(mentions).items()}


def _needed(mentions: dict[int, Person]) -> dict[int, Person]:
    """Return the mentions of one noun whose words tell one person from another."""
    kinds: dict[str, set[str]] = {}
    for person in mentions.values():
        kinds.setdefault(person.identity.kind, set()).add(person.identity.told)
    apart = {kind for kind, told in kinds.items() if len(told) > 1 or (kind == _NUMBER and told != {"1"})}
    return {end: person for end, person in mentions.items() if person.identity.kind in apart}


def _mention(prose: str, items: Sequence[Word], index: int) -> Person | None:
    """Return the person whom a noun without adjectives names, if a number or some words behind it tell which one."""
    noun = items[index]
    before = items[index - 1] if index and noun.start - items[index - 1].end == 1 else None
    if before is None:
        return None
    if before.text in _ORDINALS:
        return _person(prose, Identity(noun.text, _NUMBER, str(_ORDINALS[before.text])), before.start, noun.end)
    detail = _detail(prose, items, index) if before.text in _DETERMINERS else []
    if not detail:
        return None
    told = next(word.text for word in detail[1:] if word.text not in _ARTICLES)
    return _person(prose, Identity(noun.text, detail[0].text, told), noun.start, detail[-1].end)


def _person(prose: str, identity: Identity, start: int, end: int) -> Person:
    return Person(identity, Subject(prose[start:end], Span(start, end)))


def _detail(prose: str, items: Sequence[Word], index: int) -> Sequence[Word]:
    """Return the words behind a noun from a preposition to the end of its phrase, such as `in a red coat`."""
    phrase: list[Word] = []
    telling = 0
    end = items[index].end
    for place in range(index + 1, min(index + 2 + _LONGEST, len(items))):
        word = items[place]
        if word.start - end != 1 or prose[end] != " " or word.text in _JOINING:
            break
        if word.text not in _TELLING if not phrase else telling and _is_verb(items, place):
            break
        telling += bool(phrase) and word.text not in _ARTICLES
        phrase.append(word)
        end = word.end
    return phrase if telling and _MANNERS.isdisjoint(word.text for word in phrase) else []


def _is_verb(items: Sequence[Word], index: int) -> bool:
    """Return whether a word is the verb behind a noun: one of speech, or inflected with no other verb behind it."""
    word = items[index]
    if word.text in KINDS or word.text.endswith("ss") or not word.text.endswith(_INFLECTED):
        return word.text in KINDS
    following = items[index + 1] if index + 1 < len(items) else word
    adjacent = following.start - word.end == 1
    return not (adjacent and (following.text in KINDS or following.text.endswith(("s", "ed"))))
