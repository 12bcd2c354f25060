"""Family D, second part: the order of the lines and their marks (D003, D007, D008, D009, D010)."""

# Chinese punctuation and curly quotes are data here.
# ruff: noqa: RUF001

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from bot.findings import Severity
from bot.prompts.lexicon import speech
from bot.prompts.lexicon.lists import word_set
from bot.prompts.lexicon.structure import CHINESE_MARKERS, MARKERS
from bot.prompts.model import Introduction
from bot.prompts.rules.base import Edit, Problem, Repair, RuleSet, each, who
from bot.prompts.text import QUOTE, is_cjk, simplified
from bot.texts import Join, Listing

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bot.prompts.model import Line, Mention, Quote
    from bot.prompts.rules.base import Case

RULES = RuleSet()
_MARKER = re.compile(
    r"\b(?:" + "|".join(sorted(map(re.escape, MARKERS), key=len, reverse=True)) + r")\b(?! to the\b| to [a-z]+ing\b)",
    re.IGNORECASE,
)
_OTHER_MARKER = re.compile(
    r"\b(?:(?:a|one|two|three|few|several|some|half a|\d+) (?:short |brief |long )?"
    r"(?:moments?|seconds?|beats?|pauses?|silences?|minutes?)(?: later| after)?"
    r"|(?:once|when|after|as soon as) [^.!?]{0,60}"
    r"(?:finish\w*|done|stop\w*|end\w*|spoken|speak\w*|pause\w*|silent|quiet)"
    r"|(?:speaker|voice|turn|focus|dialogue)s? (?:switch\w*|change\w*|shift\w*|pass\w*)"
    r"|(?:switch\w*|change\w*|shift\w*) (?:back )?to"
    r"|suddenly|all of a sudden|at the same time"
    r"|puis|ensuite|alors|luego|entonces|después|dann|danach|sofort|depois|então"
    r"|followed by|at \d+s|\d+(?:\.\d+)?\s?[-–]\s?\d+(?:\.\d+)?\s?s(?:ec\w*)?\b|shot \d+)",
    re.IGNORECASE,
)
_CHINESE_MARKER = re.compile(
    "|".join((*CHINESE_MARKERS, "突然", "忽然", "猛然", "下一[秒瞬]", "同时", "过了[^，。]{1,4}[秒会阵刻]"))
    + "|そして|次に|それから|すると|すぐに|그러자|그리고|이어서|잠시 후"
)
_LOWER_START = re.compile(r"(?:The|A|An|He|She|They|His|Her)\b")
_SIMULTANEOUS = re.compile(
    r"\b(?:at the same time|simultaneously|in unison|as one|over each other|over one another|overlapping|all at once|"
    r"(?:both|all) (?:(?:of them|the) )?(?:[a-z]+ )?(?:\w+ly )?"
    r"(?:say|shout|yell|cry|speak|talk|ask|answer|reply|scream|call|whisper|exclaim)|"
    r"together (?:they|we|both)? ?(?:\w+ly )?(?:say|shout|yell|cry|speak|scream|call|exclaim)|"
    r"(?:says?|shouts?|yells?|speaks?|talks?|screams?|cr(?:y|ies) out|calls?|exclaims?|whispers?|answers?|chants?) "
    r"(?:out )?(?:\w+ly )?together|"
    r"(?:talk|speak|shout|yell)s? (?:\w+ly )?over(?! (?:the|an?|his|its|their|\w+ing)\b))\b",
    re.IGNORECASE,
)
_CHINESE_SIMULTANEOUS = re.compile(
    "异口同声|同时(?:开口|开始说)|互相打断|(?:话|声音|台词)[^，。]{0,4}重叠|同时[，,]?\x01+[^，。：；\x02]{0,8}[说喊叫问道]|同时(?:说|喊|叫|大喊|问)|一起(?:说|喊|大喊)|齐声(?:说|喊|大喊)|抢着说|七嘴八舌"
)
#: What several people do, and that they speak then: `point at each other and say at the same time:`.
_AND_SPEAK = re.compile(
    r"(\s[^.!?;:：\n\x01\x02]{3,200}?),?\s(?:and|then)(?:\s(?:then|both|all|together|simultaneously|\w+ly)){0,3}\s"
    rf"(?:{'|'.join(sorted(speech.SPEECH_VERBS))})(?:\s(?:at the same time|simultaneously|in unison|as one|together|"
    r"all at once|over each other|over one another|\w+ly)){0,3}\s?[,:：]?\s*",
    re.IGNORECASE,
)
_NEGATED = re.compile(r"\b(?:no|not|never|without|avoid|nobody|don't|doesn't)\b[^.;,]{0,30}$", re.IGNORECASE)
_SPEECH_LIMIT = 2
_CLOSING = {"“": "”", "„": "“", "‟": "”", "「": "」", "『": "』", "«": "»", "»": "«"}
_OPENING = {"”": "“", "」": "「", "』": "『", "»": "«", "«": "»"}
_UNQUOTED = re.compile(r"\s*(?:\([^()\n]{0,80}\)\s*)?(?:[^.:：!?\n\x01\x02]{0,60}?)?[:：]\s*(?=[^\s\x01\x02@])")
#: Speech that is reported: `explains to the team that they …`.
_REPORTED = re.compile(
    r"\b(says|tells|explains|whispers|shouts|replies|answers|announces|declares|warns|complains|insists|admits)\b"
    r"(?: (?!that\b)[\w'’-]+){0,5},? that (?:the|an?|he|she|they|it|we|you|his|her|their|there|this|nobody|everyone|"
    r"[\w'’-]+ (?:is|are|was|were|will|has|have|had|must|can|should))\b",
    re.IGNORECASE,
)
_CHINESE_REPORTED = re.compile(
    "(说|宣布|解释|告诉[^，。：\x02]{1,4}?)(?:自己|他们?|她们?|它们?|大家|一切)(?=[^，。：:\x02]{2,20}(?:[，。！]|$))"
)
_WORDLESS = word_set(
    """says say said asks ask asked tells tell told explains explain whispers whisper shouts shout replies reply
    answers answer announces announce declares"""
)


@RULES.rule(
    "D003",
    "missing-temporal-marker",
    Severity.WARNING,
    statement="Between two consecutive lines of different speakers there is a temporal marker.",
    reason="Without it the model may run one speech on or blend the voices.",
)
def missing_marker(case: Case) -> Iterator[Problem]:
    """Find turns that follow each other with nothing that says so."""
    for first, second in zip(case.prompt.lines, case.prompt.lines[1:], strict=False):
        if _speakers(first) == _speakers(second):
            continue
        start, end = case.prompt.quotes[first.quote].outer.end, case.prompt.quotes[second.quote].outer.start
        gap = case.prompt.prose[start:end]
        following = second.introducer.start > end
        if following:
            gap += case.prompt.prose[end : second.introducer.start]
        if _MARKER.search(gap) or _OTHER_MARKER.search(gap) or _CHINESE_MARKER.search(gap):
            continue
        position = _insertion(case, second, start, end)
        chinese = is_cjk(second.speaker) or is_cjk(second.text)
        edits = [Edit(position, position, _marker(case) if chinese else "Immediately, ")]
        article = _LOWER_START.match(case.text, position)
        if article is not None:
            edits = [Edit(position, position + 1, edits[0].text + case.text[position].lower())]
        values = {"first": who(first), "second": who(second)}
        span = (
            second.introducer
            if second.introducer.end > second.introducer.start
            else case.prompt.quotes[second.quote].outer
        )
        yield Problem(span.start, span.end, values=values, repair=Repair("marker", tuple(edits)))


def _marker(case: Case) -> str:
    """Return a Chinese marker in the characters of the prompt."""
    return "随后，" if simplified(case.text) is case.text else "隨後，"


def _speakers(line: Line) -> frozenset[str]:
    return frozenset(line.speakers or (line.speaker,))


def _insertion(case: Case, line: Line, start: int, end: int) -> int:
    """Where the turn of a speaker begins: his sentence, behind any header or list sign."""
    floor = max([start, *(section.span.end for section in case.prompt.sections if start <= section.span.start < end)])
    if start <= line.introducer.start < end:
        floor = max(floor, case.sentences.start(line.introducer.start, floor))
    else:
        quote = case.prompt.quotes[line.quote].outer
        floor = max(floor, min(quote.start, len(case.prompt.prose)))
    while floor < end and (case.text[floor].isspace() or case.text[floor] in "-–—*•,.;，。；)）"):
        floor += 1
    return floor


@RULES.rule(
    "D007",
    "speech-not-quoted",
    Severity.HINT,
    statement="Exact words stand in quotation marks.",
    reason="Speech described without words is invented by the model.",
)
def speech_not_quoted(case: Case) -> Iterator[Problem]:
    """Find a labelled character who speaks without a quotation."""
    quoted = {line.introducer.start for line in case.prompt.lines}
    for mention in case.prompt.mentions:
        if mention.span.start in quoted:
            continue
        bare = _bare_words(case, mention)
        if bare is not None:
            start, end = bare
            repair = Repair("quote", (Edit(start, start, '"'), Edit(end, end, '"')))
            yield Problem(start, end, "words", {"label": mention.character}, repair=repair)
            continue
        sentence_end = case.sentences.end(mention.span.end)
        words = case.words.between(mention.span.end, sentence_end)
        verb = next((word for word in words if word.text in _WORDLESS), None)
        if verb is None or "\x02" in case.prompt.prose[mention.span.end : sentence_end]:
            continue
        following = case.prompt.prose[sentence_end : sentence_end + 3].strip()
        if following.startswith("\x02") or case.lines_of(mention.character):
            continue
        yield Problem(verb.start, verb.end, "", {"label": mention.character})
    yield from _reported_speech(case)


def _reported_speech(case: Case) -> Iterator[Problem]:
    """Find the first speech that somebody without a label gives in reported words, where no line stands for it."""
    prose = case.prompt.prose
    for match in _REPORTED.finditer(prose):
        start, end = case.sentences.start(match.start()), case.sentences.end(match.end())
        following = prose[end : end + 3].strip()
        if not {"\x01", "\x02"} & {*prose[start:end], *following}:
            yield Problem(*match.span(1), "reported")
            return
    for match in () if prose.isascii() else _CHINESE_REPORTED.finditer(prose):
        start, end = case.sentences.start(match.start()), case.sentences.end(match.end())
        if QUOTE not in prose[start : end + 3]:
            yield Problem(*match.span(1), "reported")
            return


def _bare_words(case: Case, mention: Mention) -> tuple[int, int] | None:
    """Return the range of words behind `[Label]:` or `[Label] says:` that nobody quoted."""
    prose = case.prompt.prose
    colon = _UNQUOTED.match(prose, mention.span.end, min(len(prose), mention.span.end + 160))
    if colon is None:
        return None
    lead = prose[mention.span.end : colon.end()].strip(" :：\x03")
    words = [word.text for word in case.words.between(mention.span.end, colon.end())]
    if lead and not (
        lead.startswith(("(", "（")) or any(word in speech.SPEECH_VERBS | speech.SINGING_VERBS for word in words)
    ):
        return None
    end = colon.end()
    limit = min([len(prose), *(position for sign in "\x01\x02\n" if (position := prose.find(sign, end)) >= 0)])
    stop = min(case.sentences.end(end), limit)
    stretch = prose[end:stop].rstrip()
    spoken = any(word in speech.SPEECH_VERBS | speech.SINGING_VERBS for word in words) or not lead
    if (
        not stretch
        or not spoken
        or (prose[stop : stop + 1] == "\x02" and stop == limit and not stretch.endswith((".", "!", "?")))
    ):
        return None
    return end, end + len(stretch)


@RULES.rule(
    "D008",
    "unbalanced-quotes",
    Severity.WARNING,
    statement="Every opening quotation mark has a closing partner before the next bracketed label.",
    reason="Otherwise nobody can tell where the line ends.",
)
def unbalanced_quotes(case: Case) -> Iterator[Problem]:
    """Quotations whose beginning or end is not marked."""
    for quote in case.prompt.quotes:
        if quote.closed and quote.opened:
            continue
        if quote.opened:
            edit = Edit(quote.inner.end, quote.inner.end, _partner(case, quote))
            yield Problem(quote.outer.start, quote.outer.end, "", repair=Repair("close", (edit,)))
        else:
            edit = Edit(quote.inner.start, quote.inner.start, _partner(case, quote))
            yield Problem(quote.outer.start, quote.outer.end, "opening", repair=Repair("open", (edit,)))


def _partner(case: Case, quote: Quote) -> str:
    """Return the mark that is missing, in the style of the one that is there."""
    if quote.opened:
        sign = case.text[quote.outer.start]
        return _CLOSING.get(sign, sign)
    sign = case.text[quote.outer.end - 1]
    return _OPENING.get(sign, sign)


@RULES.rule(
    "D009",
    "three-or-more-speakers",
    Severity.WARNING,
    statement="At most two characters speak in one clip.",
    reason="Three or more may degrade the result.",
)
def many_speakers(case: Case) -> Iterator[Problem]:
    """Find the third speaker."""
    if len(case.speakers) <= _SPEECH_LIMIT:
        return
    line = case.lines_of(case.speakers[_SPEECH_LIMIT])[0]
    values = {"count": len(case.speakers), "labels": each(case.speakers)}
    yield Problem(line.introducer.start, line.introducer.end, values=values)


@RULES.rule(
    "D010",
    "simultaneous-speakers",
    Severity.WARNING,
    statement="No two characters speak at the same time; singing together is fine.",
    reason="Simultaneous speakers degrade results, alternating works best.",
)
def simultaneous_speakers(case: Case) -> Iterator[Problem]:
    """Shared spoken lines, and prose that lets people talk at once."""
    sung = any(line.kind.is_sung for line in case.prompt.lines)
    for line in case.prompt.lines:
        if line.kind.is_sung or line.introduction is Introduction.CONTINUED:
            continue
        clause = case.clause_of(line)
        introduction, aftermath = case.prompt.prose[clause.start : clause.end], case.aftermath_of(line)
        if len(line.speakers) > 1 or _is_simultaneous(introduction + aftermath):
            values = {"label": _at_once(case, line, before=_is_simultaneous(introduction))}
            yield Problem(*line.introducer, values=values, repair=_one_speaker(case, line))
            return
    prose = case.prompt.prose
    for match in (*_SIMULTANEOUS.finditer(prose), *_CHINESE_SIMULTANEOUS.finditer(prose)):
        sentence = prose[case.sentences.start(match.start()) : case.sentences.end(match.end())].lower()
        talks = any(word in speech.TALKING_WORDS for word in re.findall(r"[a-z]+", sentence)) or is_cjk(match.group())
        if talks and not sung and not _NEGATED.search(prose[max(0, match.start() - 40) : match.start()]):
            yield Problem(match.start(), match.end(), "prose")
            return


def _at_once(case: Case, line: Line, *, before: bool) -> str | Listing:
    """Return who speaks at the same time: the speakers of a line, or its speaker and the one before or after."""
    if line.speakers:
        return who(line)
    lines = case.prompt.lines
    place = lines.index(line)
    both = lines[max(0, place - 1) : place + 1] if before else lines[place : place + 2]
    return Listing(dict.fromkeys(one.speaker for one in both), Join.AND)


def _is_simultaneous(stretch: str) -> bool:
    match = _SIMULTANEOUS.search(stretch) or _CHINESE_SIMULTANEOUS.search(stretch)
    return match is not None and _NEGATED.search(stretch[: match.start()]) is None


def _one_speaker(case: Case, line: Line) -> Repair | None:
    """Give a shared line to the first of its speakers, if what they all do before it can stay as it is."""
    mention = next((m for m in case.mentions_of.get(line.speakers[0] if line.speakers else "", [])), None)
    if mention is None or line.introduction is not Introduction.LABEL:
        return None
    begin, end = line.introducer.end, case.prompt.quotes[line.quote].outer.start
    speaking = _AND_SPEAK.fullmatch(case.prompt.prose, begin, end)
    if speaking is None:
        return None
    written = case.text[mention.span.start : mention.span.end]
    return Repair("alone", (Edit(speaking.end(1), end, f". {written}: "),), safe=False)
