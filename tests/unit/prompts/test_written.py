"""Words that are seen, on things, papers and screens, and the same words where somebody says them."""

from __future__ import annotations

import pytest

from bot.prompts import parse


def speakers_of(text: str) -> list[str]:
    return [line.speaker for line in parse(text).lines]


@pytest.mark.parametrize(
    "title",
    [
        "News ticker",
        "Chalkboard menu",
        "Menu board",
        "Headline",
        "CHYRON",
        "Title card",
        "Title card (white on black)",
        "LOWER THIRD",
        "Poster",
        "Banner text",
        "Subtitle on screen",
        "Phone screen",
        "Text message",
        "Mom's text",
        "The message from her boss",
        "Street sign",
        "Sticky note",
        "Big white letters",
        "Speech bubble",
        "Search bar",
        "Cut to the dinner menu",
        "Her phone lights up",
        "A notification pops up",
        "A text from mom appears",
    ],
)
def test_a_text_before_a_colon_is_no_speaker(title: str) -> None:
    assert speakers_of(f'{title}: "Where are you now?"') == []


@pytest.mark.parametrize(
    ("text", "speaker"),
    [
        ('Robot vacuum: "I am stuck."', "Robot vacuum"),
        ('Radio: "Rain tomorrow."', "Radio"),
        ('GPS: "Turn left."', "GPS"),
        ('Loudspeaker: "The train is late."', "Loudspeaker"),
        ('Phone: "Hello?"', "Phone"),
        ('News anchor: "Good evening."', "News anchor"),
        ('Sign painter: "It is done."', "Sign painter"),
        ('Poster boy: "Hi."', "Poster boy"),
        ('Card dealer: "Place your bets."', "Card dealer"),
        ('Sign (creaky voice): "Turn back!"', "Sign"),
        ('The waiter flips the menu: "Soup, madam?"', "Waiter"),
        ('[Fox] taps the sign and grins: "Read it."', "Fox"),
        ('A fox leans on the poster and grins: "Hello there."', "Fox"),
    ],
)
def test_who_talks_about_a_text_or_is_named_after_one_speaks(text: str, speaker: str) -> None:
    assert speakers_of(text) == [speaker]


@pytest.mark.parametrize(
    "text",
    [
        'a man in a cap that says "CHIEF" drives a tiny bus',
        'a girl wearing a hoodie that says "nope" waves',
        'a man with a zeppelin that says "BUY" waves',
        'a woman with a tote bag that reads "books" smiles',
        'a girl whose t-shirt says "loser" grins',
        'the cake says "happy birthday ann" in pink frosting',
        'a note on the fridge says "gone fishing"',
        'a note in her handwriting says "gone fishing"',
        'a piece of paper on the desk says "help"',
        'doormat says "go away"',
        'the toilet door says "occupied"',
        'a sign above the door says "no refunds"',
        'the banner behind the band says "battle of the bands"',
        "the man's badge says \"MANAGER\"",
        'on the wall it says "get out"',
        'on the fridge a note says "gone fishing"',
        'a dog holds a sign reading "free hugs"',
        'a man lifts a placard saying "free hugs"',
        'the balloons above the table say "happy birthday"',
    ],
)  # fmt: skip
def test_words_on_a_thing_are_no_line(text: str) -> None:
    assert speakers_of(text) == []


@pytest.mark.parametrize(
    ("text", "speaker"),
    [
        ('a man in a cap says "Chief"', "Man"),
        ('a dog wearing a shirt says "hello"', "Dog"),
        ('the man with the mug says "good coffee"', "Man"),
        ('the waitress puts down the mug says "enjoy"', "Waitress"),
        ('the waitress puts down the mug, saying "enjoy"', "Waitress"),
        ('a man in a cap saying "good morning"', "Man"),
        ('the voice behind the door says "who is there"', "Voice"),
        ('the girl on the poster says "come closer"', "Girl"),
        ('a robot that says "hello" rolls in', "Robot"),
        ('the cake opens its eyes and says "eat me"', "Cake"),
        ('the cake with googly eyes says "eat me"', "Cake"),
        ('the grumpy doormat says "go away"', "Grumpy doormat"),
        ('the doormat says in a grumpy voice: "go away"', "Doormat"),
        ('the door whispers "come in"', "Door"),
        ('[Cake, squeaky voice] says "eat me"', "Cake"),
        ('[Doormat] on the porch says "go away"', "Doormat"),
        ('the toaster says "done!"', "Toaster"),
        ('the cake says "eat me" in a squeaky voice', "Cake"),
        ('the old door says "password?" grumpily', "Old door"),
        ('the man in the hat that says "CHIEF" says "go home"', "Man"),
        ('A girl with a balloon that says "30" whispers "I am 29"', "Girl"),
        ('[Man] in a cap that says "CHIEF" waves and says: "hi"', "Man"),
        ('[Li Wei, warm voice] parks beneath the street sign: "This is it."', "Li Wei"),
    ],
)
def test_somebody_near_a_thing_and_a_thing_that_is_alive_speak(text: str, speaker: str) -> None:
    assert speakers_of(text) == [speaker]


@pytest.mark.parametrize(
    "text",
    [
        'She texts him back: "we need to talk"',
        'The boss writes on the whiteboard: "quiet"',
        'the ghost writes: "boo"',
        'a thought bubble says "squirrel"',
    ],
)
def test_what_is_written_or_only_thought_of_in_a_picture_is_no_line(text: str) -> None:
    assert speakers_of(text) == []


@pytest.mark.parametrize(
    ("text", "speaker"),
    [
        ('An old woman reads the message aloud: "call me back."', "Old woman"),
        ('The cat thinks: "Should I jump?"', "Cat"),
        ('A hacker boy types furiously: "I am in."', "Hacker boy"),
        ('The poet writes and whispers: "oh moon"', "Poet"),
        ('The boss points at the whiteboard: "read this."', "Boss"),
        ('[Anna, low voice] texts: "on my way"', "Anna"),
    ],
)
def test_a_thought_and_what_is_read_or_said_while_writing_are_lines(text: str, speaker: str) -> None:
    assert speakers_of(text) == [speaker]


def test_what_a_label_holds_up_is_read() -> None:
    """A sign in somebody's hands has words on it; one that somebody stands beneath is a place."""
    assert speakers_of('[Li Wei, warm voice] holds a paper sign: "Welcome home."') == []
