"""Tells what the text around a quotation does: it leads to a line, it is about who hears one, it is a beat."""

# Chinese punctuation and curly quotes are data here.
# ruff: noqa: RUF001

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from bot.prompts import names, subjects
from bot.prompts.lexicon import people
from bot.prompts.lexicon.lists import word_set
from bot.prompts.lexicon.structure import DETERMINERS
from bot.prompts.manner import is_adverb
from bot.prompts.text import FULL_STOPS
from bot.prompts.traits import is_many

if TYPE_CHECKING:
    from bot.prompts.model import Quote, Span
    from bot.prompts.reading import Reading
    from bot.prompts.subjects import Subject

#: How a quotation ends that is a sentence.
SENTENCE_LIKE = re.compile(r"[.!?…。！？~]$|[.!?…。！？]['\"”’」]$")
#: What those who listen do.
_REACTIONS = word_set(
    "laugh laughs cheer cheers applaud applauds clap claps gasp gasps giggle giggles chuckle chuckles boo"
)
#: Verbs that need a line, and how far from its beginning they are looked for in the sentence behind one.
_TELLING = word_set("say says said ask asks asked reply replies replied answer answers answered add adds added")
_CRY_REACH = 60
_SOMEBODY = DETERMINERS | {"he", "she", "they"}
_STOP = re.compile(r"[.!?:;\n]")
_CHINESE_CRY = re.compile(
    r"\s{0,2}[^\W他她它]{1,10}(?:惊呼|尖叫|欢呼|大喊|呼喊|大叫|大笑|笑了|鼓掌|叹气|感叹|哄笑)[。！!]"
)
#: How many words stand between two lines of one person and say nothing of anybody else: `Cut.`
_BEAT = 2


def leads(reading: Reading, clause: Span, quote: Quote) -> bool:
    """Return whether a clause without brackets leads to the quotation behind it: by a colon, a verb or a name."""
    return (
        reading.prose[clause.end - 1] in ":："
        or reading.verbs.are_between(*clause)
        or names.dashed_name(reading.prose, *clause) is not None
        or _leads_by_comma(reading, clause, quote)
    )


def _leads_by_comma(reading: Reading, clause: Span, quote: Quote) -> bool:
    """Return whether somebody, any verb and a comma lead to a sentence: `The man gloats, "You wish."`."""
    said = reading.text[slice(*quote.inner)]
    if reading.prose[clause.end - 1] != "," or not said[0].isupper() or SENTENCE_LIKE.search(said) is None:
        return False
    verb = next((word for word in reversed(reading.words.between(*clause)) if not is_adverb(word.text)), None)
    if verb is None or not verb.text.endswith(("s", "ed")) or verb.text.endswith("ss"):
        return False
    someone = subjects.english_subject(reading.prose, reading.words, *clause)
    named = names.named_speaker(reading.prose, reading.words, clause.start, verb.start)
    return named is not None or (someone is not None and (someone.pronoun or subjects.is_somebody(someone)))


def is_reaction(reading: Reading, subject: Subject | None, sentence: Span) -> bool:
    """Return whether a sentence behind a line is about those who hear it: `Guests laugh.`."""
    reacting = not _REACTIONS.isdisjoint(reading.words.texts_between(*sentence))
    return reacting and subject is not None and is_many(subject.words)


def is_beat(reading: Reading, sentence: Span) -> bool:
    """Return whether what stands between two lines is too short to be about anybody: `Cut.`."""
    return reading.words.index_at(sentence.end) - reading.words.index_at(sentence.start) <= _BEAT


def is_own_sentence(reading: Reading, index: int) -> bool:
    """Return whether what follows a finished line is no part of it: `"Hold on!" The crew shouts.`.

    A verb that says nothing without the line, as in `"Hold on." The captain says.`, ties it to the line after all,
    unless it leads to the next one. `index` is that of the quotation.
    """
    quote, text = reading.quotes[index], reading.text
    behind = quote.outer.end
    if text[quote.inner.end - 1] not in FULL_STOPS:
        return False
    if _CHINESE_CRY.match(text, behind):
        return True
    stop = _STOP.search(text, behind, behind + _CRY_REACH)
    inside = reading.words.between(behind, stop.start() if stop else behind + _CRY_REACH)
    if not inside or not text[inside[0].start].isupper() or text[behind : inside[0].start].strip(" "):
        return False
    someone = inside[0].text in _SOMEBODY or inside[0].text in people.PERSONS
    following = reading.quotes[index + 1].outer.start if index + 1 < len(reading.quotes) else len(text)
    leads_on = text[behind:following].rstrip().endswith((",", ":")) and following - behind <= _CRY_REACH
    return someone and (leads_on or not any(word.text in _TELLING for word in inside[1:]))
