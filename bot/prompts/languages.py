"""Tells the language of a line: good enough for sentences of three words, silent when in doubt."""

# Chinese punctuation and curly quotes are data here.
# ruff: noqa: RUF001

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING

from bot.prompts.lexicon import feelings, people, scenes, speech
from bot.prompts.lexicon.languages import BORROWED, ENGLISH, FOREIGN, SUNG_SYLLABLES
from bot.prompts.text import stem

if TYPE_CHECKING:
    from collections.abc import Sequence

_SCRIPTS = (
    (re.compile(r"[\u3040-\u30ff]"), "Japanese"),
    (re.compile(r"[\uac00-\ud7af]"), "Korean"),
    (re.compile(r"[\u0400-\u04ff]"), "Russian"),
    (re.compile(r"[\u0600-\u06ff]"), "Arabic"),
    (re.compile(r"[\u0900-\u097f]"), "Hindi"),
    (re.compile(r"[\u0e00-\u0e7f]"), "Thai"),
    (re.compile(r"[\u0370-\u03ff]"), "Greek"),
    (re.compile(r"[\u0590-\u05ff]"), "Hebrew"),
)
_WORD = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*")
_HAN = re.compile(r"[\u3400-\u9fff]")
_ACCENTS = (
    (frozenset("ßäöü"), "German"),
    (frozenset("ñ¿¡"), "Spanish"),
    (frozenset("ãõ"), "Portuguese"),
    (frozenset("ąęłńśźż"), "Polish"),
    (frozenset("çœæêëîïûù"), "French"),
    (frozenset("ğışåøčřžýőűăâțș"), ""),
    (frozenset("éèàáíóúòìô"), ""),
)
#: English words from all our lists; any of their inflections counts.
_ENGLISH = frozenset(
    stem(word)
    for word in ENGLISH
    | people.PERSONS
    | people.ANIMALS
    | speech.SPEECH_VERBS
    | scenes.PLACES
    | scenes.MOVEMENT
    | scenes.STYLE
    | scenes.EVENTS
    | feelings.EXPRESSIVE
)
_ANY_FOREIGN = frozenset.union(*FOREIGN.values())
_OTHER_SCRIPT_SHARE = 0.3
_SYLLABLE = 2
#: A word of this length or less says nothing alone; so many foreign words may stand in an English line.
_SHORT_WORD, _MIXED = 3, 2


@lru_cache(maxsize=1024)
def foreign_language(text: str) -> str | None:
    """Return the language of a line if it is neither Chinese nor English: its English name, or "" if only that is sure.

    None means Chinese, English, or too little to tell.
    """
    letters = sum(sign.isalpha() for sign in text)
    if not letters:
        return None
    for script, name in _SCRIPTS:
        if len(script.findall(text)) / letters >= _OTHER_SCRIPT_SHARE or (name == "Japanese" and script.search(text)):
            return name
    return None if _HAN.search(text) else _foreign_latin(text)


def _foreign_latin(text: str) -> str | None:
    """Return the language of a line in Latin letters, by its common words and accents."""
    words = [word.lower().replace("’", "'") for word in _WORD.findall(text)]
    if all(word in BORROWED for word in words) or _is_babble(words):
        return None
    english = sum(stem(word) in _ENGLISH and word not in _ANY_FOREIGN for word in words)
    scores = {name: sum(word in known for word in words) for name, known in FOREIGN.items()}
    best = max(scores, key=lambda name: scores[name])
    foreign = sum(word in _ANY_FOREIGN and word not in ENGLISH and word not in BORROWED for word in words)
    accent = next((name for signs, name in _ACCENTS if signs & set(text.lower())), None)
    evidence = {word for word in words if word in _ANY_FOREIGN and word not in BORROWED} - SUNG_SYLLABLES
    if (
        not evidence
        or (english and not accent and len(evidence) <= _MIXED)
        or (len(words) == 1 and len(words[0]) <= _SHORT_WORD)
    ):
        return accent if accent is not None and not english and len(words) > 1 else None
    if foreign > english or (foreign == english and foreign and accent is not None):
        return best
    if not english and accent is not None and len(words) > 1:
        return best if scores[best] else accent
    return None


def _is_babble(words: Sequence[str]) -> bool:
    """Return whether there is nothing but one syllable again and again: `Da da!` of a baby, the `la la` of a song."""
    return len(words) > 1 and len(set(words)) == 1 and len(words[0]) <= _SYLLABLE


def is_english(text: str) -> bool:
    """Whether a line is written in Latin letters and no foreign language is evident."""
    return not _HAN.search(text) and foreign_language(text) is None
