"""Quotation marks of which one is missing: where the line ends or begins all the same, and how it is mended."""

# Chinese punctuation and curly quotes are data here.
# The tables read best with one case per row.
# ruff: noqa: RUF001, E501

from __future__ import annotations

import pytest

from bot.prompts import apply_safe_fixes, lint, parse


def lines_of(text: str) -> list[tuple[str, str]]:
    return [(line.speaker, line.text) for line in parse(text).lines]


def alarms_of(text: str) -> list[str]:
    return [finding.message.key for finding in lint(text).findings if finding.rule == "D008"]


@pytest.mark.parametrize(
    ("text", "line", "fixed"),
    [
        ('a kettle tilts and says in a thin voice: tea is late." steam', ("Kettle", "tea is late."), 'a kettle tilts and says in a thin voice: "tea is late." steam'),
        ("An old guard whispers: not so loud,” then turns.", ("Old guard", "not so loud,"), "An old guard whispers: “not so loud,” then turns."),
        ('A man says: I am here" and leaves.', ("Man", "I am here"), 'A man says: "I am here" and leaves.'),
        ('Old sailor (slow): storm is coming." ropes creak', ("Old sailor", "storm is coming."), 'Old sailor (slow): "storm is coming." ropes creak'),
        ('Dialog: The cat says: I am tired." Audio: rain', ("Cat", "I am tired."), 'Dialog: The cat says: "I am tired." Audio: rain'),
        ('The narrator says: once upon a time: a fox." wind', ("Narrator", "once upon a time: a fox."), 'The narrator says: "once upon a time: a fox." wind'),
        ('[Cat] yawns. The dog says: move over." rain', ("Dog", "move over."), '[Cat] yawns. The dog says: "move over." rain'),
        ('The cub, in a squeaky voice: Roar?" The herd waits.', ("Cub", "Roar?"), 'The cub, in a squeaky voice: "Roar?" The herd waits.'),
        ('Night. GPS (calm female voice): Turn left." Rain.', ("GPS", "Turn left."), 'Night. GPS (calm female voice): "Turn left." Rain.'),
        ("一个老人低声说：别走。”雨声", ("老人", "别走。"), "一个老人低声说：“别走。”雨声"),
    ],
)  # fmt: skip
def test_a_line_without_its_opening_mark_begins_behind_the_colon(text: str, line: tuple[str, str], fixed: str) -> None:
    assert lines_of(text) == [line]
    assert alarms_of(text) == ["findings.D008-opening"]
    assert apply_safe_fixes(text) == fixed


def test_the_line_behind_one_without_its_opening_mark_is_read_as_well() -> None:
    text = 'the baker says: more flour" and the apprentice nods: "yes chef"'
    assert lines_of(text) == [("Baker", "more flour"), ("Apprentice", "yes chef")]


@pytest.mark.parametrize(
    "text",
    [
        'A man says: the sign reads "Stop" and laughs.',
        'At the end she says: a 27" screen is too small.',
        'A fox says: hello. Then the crow replies: "Go away."',
        'She whispers: "Come closer." The lamp flickers.',
        "他看着窗外：下雨了。”雨声",
    ],
)
def test_a_mark_that_ends_no_words_behind_a_speaker_opens_nothing(text: str) -> None:
    assert all(quote.opened for quote in parse(text).quotes)


@pytest.mark.parametrize(
    "text", ['Style: "warm", moody." wind', 'Wide shot: a 12" pizza." steam', 'Camera: zoom." wind']
)
def test_a_header_speaks_no_words(text: str) -> None:
    assert lines_of(text) == []
    assert all(quote.opened for quote in parse(text).quotes)


@pytest.mark.parametrize(
    ("text", "line", "fixed"),
    [
        ("“I wind the clock, says the old keeper in a thin voice, kneeling. Bells ring.", ("Old keeper", "I wind the clock,"), "“I wind the clock,” says the old keeper in a thin voice, kneeling. Bells ring."),
        ('"We close at five, the barista mutters, wiping a cup. Rain.', ("Barista", "We close at five,"), '"We close at five," the barista mutters, wiping a cup. Rain.'),
        ('"I am cold! Anna shouts. Wind howls.', ("Anna", "I am cold!"), '"I am cold!" Anna shouts. Wind howls.'),
        ('"who ate it? grandma asks from the kitchen. a clock ticks', ("Grandma", "who ate it?"), '"who ate it?" grandma asks from the kitchen. a clock ticks'),
        ('"Come in, whispers [Anna]. Rain falls.', ("Anna", "Come in,"), '"Come in," whispers [Anna]. Rain falls.'),
        ('"If you go, I go, says the fox. Rain.', ("Fox", "If you go, I go,"), '"If you go, I go," says the fox. Rain.'),
        ('a frog says "i am a prince in a posh voice. rain', ("Frog", "i am a prince"), 'a frog says "i am a prince" in a posh voice. rain'),
        ("“别走，老人低声说。雨声", ("老人", "别走，"), "“别走，”老人低声说。雨声"),
    ],
)  # fmt: skip
def test_a_line_without_its_closing_mark_ends_before_who_says_it(text: str, line: tuple[str, str], fixed: str) -> None:
    assert lines_of(text) == [line]
    assert alarms_of(text) == ["findings.D008"]
    assert [finding.fix.text for finding in lint(text).findings if finding.rule == "D008" and finding.fix] == [fixed]


def test_what_is_heard_behind_a_line_without_its_closing_mark_is_found() -> None:
    prompt = parse('"I wind the clock, says the keeper. Crickets chirp.')
    assert "Crickets" in [sound.text for sound in prompt.sounds]


@pytest.mark.parametrize(
    "text",
    ['"Come in, says the fox. Then Bob says "No." rain', 'ANNA\n"Come in.\n\nA beat.\n\nBOB\n"No." rain'],
)
def test_a_line_begins_behind_one_without_its_closing_mark(text: str) -> None:
    (_, come_in), (speaker, answer) = lines_of(text)
    assert come_in.rstrip(",.") == "Come in"
    assert (speaker.title(), answer) == ("Bob", "No.")


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ('A man says: "My mother, says the doctor, is fine.', "My mother, says the doctor, is fine."),
        ('A coach says "Always speak in a low voice. Now go.', "Always speak in a low voice. Now go."),
        ('A nurse whispers "I know, he says in a low voice.', "I know, he says in a low voice."),
        ("“Come in,” she says. “Sit, he says, and listen.”", "Sit, he says, and listen."),
        ('"If it rains, it roars. Trust me." the sailor says', "If it rains, it roars. Trust me."),
    ],
)
def test_words_about_speech_stay_in_the_line(text: str, line: str) -> None:
    assert lines_of(text)[-1][1] == line


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ('"When it is cold, the engine groans and stops. Trust me.', "When it is cold, the engine groans and stops. Trust me."),
        ('"My dog says hello, and I say goodbye. Rain', "My dog says hello, and I say goodbye."),
        ('"It is over, he says no all the time. Rain', "It is over, he says no all the time."),
        ('"Call the police, call the army. Rain', "Call the police, call the army."),
    ],
)  # fmt: skip
def test_an_open_line_that_nobody_tags_ends_with_its_sentence(text: str, words: str) -> None:
    (quote,) = parse(text).quotes
    assert text[quote.inner.start : quote.inner.end] == words


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        ("The sculptor steps back. 'It's finished,' she breathes.", ["It's finished,"]),
        ("'It's fine,' the man says. 'Really.'", ["It's fine,", "Really."]),
        ("'Tis a cold night. The dogs' barking wakes Tom. 'Nuff said.", []),
        ("A sign. 'Open' it reads.", []),
    ],
)
def test_single_marks_begin_a_line_at_the_beginning_of_a_sentence(text: str, lines: list[str]) -> None:
    assert [line.text for line in parse(text).lines] == lines
