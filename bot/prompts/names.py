"""Finds names in prose: of a script, before a verb of speech, or explained behind a comma."""

# Chinese punctuation and curly quotes are data here.
# ruff: noqa: RUF001

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from bot.prompts.lexicon import people, speech
from bot.prompts.lexicon.lists import word_set
from bot.prompts.lexicon.structure import DETERMINERS, INFLECTED, STOP_WORDS
from bot.prompts.manner import is_adverb
from bot.prompts.model import Span, VoicePlace, span_of
from bot.prompts.subjects import Subject

if TYPE_CHECKING:
    from collections.abc import Sequence

    from bot.prompts.model import VoiceTag
    from bot.prompts.reading import Reading
    from bot.prompts.text import Word, Words

_NAME = re.compile(r"[^\W\d_][\w.'’ -]{0,38}[\w.)]?")
_NAME_WORDS = 4
_NEAR, _MOST_VOICES = 60, 16
_ARTICLES = frozenset(("a", "an", "the"))
_DASH = re.compile(r"\s[-–—]\s?$")
_APPOSED = re.compile(
    r"((?:(?:Mr|Mrs|Ms|Dr|Prof|St)\. )?[A-Z][a-z]+(?: [A-Z][a-z]+){0,2}),\s(?!(?:and|or|but|as|while)\b)(?=[a-z])"
)
#: `The jeweller, a woman with a soft voice, says`: an article and a noun that nobody knows, then who it is.
_EXPLAINED = re.compile(
    r"(?:the|an?)\s((?:[a-z-]+\s){0,2}[a-z-]+),\s(?:an?|the|his|her|their)\s[^.;:!?]{1,120},\s(?:then\s)?(?:[a-z]+ly\s)?([a-z]+)",
    re.IGNORECASE,
)
_OWNED = re.compile(
    r"(?:(?:the|an?|his|her|their)\s)?((?:[\w-]+\s){0,3}[\w-]+)['’]s\s"
    r"(?:(?!(?:an?|the|and|his|her)\b)[\w-]+,?\s){0,3}?(?:voice|voice-?over|monologue|narration|thoughts?)\b",
    re.IGNORECASE,
)
_TAG = re.compile(r"([a-z]+)\s(?:(?:the|an?|his|her|their)\s)?")
#: `Her voice trembles`, `His eyes light up`, 她的声音颤抖: what of somebody acts in the place of the whole.
_PART = re.compile(
    r"(?:in\s)?(his|her|their)\s(?:[a-z-]+\s){0,2}?(?:voice|tone|whisper|eyes?|face|smile|grin|lips?|mouth|expression|"
    r"gaze|hands?|fingers?|head|shoulders?|jaw|brows?|eyebrows?|breath|words|laugh|laughter)\b"
    "|([他她])的?(?:声音|嗓音|语气|眼睛|双眼|眼神|目光|脸上?|嘴角|嘴唇|双手|手指|表情|笑容|眉头)",
    re.IGNORECASE,
)
_OWNERS = {"his": "he", "her": "she", "their": "they"}
_PLACES = word_set(
    """offstage onstage backstage off-screen outside inside upstairs downstairs nearby overhead below above elsewhere
    indoors outdoors ashore offshore tonight today somewhere everywhere"""
)
_NO_NAMES = STOP_WORDS | DETERMINERS | people.PERSONS | _PLACES
_PREPOSITIONS = word_set("in at from of near on to")
_TIMES = word_set("morning evening night day week year moment second minute hour time")


def script_name(text: str, start: int, end: int) -> Subject | None:
    """`Anna:` or `OLD MAN (whispering):` — a short name that stands alone before the colon."""
    stretch = text[start:end].rstrip()
    while stretch.endswith((")", "）")):
        opening = max(stretch.rfind("("), stretch.rfind("（"))
        if opening < 0:
            break
        stretch = stretch[:opening].rstrip()
    stretch = stretch.rstrip("*_ ")
    if not _NAME.fullmatch(stretch):
        return None
    words = stretch.split()
    if len(words) > _NAME_WORDS or (len(words) > 1 and not words[0][0].isupper()) or words[-1].lower() in STOP_WORDS:
        return None
    if (
        _is_sentence(words)
        or any(word.lower() in STOP_WORDS for word in words)
        or words[0].lower() in speech.SUBJECT_PRONOUNS
    ):
        return None
    if len(words) > 1 and words[0].lower() in _ARTICLES and words[1].islower():
        article = stretch.index(words[1], len(words[0]))
        start, stretch = start + article, stretch[article:]
    return Subject(stretch, Span(start, start + len(stretch)))


def _is_sentence(words: Sequence[str]) -> bool:
    """Return whether words before a colon end with a verb or an adverb, and are no name."""
    if len(words) == 1 or not words[-1].islower():
        return False
    if is_adverb(words[-1]) or any(sign.isdigit() for word in words for sign in word):
        return True  # `The second nods slowly:`, `Lion 1 yawns:`
    article, letter = words[0].lower() in _ARTICLES, len(words[-2]) == 1
    return (article or letter) and words[-1].endswith(("s", "ed"))  # `A radio crackles:`, `Robot A beeps:`


def voice_over(text: str, start: int, end: int) -> Subject | None:
    """`Voice-over, warm and slow:` — a voice without a body, and what it sounds like."""
    comma = text.find(",", start, end)
    name = script_name(text, start, comma) if comma >= 0 else None
    return name if name is not None and name.words.lower() in speech.OFFSCREEN_WORDS else None


def dashed_name(text: str, start: int, end: int) -> Subject | None:
    """`Anna - "…"`: a short name that stands alone before a dash."""
    dash = _DASH.search(text, start, end)
    name = script_name(text, start, dash.start()) if dash is not None else None
    return name if name is not None and name.words[0].isupper() else None


def apposed_name(text: str, start: int, end: int) -> Subject | None:
    """Find the name in `Anna, a tall woman with a soft voice, says`: a name or a noun, a comma, a description."""
    explained = _EXPLAINED.match(text, start, end)
    if explained is not None and _is_explained(explained):
        return Subject(explained.group(1), span_of(explained.span(1)))
    match = _APPOSED.match(text, start, end)
    if match is None:
        return None
    word = match.group(1).split()[0].lower()
    if word in _NO_NAMES or word.endswith(("ing", "ly", "ed")):
        return None
    return Subject(match.group(1), span_of(match.span(1)))


def voice_of(text: str, start: int, end: int) -> Subject | None:
    """Return whose voice or thoughts a clause begins with, or goes on with behind a comma: `Tom's inner monologue`."""
    comma = text.find(", ", start, end)
    owned = _OWNED.match(text, start, end) or (_OWNED.match(text, comma + 2, end) if comma >= 0 else None)
    if owned is None:
        return None
    tag = _TAG.match(text, *owned.span(1))  # says a man's voice
    if tag is not None and tag.group(1).lower() not in speech.SPEECH_VERBS:
        tag = None
    first = owned.start(1) if tag is None else tag.end()
    return Subject(text[first : owned.end(1)], Span(first, owned.end(1)))


def owner_of(text: str, start: int, end: int) -> Subject | None:
    """Return the pronoun whose voice, face or hands a clause is about: she in `Her voice trembles`."""
    part = _PART.match(text, start, end)
    if part is None:
        return None
    group = part.lastindex or 0
    owner = part.group(group).lower()
    return Subject(_OWNERS.get(owner, owner), span_of(part.span(group)), pronoun=True)


def _is_explained(match: re.Match[str]) -> bool:
    """Return whether a noun and no part of a sentence stands before the comma, and the verb of the noun behind it."""
    noun = match.group(1).lower().rpartition(" ")[2]
    return not noun.endswith(INFLECTED) and noun not in _TIMES and match.group(2).lower() in speech.SPEECH_VERBS


def named_speaker(text: str, words: Words, start: int, verb: int) -> Subject | None:
    """`Anna says`: capitalised words directly before a speech verb."""
    clause = words.between(start, verb)
    first = len(clause)
    while (
        first > 0
        and text[clause[first - 1].start].isupper()
        and (first == len(clause) or not text[clause[first - 1].end : clause[first].start].strip(" ."))
        and clause[first - 1].text not in STOP_WORDS | speech.SUBJECT_PRONOUNS
    ):
        first -= 1
    while first < len(clause) and clause[first].text in ("a", "an"):
        first += 1
    if first == len(clause) or clause[-1].text in DETERMINERS:
        return None
    if first and clause[first - 1].text in _PREPOSITIONS:  # a chef in Paris says
        return None
    begin, end = clause[first].start, clause[-1].end
    return Subject(text[begin:end], Span(begin, end))


def name_behind(text: str, words: Words, verb: Word, end: int) -> Subject | None:
    """`says Anna`, `says Anna's mother`, `says one`: capitalised words directly behind a speech verb."""
    begin = last = None
    stop = verb.end
    one = next(iter(words.first(verb.end, end, 1)), None)
    if one is not None and one.text == "one" and not text[one.end : end].strip(" .!?"):
        return Subject(text[one.start : one.end], Span(one.start, one.end))
    for word in words.first(verb.end, end, _NAME_WORDS):
        if text[stop : word.start].strip(" .") or not text[word.start].isupper() or word.text in STOP_WORDS:
            break
        begin = begin if begin is not None else word.start
        last = stop = word.end
    if begin is None or last is None:
        return None
    if text[last - 2 : last] in ("'s", "’s"):
        owned = next((word for word in words.first(last, end, 3) if word.text in people.PERSONS), None)
        last = last - 2 if owned is None else owned.end
    return Subject(text[begin:last], Span(begin, last))


class NamedVoices:
    """The voices that stand behind names without brackets: `The diver @V says`."""

    def __init__(self, reading: Reading, tags: Sequence[VoiceTag]) -> None:
        self._by_end: dict[str, list[tuple[str, str]]] = {}
        for tag in tags:
            if tag.place is VoicePlace.AFTER_NAME and tag.character is None:
                start = tag.span.start
                before = reading.lower[max(0, start - _NEAR) : start].rstrip(" (（")
                self._by_end.setdefault(before[-1:], []).append((before, tag.name))

    def of(self, speaker: str) -> str | None:
        """Return the voice of somebody, if one of the first that can be meant stands behind the name."""
        name = speaker.lower()
        near = self._by_end.get(name[-1:], [])[:_MOST_VOICES]
        return next((voice for before, voice in near if before.endswith(name)), None)
