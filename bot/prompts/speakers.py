"""Decides which quotations are lines, and who speaks them."""

# Chinese punctuation is data here.
# ruff: noqa: RUF001

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple, TypeVar

from bot.prompts import names, subjects
from bot.prompts.acting import acting_name
from bot.prompts.antecedents import Antecedents
from bot.prompts.chinese import chinese_person, chinese_subject
from bot.prompts.clauses import part_start
from bot.prompts.continuing import continues, is_interrupted
from bot.prompts.cues import cue_before, own_part, tag_behind
from bot.prompts.labels import Labels
from bot.prompts.leads import SENTENCE_LIKE, is_beat, is_own_sentence, is_reaction, leads
from bot.prompts.lexicon import speech
from bot.prompts.model import Introduction, Line, Span, VoicePlace, span_of
from bot.prompts.performance import VoicesTold, kind_of, manner_of
from bot.prompts.text import FULL_STOPS, QUOTE, VOICE, is_cjk
from bot.prompts.together import all_of, speakers_together
from bot.prompts.verbs import KINDS, chinese_verbs
from bot.prompts.written import floor_around_seen, is_written

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from bot.prompts.cast import Cast
    from bot.prompts.model import Mention, Quote, Section, VoiceTag
    from bot.prompts.reading import Reading
    from bot.prompts.text import Word

_Value = TypeVar("_Value")
_HEARD_SECTIONS = frozenset(("dialog", "lyrics", "subject", "visual", "scene", "action", "style", "camera"))
_SPOKEN_SECTIONS = frozenset(("dialog", "lyrics"))
#: The speaker of a line under a `Dialog:` header in a text that names nobody.
_NOBODY = "Speaker"
_JOINT = re.compile(r"(?:and|but|while|as|then)\s")
_FOLLOWING_REACH = 80
#: Among how many words behind a line a verb tells who said it; a small letter ties them to it.
_FOLLOWING_WORDS, _TAG_WORDS = 4, 10


class _Found(NamedTuple):
    """Who introduces a quotation, and where."""

    speakers: tuple[str, ...]
    span: Span
    introduction: Introduction
    clause: Span
    mention: Mention | None = None


class Attribution:
    """Ties quotations to speakers, one after the other."""

    def __init__(self, reading: Reading, voice_tags: Sequence[VoiceTag], cast: Cast) -> None:
        self._reading, self._cast = reading, cast
        self._prose, self._words = reading.prose, reading.words
        self._bindings: dict[str, list[VoiceTag]] = {}
        for tag in voice_tags:
            if tag.character:
                self._bindings.setdefault(tag.character, []).append(tag)
        self._named_voices = names.NamedVoices(reading, voice_tags)
        self._lone_voices = {tag.span.end: tag for tag in voice_tags if not tag.place.binds}
        alone = (tag for tag in voice_tags if tag.place is VoicePlace.LONE_BRACKET)
        self._voice_brackets = {tag.span.start - 1: tag for tag in alone}
        self._attributes: dict[str, str] = {}
        for mention in reading.mentions:
            if mention.attributes:
                self._attributes.setdefault(mention.character, mention.attributes)
        self._voices_told = VoicesTold(reading)
        self._lines: list[Line] = []
        self._labels = Labels(reading)
        self._antecedents = Antecedents(reading, self._lines)

    def lines(self) -> tuple[Line, ...]:
        """Return the lines of the prompt in their order."""
        floors = self._reading.floors
        for index, quote in enumerate(self._reading.quotes):
            if quote.inner.start >= quote.inner.end:
                continue
            spoken = self._lines[-1].quote if self._lines else -1
            floor = floors[index] if spoken == index - 1 else floor_around_seen(self._reading, index, spoken)
            goes_on = continues(self._reading, index, self._lines)
            found = self._goes_on(index, quote, floor) if goes_on else self._find(index, quote, floor)
            if found is not None:
                self._lines.append(self._line(index, quote, floor, found))
        return tuple(self._lines)

    def _line(self, index: int, quote: Quote, floor: int, found: _Found) -> Line:
        reading = self._reading
        speakers, span, introduction, clause, mention = found
        own = None if mention is None else mention.attributes
        manner = manner_of(reading, clause, span.end)
        if manner is not None and reading.is_traditional:
            manner = reading.as_written(manner, clause.start)
        if introduction is Introduction.CONTINUED:
            kind = self._lines[-1].kind
        else:
            group = introduction is Introduction.PRONOUN and reading.lower[slice(*span)] in speech.GROUP_PRONOUNS
            kind = kind_of(reading, clause, floor, index, speakers=speakers, attributes=own or "", group=group)
        begin, end = inner = quote.inner
        voice_style = own or _first(self._attributes, speakers) or manner or self._voices_told.of(speakers[0])
        voice = speakers[0] if introduction is Introduction.VOICE else self._voice(found, quote)
        several = speakers if len(speakers) > 1 else ()
        words, together = reading.text[begin:end], all_of(several) if several else speakers[0]
        # By place, as in the class: with keywords it takes twice as long.
        return Line(together, words, kind, inner, voice_style, voice, manner, introduction, span, index, several)

    def _voice(self, found: _Found, quote: Quote) -> str | None:
        """Return the voice that the label before a line binds, else the first of its speakers, else one of prose."""
        tags = _first(self._bindings, found.speakers)
        if tags is None:
            return self._named_voices.of(found.speakers[0])
        begin = found.span.start if found.mention is not None else quote.outer.start
        own = (tag for tag in tags if begin <= tag.span.start < quote.outer.start)
        return next(own, tags[0]).name

    def _find(self, index: int, quote: Quote, floor: int) -> _Found | None:
        reading, position = self._reading, quote.outer.start
        end = reading.lead_end(floor, position)
        start = reading.sentences.start(end - 1, floor) if end > floor else floor
        clause = self._prose[start:end]
        section = reading.quote_sections[index]
        cue = cue_before(reading, floor, position)
        if cue is not None:
            return self._by_prose(cue, Span(cue.span.start, position))
        if not clause.strip(" \t*_-,，"):
            return self._unintroduced(index, quote, Span(floor, end), section)
        place = span_of((start, end))
        if clause[-1] in FULL_STOPS:
            return self._after_sentence(index, quote, place, section)
        if is_written(self._prose, place, self._words.texts_between(start, end), quote.outer.end):
            return None
        voice = self._lone_voices.get(end) or self._lone_voices.get(end - 1)
        if voice is not None and not clause.replace(VOICE, "").strip(" :："):
            return _Found((voice.name,), voice.span, Introduction.VOICE, place)
        return self._introduced(index, quote, place, section)

    def _after_sentence(self, index: int, quote: Quote, sentence: Span, section: Section | None) -> _Found | None:
        """Find the speaker of a line that stands behind a finished sentence."""
        found = None if is_own_sentence(self._reading, index) else self._following(quote, index)
        if found is None and self._reading.verbs.are_between(*sentence):
            found = self._label_in(sentence, need_direct=True)
        return found or self._unintroduced(index, quote, sentence, section)

    def _unintroduced(self, index: int, quote: Quote, lead: Span, section: Section | None) -> _Found | None:
        """Find the speaker behind a line or near it; a sentence of its own behind it speaks if nobody else can."""
        if is_own_sentence(self._reading, index):
            found = self._loose(index, quote, lead, section)
            if found is not None and found.speakers != (_NOBODY,):
                return found
            return self._following(quote, index) or found
        return self._following(quote, index) or self._loose(index, quote, lead, section)

    def _introduced(self, index: int, quote: Quote, clause: Span, section: Section | None) -> _Found | None:
        """Find the speaker in the sentence before a line, else behind the line."""
        led = leads(self._reading, clause, quote)
        found = self._label_in(clause, need_direct=not led)
        if found is None and led:
            tagged = self._following(quote, index) if self._reading.text[quote.inner.end - 1] == "," else None
            if tagged is not None and tagged.introduction is not Introduction.PRONOUN:
                return tagged
            return self._voice_alone(clause) or self._prose_speaker(clause) or self._following(quote, index)
        return found or self._following(quote, index) or self._loose(index, quote, clause, section)

    def _voice_alone(self, clause: Span) -> _Found | None:
        """Find the voice that stands for somebody at the beginning of a clause: `[@V] raises a glass and says`."""
        begin = clause.end - len(self._prose[clause.start : clause.end].lstrip())
        tag = self._voice_brackets.get(begin)
        return None if tag is None else _Found((tag.name,), tag.span, Introduction.VOICE, clause)

    # a label introduces the line

    def _label_in(self, clause: Span, *, need_direct: bool) -> _Found | None:
        """Find the bracketed label in the clause that introduces the line."""
        labelled = self._labels.introducing(*clause, need_direct=need_direct)
        if labelled is None:
            return None
        chosen, group = labelled
        if len(group) == 1:
            return _Found((chosen.character,), chosen.span, Introduction.LABEL, clause, chosen)
        speakers = tuple({mention.character: None for mention in group})
        span = Span(group[0].span.start, group[-1].span.end)
        return _Found(speakers, span, Introduction.LABEL, clause, chosen)

    # prose introduces the line

    def _prose_speaker(self, clause: Span) -> _Found | None:
        """Find a speaker without brackets: a name, a noun phrase, a pronoun, or the one who was spoken of last."""
        begin, end = subjects.skip_marker(self._prose, *clause), clause.end
        owner = names.owner_of(self._prose, begin, end)
        if owner is not None:
            return self._owning_speaker(owner, clause)
        if is_cjk(self._prose[begin:end]):
            subject = chinese_subject(self._prose, self._reading.verbs, begin, end)
        else:
            subject = self._english_speaker(begin, end)
        if subject is None:
            return self._near(Span(begin, end), clause)
        if subject.pronoun:
            return self._pronoun_speaker(subject, clause)
        return self._by_prose(subject, clause)

    def _near(self, lead: Span, clause: Span) -> _Found | None:
        """Find who is near a line that nobody introduces; one of prose too, where it says in which voice."""
        nearest = self._antecedents.nearest("", lead.start)
        if nearest is not None:
            return _Found((nearest,), lead, Introduction.NEARBY, clause)
        told = not speech.VOICE_NOUNS.isdisjoint(self._words.texts_between(*lead))
        someone = self._antecedents.owner_of_a_voice(lead.start) if told else None
        return None if someone is None else self._by_prose(someone, clause, Introduction.NEARBY)

    def _by_prose(
        self, subject: subjects.Subject, clause: Span, introduction: Introduction | None = None, *, plural: bool = False
    ) -> _Found:
        together = speakers_together(self._reading, subject, clause, plural=plural)
        known = [self._known(one) for one in together]
        introduction = introduction or (Introduction.NAME if all(old for _, old in known) else Introduction.PROSE)
        span = subject.span if len(together) == 1 else Span(together[0].span.start, together[-1].span.end)
        return _Found(tuple(dict.fromkeys(label for label, _ in known)), span, introduction, clause)

    def _known(self, subject: subjects.Subject) -> tuple[str, bool]:
        """Return the label of somebody in prose, and whether it was known before."""
        person = self._reading.apart.get(subject.span.end)
        subject, identity = (subject, None) if person is None else (person.subject, person.identity)
        if self._reading.is_traditional:
            subject = subject._replace(words=self._reading.text[slice(*subject.span)])
        return self._cast.of_prose(subject, identity)

    def _english_speaker(self, begin: int, end: int) -> subjects.Subject | None:
        joint = _JOINT.match(self._prose, begin, end)
        begin = begin if joint is None else joint.end()
        verb = self._reading.verbs.first_between(begin, end)
        clause = self._prose[begin:end]
        if verb is None:
            colon = clause.endswith((":", "："))
            name = names.script_name(self._prose, begin, begin + len(clause.rstrip(":： "))) if colon else None
            name = name or names.dashed_name(self._prose, begin, end) or names.voice_over(self._prose, begin, end)
            if name is not None:
                acting = acting_name(self._prose, self._words.between(begin, end))
                return name if acting is None else subjects.Subject(self._prose[slice(*acting.span)], acting.span)
        named = names.voice_of(self._prose, begin, end) or names.apposed_name(self._prose, begin, end)
        if named is not None:
            return named
        last = self._reading.verbs.last_index(begin, end)
        if verb is None or last is None:
            return subjects.english_subject(self._prose, self._words, begin, end)
        own = subjects.subject_before(self._prose, self._words, begin, self._words[last])
        named = own or names.named_speaker(self._prose, self._words, begin, self._words.starts[last])
        named = named or names.named_speaker(self._prose, self._words, begin, verb.start)
        part = part_start(self._prose, self._words, begin, self._words[last])
        return named or subjects.english_subject(self._prose, self._words, part, end)

    def _pronoun_speaker(self, subject: subjects.Subject, clause: Span) -> _Found:
        word = subject.words.lower()
        plural = word in speech.GROUP_PRONOUNS or word in speech.CHINESE_GROUP_PRONOUNS
        if plural:
            everybody = tuple(self._cast.before(subject.span.start))
            if len(everybody) > 1:
                return _Found(everybody, subject.span, Introduction.PRONOUN, clause)
        newcomer = self._antecedents.newcomer(word, subject.span.start)
        if newcomer is not None:
            return _Found(self._by_prose(newcomer, clause).speakers, subject.span, Introduction.PRONOUN, clause)
        nearest = self._antecedents.nearest(word, subject.span.start)
        if nearest is None:
            someone = self._antecedents.antecedent(word, subject.span.start) or subject
            meant = self._by_prose(someone, clause, plural=plural).speakers
            return _Found(meant if plural else meant[:1], subject.span, Introduction.PRONOUN, clause)
        return _Found((nearest,), subject.span, Introduction.PRONOUN, clause)

    def _owning_speaker(self, owner: subjects.Subject, clause: Span) -> _Found:
        """Find whose voice or face leads to a line; such a pronoun leaves nobody guessing unless it means nobody."""
        found = self._pronoun_speaker(owner, clause)
        known = found.speakers != (owner.label,)
        return found._replace(introduction=Introduction.NEARBY) if known else found

    # nobody introduces the line directly before it

    def _goes_on(self, index: int, quote: Quote, floor: int) -> _Found:
        """Return the speaker of the line before, unless that one is finished and a tag names another."""
        before, lead = self._lines[-1], Span(floor, quote.outer.start)
        finished = self._reading.text[before.span.end - 1] in FULL_STOPS
        found = self._following(quote, index) if finished else None
        if found is not None and found.introduction is not Introduction.PRONOUN:
            return found
        return _Found(before.speakers or (before.speaker,), before.introducer, Introduction.CONTINUED, lead)

    def _following(self, quote: Quote, index: int) -> _Found | None:
        """Find an introduction behind the line: `"…," says [Label]`, `"…," she whispers`."""
        quotes = self._reading.quotes
        start = quote.outer.end
        limit = quotes[index + 1].outer.start if index + 1 < len(quotes) else len(self._prose)
        end = min(self._reading.sentences.end(start), limit, start + _FOLLOWING_REACH)
        clause = self._prose[start:end]
        leads_on = clause.rstrip().endswith((":", "：")) and end == limit < len(self._prose)
        if leads_on or clause[:1] == "\n":
            return None
        interrupting = self._interrupting(Span(start, end)) if is_interrupted(self._reading, index) else None
        if interrupting is not None:
            return interrupting
        if not self._reading.verbs.are_between(start, end):
            told = tag_behind(self._reading, index, end)
            return None if told is None else self._tagged(start, told)
        inside = self._reading.mentions_between(start, end)[:1]
        tied = clause.lstrip()[:1].islower() and not subjects.has_own_subject(self._prose, start, end)
        words = self._words.first(start, end, _TAG_WORDS if tied else _FOLLOWING_WORDS)
        verb = next((word for word in words if word.text in KINDS), None)
        if inside and (verb is not None or self._labels.is_direct(inside[0], end)):
            return _Found((inside[0].character,), inside[0].span, Introduction.LABEL, Span(start, end), inside[0])
        if is_cjk(clause):
            spoken = chinese_verbs(clause)
            return self._prose_speaker(Span(start, start + spoken[0].end())) if spoken else None
        return None if verb is None else self._told_behind(Span(start, end), verb, begins=verb is words[0])

    def _interrupting(self, clause: Span) -> _Found | None:
        """Find who interrupts a line without a verb of speech: `"Three, two," [Host] counts, "one."`."""
        label = self._labels.beginning(*clause)
        if label is not None:
            return _Found((label.character,), label.span, Introduction.LABEL, clause, label)
        chinese = is_cjk(self._prose[slice(*clause)]) and not self._reading.verbs.are_between(*clause)
        return self._prose_speaker(clause) if chinese else None

    def _told_behind(self, clause: Span, verb: Word, *, begins: bool) -> _Found | None:
        """Find who speaks in a clause behind a line, by its first verb; `begins` says that it begins with it."""
        name = names.name_behind(self._prose, self._words, verb, clause.end) if begins else None
        if name is not None:
            return self._by_prose(name, clause)
        return self._prose_speaker(own_part(self._prose, clause, verb, begins=begins))

    def _tagged(self, start: int, verb: Span) -> _Found | None:
        """Find who stands before the verb of a clause behind a line."""
        name = names.named_speaker(self._prose, self._words, start, verb.start)
        clause = Span(start, verb.end)
        return self._prose_speaker(clause) if name is None else self._by_prose(name, clause)

    def _loose(self, index: int, quote: Quote, lead: Span, section: Section | None) -> _Found | None:
        """Take a quotation on its own for a line if it reads like a sentence and somebody was just spoken of."""
        words = self._reading.text[quote.inner.start : quote.inner.end]
        spoken = section is not None and section.name in _SPOKEN_SECTIONS
        if section is not None and section.name not in _HEARD_SECTIONS:
            return None
        first = words[0]
        capital = first.isupper() or is_cjk(first) or first in ".…" or self._reading.is_lower_case
        sentence = capital and SENTENCE_LIKE.search(words) is not None
        if not spoken and not (sentence and self._stands_alone(lead)):
            return None
        floor = self._reading.quotes[index - 1].outer.end if index else 0
        begin = floor + len(self._prose[floor : lead.end].rstrip(" \t\n.!?。！？")) - 1
        begin = self._reading.sentences.start(max(0, begin), floor)
        inside = self._reading.mentions_between(begin, lead.end)
        if inside:
            return _Found((inside[0].character,), inside[0].span, Introduction.NEARBY, lead, inside[0])
        return self._neighbour(Span(begin, lead.end), quote, lead, spoken=spoken)

    def _neighbour(self, sentence: Span, quote: Quote, lead: Span, *, spoken: bool) -> _Found | None:
        """Find who the sentence before a lonely line is about; under a `Dialog:` header it is always somebody."""
        nowhere = Span(quote.outer.start, quote.outer.start)
        chinese = is_cjk(self._prose[sentence.start : sentence.end])
        subject = subjects.english_subject(self._prose, self._words, *sentence)
        if chinese and subject is None:
            subject = chinese_person(self._prose, self._reading.verbs, *sentence)
        reacting = bool(self._lines) and is_reaction(self._reading, subject, sentence)
        if subject is not None and not subject.pronoun and not reacting and (chinese or subjects.is_person(subject)):
            return self._by_prose(subject, lead, Introduction.NEARBY)
        pronoun = subject.words if subject is not None and subject.pronoun else ""
        same = self._is_tag(sentence) or is_beat(self._reading, sentence)
        nearest = self._antecedents.nearest(pronoun, lead.end) if spoken or subject or chinese or same else None
        if nearest is not None:
            return _Found((nearest,), nowhere, Introduction.NEARBY, nowhere if reacting else lead)
        meant = self._antecedents.antecedent(pronoun, sentence.start) if pronoun else None
        if meant is not None:
            return self._by_prose(meant, lead, Introduction.NEARBY)
        if not spoken:
            return None
        antecedent = self._antecedents.antecedent("", lead.start)
        if antecedent is None or antecedent.pronoun:
            return _Found((_NOBODY,), nowhere, Introduction.NEARBY, lead)
        return self._by_prose(antecedent, lead, Introduction.NEARBY)

    def _is_tag(self, sentence: Span) -> bool:
        """Return whether a sentence names the speaker of the line before it: `"Good night," whispers Anna to Tom.`."""
        return bool(self._lines) and self._lines[-1].span.end < sentence.start <= self._lines[-1].introducer.start

    def _stands_alone(self, lead: Span) -> bool:
        before = self._prose[lead.start : lead.end].rstrip()
        return bool(before) and before[-1] in ".!?。！？\n" + QUOTE


def _first(known: Mapping[str, _Value], names: Sequence[str]) -> _Value | None:
    """Return what is known of the first of some names of which something is known."""
    for name in names:
        if name in known:
            return known[name]
    return None
