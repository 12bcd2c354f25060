"""Finds names in prose by what people do: `Maya looks into the camera`, `In the kitchen, Leo Chen stirs a pot`.

A name that stands before a verb of speech needs no such sign; before another verb a capital says little, as every
sentence begins with one: `Rain falls`, `Tokyo glows`.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from bot.prompts.lexicon import given_names, people, scenes, speech
from bot.prompts.lexicon.lists import word_set
from bot.prompts.lexicon.structure import ADVERBS, DETERMINERS, IRREGULAR_PAST, STOP_WORDS
from bot.prompts.manner import is_adverb
from bot.prompts.model import Span
from bot.prompts.text import stem

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from bot.prompts.text import Sentences, Word, Words

_LONGEST = 4
_TITLES = word_set("mr mrs ms dr prof st sgt capt lt")
_JOINING = word_set("and but then while as when if because until once after before where")
#: Behind these stands somebody who acts in a minor clause.
_SUBORDINATORS = _JOINING - {"and", "but", "then"}
_BEING = word_set("is was")
#: `On Monday morning Leo opens`: what stands before a name without a comma.
_TIMES = word_set("morning evening night day noon dawn dusk afternoon moment later today tonight")
#: `Maya, a young chef, tastes`, `Maya (28) tastes`: who somebody is.
_EXPLAINED = re.compile(r",\s(?!(?:and|but|while|as|then|or)\b)[a-z\d][^,.;:!?]{0,80},|\s\([^()]{0,80}\)")
#: Among how many words behind a name its verb is looked for: `Buddy the golden retriever looks`.
_FOLLOWING = 5
_SCENERY = word_set(
    """light sunlight moonlight music snow wind mist smoke steam dust water fire flames traffic silence darkness text
    title logo credits subtitles mount lake tower street valley island fireworks lightning thunder waves"""
)
_THINGS = scenes.PLACES | scenes.CAMERA | _SCENERY
_NO_NAMES = STOP_WORDS | DETERMINERS | speech.SUBJECT_PRONOUNS | speech.GROUP_PRONOUNS | word_set("let what here there")
_NOUNS = people.PERSONS | people.ANIMALS | word_set("everyone everybody someone somebody nobody none nothing something")
_OWNING = "'s"
#: Before a name these say where, or that it describes a thing.
_NO_MEETING = DETERMINERS | word_set("in at from to near outside inside through around across over above and or")
_VERBS = word_set(
    """look glance stare gaze peer smile grin smirk frown nod shrug wink blink bow wave sigh turn walk stride shuffle
    stroll step enter pace stand sit kneel crouch lean lift pick grab hold take put place set pour stir chop taste sip
    drink eat bite open close lock unlock type write read paint draw check adjust point face gesture clap dance jump
    skip climb swim ride drive throw catch kick hug kiss pat wipe wash brush comb wrap unwrap pack unpack show present
    demonstrate cook bake mix whisk knead serve carry push pull drag hand give offer receive wear remove tie button zip
    laugh weep sob giggle chuckle gasp shiver tremble hesitate pause ponder remember notice watch listen search dig
    touch tap knock stretch yawn wake dream arrive leave return approach join meet greet follow study play strum
    rehearse perform pose film record scratch rub shake clutch grip squeeze press fold unfold tilt straighten hunch
    slump collapse stumble trip limp march wander rush hurry peek crawl hide wait run raise blow tip hum spin work
    examine inspect peel slice arrange polish sharpen flip scroll swipe toast salute jog skate surf meditate pray think
    get come go stop finish start try hang"""
)
#: What makes a name sure, so that it needs no verb for what people do.
_SURE = given_names.ALL | _TITLES
_DEEDS = frozenset(map(stem, _VERBS))
_PAST = IRREGULAR_PAST - word_set("rose fell grew broke began rang tore shut cut hit led lost built had did blew")


class ActingName(NamedTuple):
    """A name, where its verb begins, and whether the clause is a minor one: `as Maya turns`.

    Between the name and its verb stands at most what explains the name.
    """

    span: Span
    verb: int
    minor: bool


def acting_names(text: str, clause: Sequence[Word]) -> Iterator[ActingName]:
    """Return the names that act in a clause, in its order."""
    for first, last in _names(text, clause):
        verb = _verb_behind(text, clause, last) if _begins_a_part(text, clause, first) else None
        if verb is not None:
            minor = first > 0 and clause[first - 1].text in _SUBORDINATORS
            yield ActingName(Span(clause[first].start, clause[last - 1].end), verb.start, minor)


def acting_name(text: str, clause: Sequence[Word]) -> ActingName | None:
    """Return the first name that acts in a clause, before one that acts in a minor clause of it."""
    return min(acting_names(text, clause), key=lambda name: name.minor, default=None)


def met_names(text: str, clause: Sequence[Word]) -> Iterator[Span]:
    """Return the names that only occur in a clause: `a close-up of Maya`, `Leo's phone rings`, no `French bakery`."""
    for first, last in _names(text, clause):
        noun = clause[last - 1]
        name = noun.text.removesuffix(_OWNING)
        owner = name != noun.text and (first > 0 or name in given_names.ALL)
        if owner or _is_object(text, clause, first, last):
            yield Span(clause[first].start, noun.start + len(name))


class Names(NamedTuple):
    """The names of a prose that act, and those that only occur, in the order of the text."""

    acting: Sequence[ActingName]
    met: Sequence[Span]


def names_of(text: str, words: Words, sentences: Sentences) -> Names:
    """Return the names of a prose."""
    acting: list[ActingName] = []
    met: list[Span] = []
    start = 0
    while start < len(text):
        end = sentences.end(start)
        clause = words.between(start, end)
        acting += acting_names(text, clause)
        met += met_names(text, clause)
        start = end
    return Names(acting, met)


def _names(text: str, clause: Sequence[Word]) -> Iterator[tuple[int, int]]:
    """Return where words with a capital that can be a name begin and end, the end excluded."""
    index = 0
    while index < len(clause):
        if not text[clause[index].start].isupper():
            index += 1
            continue
        last = _run_end(text, clause, index)
        first = _first_of_name(clause, index, last)
        if _is_name(clause, first, last):
            yield first, last
        index = last


def _is_object(text: str, clause: Sequence[Word], first: int, last: int) -> bool:
    """Return whether a name stands in the middle of a sentence and names no place, and no noun follows it."""
    if first == 0 or clause[first - 1].text in _NO_MEETING or text[clause[first - 1].start].isupper():
        return False
    return text[clause[first - 1].end : clause[first].start] == " " and _ends(text, clause, last)


def _ends(text: str, clause: Sequence[Word], last: int) -> bool:
    """Return whether a name ends before a word: no noun follows that it would only describe."""
    if last == len(clause) or text[clause[last - 1].end : clause[last].start] != " ":
        return True
    following = clause[last].text
    return following in STOP_WORDS or following in DETERMINERS or is_adverb(following) or following.endswith("ing")


def _run_end(text: str, clause: Sequence[Word], first: int) -> int:
    """Return the index behind the words with a capital that follow one another from a word on."""
    last = first + 1
    while last < len(clause) and text[clause[last].start].isupper():
        gap = text[clause[last - 1].end : clause[last].start]
        if gap != " " and not (gap == ". " and clause[last - 1].text in _TITLES):
            break
        last += 1
    return last


def _first_of_name(clause: Sequence[Word], first: int, last: int) -> int:
    """Return the index of the first word of a run that belongs to a name: behind `Suddenly` and `Then`."""
    while first < last and (is_adverb(word := clause[first].text) or word.removesuffix(_OWNING) in _NO_NAMES):
        first += 1
    return first


def _is_name(clause: Sequence[Word], first: int, last: int) -> bool:
    """Return whether words with a capital can be the name of somebody, and no noun or place."""
    run = [word.text for word in clause[first:last]]
    if not 0 < len(run) <= _LONGEST or not _THINGS.isdisjoint(run):
        return False
    return run[-1] not in _NOUNS or run[0] in _TITLES


def _begins_a_part(text: str, clause: Sequence[Word], first: int) -> bool:
    """Return whether a sentence or a part of it begins at a word: no `the` and no preposition stands before it."""
    if first == 0:
        return True
    before = clause[first - 1]
    if before.text in _JOINING or before.text in _TIMES or is_adverb(before.text):
        return True
    return bool(text[before.end : clause[first].start].strip())


def _verb_behind(text: str, clause: Sequence[Word], last: int) -> Word | None:
    """Return the verb for what people do that stands behind a name, past what explains the name."""
    known = not _SURE.isdisjoint(word.text for word in clause[max(0, last - _LONGEST) : last])
    explained = _EXPLAINED.match(text, clause[last - 1].end)
    if explained is not None:
        last = next(
            (place for place in range(last, len(clause)) if clause[place].start >= explained.end()), len(clause)
        )
    elif last < len(clause) and text[clause[last - 1].end : clause[last].start] != " ":
        return None
    following = list(clause[last : last + _FOLLOWING])
    if following and following[0].text == "the":
        return next((word for word in following[2:] if _is_deed([word.text], known=False)), None)
    while following and (is_adverb(following[0].text) or following[0].text in ADVERBS or following[0].text == "then"):
        del following[0]
    return following[0] if _is_deed([word.text for word in following], known=known) else None


def _is_deed(following: Sequence[str], *, known: bool) -> bool:
    """Return whether words begin with a verb for what people do, `looks`, or `is looking`; any verb of a known name."""
    if not following or following[0].endswith("ss"):
        return False
    verb = following[0]
    if verb in _BEING:
        return len(following) > 1 and following[1].endswith("ing") and stem(following[1]) in _DEEDS
    if verb in _PAST:
        return True
    inflected = verb.endswith(("s", "ed")) and verb not in STOP_WORDS
    return inflected and (known or stem(verb) in _DEEDS)
