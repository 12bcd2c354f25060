"""What the parser understands: characters, lines, voices, shape."""

# Chinese punctuation and curly quotes are data here.
# ruff: noqa: RUF001

from __future__ import annotations

import pytest

from bot.prompts import parse
from bot.prompts.model import Introduction, LineKind, Shape, VoicePlace


def lines(text: str) -> list[tuple[str, str]]:
    return [(line.speaker, line.text) for line in parse(text).lines]


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ('[Guide@Calm Alto]: "This way."', VoicePlace.BRACKET),
        ('[Guide @Calm Alto]: "This way."', VoicePlace.BRACKET),
        ('[Guide @ Calm Alto]: "This way."', VoicePlace.BRACKET),
        ('[Guide] @Calm Alto: "This way."', VoicePlace.AFTER_LABEL),
        ('[Guide] @ Calm Alto: "This way."', VoicePlace.AFTER_LABEL),
        ('[Guide, tired] @Calm Alto says: "This way."', VoicePlace.AFTER_LABEL),
        ('The guide @Calm Alto says: "This way."', VoicePlace.AFTER_NAME),
    ],
)
def test_every_form_of_binding_is_understood(text: str, place: VoicePlace) -> None:
    (tag,) = parse(text).voice_tags
    assert (tag.name, tag.place) == ("Calm Alto", place)
    assert text[tag.span.start] == "@"
    assert text[tag.span.end - 4 : tag.span.end] == "Alto"


def test_a_voice_name_in_a_bracket_may_hold_commas_and_full_stops() -> None:
    assert parse('[Clerk@Mr. Finch, Esq.]: "Next."').voices == ("Mr. Finch, Esq.",)


def test_a_known_voice_ends_a_name_in_a_bracket_before_the_attributes() -> None:
    prompt = parse('[Clerk@Finch, weary]: "Next."', ["Finch"])
    assert prompt.voices == ("Finch",)
    assert prompt.lines[0].voice_style == "weary"


def test_a_voice_outside_brackets_is_the_longest_known_one() -> None:
    prompt = parse('[Clerk] @Old Salt Junior grumbles and says: "Next."', ["Old Salt", "Old Salt Junior"])
    assert prompt.voices == ("Old Salt Junior",)


def test_the_form_of_the_vendor_is_understood_too() -> None:
    prompt = parse('[Cook, gruff] <<<voice_1>>> says: "Hot!" The woman <<<voice_2>>> answers: "Thanks."')
    assert [(line.speaker, line.voice) for line in prompt.lines] == [("Cook", "voice_1"), ("Woman", "voice_2")]
    assert prompt.voices == ("voice_1", "voice_2")


@pytest.mark.parametrize(
    "quoted",
    [
        '"Go home."',
        "“Go home.”",
        "'Go home.'",
        "‘Go home.’",
        "「Go home.」",
        "『Go home.』",
        "„Go home.“",
        "«Go home.»",
        '“Go home."',
    ],
)
def test_all_quotation_marks_are_read(quoted: str) -> None:
    assert lines(f"[Guard, low voice] says: {quoted}") == [("Guard", "Go home.")]


def test_apostrophes_do_not_end_a_line_in_single_marks() -> None:
    assert lines("[Guard] says: 'Don't. It's the dogs' gate.' He leaves.") == [("Guard", "Don't. It's the dogs' gate.")]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ('[A] says: "Off. Immediately, [B]: "Go."', [("A", "Off."), ("B", "Go.")]),
        ('[A] says: "Off and away', [("A", "Off and away")]),
        ('[A]: Off we go." Then, [B]: "Go."', [("A", "Off we go."), ("B", "Go.")]),
        ('[A]: "Off.\n\nBackground: rain.', [("A", "Off.")]),
        ("[A]：「走吧。然后，[B]：「好。」", [("A", "走吧。"), ("B", "好。")]),
    ],
)
def test_missing_marks_are_recovered(text: str, expected: list[tuple[str, str]]) -> None:
    assert lines(text) == expected


def test_brackets_and_quotations_inside_a_line_belong_to_it() -> None:
    assert lines('[A]: "I [sigh] said “no” twice."') == [("A", "I [sigh] said “no” twice.")]


@pytest.mark.parametrize(
    ("text", "speaker"),
    [
        ('[Anna, soft voice] looks at [Ben] and says: "Burn it."', "Anna"),
        ('[Anna, soft voice] whispers to [Ben]: "Burn it."', "Anna"),
        ('The camera pans from [Anna] to [Ben, rough voice], who says: "Burn it."', "Ben"),
        ('As [Ben] watches, [Anna] smiles: "Burn it."', "Anna"),
        ('[Anna]: (angrily) "Burn it."', "Anna"),
        ('[Anna] (angry): "Burn it."', "Anna"),
        ('**[Anna]**: "Burn it."', "Anna"),
        ('[Anna]\n"Burn it."', "Anna"),
        ('"Burn it," says [Anna].', "Anna"),
        ('"Burn it," [Anna] whispers.', "Anna"),
        ('ANNA (whispering): "Burn it."', "ANNA"),
        ('Anna, a tall woman, says: "Burn it."', "Anna"),
        ('A tall woman in red leans in and says: "Burn it."', "Tall woman"),
        ('The tired old man mutters "Burn it."', "Tired old man"),
        ('[Anna] steps in. She says: "Burn it."', "Anna"),
        ('[Anna] steps in. "Burn it."', "Anna"),
        ("她走进来，安娜笑着说：“烧掉。”", "她"),
        ("一位年轻的女孩微笑着说：“烧掉。”", "年轻的女孩"),
        ("“烧掉。”老人大喊。", "老人"),
        ("旁白（低沉）：“烧掉。”", "旁白"),
    ],
)
def test_the_speaker_is_found(text: str, speaker: str) -> None:
    assert [name for name, _ in lines(text)] == [speaker]


@pytest.mark.parametrize(
    "text",
    [
        'A neon sign reads "OPEN".',
        'A title appears: "The End"',
        'A bottle labelled "Poison" on the shelf.',
        'The door closes with a "click".',
        'Sound Effects: "whoosh"',
        "墙上写着“禁止入内”。",
    ],
)
def test_what_nobody_says_is_no_line(text: str) -> None:
    assert lines(text) == []


def test_someone_who_reads_aloud_speaks() -> None:
    assert lines('[Teacher, warm voice] reads: "Once upon a time."') == [("Teacher", "Once upon a time.")]


def test_lines_spoken_together_name_everybody() -> None:
    (line,) = parse('[Coach] and [Captain] shout: "Ready!"').lines
    assert line.speakers == ("Coach", "Captain")
    assert line.speaker == "Coach and Captain"


def test_adjacent_lines_continue() -> None:
    prompt = parse('[A] sings: "One." "Two."')
    assert [(line.speaker, line.kind) for line in prompt.lines] == [("A", LineKind.SINGING)] * 2
    assert prompt.lines[1].introduction is Introduction.CONTINUED


def test_characters_come_in_the_order_of_the_text_with_their_aliases() -> None:
    prompt = parse('[Character A: Night Guard] yawns at [Thief]. [Night Guard]: "Who?" [night guard]: "Out!"')
    assert [character.label for character in prompt.characters] == ["Character A: Night Guard", "Thief"]
    assert prompt.characters[0].aliases == ("Night Guard", "night guard")


@pytest.mark.parametrize(
    "text", ["[Sound effects: rain]", "[Camera: slow pan]", "[pause]", "[sighs softly]", "[0-3s] A cat."]
)
def test_directions_in_brackets_are_nobody(text: str) -> None:
    assert parse(text).characters == ()


def test_sections_are_found_in_any_order() -> None:
    prompt = parse('Sound Effects: rain\n**Dialog:** [A]: "Hi."\nVisual: a room. Background: wind')
    assert [section.name for section in prompt.sections] == ["sound effects", "dialog", "visual", "background"]


@pytest.mark.parametrize(
    ("text", "kind", "shape"),
    [
        ('[A] says: "La."', LineKind.SPEECH, Shape.SOLO),
        ('[A] stops singing and says: "La."', LineKind.SPEECH, Shape.SOLO),
        ('[Busker] strums and sings: "La."', LineKind.SINGING, Shape.SINGING),
        ('[Busker] is singing a slow song. [Busker]: "La."', LineKind.SINGING, Shape.SINGING),
        ('[A] raps: "La."', LineKind.RAP, Shape.RAP),
        ('[Choir] sings: "La."', LineKind.CHORUS, Shape.CHORUS),
        ('[A] and [B] sing in unison: "La."', LineKind.CHORUS, Shape.CHORUS),
        ('[Sailors, rough voices] sing: "La."', LineKind.CHORUS, Shape.CHORUS),
        ('The crowd sings: "La."', LineKind.CHORUS, Shape.CHORUS),
        ("[孩子们]唱：“啦。”", LineKind.CHORUS, Shape.CHORUS),
        ("两个小朋友唱：“啦。”", LineKind.CHORUS, Shape.CHORUS),
        ("一群可爱的孩子唱：“啦。”", LineKind.CHORUS, Shape.CHORUS),
        ("一个小朋友唱：“啦。”", LineKind.SINGING, Shape.SINGING),
        ('[Choir director] sings: "La."', LineKind.SINGING, Shape.SINGING),
        ('[Narrator, calm]: "La."', LineKind.NARRATION, Shape.NARRATION),
        ('A voice off-screen says: "La."', LineKind.NARRATION, Shape.NARRATION),
        ("Lyrics: 「La.」 [Girl] dances.", LineKind.SINGING, Shape.SINGING),
        ('[Grandma] hums a lullaby: "La."', LineKind.SINGING, Shape.SINGING),
        ('A girl hums softly: "La."', LineKind.SINGING, Shape.SINGING),
        ('[Grandma] rocks the cradle and hums: "La."', LineKind.SINGING, Shape.SINGING),
        ('[Robot] hums a low note: "La."', LineKind.SPEECH, Shape.SOLO),
        ('[Monk] hums a low note, then says: "La."', LineKind.SPEECH, Shape.SOLO),
        ('An engine hums a low note. [Mechanic] shakes his head: "La."', LineKind.SPEECH, Shape.SOLO),
        ('The neon sign hums. [Guard] looks up: "La."', LineKind.SPEECH, Shape.SOLO),
    ],
)
def test_kind_and_shape(text: str, kind: LineKind, shape: Shape) -> None:
    prompt = parse(text)
    assert [line.kind for line in prompt.lines] == [kind]
    assert prompt.shape is shape


@pytest.mark.parametrize(
    ("text", "shape"),
    [
        ("Two friends chat on a bench.", Shape.MULTI),
        ("A woman talks to the camera.", Shape.SOLO),
        ("A choir sings in a church.", Shape.CHORUS),
        ("A woman hums a waltz while sewing.", Shape.SINGING),
        ("An old fridge hums a low note in the corner.", Shape.AMBIENCE),
        ("A pianist plays a slow waltz.", Shape.INSTRUMENTAL),
        ("Glass shatters on the floor.", Shape.SFX),
        ("Crickets in a summer night.", Shape.AMBIENCE),
        ("A red cube.", Shape.OTHER),
    ],
)
def test_the_shape_of_prompts_without_lines(text: str, shape: Shape) -> None:
    assert parse(text).shape is shape


def test_the_label_lends_its_attributes_and_its_voice_to_later_lines() -> None:
    first, second = parse('[Cook, gruff @Nora] stirs: "Hot!" [Cook] adds: "Very."').lines
    assert (second.voice_style, second.voice) == (first.voice_style, first.voice) == ("gruff", "Nora")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ('[Baker@Mo] pipes "Best dad" on a cake and calls: "Ready!"', [("Baker", "Ready!")]),
        ('[Clerk] turns the sign saying "Back at 2" on the counter and sighs: "Lunch."', [("Clerk", "Lunch.")]),
        ('[Boy] lifts a poster with "Vote" on it, then says: "Please."', [("Boy", "Please.")]),
        ('[Coach] chalks "A" and "B" on the wall and asks: "Which one?"', [("Coach", "Which one?")]),
        ('A man paints "Sale" on a window and says: "Done."', [("Man", "Done.")]),
        ('[Boy] lifts a poster reading "Vote", and the woman says: "No."', [("Woman", "No.")]),
        ('A man lifts a sign saying "Help." The woman asks: "Why?"', [("Woman", "Why?")]),
        ("[司机@老张]看着“停车”的标志说：“到了。”", [("司机", "到了。")]),
        ("[女孩，清亮的声音]捧着印有“茶”字的杯子说：“真香！”", [("女孩", "真香！")]),
        ("墙上写着“安静”，护士说：“请小声。”", [("护士", "请小声。")]),
        ('On the whiteboard: "Exam". [Pupil] says: "Oh no."', [("Pupil", "Oh no.")]),
        ('A man opens a diary that starts with "Day one" and shuts it.', []),
        ('[Pilot] unfolds a letter beginning with "Dear sir" and says: "Bills."', [("Pilot", "Bills.")]),
    ],
)
def test_words_that_are_seen_do_not_part_a_speaker_from_the_line(text: str, expected: list[tuple[str, str]]) -> None:
    prompt = parse(text)
    assert [(line.speaker, line.text) for line in prompt.lines] == expected
    named = {mention.character for mention in prompt.mentions}
    assert {character.label for character in prompt.characters} == named | {speaker for speaker, _ in expected}


@pytest.mark.parametrize(
    ("text", "speaker"),
    [
        ('A man in a coat waits. In a hoarse, tired voice he says: "Late."', "Man"),
        ('A boy with a kite turns. He looks at the woman and asks in a small voice: "Mine?"', "Boy"),
        ('The coffee machine hisses and says in a bored, tinny voice: "Empty."', "Coffee machine"),
        ('The old kettle grumbles with a very deep voice: "Boiling."', "Old kettle"),
        ('As he watches, the woman says: "Look."', "Woman"),
        ('The camera turns to a nurse, who says in a low voice: "Here."', "Nurse"),
        ('A deep voice says: "Here."', "Deep voice"),
    ],
)
def test_manner_and_objects_are_nobody(text: str, speaker: str) -> None:
    prompt = parse(text)
    assert [line.speaker for line in prompt.lines] == [speaker]
    assert [character.label for character in prompt.characters] == [speaker]


@pytest.mark.parametrize(
    ("text", "speakers"),
    [
        ('[Judge] lifts the lid: "And now..." A gong. "...cake!" The guests cheer and laugh.', ["Judge", "Judge"]),
        ('[Guide, calm] points: "Down!" A rock falls. "I said down!" The tourists scream.', ["Guide", "Guide"]),
        ('[Guide] points. "Down!" The tourists scream.', ["Guide"]),
        ('A clown waves. "Ta-da!" Children giggle.', ["Clown"]),
        ('[Ann]: "One." Then, [Bo]: "Two." A bell rings. "Three!" The crowd roars.', ["Ann", "Bo", "Bo"]),
        ("[教练]吹哨：“快跑！”雨下大了。“我说快跑！”队员们大喊。", ["教练", "教练"]),
        ('[Guide] points. "Down!" The tourists scream. The rain says nothing.', ["Guide"]),
        ('[Guide] points. "Down!" the tourists scream.', ["Tourists"]),
        ('[Guide] points. "Why?" The tourist asks.', ["Tourist"]),
        ('"Fire!" The guard shouts.', ["Guard"]),
        ('Dialog: "Fire!" The guard shouts.', ["Guard"]),
        ("“着火了！”保安大喊。", ["保安"]),
        ("[教练]吹哨。“为什么？”学生问。", ["学生"]),
    ],
)
def test_a_sentence_of_its_own_behind_a_line_does_not_speak_it(text: str, speakers: list[str]) -> None:
    assert [name for name, _ in lines(text)] == speakers


@pytest.mark.parametrize(
    ("text", "speakers"),
    [
        ('The thin waiter says: "Sir?" Then the stout waiter says: "Madam?"', ["Thin waiter", "Stout waiter"]),
        ('The tired old man says: "Oh." Then the old man sighs: "Well."', ["Tired old man", "Tired old man"]),
        ('A tall woman says: "Oh." Then the woman adds: "Well."', ["Tall woman", "Tall woman"]),
        ('[Night guard] stops. The burly guard says: "Who?"', ["Night guard"]),
        ('Guard A says: "Halt." Then Guard B says: "Who?"', ["Guard A", "Guard B"]),
        ('A tiger cub stretches and says: "Morning."', ["Tiger cub"]),
        ('The giant snake says: "Hello."', ["Giant snake"]),
        ('Rain, and a husky male voice says: "Late."', ["Husky male voice"]),
        ('The children fish. The woman says: "Lunch!"', ["Woman"]),
        ('An MC shouts: "Up!"', ["MC"]),
        ("一只黑狗趴在门口，狗用低沉的声音说：“有人来了。”", ["黑狗"]),
        ("小兔子抱着胡萝卜，开心地说：“好甜！”", ["小兔子"]),
        ("清晨，一位年轻女人走来，轻声说：“早。”", ["年轻女人"]),
        ("老师傅擦擦手说：“好了。”", ["老师傅"]),
    ],
)
def test_people_are_told_apart_and_named_in_full(text: str, speakers: list[str]) -> None:
    assert [name for name, _ in lines(text)] == speakers
