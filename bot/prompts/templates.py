"""A starting point for each kind of scene: a finished prompt whose parts are meant to be replaced."""

from __future__ import annotations

from dataclasses import dataclass, replace

from bot.prompts.builder import Draft, Speaker, Turn
from bot.prompts.model import LineKind


@dataclass(frozen=True, slots=True)
class Template:
    """One kind of scene: `id` for commands, `title` and `description` for people, `draft` to begin with."""

    id: str
    title: str
    description: str
    draft: Draft


def _template(template_id: str, title: str, description: str, draft: Draft) -> Template:
    return Template(template_id, title, description, replace(draft, template=template_id))


def _solo(scene: str, speaker: Speaker, action: str, words: str, **more: str | tuple[str, ...]) -> Draft:
    return Draft(scene=scene, speakers=(speaker,), turns=(Turn(speaker.label, words, action),), **more)  # type: ignore[arg-type]  # the keywords are fields of Draft


_SOLO = (
    _template(
        "product",
        "Product showcase",
        "One person shows a product and says what it does.",
        _solo(
            "A bright kitchen with a wooden counter",
            Speaker("Product Host", quality="warm clear voice", emotion="confident"),
            "lifts a blue teapot into the light",
            "It pours without a single drop on the table.",
            ambience=("soft room tone",),
            camera="Medium shot, slow push-in",
        ),
    ),
    _template(
        "vlog",
        "Lifestyle vlog",
        "Somebody talks to the camera while something happens.",
        _solo(
            "A sunny flea market with old lamps",
            Speaker("Vlogger", quality="bright voice", emotion="cheerful", pace="fast talking"),
            "walks backwards between the stalls",
            "You will not believe what I found for two coins.",
            ambience=("crowd murmur around the stalls",),
            camera="Handheld camera",
        ),
    ),
    _template(
        "news",
        "News",
        "A formal report with a steady voice.",
        _solo(
            "A television studio with a blue screen",
            Speaker("News Anchor", quality="crisp professional voice", pace="moderate pace"),
            "shuffles the papers",
            "Good evening. The old bridge is open again.",
            camera="Static camera, medium shot",
        ),
    ),
    _template(
        "speech",
        "Public speech",
        "A persuasive speech in front of people.",
        _solo(
            "A town hall full of people, evening light",
            Speaker("Speaker", quality="deep voice", emotion="passionate"),
            "grips the lectern",
            "We built this town together, and together we will keep it.",
            effects=("applause from the audience",),
            camera="Low angle",
        ),
    ),
    _template(
        "asmr",
        "ASMR",
        "Quiet close sounds of one action.",
        Draft(
            scene="A dark wooden table in soft light, extreme close-up",
            movement="Fingers slowly turn the pages of an old book",
            effects=("crisp rustling of paper",),
            style="Calm and intimate, no music",
        ),
    ),
    _template(
        "ad",
        "Creative ad",
        "A short idea that stays in the head.",
        _solo(
            "A black stage with a single orange on a pedestal",
            Speaker("Off-screen Narrator", quality="smooth deep voice", emotion="mysterious"),
            "speaks while the orange begins to glow",
            "Squeeze the morning.",
            music="electronic music, minimal, tense",
            camera="Slow push-in",
        ),
    ),
)

_NARRATION = tuple(
    _template(
        template_id,
        title,
        description,
        Draft(
            scene=scene,
            speakers=(Speaker("Narrator", quality=quality, emotion=emotion),),
            turns=(Turn("Narrator", words, kind=LineKind.NARRATION),),
            ambience=ambience,
            camera=camera,
        ),
    )
    for template_id, title, description, scene, quality, emotion, words, ambience, camera in (
        (
            "narration-product",
            "Product narration",
            "An unseen voice explains a product.",
            "A glass bottle turns slowly on a stone plate",
            "smooth voice",
            "calm",
            "Three herbs, cold water, and nothing else.",
            ("soft room tone",),
            "Macro shot",
        ),
        (
            "narration-event",
            "Event commentary",
            "An unseen voice follows an event.",
            "A rowing boat shoots toward the finish line",
            "loud voice, fast talking",
            "excited",
            "Ten strokes to go, and they are still side by side!",
            ("crowd cheering on the shore",),
            "Aerial shot",
        ),
        (
            "narration-story",
            "Documentary or story",
            "An unseen voice tells what we see.",
            "A fox crosses a snowy field at dusk",
            "deep voice, slow talking",
            "wistful",
            "Every winter she takes the same path home.",
            ("wind sound over the field",),
            "Wide shot, static camera",
        ),
    )
)

_DIALOGUE = tuple(
    _template(
        template_id,
        title,
        description,
        Draft(
            scene=scene,
            speakers=(one, two),
            turns=(Turn(one.label, *first), Turn(two.label, *second)),
            ambience=ambience,
            camera="Medium shot",
        ),
    )
    for template_id, title, description, scene, one, two, first, second, ambience in (
        (
            "interview",
            "Interview",
            "One asks, one answers.",
            "Two armchairs in a small studio",
            Speaker("Interviewer", quality="clear voice", emotion="curious"),
            Speaker("Glassblower", quality="gruff voice", emotion="proud"),
            ("Why glass, of all things?", "leans forward"),
            ("Because it answers when you breathe.", "laughs softly"),
            ("quiet room tone",),
        ),
        (
            "short-play",
            "Short play",
            "A small scripted scene.",
            "A ruined castle hall at night",
            Speaker("Guard", quality="rough voice", emotion="fearful", volume="whispering"),
            Speaker("Knight", quality="deep voice", emotion="calm"),
            ("Something moved behind the throne.", "raises the torch"),
            ("Then let us greet it.", "draws the sword"),
            ("wind sound through the hall",),
        ),
        (
            "conversation",
            "Daily conversation",
            "Two people in everyday life.",
            "A rainy bus stop in the morning",
            Speaker("Schoolgirl", quality="high voice", emotion="cheerful"),
            Speaker("Old Neighbour", quality="hoarse voice", emotion="tired", pace="slow talking"),
            ("Is the bus late again?", "shakes her umbrella"),
            ("It has been late since the war.", "checks a pocket watch"),
            ("steady rain on the roof",),
        ),
        (
            "comedy",
            "Comedy skit",
            "Fast, with strong contrast.",
            "A tiny office with a huge potted plant",
            Speaker("Boss", quality="booming voice", emotion="angry", pace="fast talking"),
            Speaker("Intern", quality="squeaky voice", emotion="nervous"),
            ("Who watered my plastic plant?", "bursts through the door"),
            ("It looked so thirsty, sir.", "hides a watering can"),
            (),
        ),
    )
)

_MUSIC = (
    _template(
        "song",
        "Song",
        "A singer with style, accompaniment and emotion.",
        Draft(
            scene="An empty tram at night",
            speakers=(Speaker("Street Musician", quality="raspy voice", emotion="tender"),),
            turns=(
                Turn(
                    "Street Musician",
                    "Leave the window open, I am on my way.",
                    "strums an old guitar",
                    LineKind.SINGING,
                    "in a slow folk style",
                ),
            ),
            camera="Slow push-in",
        ),
    ),
    _template(
        "rap",
        "Rap",
        "Rhymes over a beat.",
        Draft(
            scene="A rooftop above the city at sunset",
            speakers=(Speaker("MC Rook", quality="crisp voice", emotion="confident"),),
            turns=(
                Turn(
                    "MC Rook",
                    "I climb the stairs, I shake my cares, I leave the street to the millionaires.",
                    "paces along the edge",
                    LineKind.RAP,
                    "over a boom bap beat",
                ),
            ),
            camera="Handheld camera",
        ),
    ),
    _template(
        "chorus",
        "Group chorus",
        "A group sings under one label.",
        Draft(
            scene="A wooden chapel in candlelight",
            speakers=(Speaker("Village Choir", quality="layered voices", emotion="solemn"),),
            turns=(
                Turn(
                    "Village Choir",
                    "Winter, lay your burden down.",
                    "lift their candles",
                    LineKind.CHORUS,
                    "with a soft organ, gospel style",
                ),
            ),
            camera="Wide shot, static camera",
        ),
    ),
    _template(
        "instrumental",
        "Instrumental",
        "Music without words: instrument, genre, emotion.",
        Draft(
            scene="A dim concert hall with a single cellist",
            movement="The cellist draws the bow slowly",
            music="solo cello, romantic classical, sad and warm",
            camera="Close-up",
        ),
    ),
)

_SOUNDS = (
    _template(
        "effects",
        "Effects scene",
        "Something spectacular with its sound.",
        Draft(
            scene="A glass lighthouse on a black cliff",
            movement="Lightning strikes the tower and the glass bursts into glowing shards",
            effects=("thunder overhead", "bright glass shattering"),
            style="Cinematic, dramatic",
            camera="Low angle",
        ),
    ),
    _template(
        "atmosphere",
        "Atmosphere",
        "A place and what is heard there.",
        Draft(
            scene="A fishing village at dawn",
            movement="Small boats rock in the mist",
            ambience=("gentle ocean waves", "a few distant gulls"),
            style="Peaceful, soft light",
            camera="Slow pan",
        ),
    ),
)

#: Every template under its id, in the order of the menu.
TEMPLATES: dict[str, Template] = {
    template.id: template for template in (*_SOLO, *_NARRATION, *_DIALOGUE, *_MUSIC, *_SOUNDS)
}
