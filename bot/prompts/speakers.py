"""Decides which quotations are lines, who speaks them, and how."""

from __future__ import annotations

import re
from bisect import bisect_left
from dataclasses import dataclass
from typing import TYPE_CHECKING

from bot.prompts import subjects
from bot.prompts.cast import sex_of
from bot.prompts.lexicon import people, speech
from bot.prompts.model import Introduction, Line, LineKind, Span
from bot.prompts.text import BRACKET, QUOTE, VOICE, is_cjk

if TYPE_CHECKING:
    from collections.abc import Sequence

    from bot.prompts.cast import Cast
    from bot.prompts.model import Mention, Quote, Section, VoiceTag
    from bot.prompts.text import Sentences, Words

_PARENTHESIS = re.compile(r"^\s{0,4}[(（][^()（）\n]{0,160}[)）]")
_LINK = re.compile(r"^\s{0,3}(?:and|&|,|，|、|和|与|跟|plus|\+)\s{0,3}(?:and\s)?$", re.IGNORECASE)
_PREPOSITIONS = frozenset(
    "to at toward towards from with behind beside past of near for as while when if by on over after before until around".split()
)
_SENTENCE_LIKE = re.compile(r"[.!?…。！？~]$|[.!?…。！？]['\"”’」]$")
_VERBS = speech.SPEECH_VERBS | speech.SINGING_VERBS | speech.RAP_VERBS
_CHINESE_VERB = re.compile(
    "|".join((*speech.CHINESE_RAP, *speech.CHINESE_SINGING, *speech.CHINESE_SPEECH)) + r"|说着|喊着"
)
_CHINESE_WRITTEN = re.compile("(?:" + "|".join(speech.CHINESE_WRITTEN) + r")[\s:：，]*$")
_HEARD_SECTIONS = frozenset({"dialog", "lyrics", "subject", "visual", "scene", "action", "style", "camera"})
_FOLLOWING_REACH = 80
_WRITTEN_REACH = 5


@dataclass(frozen=True, slots=True)
class _Found:
    """Who introduces a quotation, and where."""

    speakers: tuple[str, ...]
    span: Span
    introduction: Introduction
    clause: Span
    mention: Mention | None = None


class Attribution:
    """Ties quotations to speakers, one after the other."""

    def __init__(
        self,
        text: str,
        prose: str,
        *,
        words: Words,
        sentences: Sentences,
        quotes: Sequence[Quote],
        mentions: Sequence[Mention],
        sections: Sequence[Section],
        voice_tags: Sequence[VoiceTag],
        cast: Cast,
    ) -> None:
        self._text, self._prose = text, prose
        self._words, self._sentences = words, sentences
        self._quotes, self._mentions = quotes, mentions
        self._mention_starts = [mention.span.start for mention in mentions]
        self._sections = sections
        self._section_starts = [section.span.start for section in sections]
        self._voices = {tag.character: tag.name for tag in reversed(voice_tags) if tag.character}
        self._lone_voices = {tag.span.end: tag for tag in voice_tags if not tag.place.binds}
        self._cast = cast
        self._attributes = self._first_attributes()
        self._lines: list[Line] = []

    def lines(self) -> tuple[Line, ...]:
        """The lines of the prompt in their order."""
        for index, quote in enumerate(self._quotes):
            if quote.inner.start >= quote.inner.end:
                continue
            found = self._find(index, quote)
            if found is not None:
                self._lines.append(self._line(index, quote, found))
        return tuple(self._lines)

    def _first_attributes(self) -> dict[str, str]:
        first: dict[str, str] = {}
        for mention in self._mentions:
            if mention.attributes:
                first.setdefault(mention.character, mention.attributes)
        return first

    # who speaks

    def _find(self, index: int, quote: Quote) -> _Found | None:
        floor = self._quotes[index - 1].outer.end if index else 0
        section = self._section_at(quote.outer.start)
        if section is not None:
            floor = max(floor, section.span.end) if section.span.start >= floor else floor
        end = floor + len(self._prose[floor : quote.outer.start].rstrip())
        start = self._sentences.start(end - 1, floor) if end > floor else floor
        clause = self._prose[start:end]
        if not clause.strip(" \t*_-,，"):
            return self._without_introduction(index, quote, Span(floor, end), section)
        if self._is_written(clause, start, end):
            return None
        voice = self._lone_voices.get(end) or self._lone_voices.get(end - 1)
        if voice is not None and not clause.replace(VOICE, "").strip(" :："):
            return _Found((voice.name,), voice.span, Introduction.VOICE, Span(start, end))
        introduced = clause.endswith((":", "：")) or self._has_verb(start, end)
        label = self._label_in(start, end, need_direct=not introduced)
        if label is not None:
            return label
        if introduced:
            return self._prose_speaker(start, end, quote) or self._following(quote, index)
        return self._following(quote, index) or self._loose(index, quote, Span(start, end), section)

    def _has_verb(self, start: int, end: int) -> bool:
        if any(word.text in _VERBS for word in self._words.between(start, end)):
            return True
        return _CHINESE_VERB.search(self._prose, start, end) is not None

    def _is_written(self, clause: str, start: int, end: int) -> bool:
        """Whether the quotation is something that is seen, such as the words on a sign."""
        if _CHINESE_WRITTEN.search(clause):
            return True
        words = [word.text for word in self._words.between(start, end)]
        if not words:
            return False
        if words[-1] in speech.WRITTEN_WORDS and words[-1] not in _VERBS:
            return not clause.endswith((":", "：")) or words[-1] in (
                "text",
                "title",
                "caption",
                "sign",
                "words",
                "subtitle",
                "screen",
            )
        tail = words[-_WRITTEN_REACH:]
        if words[-1] in speech.WRITTEN_VERBS:
            near = [word for word in tail[:-1] if word not in ("that", "which")][-2:]
            behind_label = words[-2:-1] == [] or clause.rfind(BRACKET) > clause.rfind(near[-1] if near else "")
            noun = any(word in speech.WRITTEN_WORDS and word not in _VERBS for word in near)
            return noun and not behind_label and not any(word in people.PERSONS for word in near)
        if words[-1] in ("labelled", "labeled", "marked", "titled", "named", "called", "written", "reads", "reading"):
            return not (
                words[-1] in ("reads", "reading") and (BRACKET in clause or any(w in people.PERSONS for w in words))
            )
        if clause.endswith((":", "：")) and any(
            word in ("sign", "text", "title", "caption", "subtitle", "screen", "banner", "poster") for word in tail
        ):
            return not any(word in _VERBS or word in people.PERSONS for word in tail)
        return False

    def _label_in(self, start: int, end: int, *, need_direct: bool) -> _Found | None:
        """The bracketed label in the clause that introduces the line."""
        inside = self._mentions[bisect_left(self._mention_starts, start) : bisect_left(self._mention_starts, end)]
        inside = [mention for mention in inside if mention.label]
        if not inside:
            return None
        chosen = next((mention for mention in reversed(inside) if self._is_direct(mention, end)), None)
        if chosen is None:
            if need_direct and not self._prose[start:end].endswith((",", "，", "-", "—")):
                return None
            free = [mention for mention in inside if not self._after_preposition(mention, start)]
            chosen = (free or inside)[0]
        group = self._joined(list(inside), chosen)
        speakers = tuple(dict.fromkeys(mention.character for mention in group))
        span = Span(group[0].span.start, group[-1].span.end)
        return _Found(speakers, span, Introduction.LABEL, Span(start, end), chosen)

    def _is_direct(self, mention: Mention, end: int) -> bool:
        """Whether the label stands right before the line or right before a verb of speech."""
        begin = mention.span.end
        tail = self._prose[begin:end]
        parenthesis = _PARENTHESIS.match(tail)
        if parenthesis is not None:
            begin += parenthesis.end()
            tail = tail[parenthesis.end() :]
        if not tail.strip(f" \t\n:：,，-–—*_{VOICE}"):
            return True
        words = [word.text for word in self._words.between(begin, end)[:3]]
        if is_cjk(tail[:6]) and _CHINESE_VERB.search(tail[:8]):
            return True
        for position, word in enumerate(words):
            if word in _VERBS:
                return all(
                    w.endswith("ly") or w in ("who", "then", "and", "also", "now", "just") for w in words[:position]
                )
        return False

    def _after_preposition(self, mention: Mention, floor: int) -> bool:
        index = self._words.index_at(mention.span.start) - 1
        if index < 0:
            return False
        word = self._words.items[index]
        return (
            word.start >= floor
            and word.text in _PREPOSITIONS
            and not self._prose[word.end : mention.span.start].strip()
        )

    def _joined(self, inside: list[Mention], chosen: Mention) -> list[Mention]:
        """`[A] and [B] shout`: everybody who is joined to the chosen one."""
        position = inside.index(chosen)
        first = last = position
        while first > 0 and _LINK.match(self._prose[inside[first - 1].span.end : inside[first].span.start]):
            first -= 1
        while last + 1 < len(inside) and _LINK.match(self._prose[inside[last].span.end : inside[last + 1].span.start]):
            last += 1
        return inside[first : last + 1]

    def _prose_speaker(self, start: int, end: int, quote: Quote) -> _Found | None:
        """A speaker without brackets: a name, a noun phrase, a pronoun, or the one who was spoken of last."""
        begin = subjects.skip_marker(self._prose, start, end)
        clause = Span(start, end)
        if is_cjk(self._prose[begin:end]):
            subject = subjects.chinese_subject(self._prose, begin, end)
        else:
            subject = self._english_speaker(begin, end)
        if subject is None:
            nearest = self._nearest("", start)
            return None if nearest is None else _Found((nearest,), Span(begin, end), Introduction.NEARBY, clause)
        if subject.pronoun:
            return self._pronoun_speaker(subject, clause)
        known = self._cast.find(subject.words)
        if known is not None:
            return _Found((known,), subject.span, Introduction.NAME, clause)
        label = self._cast.add(subject.label, subject.span, bracketed=False)
        return _Found((label,), subject.span, Introduction.PROSE, clause)

    def _english_speaker(self, begin: int, end: int) -> subjects.Subject | None:
        colon = self._prose[begin:end].rstrip(":： ")
        if self._prose[begin:end].endswith((":", "：")):
            name = subjects.script_name(self._prose, begin, begin + len(colon))
            words = [word.text for word in self._words.between(begin, end)]
            if name is not None and not any(word in _VERBS for word in words):
                return name
        verb = next((word for word in self._words.between(begin, end) if word.text in _VERBS), None)
        if verb is not None:
            named = subjects.named_speaker(self._prose, self._words, begin, verb.start)
            if named is not None:
                return named
        return subjects.english_subject(self._prose, self._words, begin, end)

    def _pronoun_speaker(self, subject: subjects.Subject, clause: Span) -> _Found:
        word = subject.words.lower()
        if word in speech.GROUP_PRONOUNS or word in ("他们", "她们", "它们"):
            everybody = tuple(self._cast.before(subject.span.start))
            if len(everybody) > 1:
                return _Found(everybody, subject.span, Introduction.PRONOUN, clause)
        nearest = self._nearest(word, subject.span.start)
        if nearest is None:
            antecedent = self._antecedent(word, subject.span.start)
            nearest = (
                subject.label
                if antecedent is None
                else self._cast.add(antecedent.label, antecedent.span, bracketed=False)
            )
            if antecedent is None:
                self._cast.add(nearest, subject.span, bracketed=False)
        return _Found((nearest,), subject.span, Introduction.PRONOUN, clause)

    def _nearest(self, pronoun: str, position: int) -> str | None:
        """The last character before a position whom the pronoun can mean."""
        last = bisect_left(self._mention_starts, position)
        recent = [mention.character for mention in reversed(self._mentions[max(0, last - 12) : last]) if mention.label]
        recent += [line.speaker for line in reversed(self._lines[-4:])]
        fitting = [label for label in recent if subjects.fits(pronoun, label)]
        if not fitting:
            return None
        certain = [label for label in fitting if subjects.sex_of_pronoun(pronoun) in (sex_of(label), None)]
        if certain and subjects.sex_of_pronoun(pronoun):
            return certain[0]
        other = [label for label in fitting if not self._lines or label != self._lines[-1].speaker]
        return (other or fitting)[0] if pronoun else fitting[0]

    def _antecedent(self, pronoun: str, position: int) -> subjects.Subject | None:
        """The last person in the prose before a position whom the pronoun can mean."""
        last = self._words.index_at(position)
        for index in range(last - 1, max(-1, last - 60), -1):
            word = self._words.items[index]
            if word.text in people.PERSONS and subjects.fits(pronoun, word.text):
                start = self._sentences.start(word.start)
                return subjects.english_subject(self._prose, self._words, max(start, word.start - 40), word.end)
        stretch_start = max(0, position - 60)
        if is_cjk(self._prose[stretch_start:position]):
            return subjects.chinese_subject(self._prose, self._sentences.start(stretch_start), position)
        return None

    # lines that nobody introduces directly before them

    def _without_introduction(self, index: int, quote: Quote, lead: Span, section: Section | None) -> _Found | None:
        if index and self._continues(index, lead):
            return self._continued(lead)
        return self._following(quote, index) or self._loose(index, quote, lead, section)

    def _continues(self, index: int, lead: Span) -> bool:
        if not self._lines or self._lines[-1].quote != index - 1:
            return False
        return not self._prose[lead.start : lead.end].strip(" \t\n,，.;-–—*_")

    def _continued(self, lead: Span) -> _Found:
        before = self._lines[-1]
        speakers = before.speakers or (before.speaker,)
        return _Found(speakers, before.introducer, Introduction.CONTINUED, lead)

    def _following(self, quote: Quote, index: int) -> _Found | None:
        """`"…," says [Label]` and `"…," she whispers`: the introduction stands behind the line."""
        start = quote.outer.end
        limit = self._quotes[index + 1].outer.start if index + 1 < len(self._quotes) else len(self._prose)
        end = min(self._sentences.end(start), limit, start + _FOLLOWING_REACH)
        clause = self._prose[start:end]
        if clause.rstrip().endswith((":", "：")) and end == limit and limit < len(self._prose):
            return None
        if clause[:1] == "\n" or not self._has_verb(start, end):
            return None
        inside = [
            m for m in self._mentions[bisect_left(self._mention_starts, start) :][:2] if m.span.start < end and m.label
        ]
        words = self._words.between(start, end)[:4]
        if not words and not inside:
            return None
        speaks = any(word.text in _VERBS for word in words)
        if inside and (speaks or self._is_direct(inside[0], end)):
            return _Found((inside[0].character,), inside[0].span, Introduction.LABEL, Span(start, end), inside[0])
        if not speaks:
            return None
        return self._prose_speaker(start, end, quote)

    def _loose(self, index: int, quote: Quote, lead: Span, section: Section | None) -> _Found | None:
        """A quotation on its own: a line if it reads like a sentence and somebody was just spoken of."""
        words = self._text[quote.inner.start : quote.inner.end]
        name = section.name if section is not None else ""
        if name and name not in _HEARD_SECTIONS:
            return None
        if name not in ("dialog", "lyrics") and not (
            _SENTENCE_LIKE.search(words) and (words[0].isupper() or is_cjk(words[0]))
        ):
            return None
        if name not in ("dialog", "lyrics") and not self._stands_alone(lead):
            return None
        begin = self._sentences.start(max(0, len(self._prose[: lead.end].rstrip(" \t\n.!?。！？")) - 1))
        begin = max(begin, self._quotes[index - 1].outer.end if index else 0)
        inside = self._mentions[bisect_left(self._mention_starts, begin) : bisect_left(self._mention_starts, lead.end)]
        inside = [mention for mention in inside if mention.label]
        if inside:
            return _Found((inside[0].character,), inside[0].span, Introduction.NEARBY, lead, inside[0])
        subject = subjects.english_subject(self._prose, self._words, begin, lead.end)
        if subject is not None and not subject.pronoun and self._is_person(subject):
            known = self._cast.find(subject.words)
            label = known or self._cast.add(subject.label, subject.span, bracketed=False)
            return _Found((label,), subject.span, Introduction.NEARBY, lead)
        nearest = (
            self._nearest(subject.words if subject else "", lead.end)
            if name in ("dialog", "lyrics") or subject
            else None
        )
        if nearest is not None:
            return _Found((nearest,), Span(quote.outer.start, quote.outer.start), Introduction.NEARBY, lead)
        antecedent = self._antecedent("", lead.start) if name in ("dialog", "lyrics") else None
        if antecedent is None or antecedent.pronoun:
            return None
        label = self._cast.add(antecedent.label, antecedent.span, bracketed=False)
        return _Found((label,), antecedent.span, Introduction.NEARBY, lead)

    def _stands_alone(self, lead: Span) -> bool:
        before = self._prose[lead.start : lead.end].rstrip()
        return bool(before) and before[-1] in ".!?。！？\n" + QUOTE

    @staticmethod
    def _is_person(subject: subjects.Subject) -> bool:
        return subject.words.rpartition(" ")[2].lower() in people.PERSONS

    def _section_at(self, position: int) -> Section | None:
        index = bisect_left(self._section_starts, position)
        return self._sections[index - 1] if index else None

    # how it is spoken

    def _line(self, index: int, quote: Quote, found: _Found) -> Line:
        speaker = " and ".join(found.speakers)
        own = found.mention.attributes if found.mention is not None else None
        manner = self._manner(found)
        style = (
            own or next((self._attributes[name] for name in found.speakers if name in self._attributes), None) or manner
        )
        voice = next((self._voices[name] for name in found.speakers if name in self._voices), None)
        return Line(
            speaker=speaker,
            text=self._text[quote.inner.start : quote.inner.end],
            kind=self._kind(index, quote, found, own),
            span=quote.inner,
            voice_style=style,
            voice=found.speakers[0] if found.introduction is Introduction.VOICE else voice,
            manner=manner,
            introduction=found.introduction,
            introducer=found.span,
            quote=index,
            speakers=found.speakers if len(found.speakers) > 1 else (),
        )

    def _manner(self, found: _Found) -> str | None:
        """What the introduction says about the way of speaking, such as `says in a calm voice`."""
        words = self._words.between(found.clause.start, found.clause.end)
        for position in range(len(words) - 1, -1, -1):
            if words[position].text in _VERBS:
                adverb = position > 0 and words[position - 1].text.endswith("ly")
                begin = words[position - 1 if adverb else position].start
                stretch = self._prose[begin : found.clause.end].split(BRACKET)[0].strip(f" ,:：，.()（）{VOICE}\n")
                plain = stretch.lower() in speech.PLAIN_VERBS
                return None if plain else stretch or None
        if is_cjk(self._prose[found.clause.start : found.clause.end]):
            return subjects.chinese_manner(self._prose[found.clause.start : found.clause.end])
        return None

    def _kind(self, index: int, quote: Quote, found: _Found, attributes: str | None) -> LineKind:
        if found.introduction is Introduction.CONTINUED:
            return self._lines[-1].kind
        floor = self._quotes[index - 1].outer.end if index else 0
        section = self._section_at(quote.outer.start)
        kind = self._kind_of_verb(found.clause.start, found.clause.end)
        label = " ".join(found.speakers).lower()
        described = f"{label} {attributes or ''}".lower()
        if kind is None:
            kind = self._kind_of_words(described) or self._kind_of_verb(floor, quote.outer.start, sung_only=True)
        if kind is None and section is not None and section.name == "lyrics":
            kind = LineKind.SINGING
        if kind is LineKind.SINGING and self._is_chorus(found, described):
            return LineKind.CHORUS
        if kind in (None, LineKind.SPEECH):
            context = f"{described} {self._prose[found.clause.start : found.clause.end].lower()}"
            if self._is_narration(label, context):
                return LineKind.NARRATION
        return kind or LineKind.SPEECH

    def _kind_of_verb(self, start: int, end: int, *, sung_only: bool = False) -> LineKind | None:
        for word in reversed(self._words.between(start, end)):
            if word.text in speech.RAP_VERBS and word.text != "spitting":
                return LineKind.RAP
            if word.text in speech.SINGING_VERBS:
                return LineKind.SINGING
            if not sung_only and word.text in speech.SPEECH_VERBS:
                return LineKind.NARRATION if word.text.startswith("narrat") else LineKind.SPEECH
        stretch = self._prose[start:end]
        if any(sign in stretch for sign in speech.CHINESE_RAP):
            return LineKind.RAP
        if any(sign in stretch for sign in speech.CHINESE_SINGING):
            return LineKind.SINGING
        return None

    @staticmethod
    def _kind_of_words(described: str) -> LineKind | None:
        words = set(re.findall(r"[\w-]+", described))
        if (
            words & speech.RAP_VERBS
            or words & speech.RAPPER_WORDS
            or any(sign in described for sign in speech.CHINESE_RAP)
        ):
            return LineKind.RAP
        if (
            words & speech.SINGING_VERBS
            or words & speech.CHOIR_WORDS
            or any(sign in described for sign in speech.CHINESE_SINGING)
        ):
            return LineKind.SINGING
        return None

    def _is_chorus(self, found: _Found, described: str) -> bool:
        clause = self._prose[found.clause.start : found.clause.end].lower()
        words = set(re.findall(r"[\w-]+", described))
        if len(found.speakers) > 1 or words & speech.CHORUS_WORDS:
            return True
        if any(phrase in clause or phrase in described for phrase in speech.UNISON_PHRASES):
            return True
        if any(sign in clause or sign in described for sign in speech.CHINESE_CHORUS):
            return True
        return (
            found.introduction is Introduction.PRONOUN
            and found.span.end - found.span.start > 2
            and (  # noqa: PLR2004
                self._prose[found.span.start : found.span.end].lower() in speech.GROUP_PRONOUNS
            )
        )

    @staticmethod
    def _is_narration(label: str, context: str) -> bool:
        if set(re.findall(r"[\w-]+", label)) & speech.NARRATOR_WORDS or "voice over" in context:
            return True
        if set(re.findall(r"[\w-]+", context)) & speech.OFFSCREEN_WORDS or "v.o." in context:
            return True
        return any(sign in context for sign in speech.CHINESE_NARRATION)
