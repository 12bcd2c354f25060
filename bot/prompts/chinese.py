"""Finds who is meant in a stretch of Chinese prose, and how somebody speaks in it.

Chinese has no spaces and no inflections. A sentence is taken apart at its commas; in each part the subject is what
stands before the first preposition or verb, and the part that is nearest to the verb of speech and has a subject
names the speaker.
"""

# Chinese punctuation is data here.
# ruff: noqa: RUF001

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from bot.prompts.lexicon import chinese, speech
from bot.prompts.lexicon.structure import CHINESE_MARKERS
from bot.prompts.manner import is_expressive
from bot.prompts.model import Span, span_of
from bot.prompts.subjects import Subject
from bot.prompts.text import BRACKET, QUOTE, VOICE, alternatives, longest_of
from bot.prompts.verbs import chinese_verbs

if TYPE_CHECKING:
    from collections.abc import Callable

    from bot.prompts.verbs import Verbs


_PART = re.compile("[^，,；;：:]+")
_NEW_PART = re.compile("[，,；;]")
_ASIDE = re.compile(r"[(（][^()（）]{0,60}[)）]")
_LEAD = re.compile(f"(?:{longest_of((*CHINESE_MARKERS, *chinese.LEADS))}|{chinese.MEASURES}|[\\s{QUOTE}])+")
_PERSON = re.compile(alternatives(sorted(chinese.PERSONS, key=len, reverse=True), chinese.SIGNS))
_NAME = re.compile(f"(?:小(?![声心跑步口])|[阿老]|{chinese.SURNAMES})[^\\W的]{{1,2}}")
_PRONOUN = re.compile("[他她它](?:们|(?<![吉其排].))(?!们|的|身[边后旁上]|旁边|面前|怀里|手[里中上])")
_OWNER = re.compile(r"(?:^|(?<=[。！？，,\s]))(\w{2,3}?)的")
_TRADE = re.compile("[^在用笑微说对向看走站坐，。：、把拿举的地着声\\W]{1,3}")
_PREDICATE = re.compile(f"(?P<preposition>{chinese.PREPOSITIONS})|{chinese.VERBS}")
_LOOKS = re.compile(longest_of(chinese.LOOKS))
_BEFORE_NOUN = re.compile(f".*(?:{chinese.MEASURES}|{chinese.PLACES}的?)")
_PLACE = re.compile(f"(?:在|从)?.*(?:{chinese.PLACES})")
#: 鼻尖沾着面粉的女孩: what is told of a part of the body tells who it is.
_BODY = re.compile("[鼻脸头手眼嘴身肩背脚腿脖耳额眉唇胸腰][尖发上里边]?")
#: 站着一位老人: who is there stands behind the verb.
_APPEARS = re.compile(f"[站坐走躺跑蹲跳冲飞](?:着|来|出|过来)了?{chinese.MEASURES}")
_VOICE = re.compile("(?:声音|嗓音|[男女童人]声)$")
#: Voices that are heard before anybody is named: 传来甜美的女声.
_HEARD = re.compile(
    f"(?:传来|传出|响起|飘来|出现)了?(?:{chinese.MEASURES}|一阵|一道)?([^，,：:\\s]{{0,12}}?(?:声音|嗓音|[男女童人]声))"
    "(?=[^，,]{0,6}$)"
)
#: 母亲的声音从厨房传来: the owner of a voice speaks.
_OWN_VOICE = re.compile(
    "([^\\W的用]{1,8})的(?:声音|嗓音|喊声|歌声|叫声|画外音)(?:(?:从[^，,]{1,10})?(?:传来|传出|响起|飘来))?$"
)
_COMES = re.compile(".*(?:传来|传出|响起|飘来)了?")
_DEGREE = "(?:很|非常|十分|有些|有点|无比|略带)?"
_ADVERB = re.compile(
    f"{_DEGREE}(?:(?:{longest_of(chinese.ADVERBS)}|[{chinese.COLOURED}](.)\\1|([{chinese.DOUBLED}])\\2)地?"
    "|(?:(.)\\3(.)\\4|(.).\\5.)地)$"
)
#: 支支吾吾
_DOUBLED = re.compile("([\u4e00-\u9fff])\\1([\u4e00-\u9fff])\\2$")
_UNKNOWN_ADVERB = re.compile("(?:..(.)\\1|..)地$")
_MANNER = re.compile(
    "(?:用[^，。]{1,12}(?:声音|嗓音|语气|语调|口吻|腔调|声|音)|[\u4e00-\u9fff]{1,6}[地着](?:嗓子|嗓门|声音|粗?气)?|压低(?:嗓音|声音|嗓门))(?:[大小轻低高]声)?(?:用[^，。]{1,4}[语话])?$"
    "|[大小轻低高冷柔厉沉尖朗颤齐]声$|(?![妈爸爷奶哥姐弟妹叔伯姥婆公舅姑宝娃])([\u4e00-\u9fff])\\1$"
)
_TO_SOMEBODY = re.compile("(?:[对朝冲]着?|向|跟|从)(?![手象来])[^，,。地着]{1,8}$")
_MANNER_ENDS = tuple("音气调吻声地着子门语话")
#: What stands between a name and the colon, and what in it tells of a voice.
_TOLD = re.compile("[，,\\s]{0,2}([^\\s，,：:][^。：:\x01\x02]{1,40}?)[：:，,\\s]{0,3}")
_TELLING = re.compile(
    "[声音色速气调吻腔字](?:(?<=[男女童低高轻气柔]声)|(?<=[吐咬]字)|(?<=[声嗓]音)|(?<=音色|口吻)|(?<=语[速气调])|(?<=腔))"
)
#: What joins two who act together, and two names that it joins.
_JOINT = re.compile("(?:以及|[和与跟同及、])(?:[他她它]们?的|自己的)?")
_JOINED = re.compile("(\\w{2,6}?)[和与跟及](\\w{2,6})")
#: 宇航员A, 路人甲, 选手2号: which of several it is.
_WHICH = re.compile("[A-Z](?![A-Za-z])|[甲乙丙丁](?!板)|\\d{1,2}号?")
_MOST_JOINED = 4
_ADVERB_REACH = 8
_LONGEST = 12
_LONGEST_BARE = 6
_SHORTEST = 2


def chinese_subject(text: str, verbs: Verbs, start: int, end: int) -> Subject | None:
    """Return the subject of a Chinese clause such as 女孩推开窗 / 笑着说."""
    stretch = text[start:end]
    if "(" in stretch or "（" in stretch:
        stretch = _ASIDE.sub(lambda aside: " " * len(aside.group()), stretch)
        outside = chinese_verbs(stretch)
        verb = outside[-1].start() if outside else None
    else:
        last = verbs.last_chinese(start, end)
        verb = None if last is None else last.start() - start
    stretch = stretch.rstrip("：: ")
    limit = len(stretch) if verb is None else verb
    if _NEW_PART.search(stretch.rstrip("，, "), limit):
        limit = len(stretch)
    place = _voice_heard(stretch[:limit]) or _actor(stretch, limit)
    if place is None:
        return None
    begin, end = start + place.start, start + place.end
    if _PRONOUN.fullmatch(text, begin, end):
        return Subject(text[begin:end], Span(begin, end), pronoun=True)
    return _trimmed(text, begin, end)


def chinese_person(text: str, verbs: Verbs, start: int, end: int) -> Subject | None:
    """Return the subject of a Chinese sentence if it is a person or an animal."""
    subject = chinese_subject(text, verbs, start, end)
    return subject if subject is not None and _PERSON.search(subject.words) else None


def names_somebody(words: str) -> bool:
    """Return whether Chinese words name a person, an animal or somebody by name, and no thing."""
    return _PERSON.search(words) is not None or _NAME.fullmatch(words) is not None


def chinese_owner(text: str, start: int, end: int) -> Subject | None:
    """Return the last of a stretch whose name says whose something is: 张伟 in 张伟的手机响了."""
    owners = [owner for owner in _OWNER.finditer(text, start, end) if _NAME.fullmatch(text, *owner.span(1))]
    return Subject(owners[-1].group(1), span_of(owners[-1].span(1))) if owners else None


def chinese_companions(text: str, subject: Subject, end: int) -> tuple[Subject, ...]:
    """Return a subject with whoever is joined to it: 女儿 with 父亲 in 父亲和女儿, and both names in 小明和小红."""
    names = _JOINED.fullmatch(text, *subject.span)
    if names is not None:
        return tuple(Subject(name, span_of(names.span(group))) for group, name in enumerate(names.groups(), 1))
    joined = [subject]
    while len(joined) < _MOST_JOINED and (joint := _JOINT.match(text, joined[-1].span.end, end)) is not None:
        part = _PART.match(text, joint.end(), end)
        place = None if part is None else _subject_of(text, span_of(part.span()))
        other = None if place is None else _trimmed(text, *place)
        if other is None:
            break
        joined.append(other)
    return tuple(joined)


def _voice_heard(clause: str) -> Span | None:
    """Return whose voice is heard at the end of a clause, or which one if it is nobody's."""
    if "声" not in clause and "音" not in clause:
        return None
    owned = _OWN_VOICE.search(clause)
    if owned is not None:
        comes = _COMES.match(clause, *owned.span(1))
        begin = owned.start(1) if comes is None else comes.end()
        person = _PERSON.search(clause, begin, owned.end(1))
        if person is not None:
            return _phrase(clause, begin, person, owned.end(1))
    heard = _HEARD.search(clause)
    return span_of(heard.span(1)) if heard is not None else None


def _actor(stretch: str, limit: int) -> Span | None:
    """Return who acts in the last part that has a person or a name as its subject, else the first thing that acts.

    A voice that only describes who stands before it, as in 旁白 / 沉稳的男声, counts where nobody does.
    """
    parts = [span_of(part.span()) for part in _PART.finditer(stretch, 0, limit)]
    described: Span | None = None
    for part in reversed(parts):
        found = _subject_of(stretch, part)
        if found == part and len(parts) > 1 and _VOICE.search(stretch, *found):
            described = described or found
        elif found is not None:
            return found if part == parts[0] else _in_full(stretch, parts[0], found)
    if described is not None:
        return described
    for part in (*parts[-1:], *parts[:-1]):
        thing = _subject_of(stretch, part, _thing)
        if thing is not None and (part == parts[-1] or thing.end < part.end):
            return thing
    return None


def _in_full(stretch: str, first: Span, found: Span) -> Span:
    """Return who is found as the sentence names it first: 黑狗 where it goes on with 狗."""
    named = _subject_of(stretch, first)
    whole = named is not None and stretch[named.start : named.end].endswith(stretch[found.start : found.end])
    return named if named is not None and whole else found


def _thing(stretch: str, begin: int, end: int) -> Span | None:
    """Return a name or a thing without the adverbs behind it; None for a place, or for what is too long for a name."""
    while (adverb := _ADVERB.search(stretch, max(begin, end - _ADVERB_REACH), end)) is not None:
        end = adverb.start()
    unknown = _UNKNOWN_ADVERB.search(stretch, begin, end) or _DOUBLED.search(stretch, begin, end)
    end = unknown.start() if unknown is not None else end
    longest = _LONGEST if "的" in stretch[begin:end] else _LONGEST_BARE
    if _WHICH.fullmatch(stretch, begin, end):
        return Span(begin, end)
    if not _SHORTEST <= end - begin <= longest or _PLACE.fullmatch(stretch, begin, end):
        return None
    return Span(begin, end)


def _name(stretch: str, begin: int, end: int) -> Span | None:
    """Return a name such as 小明 or 林晓."""
    thing = _thing(stretch, begin, end)
    return thing if thing is not None and _NAME.fullmatch(stretch, *thing) else None


def _subject_of(stretch: str, part: Span, other: Callable[[str, int, int], Span | None] = _name) -> Span | None:
    """Return who acts in a part of a sentence: a person, a pronoun, or what `other` makes of what precedes a verb."""
    lead = _LEAD.match(stretch, part.start, part.end)
    begin = lead.end() if lead else part.start
    if begin >= part.end or _LOOKS.match(stretch, begin, part.end):
        return None
    person = _PERSON.search(stretch, begin, part.end)
    if person is not None and person.group().endswith("声") and "用" in stretch[begin : person.start()]:
        person = None  # 用清亮的童声: in which voice, not who
    pronoun = _PRONOUN.search(stretch, begin, part.end)
    predicate = _predicate(stretch, begin, part.end, person)
    acts = predicate.start() if predicate is not None else part.end
    if pronoun is not None and pronoun.start() <= acts and (person is None or pronoun.start() < person.start()):
        return span_of(pronoun.span())
    if person is not None and (person.start() < acts or _is_told_by(stretch, begin, acts, person.start())):
        return _phrase(stretch, begin, person, part.end)
    if predicate is None or acts > begin:
        return other(stretch, begin, acts)
    of = stretch.find("的", predicate.end(), part.end)
    if of < 0 or predicate.group("preposition"):
        return None
    following = _PREDICATE.search(stretch, of + 1, part.end)
    return other(stretch, begin, following.start() if following else part.end)


def _predicate(stretch: str, begin: int, end: int, person: re.Match[str] | None) -> re.Match[str] | None:
    """Return where the predicate begins; a sign within the name of somebody is none: 小明在."""
    predicate = _PREDICATE.search(stretch, begin, end)
    if predicate is None:
        return None
    if person is not None:
        within = person.start() <= predicate.start() < person.end()
        return _PREDICATE.search(stretch, person.end(), end) if within else predicate
    named = _name_behind(stretch, begin, end)
    return _PREDICATE.search(stretch, named, end) if named is not None and predicate.start() < named else predicate


def _is_told_by(stretch: str, begin: int, acts: int, person: int) -> bool:
    """Return whether the predicate before a person tells who it is: 戴着礼帽的企鹅, 门口站着一位老人."""
    if acts > begin and not (_PLACE.fullmatch(stretch, begin, acts) or _BODY.fullmatch(stretch, begin, acts)):
        return False
    appears = _APPEARS.match(stretch, acts, person)
    of = stretch.rfind("的", acts, person)
    return appears is not None or (of >= 0 and person - of <= _LONGEST_BARE)


def _phrase(stretch: str, begin: int, person: re.Match[str], limit: int) -> Span:
    """Return a person with the words that describe it, from behind a place and a number."""
    end = person.end()
    while (following := _PERSON.match(stretch, end, limit)) is not None:
        end = following.end()
    which = _WHICH.match(stretch, end, limit)
    end = which.end() if which is not None else _name_behind(stretch, end, limit) or end
    if person.group() in speech.CHINESE_NARRATION and end == person.end():
        return span_of(person.span())
    if person.group() in ("男", "女") and end == person.end():
        trade = _TRADE.match(stretch, end, limit)
        if trade is not None:
            noun, acts = (sign.search(stretch, end, trade.end()) for sign in (_PERSON, _PREDICATE))
            end = noun.end() if noun is not None else acts.start() if acts is not None else trade.end()
    before = _BEFORE_NOUN.match(stretch, begin, person.start())
    begin = before.end() if before is not None else begin
    return span_of((begin if end - begin <= _LONGEST else person.start(), end))


def _name_behind(stretch: str, start: int, limit: int) -> int | None:
    """Return where the name behind a trade ends: 新闻主播林岚, 司机老刘; a verb or nothing stands behind it."""
    for length in (2, 3):
        end = start + length
        named = end <= limit and _NAME.fullmatch(stretch, start, end) is not None
        if named and (end == limit or _PREDICATE.match(stretch, end, limit)):
            return end
    return None


def _trimmed(text: str, start: int, end: int) -> Subject | None:
    """Return a subject without the signs at its edges; None if signs are all there is."""
    words = text[start:end]
    if words.isalnum() and words[0] != "的":
        return Subject(words, span_of((start, end)))
    start = max(start, *(text.rfind(sign, start, end) + 1 for sign in (BRACKET, QUOTE, VOICE)))
    while start < end and (not text[start].isalnum() or text[start] == "的"):
        start += 1
    while start < end and not text[end - 1].isalnum():
        end -= 1
    return Subject(text[start:end], Span(start, end)) if start < end else None


def chinese_manner(before: str, verb: str) -> str | None:
    """Return the manner that what stands between a subject and its verb of speech tells of: 笑着说, 兴奋地对她说."""
    to = _TO_SOMEBODY.search(before)
    manner = _manner_in(before[: to.start()]) if to is not None else None
    if to is not None and manner is not None:
        return manner + to.group() + verb
    words = (_manner_in(before) or "") + verb
    return words if len(words) > 1 else None


def _manner_in(before: str) -> str | None:
    """Return the manner with which a stretch ends."""
    told = before.endswith(_MANNER_ENDS) or before[-1:] == before[-2:-1]
    manner = (_MANNER.search(before) if told else None) or _ADVERB.search(before[-_ADVERB_REACH:])
    return manner.group() if manner is not None and (told or is_expressive(manner.group())) else None


def chinese_voice(clause: str) -> str | None:
    """Return the voice that is told of behind a name where no verb of speech stands: 知性女声 behind 旁白."""
    told = _TOLD.fullmatch(clause) if _TELLING.search(clause) else None
    return told.group(1).strip("()（）") if told is not None and not told.group(1).startswith("的") else None
