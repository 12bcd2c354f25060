"""Family D, second part: who is named, and how (D002, D004, D005, D006)."""

# Chinese punctuation and curly quotes are data here.
# ruff: noqa: RUF001

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from bot.findings import Severity
from bot.prompts.lexicon import feelings, people, speech
from bot.prompts.lexicon.lists import word_set
from bot.prompts.lexicon.structure import CHINESE_MARKERS
from bot.prompts.manner import is_expressive
from bot.prompts.model import Introduction, LineKind, Span
from bot.prompts.rules.base import Edit, Problem, Repair, RuleSet, who
from bot.prompts.text import is_cjk, label_key
from bot.prompts.traits import sex_of
from bot.texts import Join, Listing

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bot.prompts.model import Line, Mention
    from bot.prompts.rules.base import Case

RULES = RuleSet()
#: The part of a Chinese introduction that is heard and not seen: how somebody speaks, that they speak, and when.
_CHINESE_CUES = (*CHINESE_MARKERS, *speech.CHINESE_SPEECH, *speech.CHINESE_SINGING, *speech.CHINESE_RAP)
_CHINESE_SPEAKING = re.compile(
    "用[^，。]{1,12}(?:声音|嗓音|语气|语调|口吻|声)|[\u4e00-\u9fff]{1,4}地|[大小轻低高]声|"
    + "|".join(sorted(_CHINESE_CUES, key=len, reverse=True))
)
_CHINESE_ASIDE = re.compile(r"[(（][^()（）]{0,60}[)）]")
_CHINESE_DOING = re.compile("[站坐走跑跪躺蹲靠拿举抱握挥捧端推拉]|(?<![沉执])着")
_ANCHOR_REACH = 200
#: 两个厨师, 一对, 姐妹, 孩子们: one word for several who may each have a line.
_CHINESE_SEVERAL = re.compile("[两三几双对][个位名只]?(?=[\u4e00-\u9fff])|们|夫妻|夫妇|情侣|姐妹|兄弟|双胞胎")
_LETTER = re.compile(r"\b(?:[a-z]|\d+|one|two|i{1,3})$")
_PARTS = re.compile(r"[,，;；]")
#: A Chinese noun for what somebody does; two of them are two persons, as a mechanic is no driver.
_CHINESE_TRADE = re.compile(
    "[\u4e00-\u9fff](?:[工匠夫家师员手生兵官商农贩僧警]|司机|老板|护士|店主|船长|队长|记者|侦探|主播|乘客)$|^司机$|^护士$"
)
#: How many labels before it a label is compared with; no clip has room for more people.
_MOST_COMPARED = 24
_SYNONYMS = (
    word_set("doctor physician medic surgeon"),
    word_set("police cop officer policeman policewoman constable"),
    word_set("man guy gentleman bloke fellow dude"),
    word_set("woman lady"),
    word_set("kid child boy youngster"),
    word_set("kid child girl youngster"),
    word_set("mother mom mum mama"),
    word_set("father dad papa daddy"),
    word_set("grandmother grandma granny nana"),
    word_set("grandfather grandpa granddad"),
    word_set("teacher instructor tutor professor"),
    word_set("boss manager supervisor chief"),
    word_set("reporter journalist correspondent"),
    word_set("host presenter anchor moderator"),
    word_set("seller vendor merchant shopkeeper salesman saleswoman"),
    word_set("chef cook"),
    word_set("lawyer attorney"),
    word_set("thief robber burglar"),
    word_set("attendant steward stewardess"),
    word_set("sailor seaman skipper captain"),
    word_set("robot android bot droid"),
)


@RULES.rule(
    "D002",
    "inconsistent-or-duplicate-label",
    Severity.WARNING,
    statement="One character has one label, spelled the same everywhere; two characters never share one.",
    reason="For the model another label is another person, and the same label the same person.",
)
def inconsistent_label(case: Case) -> Iterator[Problem]:
    """Other spellings, shortened labels, synonyms, and one label for two."""
    yield from _spellings(case)
    yield from _two_labels(case)
    yield from _shared_labels(case)


def _spellings(case: Case) -> Iterator[Problem]:
    for character, mentions in case.mentions_of.items():
        other = [mention for mention in mentions if mention.label != character]
        if not other:
            continue
        same = [mention for mention in other if label_key(mention.label) == label_key(character)]
        edits = tuple(Edit(m.label_span.start, m.label_span.end, character) for m in other)
        values = {"label": character, "other": other[0].label}
        span = other[0].label_span
        repair = Repair("unify", edits, safe=len(same) == len(other))
        yield Problem(span.start, span.end, "spelling", values, Severity.HINT, repair)


def _two_labels(case: Case) -> Iterator[Problem]:
    """Two labels that may well mean one person."""
    named = [_Named(case, label) for label in case.labelled]
    for index, later in enumerate(named):
        earlier = next((one for one in named[max(0, index - _MOST_COMPARED) : index] if one.may_be(later)), None)
        if earlier is None:
            continue
        mentions = case.mentions_of[later.label]
        edits = tuple(Edit(m.label_span.start, m.label_span.end, earlier.label) for m in mentions)
        span = mentions[0].label_span
        values = {"label": earlier.label, "other": later.label}
        yield Problem(span.start, span.end, "", values, repair=Repair("unify", edits, safe=False))


class _Named:
    """What tells one labelled character from another."""

    def __init__(self, case: Case, label: str) -> None:
        self.label = label
        self.key = label_key(label)
        self.words = frozenset(self.key.split())
        self.head = self.key.rpartition(" ")[2]
        self.sex = sex_of(label)
        self.attributes = _attributes(case, label)
        self.is_lettered = _LETTER.search(self.key) is not None

    def may_be(self, later: _Named) -> bool:
        """Return whether a later label may well mean the same person."""
        if self.is_lettered or later.is_lettered or {self.sex, later.sex} == {"female", "male"}:
            return False
        same = self.attributes == later.attributes
        if self.attributes and later.attributes and not same:
            return False
        if self.head == later.head and (self.words < later.words or later.words < self.words):
            return True
        heads = {self.head, later.head}
        if len(heads) > 1 and any(heads <= group for group in _SYNONYMS):
            return True
        if not (same and self.attributes) or self._is_other_age(later) or later._is_other_age(self):
            return False
        known = len(heads & (people.PERSONS | people.ANIMALS)) > 1 or all(map(_CHINESE_TRADE.search, heads))
        return not known or later.label.lower().startswith("the ")

    def _is_other_age(self, other: _Named) -> bool:
        return not self.words.isdisjoint(people.OLD) and not other.words.isdisjoint(people.YOUNG)


def _attributes(case: Case, character: str) -> frozenset[str]:
    """Return the attributes somebody has, from all brackets."""
    parts = (mention.attributes or "" for mention in case.mentions_of.get(character, []))
    return frozenset(part.strip().lower() for text in parts for part in _PARTS.split(text) if part.strip())


def _shared_labels(case: Case) -> Iterator[Problem]:
    """One label with contradicting descriptions, or introduced as another one."""
    for character, mentions in case.mentions_of.items():
        for mention in mentions[1:]:
            index = case.words.index_at(mention.span.start) - 1
            word = case.words[index] if index >= 0 else None
            adjacent = word is not None and not case.prompt.prose[word.end : mention.span.start].strip()
            another = adjacent and word is not None and word.text in ("other", "another", "second")
            if another or _contradict(mentions[0], mention):
                span = mention.label_span
                yield Problem(span.start, span.end, "shared", {"label": character})
                break


def _contradict(first: Mention, second: Mention) -> bool:
    one, two = set((first.attributes or "").lower().split()), set((second.attributes or "").lower().split())
    one, two = ({word.strip(",.") for word in words} for words in (one, two))
    opposites = (
        (feelings.DEEP | feelings.ROUGH, feelings.HIGH | people.CHILD | {"thin"}),
        (people.OLD, people.CHILD),
        (people.OLD, {"young"}),
        ({"male"}, {"female"}),
    )
    if any((one & a and two & b) or (one & b and two & a) for a, b in opposites):
        return True
    voices = first.attributes or "", second.attributes or ""
    sexes = {sex_of(voice) for voice in voices if is_cjk(voice)}
    return {"female", "male"} <= sexes


@RULES.rule(
    "D004",
    "vague-label",
    Severity.WARNING,
    statement="Each speaker has a bound voice or a voice or emotion attribute, and no two have the same.",
    reason="Voices without a description sound alike.",
)
def vague_label(case: Case) -> Iterator[Problem]:
    """Speakers whose voice nobody describes, and speakers described alike; a voice that stands for somebody is one."""
    several = len(case.speakers) > 1
    voices = {line.speaker for line in case.prompt.lines if line.introduction is Introduction.VOICE}
    vague = [speaker for speaker in case.speakers if speaker not in voices and not _is_described(case, speaker)]
    if vague:
        line = case.lines_of(vague[0])[0]
        severity = Severity.WARNING if several else Severity.HINT
        variant = "several" if len(vague) > 1 else ""
        values = {"label": vague[0], "labels": Listing(vague, Join.AND)}
        yield Problem(line.introducer.start, line.introducer.end, variant, values, severity)
    if not several:
        return
    seen: dict[frozenset[str], str] = {}
    for speaker in case.speakers:
        attributes = _attributes(case, speaker)
        if not attributes or speaker in case.bound:
            continue
        other = seen.setdefault(attributes, speaker)
        if other != speaker:
            span = case.mentions_of[speaker][0].span
            yield Problem(span.start, span.end, "same", {"label": speaker, "other": other})
            return


def _is_described(case: Case, speaker: str) -> bool:
    if speaker in case.bound or any(line.voice is not None for line in case.lines_of(speaker)):
        return True
    if any(_is_audible(mention.attributes) for mention in case.mentions_of.get(speaker, [])):
        return True
    told = (line.voice_style for line in case.lines_of(speaker) if line.voice_style is not None)
    if is_expressive(speaker) or any(map(is_expressive, told)):
        return True
    for line in case.lines_of(speaker):
        clause = case.clause_of(line)
        after = case.aftermath_of(line)
        begin = max(clause.start, min(line.introducer.end, clause.end))
        if is_expressive(case.prompt.prose[begin : clause.end]) or is_expressive(after):
            return True
        if line.introduction is not Introduction.LABEL and is_expressive(case.prompt.prose[clause.start : clause.end]):
            return True
    return False


def _is_audible(attributes: str | None) -> bool:
    """Whether attributes say anything beyond the looks."""
    if not attributes:
        return False
    for part in _PARTS.split(attributes):
        words = set(re.findall(r"[\w-]+", part.lower()))
        if (
            words
            and (not words & feelings.VISUAL or words & feelings.EXPRESSIVE)
            and not re.fullmatch(r"\s*(?:age )?\d+s?\s*", part)
        ):
            return True
    return False


@RULES.rule(
    "D005",
    "no-action-anchor",
    Severity.HINT,
    statement="Before the first line of a character there is an individual visible action of that character.",
    reason="The model ties a voice to the one who is seen to act.",
)
def no_anchor(case: Case) -> Iterator[Problem]:
    """Labelled speakers whose first line comes out of nowhere, in one finding."""
    missing = [
        line
        for speaker in case.speakers
        if speaker in case.mentions_of and (line := case.lines_of(speaker)[0]) and not _is_anchored(case, speaker, line)
    ]
    if missing:
        span = missing[0].introducer
        variant = "several" if len(set(missing)) > 1 else ""
        values = {"label": who(missing[0]), "labels": [who(line) for line in dict.fromkeys(missing)]}
        yield Problem(span.start, span.end, variant, values)


def _is_anchored(case: Case, speaker: str, line: Line) -> bool:
    if line.kind is LineKind.NARRATION or line.introduction is not Introduction.LABEL:
        return True
    introducing = line.introducer.start
    if any(mention.span.start < introducing for mention in case.mentions_of[speaker]):
        return True
    clause = case.clause_of(line)
    words = [word.text for word in case.words.between(line.introducer.end, clause.end)]
    if is_cjk(case.prompt.prose[line.introducer.end : clause.end]) or (is_cjk(speaker) and not words):
        return _is_anchored_in_chinese(case, speaker, Span(line.introducer.end, clause.end))
    verbs = speech.PLAIN_VERBS | speech.SINGING_VERBS | {"replies", "answers", "responds", "reply", "adds", "continues"}
    if any(word not in verbs and not word.endswith("ly") for word in words):
        return True
    before = case.words.between(max(0, clause.start - _ANCHOR_REACH), introducing)
    nouns = set(label_key(speaker).split())
    if any(word.text in nouns for word in before):
        return True
    return any(
        word.endswith("ing") and word not in feelings.EXPRESSIVE
        for word in re.findall(r"[a-z]{5,}", _all_attributes(case, speaker).lower())
    )


def _is_anchored_in_chinese(case: Case, speaker: str, introduction: Span) -> bool:
    """Return whether somebody does more than speak before a line, in the prose before it, or in the bracket."""
    prose = case.prompt.prose
    stretch = prose[introduction.start : introduction.end]
    before = prose[max(0, introduction.start - _ANCHOR_REACH) : introduction.start]
    return (
        is_cjk(_CHINESE_SPEAKING.sub("", _CHINESE_ASIDE.sub("", stretch)))
        or label_key(speaker) in before
        or _CHINESE_DOING.search(stretch + _all_attributes(case, speaker)) is not None
    )


def _all_attributes(case: Case, speaker: str) -> str:
    return " ".join(mention.attributes or "" for mention in case.mentions_of[speaker])


@RULES.rule(
    "D006",
    "unlabelled-speaker",
    Severity.WARNING,
    statement="When two or more persons speak, each one who speaks has a bracketed label.",
    reason="A line or a voice cannot be tied to somebody without a label.",
)
def unlabelled_speaker(case: Case) -> Iterator[Problem]:
    """Speakers without brackets in scenes with several persons."""
    bracketed = set(case.labelled)
    loose = [line for line in case.prompt.lines if not set(line.speakers or (line.speaker,)) & bracketed]
    loose = [line for line in loose if line.introduction is not Introduction.VOICE and line.kind is not LineKind.CHORUS]
    if not loose or not (
        len(case.speakers) > 1 or (case.labelled and len(loose) < len(case.prompt.lines)) or _is_group(case, loose)
    ):
        return
    reported: set[str] = set()
    for line in loose:
        if line.speaker in reported or line.introduction is Introduction.PRONOUN:
            continue
        reported.add(line.speaker)
        start, end = line.introducer.start, line.introducer.end
        if end <= start:
            start, end = case.prompt.quotes[line.quote].outer.start, case.prompt.quotes[line.quote].outer.end
        yield Problem(start, end, values={"label": who(line)}, repair=_bracket(case, line))


def _is_group(case: Case, loose: list[Line]) -> bool:
    """Several lines hang on one plural, such as `two twins`."""
    last = label_key(loose[0].speaker).rpartition(" ")[2]
    plural = (
        last in ("couple", "they", "both", "children", "people")
        or (last.endswith(("s", "men")) and last in people.PERSONS)
        or _CHINESE_SEVERAL.search(case.text, max(0, loose[0].introducer.start - 3), loose[0].introducer.end)
        is not None
    )
    return plural and len(loose) > 1 and loose[0].kind is LineKind.SPEECH and bool(case.prompt.lines)


def _bracket(case: Case, line: Line) -> Repair | None:
    """Wrap the noun phrase that introduces a line."""
    if (
        line.introduction is not Introduction.PROSE
        or case.text[line.introducer.start : line.introducer.end].lower() != line.speaker.lower()
    ):
        return None
    start, end = line.introducer.start, line.introducer.end
    article = re.search(r"(?:\b(?:the|an|a)\s)$", case.text[:start], re.IGNORECASE)
    begin = article.start() if article else start
    return Repair("bracket", (Edit(begin, end, f"[{line.speaker}]"),), safe=not line.speaker.lower().startswith("two "))
