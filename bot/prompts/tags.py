"""Reads what stands in brackets, and every `@Voice` wherever it stands."""

# Chinese punctuation and curly quotes are data here.
# ruff: noqa: RUF001

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from bot.prompts.lexicon.lists import word_set
from bot.prompts.lexicon.people import ANIMALS, CHINESE_PERSONS, PERSONS
from bot.prompts.lexicon.speech import SPEECH_VERBS
from bot.prompts.marks import QUOTED_NAME
from bot.prompts.model import Mention, Span, VoicePlace, VoiceTag, span_of
from bot.prompts.sections import bracketed_header
from bot.prompts.text import BRACKET, QUOTE, is_cjk, label_key, simplified

if TYPE_CHECKING:
    from collections.abc import Sequence

    from bot.prompts.cast import Cast
    from bot.prompts.model import Quote

#: Of what Discord itself writes with the sign, `<@123>` and `@everyone`, nothing is a voice, nor is `a@b.com`.
_SIGN = re.compile(
    r"[@＠<](?:(?:(?<![A-Za-z0-9_.<].)|(?<=[A-Za-z].)(?=[A-Z\u4e00-\u9fff]))(?<=[@＠])\s?(?!everyone\b|here\b)(?=[\w\"'“‘])|(?<=<)<<(?=voice_\d))"
)
_VOICE_SIGN = re.compile("[@＠<](?:(?<!<)|<<)")
_MARKER = re.compile(r"<<<(voice_\d{1,2})>>>")
_COMMA = re.compile(r"[,，;；]")
#: Chinese names several with the sign that is the comma of Japanese.
_JAPANESE_COMMA, _KANA = re.compile("、"), re.compile("[\u3040-\u30ff]")
_OPEN_ASIDE = re.compile(r"(?<=\S)\s*[(（](?=[^()（）]*$)")
_DIRECTION = re.compile(
    r"^\s*(?:pause|beat|silence|sfx|sound|music|bgm|camera|cut\b|fade|shot\b|close-?up|wide shot|\d|"
    r"scene|end\b|intro\b|"
    r"background|音效|音乐|背景|镜头|场景|停顿|画面|环境)",
    re.IGNORECASE,
)
_SOUND_NAMES = frozenset(
    ("music", "sound", "sounds", "noise", "noises", "effect", "effects", "ambience", "melody", "soundtrack", "silence")
)
_CHINESE_SOUND_NAMES = ("音乐", "声音", "音效")
_PARENTHESIS = re.compile(r"\s{0,4}[(（]([^()（）\n]{1,160})[)）]")
_NAME_END = re.compile(r"[:：\n\"“”「」『』\[\]【】,，。！？;；()（）\x01\x02]|[.!?](?=\s|$)")
_NAME_REACH = 80
_SENTENCE = re.compile(r"[^.!?。！？\n\x02]*$")
_LEADING_WORDS = frozenset(
    ("then", "next", "immediately", "and", "now", "finally", "suddenly", "later", "that", "after")
)
_NEAR = 40
#: What follows the name of a Chinese voice without a space: 绑定给 [Label].
_CHINESE_BINDING = re.compile("绑定|对应|属于|的[声嗓]音|配音")
_WORD = re.compile(r"\S+")
_SMALL_WORDS = word_set("of the and de la van von")


class Tag(NamedTuple):
    """A character bracket with the parts of it, before the characters are known under one name."""

    mention: Mention
    voice: VoiceTag | None


def read_brackets(text: str, brackets: Sequence[Span], cast: Cast, voices: Sequence[str]) -> list[Tag]:
    """Return the brackets that name somebody or something, in order; stage directions in brackets are left out."""
    tags = (_read_bracket(text, bracket, cast, voices) for bracket in brackets)
    return [tag for tag in tags if tag is not None]


def _read_bracket(text: str, bracket: Span, cast: Cast, voices: Sequence[str]) -> Tag | None:
    begin = bracket.start + 1
    head = content = text[begin : bracket.end - 1]
    voice, sign = None, _VOICE_SIGN.search(content)
    if sign is not None:
        voice, head = _bracket_voice(content, sign.start(), begin, voices), content[: sign.start()]
    comma = _first_comma(head)
    label = (head if comma is None else head[: comma.start()]).strip()
    if not label:
        return None if voice is None else Tag(Mention("", "", bracket, Span(begin, begin)), voice)
    if voice is None and _is_direction(label, text, bracket):
        return None
    label_start = begin + content.index(label)
    label_span = span_of((label_start, label_start + len(label)))
    attributes, attributes_span = _attributes(text, bracket, head, comma, voice)
    character = cast.add(label, label_span, bracketed=True)
    mention = Mention(label, character, bracket, label_span, attributes, attributes_span)
    if voice is not None:
        voice = VoiceTag(voice.name, voice.span, VoicePlace.BRACKET, character)
    return Tag(mention, voice)


def _first_comma(head: str) -> re.Match[str] | None:
    """Return what ends a label: the first comma, or a parenthesis that is open there, as in `Cook (gruff, old)`."""
    comma = _COMMA.search(head)
    if comma is None and not head.isascii():
        comma = _JAPANESE_COMMA.search(head) if _KANA.search(head) else None
    if comma is None or not ("(" in head or "（" in head):
        return comma
    aside = _OPEN_ASIDE.search(head, 0, comma.start())
    return comma if aside is None else aside


def _bracket_voice(content: str, sign: int, offset: int, voices: Sequence[str]) -> VoiceTag | None:
    """Return the voice inside a bracket: its name runs to the end, unless a known voice is a shorter match."""
    marker = _MARKER.match(content, sign)
    if marker is not None:
        return VoiceTag(marker.group(1), Span(offset + sign, offset + marker.end()), VoicePlace.LONE_BRACKET)
    quoted = QUOTED_NAME.match(content, sign + 1)
    if quoted is not None:
        return VoiceTag(quoted.group(1).strip(), Span(offset + sign, offset + quoted.end()), VoicePlace.LONE_BRACKET)
    name = content[sign + 1 :].strip()
    if not name:
        return None
    known = known_voice(name, voices)
    if known is not None and _COMMA.match(name[len(known) :].lstrip()):
        name = known
    start = content.index(name, sign + 1)
    return VoiceTag(name, Span(offset + sign, offset + start + len(name)), VoicePlace.LONE_BRACKET)


def _attributes(
    text: str, bracket: Span, head: str, comma: re.Match[str] | None, voice: VoiceTag | None
) -> tuple[str | None, Span | None]:
    """Return what the bracket holds behind the first comma and the voice, else a parenthesis behind the bracket."""
    begin = bracket.start + 1
    parts: list[tuple[int, int]] = []
    if comma is not None:
        parts.append((begin + comma.end(), begin + len(head)))
    if voice is not None and voice.span.end < bracket.end - 1:
        parts.append((voice.span.end, bracket.end - 1))
    words = [told for start, end in parts if (told := _without_loose_end(text[start:end].strip(" ,，;；\t")))]
    if not words:
        return _behind(text, bracket)
    return ", ".join(words), span_of((parts[0][0], parts[-1][1]))


def _without_loose_end(attributes: str) -> str:
    """Return attributes without the end of a parenthesis that begins before them."""
    loose = attributes.endswith((")", "）")) and not ("(" in attributes or "（" in attributes)
    return attributes[:-1] if loose else attributes


def _behind(text: str, bracket: Span) -> tuple[str | None, Span | None]:
    """Return what stands in a parenthesis directly behind a bracket."""
    parenthesis = _PARENTHESIS.match(text, bracket.end)
    if parenthesis is None:
        return None, None
    return parenthesis.group(1).strip(" ,，;；\t") or None, span_of(parenthesis.span(1))


def _is_direction(label: str, text: str, bracket: Span) -> bool:
    """Whether a bracket is a stage direction or a header and names nobody."""
    if _names_section(label):
        return True
    return _may_direct(label) and not text[bracket.end : bracket.end + 2].strip().startswith((":", "：", "@", "＠"))


@lru_cache(maxsize=1024)
def _names_section(label: str) -> bool:
    """Return whether a label is a header, such as `Scene` or `Scene: a harbour`."""
    return bracketed_header(simplified(label).replace("：", ":").partition(":")[0]) is not None


@lru_cache(maxsize=1024)
def _may_direct(label: str) -> bool:
    """Return whether a label reads like a stage direction: `Soft piano music`, `pause`, `whispers softly`."""
    label = simplified(label)
    verb, _, manner = label.partition(" ")
    directs = verb in SPEECH_VERBS and (not manner or manner.endswith("ly"))
    return directs or _names_sound(label) or _DIRECTION.match(label) is not None


def _names_sound(label: str) -> bool:
    """Return whether a label ends like the name of a sound: `[Soft piano music]`."""
    return label.rpartition(" ")[2].lower() in _SOUND_NAMES or label.endswith(_CHINESE_SOUND_NAMES)


def known_voice(text: str, voices: Sequence[str]) -> str | None:
    """Return the beginning of `text` that is a voice of the list, as it is written here; the longest match wins."""
    folded = text.translate(_FOLD).casefold()
    best = 0
    for voice in voices:
        name = voice.translate(_FOLD).casefold()
        ends = is_cjk(name[-1:]) or not folded[len(name) : len(name) + 1].isalnum()
        if ends and len(name) > best and folded.startswith(name):
            best = len(name)
    return text[:best] if best else None


_FOLD = str.maketrans({"’": "'", "‘": "'", "“": '"', "”": '"'})


def find_stray_voices(
    text: str, prose: str, quotes: Sequence[Quote], tags: Sequence[Tag], voices: Sequence[str]
) -> list[VoiceTag]:
    """Every voice tag outside brackets, with its place as far as the neighbourhood tells."""
    found: list[VoiceTag] = []
    if not any(sign in text for sign in ("@", "＠", "<<<")):
        return found
    ends = {tag.mention.span.end: tag for tag in tags}
    inside = 0
    for sign in _SIGN.finditer(text):
        position = sign.start()
        if prose[position] == BRACKET:
            continue
        while inside < len(quotes) and quotes[inside].inner.end <= position:
            inside += 1
        limit = len(text)
        is_line = inside < len(quotes) and quotes[inside].inner.start <= position
        if is_line:
            limit = quotes[inside].inner.end
        name, end = _outside_name(text, sign, limit, voices, inside_line=is_line)
        if not name:
            continue
        place, character = _place(prose, position, end, ends, is_line=is_line)
        found.append(VoiceTag(name, Span(position, end), place, character))
    return found


def _outside_name(
    text: str, sign: re.Match[str], limit: int, voices: Sequence[str], *, inside_line: bool
) -> tuple[str, int]:
    """Return the name behind an `@`: up to the colon, else the longest known voice, else capitalised words."""
    marker = _MARKER.match(text, sign.start())
    if marker is not None:
        return marker.group(1), marker.end()
    start = sign.end()
    quoted = QUOTED_NAME.match(text, start, limit) if not inside_line else None
    if quoted is not None:
        return quoted.group(1).strip(), quoted.end()
    known = known_voice(text[start : min(limit, start + _NAME_REACH)], voices)
    stop = _NAME_END.search(text, start, min(limit, start + _NAME_REACH))
    end = stop.start() if stop else min(limit, start + _NAME_REACH)
    stretch = text[start:end].rstrip()
    if (
        not inside_line
        and stop is not None
        and stop.group() in ":："
        and _is_name(stretch)
        and (known is None or label_key(known) == label_key(stretch))
    ):
        return stretch, start + len(stretch)
    if known is not None:
        return known, start + len(known)
    bound = _CHINESE_BINDING.search(stretch, 1)
    stretch = stretch if bound is None else stretch[: bound.start()]
    name_end = 0
    for index, word in enumerate(_WORD.finditer(stretch)):
        plain = word.group()
        named = plain[0].isupper() or plain[0].isdigit() or plain in _SMALL_WORDS
        if index and (not named or (plain[0].isupper() and plain.lower() in _LEADING_WORDS)):
            break
        name_end = word.end()
    return stretch[:name_end], start + name_end


def _is_name(stretch: str) -> bool:
    words = stretch.lower().split()
    return 0 < len(words) <= 6 and not any(word in SPEECH_VERBS or word in ("and", "then") for word in words)  # noqa: PLR2004


def _place(prose: str, start: int, end: int, ends: dict[int, Tag], *, is_line: bool) -> tuple[VoicePlace, str | None]:
    """Return where a voice tag outside brackets stands, and whom it is bound to."""
    if is_line:
        return VoicePlace.INSIDE_LINE, None
    near = prose[max(0, start - _NEAR) : start]
    before = near.rstrip(" \t\n(（")
    tag = _label_before(before, start - len(near) + len(before), ends)
    if tag is not None:
        return VoicePlace.AFTER_LABEL, tag.mention.character
    after = prose[end : end + _NEAR].lstrip(" \t)）")
    if before.endswith(QUOTE):
        place = VoicePlace.AFTER_LINE
    elif after.startswith(BRACKET):
        place = VoicePlace.BEFORE_LABEL
    else:
        first = after.split(None, 1)[0].rstrip(",:，：").lower() if after.strip() else ""
        speaks = after.startswith((":", "：", QUOTE)) or first in SPEECH_VERBS
        place = _place_in_prose(before, speaks=speaks)
    return place, None


def _place_in_prose(before: str, *, speaks: bool) -> VoicePlace:
    """Return the place of a tag among words: behind a person it binds, alone before a line it speaks itself."""
    sentence = _SENTENCE.search(before)
    labelled = sentence is not None and BRACKET in sentence.group()
    noun = before.rpartition(" ")[2]
    if not before or not before[-1].isalnum() or noun.lower() in _LEADING_WORDS:
        return VoicePlace.LONE_SPEAKER if speaks and not labelled else VoicePlace.REMARK
    if noun.lower() in SPEECH_VERBS:
        return VoicePlace.REMARK
    named = speaks and (not labelled or noun.istitle())
    return VoicePlace.AFTER_NAME if named or _is_person(noun) else VoicePlace.REMARK


def _is_person(noun: str) -> bool:
    """Return whether a noun means somebody; `the voice @V` speaks of the tag itself."""
    word = noun.lower()
    return (word in PERSONS and word != "voice") or word in ANIMALS or word.endswith(CHINESE_PERSONS)


def _label_before(before: str, end: int, ends: dict[int, Tag]) -> Tag | None:
    """Return the bracket that ends at a place, or before a parenthesis that ends there."""
    tag = ends.get(end)
    if tag is None and before.endswith((")", "）")):
        opening = max(before.rfind("("), before.rfind("（"))
        tag = ends.get(end - len(before) + len(before[:opening].rstrip())) if opening >= 0 else None
    return tag if tag is not None and tag.mention.label else None
