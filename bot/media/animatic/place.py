"""Where and when a scene takes place, read from the words of its description."""

from __future__ import annotations

import re
from enum import StrEnum
from typing import TypeVar

from pydantic import BaseModel, ConfigDict

Key = TypeVar("Key")


class Setting(StrEnum):
    """The scenery that can be drawn."""

    STUDIO = "studio"
    ROOM = "room"
    CAFE = "cafe"
    LIBRARY = "library"
    KITCHEN = "kitchen"
    STREET = "street"
    FOREST = "forest"
    MEADOW = "meadow"
    SEA = "sea"
    MOUNTAIN = "mountain"
    DESERT = "desert"
    STAGE = "stage"
    PRODUCT = "product"
    SPACE = "space"


class Hour(StrEnum):
    """The light of the day."""

    DAWN = "dawn"
    DAY = "day"
    SUNSET = "sunset"
    NIGHT = "night"


class Weather(StrEnum):
    """What falls from the sky, or hides it."""

    CLEAR = "clear"
    CLOUDY = "cloudy"
    RAIN = "rain"
    STORM = "storm"
    SNOW = "snow"
    FOG = "fog"


class Place(BaseModel):
    """Where and when a scene takes place."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    setting: Setting = Setting.MEADOW
    hour: Hour = Hour.DAY
    weather: Weather = Weather.CLEAR


_SETTINGS: dict[Setting, str] = {
    Setting.STUDIO: (
        r"studio|podcast|radio|broadcast|newsroom|news desk|interview|microphone|录音|播客|演播|电台|直播间"
    ),
    Setting.STAGE: (
        r"stage|concert|spotlight|arena|theat(?:er|re)|band\b|auditorium|festival|nightclub|opera"
        r"|singer|sings?\b|rapper|舞台|演唱会|音乐会|剧院|歌手"
    ),
    Setting.PRODUCT: (
        r"product|advert|\bad\b|commercial|perfume|bottle|sneakers?|wristwatch|\bwatch\b(?! (?:the|a"
        r"|over|out))|smartphone|lipstick|skincare|packag|headphones|unboxing|pedestal|brand|产品|广告|香水"
        r"|手机|耳机|手表"
    ),
    Setting.KITCHEN: (r"kitchen|chef|cook(?:s|ing)?\b|bak(?:e|es|ing|ery)\b|stove|frying|recipe|厨房|做饭|厨师|炒"),
    Setting.CAFE: (r"caf[eé]|coffee|restaurant|diner|\bbar\b|pub\b|bistro|tavern|tea ?house|咖啡|餐厅|酒吧|茶馆|饭店"),
    Setting.LIBRARY: (
        r"library|bookshop|bookstore|bookshel|study\b|classroom|school|museum|courtroom|图书馆|书店|教室|学校"
        r"|书房"
    ),
    Setting.SPACE: (
        r"spaceship|spacecraft|outer space|astronaut|planet|galaxy|orbit|\bmars\b|starship"
        r"|space station|cosm|太空|宇宙|星球|宇航|飞船|银河"
    ),
    Setting.SEA: (
        r"beach|ocean|\bsea\b|seaside|shore|coast|island|harbou?r|sail|surf|waves?\b|lighthouse|\bboat"
        r"|ship\b|海边|海滩|大海|海洋|沙滩|海岸|海浪|港口"
    ),
    Setting.FOREST: (r"forest|woods\b|woodland|jungle|rainforest|trees\b|grove|campfire|swamp|森林|树林|丛林|竹林"),
    Setting.DESERT: r"desert|dunes?\b|sahara|canyon|cactus|oasis|wild west|沙漠|沙丘|戈壁|峡谷",
    Setting.MOUNTAIN: (
        r"mountain|alps|summit|peaks?\b|cliff|glacier|ridge|volcano|valley|himalaya|雪山|高山|山顶|山脉|山峰|山谷"
    ),
    Setting.STREET: (
        r"street|city|downtown|alley|sidewalk|traffic|skyline|rooftop|neon|taxi|crosswalk|subway"
        r"|market|urban|街|城市|都市|巷|马路|霓虹|天台|车站"
    ),
    Setting.ROOM: (
        r"\broom|office|living room|bedroom|apartment|house\b|home\b|indoors|sofa|couch|hospital|hotel"
        r"|hallway|desk|fireplace|window|房间|客厅|卧室|办公室|家里|公寓|医院|沙发|窗"
    ),
    Setting.MEADOW: (
        r"meadow|field|garden|\bpark\b|farm|countryside|hill|lake|river|village|grass|picnic|草地|田野|花园"
        r"|公园|乡村|湖|河边"
    ),
}

_HOURS: dict[Hour, str] = {
    Hour.NIGHT: r"night|midnight|moon|starry|late evening|after dark|neon|campfire|夜|月光|星空|凌晨",
    Hour.SUNSET: (r"sunset|dusk|golden hour|evening|twilight|sundown|warm light|autumn|黄昏|日落|傍晚|夕阳|落日"),
    Hour.DAWN: r"dawn|sunrise|early morning|daybreak|first light|misty|清晨|日出|黎明|早晨|晨",
    Hour.DAY: r"\bday|morning|noon|afternoon|sunny|sunlight|bright|白天|中午|下午|阳光|上午",
}

_WEATHER: dict[Weather, str] = {
    Weather.STORM: r"storm|thunder|lightning|hurricane|tempest|雷|暴风",
    Weather.RAIN: r"rain(?!bow|forest)|drizzl|downpour|umbrella|雨",
    Weather.SNOW: r"snow|blizzard|winter|frost|christmas|雪|冬",
    Weather.FOG: r"\bfog|mist|haze|hazy|雾",
    Weather.CLOUDY: r"cloud|overcast|grey sky|gray sky|gloomy|阴天|多云",
}

_NATURAL_HOURS: dict[Setting, Hour] = {
    Setting.STUDIO: Hour.NIGHT,
    Setting.STAGE: Hour.NIGHT,
    Setting.SPACE: Hour.NIGHT,
    Setting.STREET: Hour.SUNSET,
    Setting.SEA: Hour.SUNSET,
    Setting.MOUNTAIN: Hour.DAWN,
    Setting.DESERT: Hour.SUNSET,
}


def read_place(text: str) -> Place:
    """Return the place that the words of a description suggest; of several settings, the one named most, then first."""
    lowered = text.lower()
    setting = named_setting(text) or Setting.MEADOW
    hour = _first_match(_HOURS, lowered) or _NATURAL_HOURS.get(setting, Hour.DAY)
    weather = _first_match(_WEATHER, lowered) or Weather.CLEAR
    return Place(setting=setting, hour=hour, weather=weather)


def named_setting(text: str) -> Setting | None:
    """Return the setting that a text names, or None where its words fit none."""
    lowered = text.lower()
    found = {setting: list(re.finditer(pattern, lowered)) for setting, pattern in _SETTINGS.items()}
    named = {setting: matches for setting, matches in found.items() if matches}
    if not named:
        return None
    return min(named, key=lambda setting: (-len(named[setting]), named[setting][0].start()))


def _first_match(patterns: dict[Key, str], text: str) -> Key | None:
    return next((key for key, pattern in patterns.items() if re.search(pattern, text)), None)
