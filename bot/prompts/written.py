"""Tells quotations that are seen, such as the words on a sign, from lines that are heard."""

# Chinese punctuation is data here.
# ruff: noqa: RUF001

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from bot.prompts.lexicon import people, speech
from bot.prompts.lexicon.lists import word_set
from bot.prompts.lexicon.structure import DETERMINERS
from bot.prompts.manner import is_adverb
from bot.prompts.subjects import has_own_subject
from bot.prompts.text import BRACKET, FULL_STOPS, is_cjk
from bot.prompts.verbs import KINDS

if TYPE_CHECKING:
    from collections.abc import Sequence

    from bot.prompts.model import Span
    from bot.prompts.reading import Reading

_COLONS = ":：， \t\n"
_REACH = 5
#: How many quotations that nobody speaks a sentence can hold before its line.
_SEEN_QUOTATIONS = 3
_PLACES = frozenset(("sign", "text", "title", "caption", "subtitle", "screen", "banner", "poster"))
_INSCRIBED = frozenset(("labelled", "labeled", "marked", "titled", "named", "called", "written", "reads", "reading"))
#: What a text begins on, as in `On the blackboard: "Silence"`.
_WHERE = frozenset(("on", "across", "above", "below", "over", "under"))
_PAPERS = frozenset(("letter", "envelope", "postcard", "diary", "scroll"))
#: Where somebody is, and not what somebody looks at.
_BESIDE = frozenset(("beneath", "under", "below", "behind", "beside", "near", "by", "past", "opposite", "underneath"))
_PHRASE = 4
_OPENING = frozenset(("begin", "begins", "beginning", "start", "starts", "starting", "end", "ends", "ending"))
_NOUNS = speech.WRITTEN_WORDS - KINDS.keys()
#: What is text by nature: before a colon these name no speaker, as in `News ticker: "…"`.
_TEXTS = word_set(
    """sign signage text texts message messages title subtitle subtitles supertitle intertitle caption captions
    headline headlines ticker chyron overlay credits menu poster banner billboard placard plaque inscription
    engraving epitaph slogan logo watermark graffiti sticker label heading lettering letters words wording hashtag
    tweet email e-mail sms telegram memo letter note post-it postcard notification screen scoreboard marquee
    noticeboard chalkboard whiteboard blackboard newspaper bubble card cover display super t-shirt shirt tee hoodie
    sweatshirt jersey doormat tombstone gravestone headstone receipt ticket nametag"""
)
#: Texts of two words of which the last alone may be somebody or something else.
_TEXTS_OF_TWO = frozenset(
    (
        *(("lower", "third"), ("search", "bar"), ("status", "bar"), ("title", "bar"), ("subject", "line")),
        *((kind, "board") for kind in word_set("menu message notice bulletin departure departures sandwich score")),
        *((kind, "tag") for kind in word_set("name price gift")),
        *((kind, "plate") for kind in word_set("license licence number name")),
    )
)
#: Things that words are on. They say nothing aloud unless something in the text brings them to life.
_SURFACES = (
    _NOUNS
    | _TEXTS
    | _PAPERS
    | word_set(
        """hat cap beanie apron vest uniform sweater jumper jacket sash bib sock shoe helmet bag tote backpack badge
        belt tag pin necklace collar bracelet patch paper sheet page magazine leaflet flyer pamphlet brochure invoice
        contract form certificate diploma list checklist fortune mat rug door gate wall fence window floor pavement
        sidewalk board plate bumper cup glass jar bottle tin package packet parcel carton wrapper box crate cake cupcake
        cookie icing frosting balloon flag pillow cushion blanket towel monitor dashboard thermometer speedometer
        dial gauge grave monument bubbles writing handwriting"""
    )
) - word_set("named called name song track titled labelled labeled marked written printed engraved inscribed")
#: Things that a text is shown on for a moment, and that speak themselves at other times.
_DEVICES = word_set("phone smartphone cellphone laptop tablet computer pager smartwatch monitor")
_APPEARS = word_set(
    """appears pops flashes lights scrolls fades arrives glows shows displays blinks slides drops pings"""
)
#: Things that are made to talk: what they are said to say is heard, even where somebody holds them.
_TALKING_THINGS = word_set(
    """toy doll teddy plush plushie phone smartphone radio walkie-talkie megaphone loudspeaker intercom machine computer
    gps assistant ai recorder tape tv television watch clock mirror device hologram head mask skull"""
)
_CARRYING = word_set("in with wearing wears holding holds carrying carries waving waves raising raises lifting lifts")
#: What brings a thing to life.
_ALIVE = word_set(
    """talking speaking singing whispering living enchanted sentient possessed haunted magical cursed grumpy cheerful
    sleepy angry shy friendly face eyes mouth lips voice"""
)
#: How something is heard, right behind words: `in a squeaky voice`, `cheerfully`.
_ALOUD = re.compile(
    r"[ ,]{1,3}(?:(?:out )?(?:a?loud|[a-z]{2,20}ly)\b|(?:in|with) (?:an?|its|his|her|their) (?:[a-z-]{2,20},? ){0,4}"
    r"(?:voice|tone|whisper|accent|drawl|growl|rasp)\b)"
)
#: Where a noun phrase ends, and where the part of a sentence with a subject begins.
_BEHIND_NOUN = word_set(
    """in on at above over behind under below beneath with near by beside next inside outside around across from to for
    that which hanging pinned taped written printed painted stuck glued attached wearing holding carrying sitting
    lying"""
)
#: A sign or a joining word, in lower case. Begins with all signs that can open a match, so that others are skipped.
_PART = re.compile(
    r"[,;:，()abtw](?:(?<=[,;:，()])|(?<=\ba)(?:nd|s)\b|(?<=\bb)ut\b|(?<=\bt)hen\b|(?<=\bw)(?:hile|here|hen|hose|ho)\b)"
)
_PART_WORD = re.compile(r"[^\W_]+(?:['’-][^\W_]+)*")
_PART_REACH = 200
_CAMERA = word_set(
    "cut cuts pan pans tilt tilts zoom zooms close close-up closeup shot insert view camera down up slowly"
)
_LONGEST_TITLE = 4
#: 字幕缓缓浮现, 屏幕亮起: a text, or what shows it, comes into sight.
_CHINESE_SHOWN = re.compile(
    "(?:字幕|屏幕|标题|招牌|横幅|标语|路牌|片名|弹幕|短信|消息|告示|海报|灯牌)[上中里]?(?:缓缓|慢慢|突然|逐渐)?"
    "(?:浮现|亮起|闪烁|弹出|出现|滚动|跳出|打出|淡入|升起|展开)[出着了]?[，,：:\\s]*$"
)
#: Who writes, and to whom: `she texts him back`.
_WRITES = word_set("texts texting types typing writes writing scribbles scrawls tweets emails messages")
_RECIPIENTS = word_set("him her them me us back")


def is_written(prose: str, place: Span, words: Sequence[str], behind: int) -> bool:
    """Return whether the quotation behind a clause is something that is seen.

    `words` are the words of the clause, `behind` is where the quotation ends: a way of speaking there makes it heard.
    """
    clause = prose[place.start : place.end]
    written = clause.rstrip(_COLONS).endswith(speech.CHINESE_WRITTEN) or _CHINESE_SHOWN.search(clause) is not None
    if written or not words:
        return written
    last = words[-1]
    if clause.endswith((":", "：")):
        title = None if _surely_speaks(clause, last) else _is_title(clause, words)
        if title is not None:
            return title
    elif last in _NOUNS:
        return True
    if last == "with" and _holds_words(words[-_REACH:-1]):
        return True
    if last in speech.WRITTEN_VERBS or last in _INSCRIBED:
        heard = last in KINDS and _ALOUD.match(prose, behind) is not None
        return not heard and _is_inscribed(clause, last, words)
    return False


def _surely_speaks(clause: str, last: str) -> bool:
    """Return whether a clause before a colon is no title for what its last word alone shows: `[Fox] says:`."""
    if last in _NOUNS or last in _WRITES or last in _RECIPIENTS:
        return False
    return BRACKET in clause or last in KINDS or not last.isascii()


def _is_title(clause: str, words: Sequence[str]) -> bool | None:
    """Return whether a clause before a colon names a text that is seen; None if it is about something else.

    `News ticker:`, `Subtitle on screen:` and `A message pops up:` do; `The fox taps the menu:` lets the fox speak.
    """
    last, near = words[-1], words[-_REACH:-1]
    if not _ALIVE.isdisjoint(words):
        return None
    if _names_text(clause, words) or _is_sent(clause, words):
        return True
    if last in _NOUNS:
        if BRACKET in clause and not _BESIDE.isdisjoint(near[-_PHRASE:]):
            return None  # [Anna] waits beneath the street sign:
        return last in _PLACES or words[0] in _WHERE
    if _PLACES.isdisjoint(near) or BRACKET in clause or not {"and", "then"}.isdisjoint(near):
        return None
    seen = not any(word in KINDS or word in people.PERSONS or word in people.ANIMALS for word in (*near, last))
    return seen or None


def _names_text(clause: str, words: Sequence[str]) -> bool:
    """Return whether a clause is a noun phrase for a text, with its place or how it appears: `Her phone lights up:`."""
    words = words[: len(_PART_WORD.findall(clause.partition("(")[0]))]  # `Title card (white on black):`
    begin = 0
    while begin < len(words) - 1 and words[begin] in _CAMERA:
        begin += 1
    if begin and words[begin] in ("to", "on", "of", "in", "into"):
        begin += 1
    rest = words[begin:]
    cut = next((index for index, word in enumerate(rest) if word in _BEHIND_NOUN or word in _APPEARS), len(rest))
    phrase = rest[:cut]
    if not phrase or len(phrase) > _LONGEST_TITLE + 1 or BRACKET in clause or "," in clause:
        return False
    if any(word in DETERMINERS for word in phrase[1:-1]) or any(word in KINDS for word in rest):
        return False
    if any(word in people.PERSONS or word in people.ANIMALS or word in speech.PRONOUNS - {"her"} for word in phrase):
        return False
    appears = cut < len(rest) and rest[cut] in _APPEARS
    return phrase[-1] in _TEXTS or tuple(phrase[-2:]) in _TEXTS_OF_TWO or (appears and phrase[-1] in _DEVICES)


def _is_sent(clause: str, words: Sequence[str]) -> bool:
    """Return whether somebody writes what follows: `she texts him back:`, `he writes on the blackboard:`."""
    if words[-1] in _TEXTS and not _WRITES.isdisjoint(words) and KINDS.keys().isdisjoint(words):
        return BRACKET not in clause
    end = len(words)
    while end > 1 and words[end - 1] in _RECIPIENTS:
        end -= 1
    return end > 1 and words[end - 1] in _WRITES and BRACKET not in clause


def _is_inscribed(clause: str, verb: str, words: Sequence[str]) -> bool:
    """Return whether the words behind `says`, `reads` or `labelled` stand on a thing."""
    part = clause[-_PART_REACH:].lower()
    part = part[: part.rfind(verb)]
    begins = [found.end() for found in _PART.finditer(part)]
    while begins and _goes_on_bare(part[begins[-1] :]):
        begins.pop()
    stretch = part[begins[-1] :] if begins else part
    if _stands_on_thing(stretch[stretch.rfind(BRACKET) + 1 :], verb):
        return True
    if verb not in _INSCRIBED:
        return False
    reads_aloud = verb in ("reads", "reading") and (BRACKET in clause or not people.PERSONS.isdisjoint(words))
    return not reads_aloud


def _goes_on_bare(stretch: str) -> bool:
    """Return whether a stretch goes on with the second of two things: `hat` in `a man in a coat and hat`."""
    first = _PART_WORD.search(stretch)
    return first is not None and first.group() not in DETERMINERS and first.group() not in speech.PRONOUNS


def _stands_on_thing(part: str, verb: str) -> bool:
    """Return whether the subject of a verb is a thing with words on it; `part` is what stands before the verb."""
    words = _PART_WORD.findall(part)
    while words and (is_adverb(words[-1]) or words[-1] in ("just", "simply", "also")):
        words.pop()
    if not words:
        return False
    if words[-1] in ("that", "which"):
        return _bears_words(words[:-1])
    if words[-1] == "it":
        return words[0] in _WHERE and not _SURFACES.isdisjoint(words)
    return _ALIVE.isdisjoint(words) and _is_surface(_noun_of(words, verb))


def _is_surface(noun: str) -> bool:
    return noun in _SURFACES or noun.removesuffix("s") in _SURFACES


def _noun_of(words: Sequence[str], verb: str) -> str:
    """Return the noun of the subject that stands before a verb; empty where somebody else may be the subject."""
    if verb == "reading" or (verb.endswith("ing") and words[-1] in _TEXTS):  # `He lifts a sign saying`
        return words[-1]
    cut = next((index for index, word in enumerate(words) if word in _BEHIND_NOUN), len(words))
    phrases = sum(word in DETERMINERS for word in words[: cut or len(words)])
    if cut == 0:  # `On the fridge a note says`
        return words[-1] if phrases > 1 else ""
    someone = any(word in people.PERSONS or word in people.ANIMALS for word in words[:cut])
    return "" if someone and phrases > 1 else words[cut - 1]


def _bears_words(phrase: Sequence[str]) -> bool:
    """Return whether a noun before `that says` is a thing with words on it, or something that somebody has on him."""
    noun = phrase[-1] if phrase else ""
    if not noun or noun in people.PERSONS or noun in people.ANIMALS or not _ALIVE.isdisjoint(phrase[-_REACH:]):
        return False
    if _is_surface(noun):
        return True
    return noun not in _TALKING_THINGS and not _CARRYING.isdisjoint(phrase[-_REACH:])


def _holds_words(near: Sequence[str]) -> bool:
    """Return whether `a card with` or `a letter that begins with` stands before a quotation."""
    if len(near) > 1 and near[-1] in _OPENING:
        near = near[:-1]
        if near[-1] in ("that", "which"):
            return True
    return bool(near) and (near[-1] in _NOUNS or near[-1] in _PAPERS)


def floor_around_seen(reading: Reading, index: int, spoken: int) -> int:
    """Return where the text that belongs to a quotation begins: words that are seen do not end a sentence.

    `spoken` is the index of the last quotation that is a line.
    """
    floor, quotes = reading.floors[index], reading.quotes
    for before in range(index - 1, max(spoken, index - 1 - _SEEN_QUOTATIONS), -1):
        behind, earlier = quotes[before].outer.end, reading.floors[before]
        labelled = bool(reading.mentions_between(earlier, behind))
        if behind < floor or not _goes_on(reading, behind, quotes[index].outer.start, labelled=labelled):
            break
        floor = earlier
    return floor


def _goes_on(reading: Reading, start: int, end: int, *, labelled: bool) -> bool:
    """Return whether the sentence around words that are seen goes on behind them: `"Jon" on a cup and calls:`.

    Chinese behind a comma goes on with the subject before it only if that has a label.
    """
    following = reading.prose[start:end].lstrip(" \t")
    if not following or has_own_subject(reading.prose, start, end):
        return False
    if following[0] in ",，、":
        return labelled or not is_cjk(following)
    ended = following[0] != "的" and reading.text[start - 2 : start - 1] in FULL_STOPS
    return following[0].islower() or (is_cjk(following[0]) and not ended)
