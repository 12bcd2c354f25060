"""Lines that several persons of prose speak or sing together."""

# Chinese punctuation is data here.
# ruff: noqa: RUF001

from __future__ import annotations

import pytest

from bot.prompts import LintContext, lint, parse


@pytest.mark.parametrize(
    ("text", "speakers"),
    [
        ('A father and his daughter sing together: "Moon, moon."', ("Father", "Daughter")),
        ('A tired fisherman and his two young sons sing: "Home."', ("Tired fisherman", "Two young sons")),
        ('Tom and Anna shout in unison: "Go!"', ("Tom", "Anna")),
        ('Mr. Smith and Mrs. Brown laugh and say: "Oh dear."', ("Mr. Smith", "Mrs. Brown")),
        ('The teacher and Tom Miller both whisper: "Hush."', ("Teacher", "Tom Miller")),
        ('A chef and a waiter, both smiling, say: "Welcome!"', ("Chef", "Waiter")),
        ('A boy, his mother and his father yell together: "Surprise!"', ("Boy", "Mother", "Father")),
        ('"Cheers!" say the bride and the groom.', ("Bride", "Groom")),
        ('A father and his daughter sit by the fire. They sing: "Moon."', ("Father", "Daughter")),
        ('Two friends, Tom and Anna, walk in. They shout: "Surprise!"', ("Tom", "Anna")),
        ('Nearby, a boy and a girl shout: "Surprise!"', ("Boy", "Girl")),
        ('Tonight, Tom and Anna shout: "Go!"', ("Tom", "Anna")),
        ('In Paris, Tom and Anna shout: "Go!"', ("Tom", "Anna")),
        ('Then a cook and a maid shout: "Go!"', ("Cook", "Maid")),
        ('Tom, Anna and Ben run in. Tom, Anna and Ben shout: "Go!"', ("Tom", "Anna", "Ben")),
        ('A man, a cook, a maid, a nurse and a judge shout: "Go!"', ("Cook", "Maid", "Nurse", "Judge")),
        ('"Hi!" shout a boy, a girl, a man and a woman.', ("Boy", "Girl", "Man", "Woman")),
        ('"Hi!" shout Tom, Anna and Ben.', ("Tom", "Anna", "Ben")),
        ('"Run!" the man and the woman shout.', ("Man", "Woman")),
        ("父亲与女儿齐声唱道：“月亮走。”", ("父亲", "女儿")),
        ("爸爸、妈妈和孩子一起喊：“冲！”", ("爸爸", "妈妈", "孩子")),
        ("一位老人和他的孙子合唱：“小燕子。”", ("老人", "孙子")),
        ("小明和小红异口同声地说：“老师好！”", ("小明", "小红")),
        ("厨师和服务员对视一笑，一起说道：“欢迎光临！”", ("厨师", "服务员")),
        ("父亲和女儿坐在火边。他们一起唱：“月亮走。”", ("父亲", "女儿")),
    ],
)
def test_whoever_prose_joins_speaks_together(text: str, speakers: tuple[str, ...]) -> None:
    prompt = parse(text)
    assert tuple(character.label for character in prompt.characters) == speakers
    assert [line.speakers for line in prompt.lines] == [speakers]


@pytest.mark.parametrize(
    ("text", "speaker"),
    [
        ('The waiter looks at a man and a woman says: "Hi."', "Woman"),
        ('A man waves at the boy and the girl and says: "Hi there."', "Man"),
        ('A boy and his dog run home, shouting: "Wait!"', "Boy"),
        ('The man and the woman sit together, the man says: "Look."', "Man"),
        ('A policeman and a thief run past. The thief shouts: "Never!"', "Thief"),
        ('"Cheers!" says the bride and the groom nods.', "Bride"),
        ('A man and a woman argue: "You never listen."', "Woman"),
        ('The cook and the maid wave together as he says: "Bye."', "Cook"),
        ('I like Rome. Tom and a waiter nods and says: "Hi."', "Waiter"),
        ("妈妈和孩子说：“快睡吧。”", "妈妈"),
        ("老师对小明和小红一起说：“坐下。”", "老师"),
    ],
)
def test_one_of_several_speaks_alone(text: str, speaker: str) -> None:
    [line] = parse(text).lines
    assert (line.speaker, line.speakers) == (speaker, ())


def test_names_are_joined_as_the_language_joins_them() -> None:
    assert parse('[Father] and [Daughter] sing: "Moon."').lines[0].speaker == "Father and Daughter"
    assert parse("[父亲]和[女儿]一起唱：“月亮走。”").lines[0].speaker == "父亲和女儿"


@pytest.mark.parametrize(
    ("text", "speakers"),
    [
        ('A man and a woman enter. He says: "Hi." She says: "Hello."', ["Man", "Woman"]),
        ('A tall man and a young woman in red enter. She smiles, then says: "Hi."', ["Young woman"]),
        ('A queen, an old king beside her. He says: "Enough."', ["Old king"]),
        ('A waiter brings the lady a cake. She says: "Lovely!"', ["Lady"]),
        ('A mother holds her son. He whispers: "Mum."', ["Son"]),
        ("男人和女人走进房间。她说：“你好。”", ["女人"]),
    ],
)
def test_a_pronoun_means_the_one_whom_it_fits(text: str, speakers: list[str]) -> None:
    assert [line.speaker for line in parse(text).lines] == speakers


def test_everybody_may_sing_as_they_in_a_text_without_labels() -> None:
    def rules(text: str) -> list[str]:
        return [finding.rule for finding in lint(text, LintContext()).findings]

    assert "D001" not in rules('A father and his daughter sit by the fire. They sing: "Moon, moon."')
    assert "D001" in rules('A father and his daughter sit by the fire. They say: "Good night."')
    assert "D001" in rules('[Father] and [Daughter] sit by the fire. They sing: "Moon, moon."')
