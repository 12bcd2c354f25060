"""Where voices are tied to characters, and whether they fit them."""

# Chinese punctuation is data here.
# ruff: noqa: RUF001

from __future__ import annotations

import pytest

from bot.prompts import LintContext, lint, parse

IMAGE = LintContext.from_mapping({"input": "image"})


def found(text: str) -> list[str]:
    return [finding.rule for finding in lint(text, IMAGE).findings]


@pytest.mark.parametrize(
    ("label", "voice"),
    [
        ("老奶奶", "少年音"),
        ("小男孩", "老爷爷音色"),
        ("老爷爷", "可爱萝莉音"),
        ("壮汉", "温柔女声"),
        ("新娘", "沙哑大叔音"),
        ("婴儿", "苍老的声音"),
        ("老船长", "童声"),
        ("中年厨师", "稚嫩童音"),
        ("小丑，尖细的声音", "低沉音色"),
        ("小女孩", "成熟御姐音"),
    ],
)
def test_a_chinese_voice_that_contradicts_its_character_is_found(label: str, voice: str) -> None:
    assert "V006" in found(f"[{label}@{voice}]推开门：“你好。”")


@pytest.mark.parametrize(
    ("label", "voice"),
    [
        ("老师", "年轻女声"),
        ("老板", "少女音"),
        ("老奶奶", "慈祥奶奶音"),
        ("女孩", "萝莉音"),
        ("老爷爷", "浑厚大叔音"),
        ("少年", "青年男声"),
        ("武汉姑娘", "温柔女声"),
        ("壮汉", "低沉音色"),
        ("小男孩", "我的声音"),
    ],
)
def test_a_chinese_voice_that_may_fit_is_left_alone(label: str, voice: str) -> None:
    assert "V006" not in found(f"[{label}@{voice}]推开门：“你好。”")


@pytest.mark.parametrize(
    ("label", "voice"),
    [
        ("Quiz Host", "Bright Female Voice"),
        ("Stage Actor", "Warm Female Voice"),
        ("Waiter", "Soft Female Voice"),
        ("Hero", "Brave Girl Voice"),
        ("God of rivers", "Clear Female Voice"),
        ("Grandmother clock", "Deep Male Voice"),
        ("Chocolate man", "Sweet Female Voice"),
        ("Girl scout leader", "Old Man Voice"),
        ("Children's doctor", "Gravelly Old Man Voice"),
        ("Old harbor guide", "Childlike Voice"),
        ("Senior programmer", "Young Girl Voice"),
        ("Tin soldier", "Childlike Voice"),
        ("Nurse, holding a baby", "Elderly Woman Voice"),
        ("Mother of the boy", "Kind Female Voice"),
        ("儿童医生", "沧桑老爷爷"),
        ("女儿的老师", "磁性男声"),
        ("儿女代表", "磁性男声"),
        ("少年宫教练", "苍老的声音"),
        ("老朋友", "稚嫩童声"),
    ],
)
def test_only_the_head_of_a_label_names_a_person(label: str, voice: str) -> None:
    assert "V006" not in found(f'[{label}@{voice}] opens the door: "Good evening."')


@pytest.mark.parametrize(
    ("label", "voice"),
    [
        ("Hostess", "Deep Male Voice"),
        ("Burly lumberjack", "Delicate Young Lady Voice"),
        ("King in rags", "Sweet Female Voice"),
        ("Female pilot", "Deep Male Voice"),
        ("Lady boss", "Deep Male Voice"),
        ("Uncle Bert", "Sweet Female Voice"),
        ("Nurse, cheerful young woman", "Deep Male Voice"),
        ("Guest, straightening his tie", "Sweet Female Voice"),
        ("Elderly tea master", "Toddler Giggle"),
        ("Baby otter", "Gravelly Old Man"),
        ("8-year-old pianist", "Old Woman Voice"),
        ("老婆", "沧桑老爷爷"),
        ("女机器人", "磁性男声"),
        ("和尚", "甜美女声"),
        ("年轻医生", "沧桑老爷爷"),
    ],
)
def test_a_voice_that_contradicts_the_head_of_a_label_is_found(label: str, voice: str) -> None:
    assert "V006" in found(f'[{label}@{voice}] opens the door: "Good evening."')


@pytest.mark.parametrize(
    ("text", "mended"),
    [
        (
            '[Gardener] waters the roses: "Grow." The voice @Quiet Hazel belongs to [Gardener].',
            '[Gardener@Quiet Hazel] waters the roses: "Grow."',
        ),
        (
            '[Keeper] lights the lamp: "Ahoy." [Keeper] speaks with the voice @Old Salt.',
            '[Keeper@Old Salt] lights the lamp: "Ahoy."',
        ),
        ('[Keeper] lights the lamp @Old Salt: "Ahoy."', '[Keeper@Old Salt] lights the lamp: "Ahoy."'),
        ('[Keeper] lights the lamp and says @Old Salt "Ahoy."', '[Keeper@Old Salt] lights the lamp and says "Ahoy."'),
        ("[守灯人]点亮灯塔@老水手：“起航。”", "[守灯人@老水手]点亮灯塔：“起航。”"),
    ],
)
def test_a_voice_among_the_words_is_moved_to_its_character(text: str, mended: str) -> None:
    [finding] = [one for one in lint(text, IMAGE).findings if one.rule == "V003"]

    assert finding.fix is not None
    assert finding.fix.text.strip() == mended


@pytest.mark.parametrize(
    "text",
    [
        'The woman @Quiet Hazel says: "Grow."',
        'The teapot @Quiet Hazel: "Grow."',
        '[Keeper] and Marcus @Old Salt say: "Ahoy."',
        '[Keeper] @Old Salt: "Ahoy."',
    ],
)
def test_a_voice_behind_a_name_stays_there(text: str) -> None:
    assert "V003" not in found(text)


@pytest.mark.parametrize(
    ("said", "silent"),
    [
        ("never speaks", True),
        ("does not speak", True),
        ("stands there without speaking", True),
        ("speaks to the crowd", False),
        ("does not sleep and speaks to the crowd", False),
    ],
)
def test_a_voice_of_somebody_who_is_said_to_be_silent_is_found(said: str, *, silent: bool) -> None:
    text = f'[Bodyguard@Stone Wall] waits and {said}. [Senator, confident voice] nods and says: "Let them in."'
    assert ("V005" in found(text)) is silent


def test_a_line_has_the_voice_that_its_own_label_binds() -> None:
    text = '[Queen@Ice Crown] rises: "One." Then, [Queen@Winter Harp] says: "Two." [Queen] says: "Three."'
    assert [line.voice for line in parse(text).lines] == ["Ice Crown", "Winter Harp", "Ice Crown"]


def test_quotation_marks_are_no_part_of_a_voice() -> None:
    (line,) = parse('[Robot butler@"Brass Fox"] bows: "Hello."').lines
    assert line.voice == "Brass Fox"
    voices = LintContext.from_mapping({"input": "image", "voices": ["Brass Foxy"]})
    (finding,) = [one for one in lint('[Butler@"Brass Foxi"] bows: "Hello."', voices).findings if one.rule == "V010"]
    assert finding.fix is not None
    assert finding.fix.text == '[Butler@"Brass Foxy"] bows: "Hello."'


def test_nobody_is_asked_to_describe_a_voice_that_stands_for_somebody() -> None:
    found = {finding.rule for finding in lint('Quiet gallery. @Velvet Docent: "Please wait."', LintContext()).findings}
    assert "V001" in found
    assert "D004" not in found


@pytest.mark.parametrize("text", ["琵琶独奏，曲风古典，情绪激昂。", "一位琴师独奏古琴，曲风古雅，情绪孤寂。"])
def test_chinese_music_that_names_everything_leaves_nothing_open(text: str) -> None:
    assert "A006" not in {finding.rule for finding in lint(text, LintContext()).findings}


@pytest.mark.parametrize(
    "text",
    ['Diver@Deep Bass: "Hold on."', 'The old diver @Deep Bass says: "Hold on."', 'A diver@Deep Bass waves: "Hold on."'],
)
def test_a_voice_behind_a_name_in_prose_is_bound(text: str) -> None:
    """The name needs no brackets; the voice is not lost."""
    prompt = parse(text, ["Deep Bass", "Nora"])
    assert (prompt.voices, [line.voice for line in prompt.lines]) == (("Deep Bass",), ["Deep Bass"])
    assert prompt.lines[0].speaker.lower().endswith("diver")


def test_a_handle_that_is_seen_is_no_voice() -> None:
    """Words on a cup or in an address name no voice, so no rule asks for a picture or a binding."""
    text = '[Barista, mellow voice] writes to a@b.com. A cup that says "@brewlab" turns. [Barista] says: "Follow us."'
    assert parse(text).voices == ()
    assert not [finding.rule for finding in lint(text, LintContext()).findings if finding.rule.startswith("V")]
