"""Family D, first part: pronouns in the place of labels (D001)."""

# Chinese punctuation is data here.
# ruff: noqa: RUF001

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from bot.findings import Severity
from bot.jobs.request import InputKind
from bot.prompts.lexicon import speech
from bot.prompts.lexicon.lists import word_set
from bot.prompts.model import Introduction, Span
from bot.prompts.rules.base import Edit, Problem, Repair, RuleSet
from bot.prompts.subjects import fits
from bot.texts import Join, Listing

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bot.prompts.model import Line
    from bot.prompts.rules.base import Case

RULES = RuleSet()
_PRONOUNS = frozenset((*speech.SUBJECT_PRONOUNS, *speech.GROUP_PRONOUNS, *speech.CHINESE_GROUP_PRONOUNS, *"他她它"))
_ANSWERING = word_set("back replies replied answers answered responds responded retorts retorted counters")
_ACTING_PRONOUN = re.compile(
    r"(?:^|[.!?\n;。！？\x02])\s{0,3}(?:(?:then|next|immediately|suddenly|after that|meanwhile|finally),?\s)?"
    r"(he|she|they)\s+[a-z]+",
    re.IGNORECASE,
)
_CHINESE_ACTING_PRONOUN = re.compile(r"(?:^|[。！？；\n，\x02])(?:然后|接着|随后|突然)?(他们|她们|他|她)(?!的)")


@RULES.rule(
    "D001",
    "pronoun-as-speaker",
    Severity.WARNING,
    statement="A line is introduced by its label, never by a pronoun; with two or more characters actions are too.",
    reason="With a pronoun the model has to guess who is meant.",
)
def pronoun_speaker(case: Case) -> Iterator[Problem]:
    """Lines introduced by a pronoun, and in scenes with several characters the first pronoun that acts."""
    if not case.labelled and len(case.speakers) < 2 and not any(map(_is_nobody, case.prompt.lines)):  # noqa: PLR2004
        return
    if case.context.input is InputKind.IMAGE and len(case.prompt.characters) < 2:  # noqa: PLR2004
        return
    reported = False
    for line, before in zip(case.prompt.lines, (None, *case.prompt.lines), strict=False):
        if line.introduction is Introduction.PRONOUN and not _sing_all(case, line):
            reported = True
            word = case.text[line.introducer.start : line.introducer.end]
            if before is not None and _answers_itself(case, line, before):
                yield Problem(*line.introducer, "answer", {"pronoun": word})
                continue
            if _is_nobody(line):
                yield Problem(*line.introducer, "nobody", {"pronoun": word})
                continue
            repair = _name_instead(case, word, line.introducer, line.speaker)
            labels = Listing((f"[{speaker}]" for speaker in line.speakers or (line.speaker,)), Join.AND)
            values = {"pronoun": word, "labels": labels}
            yield Problem(*line.introducer, values=values, repair=repair)
    if reported or len(case.labelled) < 2:  # noqa: PLR2004
        return
    for match in (*_ACTING_PRONOUN.finditer(case.prompt.prose), *_CHINESE_ACTING_PRONOUN.finditer(case.prompt.prose)):
        start, end = match.span(1)
        repair = _name_instead(case, match.group(1), Span(start, end))
        yield Problem(start, end, "action", {"pronoun": match.group(1)}, repair=repair)
        return


def _answers_itself(case: Case, line: Line, before: Line) -> bool:
    """Return whether a line answers the one before it in the words of its speaker: then somebody else is meant."""
    clause = case.clause_of(line)
    answering = any(word.text in _ANSWERING for word in case.words.between(line.introducer.end, clause.end))
    return answering and before.speaker == line.speaker


def _sing_all(case: Case, line: Line) -> bool:
    """Return whether everybody of a text without labels sings a line, so that nobody has to guess who `they` are."""
    return not case.labelled and line.kind.is_sung and len(line.speakers) == len(case.prompt.characters)


def _is_nobody(line: Line) -> bool:
    """Return whether a line has no speaker but a pronoun that means nobody in the text."""
    return line.introduction is Introduction.PRONOUN and line.speaker.lower() in _PRONOUNS


def _name_instead(case: Case, pronoun: str, place: Span, speaker: str | None = None) -> Repair | None:
    """Return the label in place of a pronoun: the speaker's, if it introduces a line, else the last that fits."""
    if pronoun.lower() in speech.GROUP_PRONOUNS or pronoun in ("他们", "她们"):
        return None
    before = [m for m in case.prompt.mentions if m.span.start < place.start and fits(pronoun, m.label)]
    owners = list(dict.fromkeys(mention.character for mention in before))
    owner = speaker or next(reversed(owners), None)
    if owner not in owners:
        return None
    mention = next(m for m in before if m.character == owner)
    written = case.text[mention.span.start : mention.span.end]
    return Repair("label", (Edit(*place, written),), safe=len(owners) == 1)
