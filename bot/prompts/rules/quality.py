"""Family P: prompt quality; family I: the input image."""

from __future__ import annotations

import re
from bisect import bisect_right
from typing import TYPE_CHECKING

from bot.findings import Severity
from bot.jobs.request import InputKind
from bot.prompts.coverage import Part, coverage_of
from bot.prompts.lexicon import feelings
from bot.prompts.lexicon.scenes import CLIMATES, EVENTS, INDOOR, OUTDOOR
from bot.prompts.model import LineKind
from bot.prompts.rules.base import Problem, RuleSet, each
from bot.prompts.text import is_cjk

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bot.prompts.context import Facts
    from bot.prompts.rules.base import Case

RULES = RuleSet()
_VAGUE_WORDS = 7
_VAGUE_CHARACTERS = 12
_SUCCESSIVE = re.compile(
    r"\b(?:then|next|after that|afterwards|finally|later|subsequently|suddenly|followed by)\b|然后|接着|随后|最后|突然",
    re.IGNORECASE,
)
_EVENTS_PER_FIVE_SECONDS = 4
#: A turn of events that brings somebody or something new: `then a spaceship lands`.
_NEWCOMER = re.compile(
    r"\b(?:then|next|after that|afterwards|later|suddenly),? (?:an?|two|three|several) ",
    re.IGNORECASE,
)
_NEWCOMERS_PER_FIVE_SECONDS, _FEWEST_NEWCOMERS = 2, 3
#: What one subject does next in a list of actions: `, robs a bank`, ` and lands on an island`.
_NEXT_ACTION = re.compile(
    r"(?:,|\band\b)(?: and| then)* ([a-z]{2,}(?<![su])s)\b( (?:an?|the|his|her|their|its|up|into|onto|to)\b)?"
)
_CERTAIN_ACTIONS = 2
#: Who does one thing after the other has to get from each to the next: fewer fit than there are events elsewhere.
_ACTIONS_PER_FIVE_SECONDS = 3
_GAP_LIMIT = 3
_WORD = re.compile(r"[a-z]+(?:-[a-z]+)*")
_CUTS = re.compile(
    r"\b(?:quick|fast|rapid|jump|hard|sharp|constant|frantic|lightning|snappy) "
    r"(?:cuts?|edits?|scene changes?|transitions?)\b|"
    r"\b(?:\w+ )?(?:quick |fast |rapid )?cuts? between\b|\bmontage\b|\bfast-cut\b|\brapid-fire (?:cuts|shots|scenes)\b|"
    r"\b(?:five|six|seven|eight|nine|ten|twelve|\d+) (?:\w+ )?(?:cuts|locations|cities|scenes|places)\b|"
    r"快速剪辑|快速切换|蒙太奇",
    re.IGNORECASE,
)
_CUT_TO = re.compile(r"\b(?:cut|cuts|switch|switches|jump|jumps) to\b|镜头切换|切到", re.IGNORECASE)
_MANY_CUTS = 3
#: `No fast cuts`, 没有快速剪辑.
_NOT_WANTED = re.compile(
    r"(?:\b(?:no|without|avoid|never|not|don't)\b[^.;!?\n]{0,16}|(?:没有|不要|不用|无|避免|禁止)\S{0,3})$",
    re.IGNORECASE,
)
_CHINESE_LAUGHTER = re.compile("[大欢嬉傻狂]笑|笑着|咯咯|哈哈|嘻嘻|欢快|欢乐|兴高采烈|喜悦")
_CHINESE_TEARS = re.compile("[痛大哀嚎恸]哭|哭泣|啜泣|抽泣|流泪|落泪|哽咽|悲痛|悲伤")
_CHINESE_IRONY = re.compile("苦笑|强颜|假装|装[哭笑]|讽刺|反讽|又哭又笑|喜极而泣|破涕|笑着哭|哭着笑")
_SMALL_EDGE = 720
_WIDE = re.compile(r"\bfull[- ](?:body|length)\b|\bwide shot\b|\bhead to toe\b|\blong shot\b|全身", re.IGNORECASE)
_CLOSE = re.compile(
    r"\bclose-?\s?up\b|\bportrait\b|\bheadshot\b|\bhalf[- ]body\b|\bface only\b|特写|半身", re.IGNORECASE
)
_NUMBERS = {"one": 1, "two": 2, "three": 3, "four": 4, "five": 5}
_COUNTED = re.compile(
    r"\b(one|two|three|four|five)\s+(?:\w+\s)?(?:people|persons|men|women|girls|boys|children|friends|kids|twins)\b",
    re.IGNORECASE,
)


@RULES.rule(
    "P001",
    "vague-prompt",
    Severity.HINT,
    statement="A prompt says how, where and with what sound something happens.",
    reason="Vague prompts give generic results.",
)
def vague_prompt(case: Case) -> Iterator[Problem]:
    """Find a handful of words without manner, place, sound or line."""
    prompt = case.prompt
    attributes = any(mention.attributes for mention in prompt.mentions)
    if prompt.lines or prompt.sounds or not case.text.strip() or attributes or case.is_foreign:
        return
    chinese = is_cjk(case.text)
    short = len(case.text.strip()) <= _VAGUE_CHARACTERS if chinese else len(case.words) <= _VAGUE_WORDS
    parts = coverage_of(prompt)
    open_parts = {Part.SCENE, Part.STYLE} <= set(parts.missing)
    if open_parts and (short or (not chinese and len(case.words) <= 2 * _VAGUE_WORDS)):
        yield Problem(0, len(case.text))


@RULES.rule(
    "P002",
    "image-text-mismatch",
    Severity.WARNING,
    statement="The reference image and the text agree in place, number of persons and framing.",
    reason="A contradiction spoils both.",
)
def image_mismatch(case: Case) -> Iterator[Problem]:
    """Find facts about the image that contradict the text."""
    image = case.context.image
    if image is None or case.context.input is InputKind.TEXT or not case.text.strip():
        return
    if (
        image.flag("matches_text", "matches", "match", "text_match") is False
        or image.flag("mismatch", "contradicts") is True
    ):
        yield Problem(variant="", values={"image": "", "text": ""})
        return
    shown = image.words(
        "scene", "place", "setting", "location", "description", "content", "shows", "caption", "subject", "environment"
    )
    if shown:
        places = _contradicting_places(shown, case)
        if places is not None:
            yield Problem(variant="place", values={"image": places[0], "text": places[1]})
            return
    if _persons_differ(case, image):
        persons = image.number("persons", "people", "person_count", "people_count", "faces", "subjects", "characters")
        values = {"image": f"{persons:g}", "text": str(_persons_in_text(case))}
        yield Problem(variant="persons", values=values)
        return
    framing = image.words("framing", "shot", "frame", "crop")
    prose = case.prompt.prose
    if (_CLOSE.search(framing) and _WIDE.search(prose)) or (
        _WIDE.search(framing) and _CLOSE.search(prose) and "half" not in prose and "camera" not in prose
    ):
        yield Problem(variant="framing", values={"image": framing, "text": ""})


def _contradicting_places(shown: str, case: Case) -> tuple[str, str] | None:
    image = frozenset(_WORD.findall(shown))
    text = case.vocabulary
    for climate in CLIMATES:
        others = [other for other in CLIMATES if other is not climate and text & other]
        if image & climate and others and not text & climate:
            return min(image & climate), min(text & others[0])
    for here, there in ((INDOOR, OUTDOOR), (OUTDOOR, INDOOR)):
        if image & here and not image & there and text & there and not text & here:
            return min(image & here), min(text & there)
    return None


def _persons_in_text(case: Case) -> int:
    """Visible persons the text certainly speaks of."""
    visible = {line.speaker for line in case.prompt.lines if line.kind is not LineKind.NARRATION and not line.speakers}
    visible |= {name for line in case.prompt.lines for name in line.speakers}
    counted = _COUNTED.search(case.prompt.prose)
    return max(len(visible), _NUMBERS[counted.group(1).lower()] if counted else 0)


def _persons_differ(case: Case, image: Facts) -> bool:
    persons = image.number("persons", "people", "person_count", "people_count", "faces", "subjects", "characters")
    return (
        persons is not None and _persons_in_text(case) > max(persons, 0) and (persons > 0 or _persons_in_text(case) > 0)
    )


@RULES.rule(
    "P003",
    "overloaded-prompt",
    Severity.HINT,
    statement="One place, one main action: no more than about four events per 5 s.",
    reason="Too many instructions at once are not followed.",
)
def overloaded(case: Case) -> Iterator[Problem]:
    """Too many successive events, or happenings that would fill clips of their own."""
    clips = max(1.0, case.context.seconds / 5)
    events = sorted(case.vocabulary & EVENTS)
    turns = sum(one.speaker != two.speaker for one, two in zip(case.prompt.lines, case.prompt.lines[1:], strict=False))
    successive = len(_SUCCESSIVE.findall(case.prompt.prose)) - turns
    actions = _most_actions(case)
    newcomers = len(_NEWCOMER.findall(case.prompt.prose)) - turns
    if len(events) > clips + 0.5 and len(events) > 2:  # noqa: PLR2004
        yield Problem(0, len(case.text), "events", {"events": each(events)})
    elif successive > _EVENTS_PER_FIVE_SECONDS * clips:
        yield Problem(0, len(case.text), "", {"count": successive + 1})
    elif newcomers >= max(_FEWEST_NEWCOMERS, _NEWCOMERS_PER_FIVE_SECONDS * clips):
        yield Problem(0, len(case.text), "", {"count": newcomers + 1})
    elif actions > _ACTIONS_PER_FIVE_SECONDS * clips and actions > _EVENTS_PER_FIVE_SECONDS:
        yield Problem(0, len(case.text), "", {"count": actions})


def _most_actions(case: Case) -> int:
    """Return how many things one subject does in the sentence in which it does the most.

    A word with an `s` at its end may be a noun too; two with an object or a direction behind them are verbs.
    """
    by_sentence: dict[int, list[bool]] = {}
    for action in _NEXT_ACTION.finditer(case.prompt.prose):
        by_sentence.setdefault(case.sentences.start(action.start()), []).append(action.group(2) is not None)
    return max((len(one) + 1 for one in by_sentence.values() if sum(one) >= _CERTAIN_ACTIONS), default=0)


@RULES.rule(
    "P004",
    "formula-gap",
    Severity.HINT,
    statement="A prompt names scene, subject, movement, audio and style.",
    reason="The vendor's formula.",
)
def formula_gap(case: Case) -> Iterator[Problem]:
    """Several missing parts at once; single ones are shown by the coverage meter."""
    if not case.text.strip() or case.is_foreign:
        return
    missing = coverage_of(case.prompt).missing
    if len(missing) >= _GAP_LIMIT:
        yield Problem(0, len(case.text), "", {"missing": [part.value for part in missing]})


@RULES.rule(
    "P005",
    "rapid-scene-changes",
    Severity.HINT,
    statement="No fast cuts and no many places in one clip.",
    reason="A named weakness of the model.",
)
def rapid_changes(case: Case) -> Iterator[Problem]:
    """Words for fast cuts, or several cuts."""
    prose = case.prompt.prose
    wanted = (
        cut
        for cut in _CUTS.finditer(prose)
        if _NOT_WANTED.search(prose[max(0, cut.start() - 24) : cut.start()]) is None
    )
    match = next(wanted, None)
    if match is None:
        cuts = list(_CUT_TO.finditer(prose))
        match = cuts[0] if len(cuts) >= _MANY_CUTS else None
    if match is not None:
        yield Problem(match.start(), match.end(), "", {"words": match.group().strip()})


@RULES.rule(
    "P006",
    "emotion-mismatch",
    Severity.HINT,
    statement="The emotion of a voice fits what the character is seen to do.",
    reason="A contradiction confuses the model, unless irony is marked.",
)
def emotion_mismatch(case: Case) -> Iterator[Problem]:
    """Find a voice that contradicts the action in its own sentence."""
    if case.vocabulary & feelings.IRONY:
        return
    quotes = [quote.outer.start for quote in case.prompt.quotes]
    for mention in case.prompt.mentions:
        voice = frozenset(_WORD.findall((mention.attributes or "").lower()))
        if not mention.attributes or voice & feelings.IRONY:
            continue
        following = quotes[bisect_right(quotes, mention.span.end) :][:1]
        end = min(case.sentences.end(mention.span.end), *following, len(case.text))
        action = frozenset(word.text for word in case.words.between(mention.span.end, end))
        clash = (
            (voice & feelings.JOYFUL and action & feelings.GRIEVING_ACTIONS and not action & feelings.JOYFUL)
            or (
                voice & (feelings.GRIEVING | feelings.FURIOUS)
                and action & feelings.JOYFUL_ACTIONS
                and not action & feelings.GRIEVING
            )
            or (voice & feelings.TENDER and action & feelings.VIOLENT_ACTIONS)
        )
        if clash or _clashes_in_chinese(mention.attributes or "", case.prompt.prose[mention.span.end : end]):
            yield Problem(mention.span.start, end, "", {"label": mention.label})
            return


def _clashes_in_chinese(voice: str, action: str) -> bool:
    """Return whether a Chinese voice laughs while its owner weeps, or weeps while its owner laughs."""
    if not is_cjk(voice) or _CHINESE_IRONY.search(voice + action):
        return False
    laughs, weeps = _CHINESE_LAUGHTER.search, _CHINESE_TEARS.search
    return bool(laughs(voice) and weeps(action) and not laughs(action)) or bool(
        weeps(voice) and laughs(action) and not weeps(action)
    )


@RULES.rule(
    "I001",
    "low-resolution-image",
    Severity.HINT,
    statement="The short edge of the image has at least 720 pixels.",
    reason="The quality of the video depends on the resolution of the image.",
)
def small_image(case: Case) -> Iterator[Problem]:
    """Find an image that is smaller than recommended."""
    image = case.context.image
    if image is None or case.context.input is InputKind.TEXT:
        return
    edges = [edge for edge in (image.number("width", "w"), image.number("height", "h")) if edge]
    short = min(edges, default=None) or image.number("short_edge", "short_side", "min_edge")
    if short is not None and 0 < short < _SMALL_EDGE:
        yield Problem(values={"edge": f"{short:g}"})
