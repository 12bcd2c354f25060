"""Who speaks in English prose, and how: compound nouns, parts of sentences, interruptions, voices in other places."""

# Chinese punctuation is data here.
# ruff: noqa: RUF001

from __future__ import annotations

import pytest

from bot.prompts import LintContext, lint, parse
from bot.prompts.rules.base import Case


@pytest.mark.parametrize(
    ("text", "speakers"),
    [
        ('A robot vacuum bumps into a wall and mutters, "I hate Mondays," with a sigh.', ["Robot vacuum"]),
        ('A police car stops and a woman gets out and says: "Nobody move."', ["Woman"]),
        ('A soldier statue blinks and whispers: "At last."', ["Soldier statue"]),
        ('The girls\' dresses flutter as the boy says: "It is windy."', ["Boy"]),
        ('The doctor\'s office is quiet and the receptionist says: "He is late."', ["Receptionist"]),
        ('The girl\'s mother opens the door and says: "Dinner."', ["Girl's mother"]),
        ('The teacher sat down and says: "Books out."', ["Teacher"]),
        ('Two kids watch as an old magician lifts his hat and whispers: "Look."', ["Old magician"]),
        ('The crowd falls silent as the queen rises and declares: "Peace."', ["Queen"]),
        ('The crowd waits as the queen rises, and cheers: "Peace."', ["Crowd"]),
        ('In the kitchen, while her mother stirs, a little girl with a spoon asks: "Is it ready?"', ["Little girl"]),
        ('A man dressed as a king steps forward and says: "Kneel."', ["Man"]),
        ('An old man, a sailor by the look of him, laughs and says: "Ahoy."', ["Old man"]),
        ('[Baker, warm voice] says: "Rolls," and after a pause adds: "Fresh ones."', ["Baker", "Baker"]),
        ('[Baker, warm voice] says: "Rolls," and then, after a long silence, continues: "Gone."', ["Baker", "Baker"]),
        ('The woman alone nods and says: "I know."', ["Woman"]),
        ('The jeweller, a woman in her fifties with a low voice, says: "Done."', ["Jeweller"]),
        ('The next morning, a woman with a hat, says: "Done."', ["Woman"]),
        ('The teacher says "Three, two, one," and the whole class shouts "Surprise!"', ["Teacher", "Whole class"]),
        ('The teacher claps her hands and the whole class shouts in unison: "Good morning!"', ["Whole class"]),
        ('The whole family shouts: "Surprise!"', ["Whole family"]),
        ('A woman cries while a man says: "Stay."', ["Man"]),
        ('A man flinches as the floor groans: "Not again."', ["Man"]),
        ('Two colleagues wait. One says: "Monday." The other says: "Again."', ["One", "Other"]),
        ('A baby monitor crackles: "Mama?"', ["Baby monitor"]),
        ('Voice-over (warm female voice, moderate pace): "Light as a habit."', ["Voice-over"]),
        ('Character 1 (red coat, deep voice): "Go." Character 2 (thin voice): "No."', ["Character 1", "Character 2"]),
        ('Scene: kitchen. Character: a small girl with a tin. Speech: "I am rich!"', ["Small girl"]),
        ('Two sisters fold laundry. In a dry voice: "Shrunk." Then, in a giggle: "Grown."', ["Sisters", "Sisters"]),
        ('[@Silver Fox] raises a glass and says: "Cheers."', ["Silver Fox"]),
        ('[Fishmonger (loud, sing-song voice)] slaps a cod on the ice: "Fresh!"', ["Fishmonger"]),
    ],
)
def test_the_speaker_of_prose_is_found(text: str, speakers: list[str]) -> None:
    assert [line.speaker for line in parse(text).lines] == speakers


@pytest.mark.parametrize(
    ("text", "speakers"),
    [
        ('The first man says: "A." The second man replies: "B."', ["First man", "Second man"]),
        ('One boy says: "A." The other boy asks: "B?" The first boy adds: "C."', ["One boy", "Other boy", "One boy"]),
        ('A boy says: "A." A second boy asks: "B?" The first boy adds: "C."', ["Boy", "Second boy", "Boy"]),
        (
            'A woman in red turns and says: "A." The woman in the green dress answers: "B."',
            ["Woman in red", "Woman in the green dress"],
        ),
        ('"A," says the girl on the left. "B," says the girl on the right.', ["Girl on the left", "Girl on the right"]),
        (
            'A man with red gloves nods and says: "A." A man with a cane says: "B."',
            ["Man with red gloves", "Man with a cane"],
        ),
        (
            'A woman in red enters. She says: "A." A woman in blue waits. She says: "B."',
            ["Woman in red", "Woman in blue"],
        ),
        ('A man in a suit walks in. The man says: "A." A woman in a coat says: "B."', ["Man", "Woman"]),
        ('The man says with a smile: "A." The man with a sigh says: "B."', ["Man", "Man"]),
        ('The young man with a hat says: "A." The old man with a beard says: "B."', ["Young man", "Old man"]),
        ("第一个男人说：“一。”第二个男人说：“二。”", ["第一个男人", "第二个男人"]),
        ("一个男孩喊：“一！”另一个男孩喊：“二！”", ["男孩", "另一个男孩"]),
    ],
)
def test_persons_who_share_a_noun_are_told_apart(text: str, speakers: list[str]) -> None:
    prompt = parse(text)
    assert [line.speaker for line in prompt.lines] == speakers
    assert [character.label for character in prompt.characters] == list(dict.fromkeys(speakers))


@pytest.mark.parametrize(
    ("text", "style"),
    [
        ('A man leans in and says in a low voice: "Quiet."', "says in a low voice"),
        ('An old man in a low voice says: "Quiet."', "in a low voice"),
        ('The cub, in a high, squeaky voice: "Quiet."', "in a high, squeaky voice"),
        ('Narrator, confident male voice: "Quiet."', "confident male voice"),
        ('"Quiet," says the hunter in a low rasp.', "in a low rasp"),
        ('In a shaky voice, the husband says: "Quiet."', "In a shaky voice"),
        ('"Quiet!" the woman shouts, and the crowd obeys.', "shouts"),
        ('[Cook (loud, hoarse)] waves: "Quiet."', "loud, hoarse"),
        ('[Anna] steps in and says: "Quiet."', None),
    ],
)
def test_the_whole_manner_of_speaking_is_kept(text: str, style: str | None) -> None:
    assert parse(text).lines[0].voice_style == style


def test_a_way_of_speaking_behind_a_line_is_no_sound() -> None:
    assert parse('"Born ready," the boxer answers in a low growl.').sounds == ()
    assert [sound.text for sound in parse("A dog answers with a growl.").sounds] == ["growl"]


@pytest.mark.parametrize(
    "text",
    [
        '[Anna, calm] sits: "Breathe in," she pauses, "and let it go."',
        '[Anna, calm] sits: "Breathe in," she says, "and let it go."',
        '"Breathe in," Anna says, "and let it go."',
        "[Anna, calm] sits: “Breathe in—” a long breath, “and let it go.”",
    ],
)
def test_an_interrupted_line_goes_on(text: str) -> None:
    prompt = parse(text)
    assert [line.speaker for line in prompt.lines] == ["Anna", "Anna"]
    assert prompt.lines[1].text == "and let it go."


def test_what_is_seen_behind_a_finished_line_is_no_part_of_it() -> None:
    assert len(parse('[Anna, calm] points up: "Look there." The sign above her reads "open".').lines) == 1


@pytest.mark.parametrize(
    "text",
    [
        '[Pilot] @"Captain Ray": "Fasten your seat belts."',
        "[Pilot] @ “Captain Ray” says: “Fasten your seat belts.”",
    ],
)
def test_the_name_of_a_voice_may_stand_in_quotation_marks(text: str) -> None:
    prompt = parse(text)
    assert [(line.speaker, line.text, line.voice) for line in prompt.lines] == [
        ("Pilot", "Fasten your seat belts.", "Captain Ray")
    ]


def test_the_clause_of_a_line_holds_the_words_that_are_seen_in_it() -> None:
    text = '[Clerk, dry voice] holds a cup with the name "Jon" on it and calls: "Coffee!"'
    prompt = parse(text)
    clause = Case(prompt, LintContext()).clause_of(prompt.lines[0])
    assert text[clause.start : clause.end].startswith("[Clerk")


def test_one_label_for_a_rough_and_a_childish_voice_is_reported() -> None:
    report = lint('[Kid, hoarse voice] peeks in: "Gone?" Then, [Kid, shrill voice] jumps: "Gone!"')
    assert "D002" in {finding.rule for finding in report.findings}


def test_several_lines_of_a_plural_want_labels() -> None:
    report = lint('Three children crouch around a frog. "Is it dead?" "No, it blinked!"')
    assert "D006" in {finding.rule for finding in report.findings}


@pytest.mark.parametrize(
    ("text", "warned"),
    [
        ('He walks into the room and says: "Hello."', True),
        ('They both say: "Yes."', True),
        ("他们俩异口同声：“好。”", True),
        ('A young woman stirs her coffee. She says softly: "It is cold."', False),
        ("一个女孩走来。她轻声说：“好。”", False),
    ],
)
def test_a_pronoun_that_means_nobody_may_not_introduce_a_line(text: str, *, warned: bool) -> None:
    assert ("D001" in {finding.rule for finding in lint(text).findings}) is warned


@pytest.mark.parametrize("mention", ["<@123456789>", "<@!123456789>", "<@&42>", "@everyone", "@here"])
def test_what_discord_writes_with_the_sign_is_no_voice(mention: str) -> None:
    assert parse(f'A man waves to {mention} and says warmly: "Welcome."').voice_tags == ()


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        ("An old woman whispers: 'Come in. It's late.", ["Come in. It's late."]),
        ("An old woman whispers: 'Come in. It's late.' Then she nods.", ["Come in. It's late."]),
        ("An old woman whispers: 'Come in. It's late. [Boy] says: \"Hello.\"", ["Come in. It's late.", "Hello."]),
        ("On the porch: 'tis dark.", []),
        ("On the porch: 'Tis dark.", []),
    ],
)
def test_a_line_in_single_marks_may_lack_the_closing_one(text: str, lines: list[str]) -> None:
    assert [line.text for line in parse(text).lines] == lines


@pytest.mark.parametrize(
    ("text", "speakers"),
    [
        ('Two chefs. The older one frowns: "Too salty." The younger one snaps, "Again?"', ["Older one", "Younger one"]),
        ('Two boys sit. One says, "Look." The other one replies, "Wow."', ["One", "Other one"]),
        ('A trucker in a red cap stares out. "Always," he mutters.', ["Trucker"]),
        ("宇航员A说：“准备对接。”宇航员B回答：“收到。”", ["宇航员A", "宇航员B"]),
        ("路人甲惊呼：“快看！”路人乙回头问：“看什么？”", ["路人甲", "路人乙"]),
        ("选手1号大喊：“我赢了！”选手2号摇头：“不对。”", ["选手1号", "选手2号"]),
        ("甲说：“借过。”乙说：“请。”", ["甲", "乙"]),
        ('"Late," the florist says. The apprentice drops a bag. "Traffic," he says.', ["Florist", "Apprentice"]),
        ('The runner collapses. "Did I..." he pants, "did I win?"', ["Runner", "Runner"]),
        ('Offstage, a voice calls: "Two minutes!"', ["Voice"]),
        ('The man says: "A start." The doctor nods. "A good one," he says.', ["Man", "Man"]),
        ('A man in a coat and hat says: "Hi."', ["Man"]),
        ('[Man, calm voice] in a coat and hat says: "Hi."', ["Man"]),
        ('[Man] whispers: "Stay." "Why?" asks [Woman].', ["Man", "Woman"]),
        ('The captain points. "Sail!" "Aye, captain!" answers the sailor.', ["Captain", "Sailor"]),
        ("老者站着：“跪下。”“你是谁？”女人问。", ["老者", "女人"]),
        ('"Run!" a tall man in a hat shouts.', ["Tall man"]),
        ('"Run!" the two little girls shout.', ["Little girls"]),
        ('Laughing, Tom says: "Fine."', ["Tom"]),
        ("他说：“走吧。”她说：“不。”", ["他", "她"]),
        ('"Quiet!" the owner yells as the dog barks.', ["Owner"]),
        ('Dr. Lee, a surgeon, says: "Hi."', ["Dr. Lee"]),
        ('"Good night," whispers Anna to Tom. "Sleep well."', ["Anna", "Anna"]),
        ('The host leans in: "Well?" The contestant bites her lip. "Paris?"', ["Host", "Contestant"]),
        ('A parrot on a pirate\'s shoulder screeches "Land!" and the pirate grumbles "Hush."', ["Parrot", "Pirate"]),
        ('Lion 1 yawns: "Antelope?" Lion 2: "Again?"', ["Lion 1", "Lion 2"]),
        ('The chef in Paris says "Salt!" and the chef in Tokyo says "Rice!"', ["Chef in Paris", "Chef in Tokyo"]),
        ('The best man says, "I know Tom." Guests laugh. "He owes me a crayon."', ["Best man", "Best man"]),
        ("From the bedroom, a toddler's voice: \"No, I'm not!\"", ["Toddler"]),
        ('The teacher (in her 40s): "Sit."', ["Teacher"]),
        ('Courtroom drama: "My client is innocent," pleads the attorney.', ["Attorney"]),
        ('Push-in on a chess grandmaster. He moves the queen and says, "Checkmate."', ["Chess grandmaster"]),
        ('Detective\'s inner monologue, low and tired: "Rain again."', ["Detective"]),
        ('Teen to camera: "Story time." Cut. "I adopted a goose."', ["Teen", "Teen"]),
        ("旁边的小伙子讨价还价：“两块五行不行？”", ["小伙子"]),
        ("后排一个胖男孩小声嘀咕：“又要拖堂了。”", ["胖男孩"]),
        ("女演员深吸一口气，哽咽着说：“我等了你十年。”", ["女演员"]),
        ("列车广播响起：“前方到站。”一位老太太问：“到哪儿了？”", ["列车广播", "老太太"]),
        ("主厨边颠勺边说：“火候是关键。”", ["主厨"]),
        ("屋里传来女人的声音：“放门口就行！”", ["女人"]),
        ("时钟滴答。他答应了：“好。”", ["他"]),
        ("校长在台上致辞：“愿你们前程似锦。”", ["校长"]),
        ("侍女低头道：“该喝药了。”贵妃懒懒地抬眼：“放着吧。”", ["侍女", "贵妃"]),
        ("女主在身后哭喊：“别走！”男主停下脚步，没有回头：“忘了我吧。”", ["女主", "男主"]),
        ("古装短剧：将军单膝跪地，声音沙哑：“末将无能。”", ["将军"]),
    ],
)
def test_speakers_are_told_apart_as_the_text_does(text: str, speakers: list[str]) -> None:
    assert [line.speaker for line in parse(text).lines] == speakers


@pytest.mark.parametrize("verb", ["gloats", "beams", "cheers happily"])
def test_a_comma_behind_any_verb_leads_to_a_line(verb: str) -> None:
    [line] = parse(f'A tall man in a coat {verb}, "You wish." Rain falls.').lines
    assert line.speaker == "Tall man"


@pytest.mark.parametrize(
    "text",
    [
        'A shop window with the words, "Closed Today."',
        'A shelf with two boxes, "salt" and "sugar".',
        'A man in a coat, "You Wish."',
        'A man with two tattoos, "Mom" and "Dad", sits down.',
        'A neon sign flickers, "Open."',
        'The screen flashes, "Game Over!"',
        "屏幕亮起：“通关成功！”",
        "字幕缓缓浮现：“十年后。”",
    ],
)
def test_what_is_shown_is_no_line(text: str) -> None:
    assert parse(text).lines == ()


@pytest.mark.parametrize(
    ("text", "manner"),
    [
        ('Patient (weak, joking): "Do I get a sticker?"', "weak, joking"),
        ('Old man on porch (gravelly, slow): "A storm."', "gravelly, slow"),
        ('The farmer says in a soft reassuring voice: "She is fine."', "says in a soft reassuring voice"),
        ("大妈扯着嗓子吆喝：“三块一斤！”", "扯着嗓子吆喝"),
        ("剑客冷声道：“出剑。”", "冷声道"),
        ('Female astronaut, voice-over: "Day 412."', None),
        ('"Hi!" whispers the old man.', "whispers"),
        ('A girl in a red coat, voice full of joy: "It is snowing!"', "voice full of joy"),
        ('A man steps forward, his voice shaking, and says: "I did it."', "his voice shaking"),
        ('"It is me," says a man\'s gruff voice.', "gruff voice"),
        ('A man\'s deep, gruff voice says, "It is me."', "deep, gruff voice"),
        ('A yoga teacher on a beach at sunrise, calm voice: "Breathe."', "calm voice"),
        ('In a gentle, slow, breathy voice, she says: "Breathe in."', "In a gentle, slow, breathy voice"),
        ('Voice-over, warm and slow: "Home."', "warm and slow"),
        ('Pilot, over the intercom: "Home."', None),
        ('The chef says with a grin, "Home."', "says with a grin"),
        ('The assistant\'s voice fills the room: "Good evening."', None),
        ("旁白（低沉男声）：“从前。”", "低沉男声"),
        ("女孩喘着气说：“谢谢。”", "喘着气说"),
        ("女侦探压着嗓子用英语说：“Run.”", "压着嗓子用英语说"),
        ("女人压低嗓音说：“走。”", "压低嗓音说"),
        ('"Faster!" roars the coach in a cracked, urgent voice, sprinting.', "in a cracked, urgent voice"),
        ("女孩轻轻唱道：“晚风。”", "轻轻唱道"),
        ("爷爷慢悠悠地答：“会啊。”", "慢悠悠地答"),
        ("屋里传来女人的声音：“放门口就行！”", None),
    ],
)
def test_how_a_line_is_spoken(text: str, manner: str | None) -> None:
    [line] = parse(text).lines
    assert line.voice_style == manner
