"""How a line is performed: its kind and its manner."""

# Chinese punctuation is data here.
# ruff: noqa: RUF001

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING

from bot.prompts.chinese import chinese_manner, chinese_voice
from bot.prompts.lexicon import speech
from bot.prompts.manner import is_adverb, is_expressive
from bot.prompts.model import LineKind, Span
from bot.prompts.subjects import skip_marker
from bot.prompts.text import BRACKET, QUOTE, VOICE, alternatives, any_of, holds, is_cjk, lower_in_place, simplified
from bot.prompts.traits import is_many

if TYPE_CHECKING:
    from bot.prompts.reading import Reading

_WORD = re.compile(r"[\w-]+")
_TRIM = f" ,:：，.()（）{VOICE}\n"
_CHINESE_RAP, _CHINESE_SINGING = any_of(speech.CHINESE_RAP), any_of(speech.CHINESE_SINGING)
#: What an introduction says of somebody who is heard and not seen. Each alternative begins with a letter, and looks
#: back for the beginning of the word afterwards: the search skips other text quickly. A voice over a radio is none.
_UNSEEN = re.compile(
    alternatives(
        (
            *sorted(speech.OFFSCREEN_WORDS),
            "v.o.",
            "voice over",
            "inner monologue",
            "inner voice",
            *speech.CHINESE_NARRATION,
        ),
        {word: rf"{word}(?<![\w-]{word})(?![\w-])" for word in speech.OFFSCREEN_WORDS}
        | {"voice over": r"voice over(?!\s\w)"},
    )
)
_ANOTHER_PART = re.compile(rf"{BRACKET}|,\s(?:and|but|while|as)\s(?=the\b|an?\b|his\b|her\b)", re.IGNORECASE)
_BEHIND_NAME = re.compile(
    r"\s{0,4}(?:(?:(?:on|in|at|by|near|behind|from)\s[^.!?,:;()（）\n]{1,40})?"
    r"(?P<remark>[(（][^()（）\n]{1,160}[)）])|"
    r"(?:,|in\b|with\b)[^.!?:;()\n]{1,160}?\b(?P<voice>" + "|".join(sorted(speech.VOICE_NOUNS)) + r")(?![\w-]))",
    re.IGNORECASE,
)
#: `…, her voice trembling`: a voice with something told of it behind.
_VOICE_TOLD = re.compile(
    r",\s((?:(?:his|her|their|its)\s)?(?:[\w-]+\s){0,2}?(?:voice|tone)\s(?!as\b|and\b)[^,.!?:;()\n]{1,60})(?=,|[\s:]*$)",
    re.IGNORECASE,
)
#: `… on a beach, calm, soft voice:`, and no `, her hand on the voice recorder`.
_VOICE_LAST = re.compile(
    r",\s((?:(?!(?:his|her|their|its|an?|the|with|in|and)\b|\w+ing\b)[\w-]+,?\s){1,4}(?:voice|tone))[\s:]*$",
    re.IGNORECASE,
)
#: `Pilot, calm and slow:`
_APPOSED = re.compile(r",\s((?!(?:an?|the|his|her)\b)[^,.!?:;()\n]{1,40}?)\s*:\s*$")
_BEFORE_NAME = re.compile(
    r"\s*((?:in|with)\s[^.!?:;\n]{1,80}?\b(?:" + "|".join(sorted(speech.VOICE_NOUNS)) + r")),", re.IGNORECASE
)
#: What stands behind the man in `a man's gruff voice says`.
_OWNED = re.compile(r"^['’]s\s")
_COUNT = re.compile("(?:[两三四五六七八九十几数](?:个|位|名|只)|一[群帮队对伙])[^\\W的]{0,2}的?$")
_COUNT_REACH = 8
#: `Joe - tired cook, gravelly voice;`: an entry in a list of characters.
_LISTED = re.compile(
    rf"\s?[-–—:：]\s?([^.!?:;\n{QUOTE}{BRACKET}]{{0,120}}(?:\b(?:{'|'.join(sorted(speech.VOICE_NOUNS))})\b|[男女童]声|声音|嗓音)"
    rf"[^.!?:;。；\n{QUOTE}{BRACKET}]{{0,40}})(?=[.;。；\n]|$)",
    re.IGNORECASE,
)
_MOST_NAMED, _TOLD_REACH = 3, 200
_OWN_VOICE = re.compile(rf"(?:[\w-]+,?\s){{0,4}}?(?:{'|'.join(sorted(speech.VOICE_NOUNS))})\b", re.IGNORECASE)
_CHINESE_COMMA = re.compile("[，,]")
_RAP_WORDS = speech.RAP_VERBS | speech.RAPPER_WORDS
_SUNG_WORDS = speech.SINGING_VERBS | speech.CHOIR_WORDS
_TOGETHER = (*speech.UNISON_PHRASES, *speech.CHINESE_CHORUS)


def manner_of(reading: Reading, clause: Span, behind: int) -> str | None:
    """Return what an introduction says about the way of speaking, such as `says in a calm voice`.

    `behind` is where the name of the speaker ends.
    """
    (start, end), prose = clause, reading.prose
    begin = max(start, min(behind, end))
    verb = reading.verbs.last_index(start, end)
    if verb is None:
        stretch = prose[skip_marker(prose, start, end) if begin in (start, end) else begin : end]
        spoken = reading.verbs.last_chinese(begin, end)
        if spoken is not None:
            told = chinese_manner(prose[begin : spoken.start()], spoken.group())
        else:
            told = _without_deeds(chinese_voice(stretch)) if is_cjk(stretch) else None
        return told or _description(stretch)
    words = reading.words
    first = words.starts[verb]
    if prose[begin:end].lstrip().startswith(("(", "（")) and (remark := _description(prose[begin:end])) is not None:
        return remark
    if begin > words.ends[verb]:  # "…," says the hunter in a low rasp
        after = _spoken(_OWNED.sub("", prose[begin:end]))
        if after is not None:
            return after
    if verb and words.starts[verb - 1] >= start and is_adverb(words.texts[verb - 1]):
        first = words.starts[verb - 1]
    # Where the name stands behind the verb, nothing but the verb tells of the manner: "Hi!" whispers the old man.
    limit = words.ends[verb] if begin > words.ends[verb] else end
    told = _spoken(prose[first:limit]) or _description(prose[begin:first])
    before = None if told else _BEFORE_NAME.match(prose, start, begin)
    return before.group(1) if before is not None else told


class VoicesTold:
    """What prose tells of voices where it names somebody: `Characters: Joe (tired cook, gravelly voice)`."""

    def __init__(self, reading: Reading) -> None:
        self._reading = reading
        self._found: dict[str, str | None] = {}

    def of(self, label: str) -> str | None:
        """Return what is told of the voice of somebody at one of the first places that name that one."""
        if label not in self._found:
            self._found[label] = self._find(label)
        return self._found[label]

    def _find(self, label: str) -> str | None:
        reading, name, position = self._reading, lower_in_place(label), 0
        for _ in range(_MOST_NAMED):
            position = reading.lower.find(name, position)
            if position < 0:
                return None
            within = position > 0 and reading.lower[position - 1].isalnum() and not is_cjk(name)
            position += len(name)
            if within:
                continue
            stretch = reading.prose[position : position + _TOLD_REACH]
            listed = _LISTED.match(stretch)
            told = _description(stretch) if listed is None else listed.group(1).strip(_TRIM)
            if told is not None and not _OWNED.match(stretch):
                return told
        return None


def _without_deeds(told: str | None) -> str | None:
    """Return Chinese words that tell of a voice without what somebody does before: 举起口红 before 语速飞快."""
    while (
        told is not None
        and (comma := _CHINESE_COMMA.search(told)) is not None
        and not is_expressive(told[: comma.start()])
    ):
        told = told[comma.end() :]
    return told


def _spoken(stretch: str) -> str | None:
    """Return the words from a verb of speech on, if they say how somebody speaks."""
    another = _ANOTHER_PART.search(stretch)
    manner = (stretch if another is None else stretch[: another.start()]).strip(_TRIM)
    plain = manner in speech.PLAIN_VERBS or manner in speech.VOICE_NOUNS
    return manner if not plain and is_expressive(manner) else None


def _description(stretch: str) -> str | None:
    """Return what tells of a voice behind a name: `(calm)`, `, confident male voice`, `…, her voice trembling`."""
    owned = _OWNED.match(stretch)
    if owned is not None:
        voice = _OWN_VOICE.match(stretch, owned.end())
        return None if voice is None else _spoken(voice.group())
    told = _VOICE_TOLD.search(stretch)
    if told is not None:
        return told.group(1).strip(_TRIM)
    found = _BEHIND_NAME.match(stretch)
    if found is None:
        last = _VOICE_LAST.search(stretch) or _APPOSED.match(stretch)
        return last.group(1) if last is not None and is_expressive(last.group(1)) else None
    manner = (found.group("remark") or found.group()).strip(_TRIM)
    return manner if found.group("voice") or is_expressive(manner) else None


def kind_of(
    reading: Reading, clause: Span, floor: int, index: int, *, speakers: tuple[str, ...], attributes: str, group: bool
) -> LineKind:
    """Return how the line in a quotation is performed.

    `clause` introduces it, `floor` is where the text that belongs to it begins, `attributes` are those of the label of
    its `speakers`, `group` says that a group pronoun stands there.
    """
    start, end = clause
    kind = reading.verbs.kind_between(start, end)
    if kind is None:
        kind = _kind_of_words(speakers, attributes) or reading.verbs.kind_between(
            floor, reading.quotes[index].outer.start, sung_only=True
        )
    if kind is None:
        section = reading.quote_sections[index]
        kind = LineKind.SINGING if section is not None and section.name == "lyrics" else LineKind.SPEECH
    if kind is LineKind.SPEECH:
        narrated = _is_narrator(speakers, attributes) or _UNSEEN.search(reading.lower, start, end)
        return LineKind.NARRATION if narrated else kind
    if kind is LineKind.SINGING:
        several = group or len(speakers) > 1 or is_many(speakers[0]) or _are_counted(reading.prose, clause, speakers[0])
        told = f"{reading.lower[start:end]}\n{_described(speakers, attributes)}"
        return LineKind.CHORUS if several or any(phrase in told for phrase in _TOGETHER) else kind
    return kind


def _are_counted(prose: str, clause: Span, speaker: str) -> bool:
    """Return whether a Chinese number before somebody says that there are several: 一群孩子, 两个小朋友."""
    named = prose.rfind(speaker, *clause) if is_cjk(speaker) else -1
    return named > 0 and _COUNT.search(prose, max(clause.start, named - _COUNT_REACH), named) is not None


def _described(speakers: tuple[str, ...], attributes: str) -> str:
    """Return the labels and the attributes of speakers in lower case and simplified characters."""
    return simplified(" ".join((*speakers, attributes)).lower())


@lru_cache(maxsize=512)
def _kind_of_words(speakers: tuple[str, ...], attributes: str) -> LineKind | None:
    described = _described(speakers, attributes)
    words = set(_WORD.findall(described))
    if words & _RAP_WORDS or holds(described, _CHINESE_RAP):
        return LineKind.RAP
    if words & _SUNG_WORDS or holds(described, _CHINESE_SINGING):
        return LineKind.SINGING
    return None


@lru_cache(maxsize=512)
def _is_narrator(speakers: tuple[str, ...], attributes: str) -> bool:
    told = _described(speakers, attributes)
    return not speech.NARRATOR_WORDS.isdisjoint(_WORD.findall(told)) or _UNSEEN.search(told) is not None
