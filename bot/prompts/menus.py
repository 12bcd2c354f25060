"""The menus of the builder: what may be chosen for a voice and for what is heard besides it."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Menu(StrEnum):
    """The menus by what they choose."""

    EMOTION = "emotion"
    PACE = "pace"
    VOLUME = "volume"
    QUALITY = "quality"
    EFFECTS = "effects"
    AMBIENCE = "ambience"
    MUSIC = "music"
    SINGING = "singing"
    RAP = "rap"
    CAMERA = "camera"


@dataclass(frozen=True, slots=True)
class Choice:
    """One choice of a menu: `words` go into the prompt, `label` is what the person reads."""

    words: str
    label: str


def _choices(*words: str) -> tuple[Choice, ...]:
    return tuple(Choice(one, one[:1].upper() + one[1:]) for one in words)


MENUS: dict[Menu, tuple[Choice, ...]] = {
    Menu.EMOTION: _choices(
        "happy",
        "excited",
        "calm",
        "tender",
        "sad",
        "angry",
        "fearful",
        "nervous",
        "proud",
        "tired",
        "amused",
        "serious",
        "hopeful",
        "wistful",
        "mysterious",
        "cheerful",
        "confident",
        "urgent",
        "sarcastic",
        "surprised",
    ),
    Menu.PACE: _choices("slow talking", "moderate pace", "fast talking", "with long pauses", "breathless"),
    Menu.VOLUME: _choices("whispering", "softly speaking", "clearly speaking", "loud", "shouting"),
    Menu.QUALITY: _choices(
        "deep voice",
        "high voice",
        "hoarse voice",
        "crisp voice",
        "warm voice",
        "raspy voice",
        "smooth voice",
        "childlike voice",
        "gravelly voice",
        "nasal voice",
        "robotic voice",
        "elderly cracked voice",
    ),
    Menu.EFFECTS: _choices(
        "slow footsteps on wood",
        "a knock on the door",
        "glass shattering on stone",
        "metal clanging on tiles",
        "thunder in the distance",
        "soup bubbling in a pot",
        "an alarm through the hall",
        "a tram braking hard",
        "gears whirring in a clock",
        "a kettle whistling",
        "rain dripping from a roof",
        "pages rustling in a book",
        "a door creaking open",
        "applause from the audience",
        "a camera shutter clicking",
        "munching on crisp bread",
    ),
    Menu.AMBIENCE: _choices(
        "light traffic noise from the street",
        "crowd murmur in a large hall",
        "subway noise from the tunnel",
        "construction noise far away",
        "ocean waves on a wide beach",
        "bird chirping in an orchard",
        "wind sound over dry grass",
        "rainforest all around",
        "library silence with soft room tone",
        "café background music",
        "air conditioner hum in a small room",
        "fireplace burning low",
        "steady rain on the window",
        "crickets in a summer night",
        "echo of an open hall",
    ),
    Menu.MUSIC: _choices(
        "soft piano, classical, wistful",
        "acoustic guitar, folk, warm",
        "jazz trio, relaxed",
        "string orchestra, cinematic, hopeful",
        "electronic music, minimal, tense",
        "rock guitar, energetic",
        "solo cello, romantic, sad",
        "ukulele, pop, cheerful",
        "no music",
    ),
    Menu.SINGING: _choices(
        "in a slow folk style over a single guitar",
        "in a bright pop style over synths",
        "in bel canto with a full orchestra",
        "in a soulful falsetto over a soft organ",
        "a cappella in a quiet lullaby style",
        "in a country style with banjo",
        "in four-part harmony with an organ",
    ),
    Menu.RAP: _choices(
        "over a boom bap beat", "over a heavy trap beat", "with a fast flow over drums", "to a relaxed hip-hop beat"
    ),
    Menu.CAMERA: _choices(
        "static camera",
        "slow push-in",
        "slow pan from left to right",
        "close-up",
        "medium shot",
        "wide shot",
        "handheld camera",
        "low angle",
        "aerial shot",
    ),
}
