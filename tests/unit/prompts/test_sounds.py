"""Which sounds are found, and where none is."""

# Chinese punctuation and curly quotes are data here.
# ruff: noqa: RUF001

from __future__ import annotations

import pytest

from bot.prompts import parse
from bot.prompts.model import LineKind, Shape, SoundKind
from bot.prompts.vocabulary import entries


def kinds(text: str) -> set[str]:
    return {sound.kind.value for sound in parse(text).sounds}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Footsteps on gravel.", {"sfx"}),
        ("The glass window shatters.", {"sfx"}),
        ("Someone keeps tapping on the table.", {"sfx"}),
        ("Gears are whirring.", {"sfx"}),
        ("Thunder rolls far away.", {"sfx"}),
        ("Waves are crashing on the shore.", {"ambience"}),
        ("Birds chirp in the trees.", {"ambience"}),
        ("Distant traffic noise.", {"ambience"}),
        ("The wind howls.", {"ambience"}),
        ("He plays the guitar.", {"music"}),
        ("Gentle strings.", {"music"}),
        ("Heavy 808 bass.", {"music"}),
        ("Small waves slap the hull.", {"ambience"}),
        ("Murmurs fill the courtroom.", {"ambience"}),
        ("Soft studio hum.", {"ambience"}),
        ("The whole crew bursts out laughing.", {"sfx"}),
        ("A hiker in short pants.", set()),
        ("He rubs his jaw.", set()),
        ('The bolt slides with a heavy "shhk".', {"sfx"}),
        ('A cup with a "hello" print turns.', set()),
        ("The door groans open.", {"sfx"}),
        ("A signature jingle plays.", {"music"}),
        ("Faint ambient strings.", {"music"}),
        ("火车呼啸而过。", {"sfx"}),
        ("Honey drizzling on pancakes.", set()),
        ("Waves pound the rocks.", {"ambience"}),
        ('"Faster!" roars the coach.', set()),
        ("No dialogue, no music, soft footsteps and rain.", {"sfx", "ambience"}),
        ("No music, no talking, thunder rolls over the hills.", {"sfx"}),
        ("No music, thunder or wind.", set()),
        ("The oven hums.", {"ambience"}),
        ("Soft background music.", {"music"}),
        ("脚步声和雨声。", {"sfx", "ambience"}),
        ("钢琴伴奏。", {"music"}),
    ],
)
def test_sounds_are_found_in_every_inflection(text: str, expected: set[str]) -> None:
    assert kinds(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        '[A, soft voice] says: "I hear thunder and music and waves."',
        "No music, no footsteps.",
        "Without any rain or thunder.",
        "A quiet room, no traffic, wind or birdsong.",
        "没有音乐，没有雨声。",
        "A man in a rain jacket beside a wind turbine.",
        "A guitar leans on the wall.",
        "An alarm clock on the shelf.",
        '[Dog, gruff voice] growls: "Out."',
        "[Thunder Man, calm voice] sits down.",
    ],
)
def test_lines_negations_and_things_are_silent(text: str) -> None:
    assert kinds(text) == set()


def test_a_negation_ends_where_its_clause_ends() -> None:
    assert kinds("No music, only the sound of waves crashing.") == {"ambience"}


@pytest.mark.parametrize("entry", [entry for entry in entries() if entry.audio_type.startswith(("Sound", "Ambient"))])
def test_every_trigger_word_for_a_sound_is_found(entry: object) -> None:
    words = getattr(entry, "words")  # noqa: B009  # the parameter is typed loosely for pytest
    for word in words:
        assert parse(f"A quiet place, {word.lower()}.").sounds, word


def test_a_sound_is_named_as_it_stands_in_the_text() -> None:
    (sound,) = parse("A loud Clang of metal.").sounds
    assert (sound.kind, sound.text) == (SoundKind.EFFECT, "Clang of metal") or sound.text == "Clang"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("远处传来电钻声、锅铲声和潮水声。", [("电钻声", "sfx"), ("锅铲声", "sfx"), ("潮水声", "ambience")]),
        ("没有电钻声、锅铲声和潮水声。", []),
        ("他大声、清楚地说话，轻声和朋友道别。", []),
    ],
)
def test_a_chinese_list_of_sounds_needs_no_vocabulary(text: str, expected: list[tuple[str, str]]) -> None:
    assert [(sound.text, sound.kind.value) for sound in parse(text).sounds] == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Music: dreamy, slow, hopeful.", {"music"}),
        ("背景音乐：舒缓", {"music"}),
        ("BGM: upbeat", {"music"}),
        ("Ambience: a distant throb.", {"ambience"}),
        ("音效：嗖的一下", {"sfx"}),
        ("Music: none.", set()),
        ("Sound Effects: no effects", set()),
        ("音乐：无", set()),
        ("Background: a busy kitchen.", set()),
    ],
)
def test_a_header_of_sound_decides_the_kind(text: str, expected: set[str]) -> None:
    assert kinds(text) == expected


@pytest.mark.parametrize(
    ("text", "shape"),
    [
        ("No dialogue. A robot paints a wall.", "other"),
        ("Audio – narration: No voice. Hands open a box.", "other"),
        ("no singing, no rap, only wind over dunes", "ambience"),
        ("没有对白，没有旁白，只有风声。", "ambience"),
        ("A woman raps about the sea.", "rap"),
        ("A man tells a story about the sea.", "solo"),
        ("女人在旁白中讲述。", "narration"),
    ],
)
def test_what_is_negated_gives_no_shape(text: str, shape: str) -> None:
    assert parse(text).shape.value == shape


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("缓慢的呼吸声。", {"sfx"}),
        ("观众笑声。", {"sfx"}),
        ("他踩雪，发出“咯吱”的声音。", {"sfx"}),
        ("山风呼啸。", {"ambience"}),
        ("雨水顺着瓦檐滴落。", {"ambience"}),
        ("史诗管弦乐。", {"music"}),
        ("他踩着Boom Bap节奏走。", {"music"}),
        ("A glossy synth-pop beat.", {"music"}),
        ("特写：齿轮转动的声音。", {"sfx"}),
        ("“呲”的一声，火柴点燃。", {"sfx"}),
        ("茶馆里茶客们窃窃私语。", {"ambience"}),
        ("古琴独奏，竹林深处。", {"music"}),
        ("A faint newsroom murmur.", {"ambience"}),
        ("一把吉他挂在墙上。", set()),
        ("一架钢琴摆在角落。", set()),
        ("A shirt with a thunder logo.", set()),
        ("A bar with a siren mural.", set()),
        ("She brushes her hair (with a subtle brushing sound).", {"sfx"}),
        ('A cloth wipes the counter, producing a soft "shh-shh" sound.', {"sfx"}),
        ("The robot makes a strange noise.", {"sfx"}),
        ("No grinding sound, no traffic.", set()),
        ("A violin poster on the wall.", set()),
        ("A logo. Thunder.", {"sfx"}),
        ("没有呼吸声，没有管弦乐。", set()),
        ("无线电杂音。", {"sfx"}),
        ("Ambience / SFX: a clink of cups.", {"sfx"}),
        ("[安娜，轻柔的声音]大声说：“山风呼啸，管弦乐响起。”", set()),
    ],
)
def test_sounds_are_known_by_their_form(text: str, expected: set[str]) -> None:
    assert kinds(text) == expected


@pytest.mark.parametrize(
    ("text", "heard"),
    [
        ('A cloth glides, producing a "shh-shh" sound.', 'producing a "shh-shh" sound'),
        ("“呲”的一声，火柴点燃。", "“呲”的一声"),
    ],
)
def test_a_sound_is_told_in_the_words_of_the_prompt(text: str, heard: str) -> None:
    assert [sound.text for sound in parse(text).sounds] == [heard]


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("A kettle shrieks on a camping stove.", SoundKind.EFFECT),
        ("Fingertips drum softly on a wooden box.", SoundKind.EFFECT),
        ("Tissue paper crinkles near the left ear.", SoundKind.EFFECT),
        ("The pulse of a sonar ping.", SoundKind.EFFECT),
        ("A diesel engine chugging along.", SoundKind.EFFECT),
        ("The audience bursts into laughter.", SoundKind.EFFECT),
        ("Stomping boots on a wooden deck.", SoundKind.EFFECT),
        ("A dragon sneezes.", SoundKind.EFFECT),
        ("Claws click on the floor.", SoundKind.EFFECT),
        ("A phone rings on the desk.", SoundKind.EFFECT),
        ("Bees hum over a lavender field.", SoundKind.AMBIENCE),
        ("Hail on glass.", SoundKind.AMBIENCE),
        ("Background: faint tape hiss.", SoundKind.AMBIENCE),
        ("The steady drone of jet engines fills the cabin.", SoundKind.AMBIENCE),
        ("A radio plays polka.", SoundKind.MUSIC),
        ("A shimmering electronic swell rises.", SoundKind.MUSIC),
        ("Ominous strings play.", SoundKind.MUSIC),
        ("Pop song plays from a radio.", SoundKind.MUSIC),
    ],
)
def test_everyday_sounds_are_heard(text: str, kind: SoundKind) -> None:
    assert kind in {sound.kind for sound in parse(text).sounds}


@pytest.mark.parametrize(
    "text",
    [
        "A bride and groom exchange rings.",
        "A boxer steps into the ring.",
        "An old oak with deeply furrowed bark.",
        "A roll of tape lies on a desk.",
        "Hail the queen in gold.",
        "Click here.",
    ],
)
def test_words_that_only_look_like_a_sound_are_not_heard(text: str) -> None:
    assert parse(text).sounds == ()


@pytest.mark.parametrize(
    ("text", "shape"),
    [
        ("The conductor raps the stand.", Shape.SFX),
        ("She raps her knuckles on the door.", Shape.SFX),
        ("He raps a verse over a beat.", Shape.RAP),
        ("He raps the chorus.", Shape.RAP),
    ],
)
def test_who_raps_on_a_thing_performs_no_rap(text: str, shape: Shape) -> None:
    assert parse(text).shape is shape


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("A constant rumble fills the tunnel.", {"ambience"}),
        ("Background: a steady rumble of machines.", {"ambience"}),
        ("A rumble, then a crash.", {"sfx"}),
        ("He fills a glass. A door slams.", {"sfx"}),
        ("Silence, except for the tick of a clock.", {"ambience", "sfx"}),
        ("In silence she walks.", set()),
        ("The old stairs groan.", {"sfx"}),
        ("A man in a groaning queue.", set()),
        ("A drill whines.", {"sfx"}),
        ("A toddler whines for sweets.", set()),
        ("The engine sputters.", {"sfx"}),
        ("A baby cries.", {"sfx"}),
        ("A fan hums.", {"ambience"}),
        ("A river rushes past.", {"ambience"}),
        ("A man rushes past.", set()),
        ("A zipper closes.", {"sfx"}),
        ("The old phone on the desk rings.", {"sfx"}),
        ("The dogs in the yard bark.", {"sfx"}),
        ("A silver ring beside a phone.", set()),
        ("Solo kalimba.", {"music"}),
        ("A kalimba lies on a shelf.", set()),
        ("A torch sweeps over a piano on the seabed.", set()),
        ("A flute lies near; a man raps the stand.", {"sfx"}),
        ("A man talks over strings and a piano.", {"music"}),
        ("A neon sign buzzes.", {"sfx"}),
        ("A lone truck hums far below.", {"ambience"}),
        ("A motorboat hums along the shore.", {"ambience"}),
        ("A girl hums along to the radio.", set()),
        ("Water laps at a wooden jetty.", {"ambience"}),
        ("[Church Bell] tolls across the square.", {"sfx"}),
        ("The war takes its toll.", set()),
        ("Cars wait at the tolling booth.", set()),
    ],
)
def test_what_lasts_and_what_is_named_by_its_source(text: str, expected: set[str]) -> None:
    assert kinds(text) == expected


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("汽笛长鸣。", SoundKind.EFFECT),
        ("锅铲碰铁锅，铛铛响。", SoundKind.EFFECT),
        ("尾巴拍打窗台，啪嗒啪嗒。", SoundKind.EFFECT),
        ("监护仪滴、滴地响。", SoundKind.EFFECT),
        ("邮差按响车铃。", SoundKind.EFFECT),
        ("说书人啪地一拍桌子。", SoundKind.EFFECT),
        ("背景：咖啡机的蒸汽声。", SoundKind.EFFECT),
        ("竹篙划水声。", SoundKind.EFFECT),
        ("风铃叮叮当当。", SoundKind.EFFECT),
        ("山风呼呼地吹。", SoundKind.AMBIENCE),
        ("洗衣机低低地嗡鸣。", SoundKind.AMBIENCE),
        ("雨打芭蕉，淅淅沥沥，远处一盏灯。", SoundKind.AMBIENCE),
        ("庙里锣鼓声。", SoundKind.MUSIC),
    ],
)
def test_chinese_sounds_are_heard_by_their_form(text: str, kind: SoundKind) -> None:
    assert kind in {sound.kind for sound in parse(text).sounds}


@pytest.mark.parametrize(
    "text",
    [
        "壁炉早已熄灭，空调也关了。",
        "唱针停在唱片中央。",
        "画外音，一位老教师苍老而温和的声音：“那一年。”",
        "孩子们叽叽喳喳地说：“快看！”",
        "他轻轻应了一声。",
        "她用沙哑的嗓声低语，不吭声。",
    ],
)
def test_chinese_signs_that_only_look_like_a_sound_are_not_heard(text: str) -> None:
    assert parse(text).sounds == ()


def test_who_hums_a_song_in_chinese_sings() -> None:
    assert parse("年轻妈妈一边叠衣服一边哼着摇篮曲。").shape is Shape.SINGING
    (line,) = parse("唱针停在唱片中央。[沈先生，疲惫的男声]说：“走。”").lines
    assert line.kind is LineKind.SPEECH


def test_a_sound_is_named_once_and_as_it_is_written() -> None:
    assert [sound.text for sound in parse("A crack of thunder.").sounds] == ["thunder"]
    assert [sound.text for sound in parse("音效：門開了。").sounds] == ["門開了"]
