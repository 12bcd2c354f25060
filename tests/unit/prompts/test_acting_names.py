"""Names in free prose: who acts before a line, and whom a pronoun means."""

# Chinese punctuation is data here.
# ruff: noqa: RUF001

from __future__ import annotations

import pytest

from bot.prompts import LintContext, lint, parse


def _speakers(text: str) -> list[str]:
    return [line.speaker for line in parse(text).lines]


@pytest.mark.parametrize(
    ("text", "speakers"),
    [
        ('Maya looks into the camera: "Good morning."', ["Maya"]),
        ('Maya looks into the camera. "Good morning."', ["Maya"]),
        ('Maya Chen leans in. "Good morning," she whispers.', ["Maya Chen"]),
        ('Kenji is raising his sword. He shouts, "For the clan!"', ["Kenji"]),
        ('In the kitchen, Zuri stirs a pot. Steam rises. She says, "Almost done."', ["Zuri"]),
        ('On Monday morning Leo opens the shop. He sighs, "Here we go."', ["Leo"]),
        ('Suddenly Odalys turns around: "Who is there?"', ["Odalys"]),
        ('Dr. Amara Osei points at the hologram: "Here is the fault."', ["Dr. Amara Osei"]),
        ('Odalys slowly turns to the window: "It is snowing."', ["Odalys"]),
        ('Odalys then also turns to the window: "It is snowing."', ["Odalys"]),
        ('Maya, 28, adjusts her headphones and grins at the camera: "Welcome back!"', ["Maya"]),
        ('Zuri (a young chef) tastes the soup. She says, "Perfect."', ["Zuri"]),
        ('Buddy the golden retriever looks at the camera: "Is that bacon?"', ["Buddy"]),
        ('Mr Fox tips his hat. "Good evening," he says.', ["Mr Fox"]),
        ('Mrs. Okafor sat by the fire. She says, "Long ago."', ["Mrs. Okafor"]),
        ('Detective Ruiz leans over the desk. "You lied," she says quietly.', ["Detective Ruiz"]),
        ('Coach Rivera rests on a bench. "Again!" he shouts.', ["Coach Rivera"]),
        ('As Leo watches, Maya turns to the window: "It is snowing."', ["Maya"]),
        ('Leo looks at Sam: "Ready?" Sam nods: "Always."', ["Leo", "Sam"]),
        ('A close-up of Odalys. She says, "Hi."', ["Odalys"]),
        ('The camera follows Zuri through the market. She says, "Smell this bread."', ["Zuri"]),
        ('Maya\'s phone buzzes. She picks up: "Hello?"', ["Maya"]),
    ],
)
def test_a_name_that_acts_speaks(text: str, speakers: list[str]) -> None:
    """A name needs no verb of speech, no brackets and no colon of its own."""
    assert _speakers(text) == speakers


@pytest.mark.parametrize(
    ("text", "speakers"),
    [
        ('Tom pours coffee. Maya sits down. "Morning," he says. "Morning," she answers.', ["Tom", "Maya"]),
        ('Elena stands at the window as Marco packs. "You go," she says. "I do," he answers.', ["Elena", "Marco"]),
        ('Leo hands Anna a cup. "Thank you," she says.', ["Anna"]),
        ('A waiter brings Maya the bill. She says, "Thank you."', ["Maya"]),
        ('Tom says: "Hi." Zuri turns to him. She says: "Hello."', ["Tom", "Zuri"]),
        ('[Anna, soft voice] waves. [Tom, deep voice] waves back. She says: "Hello."', ["Anna"]),
    ],
)
def test_a_given_name_tells_whom_a_pronoun_means(text: str, speakers: list[str]) -> None:
    """Most readers know who of Tom and Maya is `she`."""
    assert _speakers(text) == speakers


@pytest.mark.parametrize(
    ("text", "speakers"),
    [
        ('"Write to me!" Emma cries and Jack shouts back, "Every day!"', ["Emma", "Jack"]),
        ('Emma cries, "Write to me!" and Jack, leaning out, shouts back, "Every day!"', ["Emma", "Jack"]),
        ("The phone rings. \"It's me,\" says a man's gruff voice.", ["Man"]),
        ('Close-up of the woman\'s face. She says, "I know."', ["Woman"]),
        ('"I know." Close on the old detective\'s eyes. "I know," he says.', ["Old detective"]),
        ('A WOMAN IN RED SAYS: "FOLLOW ME."', ["WOMAN"]),
        ('Pam leans on the counter. "Still dreaming, Joe?" He laughs softly.', ["Pam"]),
        ('Nadia pours tea for her grandmother. "It is hot," she warns.', ["Nadia"]),
        ('Maya turns to the robot. "What are stars for?" it asks.', ["Robot"]),
        ('Mrs. Gomez bursts into tears. "Thank you, doctor."', ["Mrs. Gomez"]),
        (
            'The knight Sir Roland kneels. "My queen." Queen Isolde replies, "Rise."',
            ["Knight Sir Roland", "Queen Isolde"],
        ),
        ('Kid 1 holds a frog. "Kiss it." Kid 2 recoils. "You kiss it!"', ["Kid 1", "Kid 2"]),
        ('The first points up: "Home." The second nods slowly: "Home."', ["First", "Second"]),
        ('Robot A beeps: "Who are you?" Robot B replies: "You."', ["Robot A", "Robot B"]),
        (
            'A woman scrolls. Her grandson leans over. "Not like that." She slaps his hand. "Tell me nothing."',
            ["Grandson", "Woman"],
        ),
        ('A woman waits by a fountain. In a soft voice: "He will come."', ["Woman"]),
        (
            'A red fox bows and says in a plummy voice, "After you." A hedgehog curtsies; then she answers, "No, you."',
            ["Red fox", "Hedgehog"],
        ),
        ('The woman smiles. Her dog barks. She says, "Good boy."', ["Woman"]),
        ('"Harder," says Rosa\'s grandmother. Rosa laughs. "My arms!"', ["Rosa's grandmother", "Rosa"]),
        ('Two cats. The grey one yawns, "Monday." The orange one replies, "No."', ["Grey one", "Orange one"]),
        ('Two friends meet. "You look well," says one. "Liar," laughs the other.', ["One", "Other"]),
        ('Odalys Carter, investigative journalist, faces the camera: "What they hid."', ["Odalys Carter"]),
        ('Emily turns to the window: "It is snowing."', ["Emily"]),
        ("小明在跑步。他喊：“等等我！”", ["小明"]),
        ("张伟的手机响了。他接起电话：“喂？”", ["张伟"]),
        ('It is a granny who shouts: "Turn it down!"', ["Granny"]),
    ],
)
def test_who_speaks_in_other_forms(text: str, speakers: list[str]) -> None:
    """Two who speak in one sentence, somebody of whom only a part is seen, capitals."""
    assert _speakers(text) == speakers


@pytest.mark.parametrize(
    "lead",
    [
        "Rain falls on the roof.",
        "Camera turns to the window.",
        "Tokyo glows at night.",
        "In Paris, snow falls.",
        "A French bakery at dawn.",
        "The Eiffel Tower stands in the rain.",
        "Sunlight enters the room.",
        "Everybody turns around.",
        "It's raining.",
        "Today's forecast is grim.",
        "China's oldest tea house.",
    ],
)
def test_a_capital_alone_makes_no_name(lead: str) -> None:
    """Every sentence begins with a capital; places and the weather say nothing."""
    assert _speakers(f'{lead} She says, "Home."') == ["She"]


@pytest.mark.parametrize(
    ("text", "speaker"),
    [
        ('A woman sits on a bench. Her voice trembles: "I know."', "Woman"),
        ('An old man looks up. His deep voice breaks: "I waited."', "Old man"),
        ('Tom smiles. His eyes light up: "I got it!"', "Tom"),
        ('[Nana, warm voice] stirs the pot. Her voice softens: "Slow is the secret."', "Nana"),
        ('A talking tree slowly opens its eyes. In a rumbling voice: "Who wakes me?"', "Talking tree"),
        ('A teapot on a shelf rattles. In a squeaky voice: "Tea time!"', "Teapot"),
        ("一位女士坐下。她的声音颤抖：“我知道。”", "女士"),
    ],
)
def test_the_owner_of_a_voice_speaks(text: str, speaker: str) -> None:
    """A voice, eyes or hands are no characters; nobody has to guess whose they are."""
    prompt = parse(text)
    assert ([line.speaker for line in prompt.lines], [one.label for one in prompt.characters]) == ([speaker], [speaker])
    assert "D001" not in [finding.rule for finding in lint(text, LintContext()).findings]


def test_a_voice_of_nobody_is_reported() -> None:
    """A pronoun that means nobody is one, whatever of somebody it tells."""
    rules = [finding.rule for finding in lint('A dark room. Her voice trembles: "I know."', LintContext()).findings]
    assert "D001" in rules


@pytest.mark.parametrize(
    ("text", "styles"),
    [
        (
            'Characters: Joe (tired cook, gravelly voice) and Pam (bright voice). Lines: Joe: "Up." Then Pam: "Yes!"',
            ["tired cook, gravelly voice", "bright voice"],
        ),
        (
            'Characters: Joe - tired cook, gravelly voice; Pam - bright voice. Joe says: "Up." Then Pam says: "Yes!"',
            ["tired cook, gravelly voice", "bright voice"],
        ),
        ('A cook with a gravelly voice flips an egg. The cook says: "Up."', ["with a gravelly voice"]),
        ('A woman (soft voice) waves. A man says: "Up."', [None]),
        ("人物：老张（厨师，沙哑的男声）。对白：老张：“上菜。”", ["厨师，沙哑的男声"]),
    ],
)
def test_a_voice_is_told_once(text: str, styles: list[str | None]) -> None:
    """A list of characters, or the sentence that brings somebody in, says how that one sounds in every line."""
    assert [line.voice_style for line in parse(text).lines] == styles
    assert ("D004" in [finding.rule for finding in lint(text, LintContext()).findings]) == (None in styles)


@pytest.mark.parametrize(
    "text",
    [
        "[Grandfather, gentle voice] sits. “When I was your age,” [Grandfather] taps a map, “it had another name.”",
        '[Host, bright voice] grins. "Three, two," [Host] counts, lifting a finger, "one."',
        "[爷爷，沙哑的声音]转动地球仪。“我年轻的时候，”他指着海岸，“这个国家叫另一个名字。”",
        "[爷爷，沙哑的声音]转动地球仪。“我年轻的时候，”[爷爷]指着海岸，“这个国家叫另一个名字。”",
    ],
)
def test_both_halves_of_an_interrupted_line_are_kept(text: str) -> None:
    """Whoever interrupts a sentence with a gesture speaks both halves."""
    prompt = parse(text)
    assert [line.speaker for line in prompt.lines] == [prompt.characters[0].label] * 2


def test_a_name_that_ends_like_an_adverb_is_none() -> None:
    """Emily says nothing of how she speaks, as slowly does."""
    emily, slowly = parse('His sister Emily says: "No."').lines[0], parse('His sister slowly says: "No."').lines[0]
    assert (emily.voice_style, slowly.voice_style) == (None, "slowly says")
