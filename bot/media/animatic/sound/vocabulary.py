"""Which words of a prompt make which sound; the words of the vendor's own vocabulary are among them."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from bot.media.animatic.place import Setting, Weather
from bot.media.animatic.sound import ambience, effects

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    import numpy as np

    from bot.media.animatic.place import Place
    from bot.media.animatic.sound.dsp import Stereo


@dataclass(frozen=True, slots=True)
class Source:
    """A sound that can be synthesised. `level` is in decibels against the usual level of its kind."""

    name: str
    words: str
    bed: Callable[[int, np.random.Generator], Stereo] | None = None
    event: Callable[[int, np.random.Generator, Sequence[float]], Stereo] | None = None
    level: float = 0.0

    def heard_in(self, text: str) -> bool:
        """Say whether the text, in lower case, names this sound."""
        return re.search(self.words, text) is not None


SOURCES = (
    Source("rain", r"rain(?!bow|forest)|drizzl|downpour|雨", bed=ambience.rain),
    Source("wind", r"\bwind(?!ow)|breeze|gust|howling|storm|blizzard|风", bed=ambience.wind),
    Source("waves", r"\bwaves?\b|ocean|\bsea\b|surf\b|seaside|海", bed=ambience.waves),
    Source(
        "stream",
        r"\bstream\b|river|brook|waterfall|fountain|bubbl|gurgl|boiling|simmer|流水|溪|瀑布|冒泡",
        bed=ambience.stream,
    ),
    Source(
        "traffic", r"traffic|car flow|cars\b|street|city|downtown|highway|车流|街|城市", bed=ambience.traffic, level=-2
    ),
    Source(
        "crowd",
        r"crowd|murmur|chatter|caf[eé]|restaurant|market|audience|\bbar\b|人群|喧闹|嘈杂|咖啡",
        bed=ambience.crowd,
    ),
    Source("birds", r"bird|chirp|forest|rainforest|garden|meadow|鸟|森林", bed=ambience.birds),
    Source("insects", r"cricket|cicada|insect|rainforest|蝉|虫鸣|蟋蟀", bed=ambience.insects, level=-3),
    Source("fire", r"\bfire|crackl|campfire|flames?\b|壁炉|篝火|火焰|噼啪", bed=ambience.fire),
    Source("engine", r"engine|motor|\bcar\b|truck|motorcycle|driving|引擎|发动机|汽车", bed=ambience.engine),
    Source(
        "hum",
        r"air condition|\bhum\b|server room|office|library|silence|room tone|refrigerator|空调|安静",
        bed=ambience.hum,
        level=-8,
    ),
    Source(
        "machines", r"construction|gears?|whirr|machin|factory|drill|workshop|施工|机器|齿轮", bed=ambience.machines
    ),
    Source("train", r"subway|train\b|railway|metro\b|tram|地铁|火车", bed=ambience.train),
    Source("applause", r"applau|ovation|cheering|crowd cheer|掌声|欢呼", bed=ambience.applause, level=2),
    Source("static", r"static\b|radio noise|white noise|interference|杂音", bed=ambience.static, level=-4),
    Source("space", r"outer space|spaceship|spacecraft|galaxy|starship|planet|宇宙|太空", bed=ambience.space),
    Source("footsteps", r"footstep|steps\b|walk|running|脚步|走", event=effects.footsteps),
    Source("thunder", r"thunder|lightning|雷", event=effects.thunder, level=4),
    Source("knocking", r"knock|tapping|敲", event=effects.knocking),
    Source("door", r"\bdoor|gate\b|门", event=effects.door),
    Source("bell", r"\bbells?\b|chime|铃声|钟声", event=effects.bell),
    Source("telephone", r"phone (?:ring|buzz)|telephone|ringtone|电话", event=effects.telephone),
    Source("glass", r"glass (?:shatter|break|smash)|shatter|玻璃.{0,2}(?:碎|破)", event=effects.glass),
    Source("metal", r"metal|clang|sword|clash|金属", event=effects.metal),
    Source("siren", r"siren|alarm|警报|警笛", event=effects.siren),
    Source("brakes", r"brak(?:e|es|ing)\b|tyres? s|tires? s|screech|刹车", event=effects.brakes),
    Source("clapping", r"\bclap|鼓掌|拍手", event=effects.clapping),
    Source("laughter", r"laugh|chuckl|giggl|笑", event=effects.laughter),
    Source("whoosh", r"whoosh|swoosh|swish|fly by|呼啸", event=effects.whoosh),
    Source("chewing", r"chew|munch|crunch|咀嚼|嚼", event=effects.chewing),
    Source("friction", r"friction|rubbing|rustl|paper|摩擦|沙沙", event=effects.friction),
    Source("clock", r"clock|tick(?:s|ing)?\b|滴答", event=effects.clock, level=-4),
    Source("splash", r"splash|diving|水花", event=effects.splash),
    Source("explosion", r"explo|boom\b|爆炸", event=effects.explosion, level=4),
)

_MUSIC = re.compile(
    r"music|melody|\bsong|piano|guitar|violin|orchestra|band\b|\bbeat\b|hip-?hop|jazz|\bsing|soundtrack|score\b"
    r"|a capella|音乐|钢琴|吉他|旋律|歌",
)
_NO_MUSIC = re.compile(r"\bno (?:background )?music|without music|没有音乐|无音乐")
_AT_THE_PLACE = {
    Setting.SEA: "waves",
    Setting.FOREST: "birds",
    Setting.STREET: "traffic",
    Setting.CAFE: "crowd",
    Setting.SPACE: "space",
    Setting.DESERT: "wind",
    Setting.MOUNTAIN: "wind",
    Setting.MEADOW: "birds",
    Setting.STAGE: "crowd",
}
_IN_THE_WEATHER = {Weather.RAIN: "rain", Weather.STORM: "rain", Weather.SNOW: "wind"}
_MOST_SOURCES = 5


def sources_for(text: str, place: Place) -> list[Source]:
    """Return what is heard: the sounds that the text names, then what the place and the weather bring along."""
    lowered = text.lower()
    named = [source for source in SOURCES if source.heard_in(lowered)]
    by_name = {source.name: source for source in SOURCES}
    implied = [by_name[name] for name in (_IN_THE_WEATHER.get(place.weather), _AT_THE_PLACE.get(place.setting)) if name]
    return list(dict.fromkeys([*named, *implied]))[:_MOST_SOURCES]


def wants_music(text: str) -> bool:
    """Say whether the text asks for music."""
    lowered = text.lower()
    return bool(_MUSIC.search(lowered)) and not _NO_MUSIC.search(lowered)
