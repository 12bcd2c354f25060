"""`/prompt` through the real client: a prompt is explained and mended, one is built, and the vocabulary explored."""

# Chinese punctuation is data here.
# ruff: noqa: RUF001

from __future__ import annotations

import copy
from typing import TYPE_CHECKING, Any

from bot.prompts.worksheets import VALIDITY

if TYPE_CHECKING:
    from bot.sandbox.discord.model import Message
    from tests.support.theatre import Actor, Theatre

DIALOGUE = (
    'A small kitchen at night. [Cook, warm voice] stirs the pot and says: "It needs ten more minutes." '
    'Then, [Guest, hoarse voice] sits down and says: "I can wait." Soup bubbling in a pot. Music: soft piano.'
)
BAD = 'A kitchen at night. [Cook, warm voice] stirs a pot and says: "It is ready. [Guest, hoarse voice] says: "Finally'
MENDED = '"It is ready." Immediately, \\[Guest, hoarse voice\\] says: "Finally"'
HOSTILE = (
    "@everyone <@1> [click](https://evil.example) **bold** # big\n> quote ||spoiler|| `code` \u202eright to left "
    '[Mal**lory**, <@&2> voice @everyone] says: "||boo|| @here <#3> ~~x~~ \u200b" '
)


def said(message: Message | None) -> str:
    """All text of a message, line by line."""
    assert message is not None
    texts: list[str] = []

    def walk(part: Any) -> None:
        if isinstance(part, dict):
            texts.extend(str(part[key]) for key in ("content", "label", "placeholder") if part.get(key))
            for inner in part.values():
                walk(inner)
        elif isinstance(part, list):
            for inner in part:
                walk(inner)

    walk(message.components)
    return "\n".join([message.content, *texts])


async def shows(actor: Actor, *parts: str) -> Message:
    """Wait for a message with all these parts that only this person sees."""
    return await actor.sees(lambda one: one.visible_to and all(part in said(one) for part in parts))


async def checked(actor: Actor, text: str, **options: Any) -> Message:
    """Check a prompt and return the card."""
    await actor.slash("/prompt check", text=text, **options)
    return await shows(actor, "What this prompt says")


async def built(actor: Actor, template: str, **filled: str) -> Message:
    """Begin with a template and return the first card."""
    opened = await actor.slash("/prompt build", template=template)
    await actor.submit(opened, **{name.replace("_", "-"): text for name, text in filled.items()})
    return await shows(actor, "Make this clip", "Scene", "Lines")


# --- checking ---


async def test_a_prompt_is_explained(theatre: Theatre) -> None:
    card = said(await checked(theatre.as_person("Mia"), DIALOGUE, seconds=5))

    for part in ("**Cook**", "warm voice", "> It needs ten more minutes.", "**Guest**", "🔊 **Effects:** bubbling"):
        assert part in card
    assert "of speech in a clip of 5 s" in card
    assert "🎵 **Music:** piano" in card
    assert "🔴 Heavy" in card
    assert "10 seconds are recommended" in card


async def test_all_safe_fixes_are_shown_applied_and_undone(theatre: Theatre) -> None:
    mia = theatre.as_person("Mia")
    card = await checked(mia, BAD)
    assert '"It is ready.**" Immediately,**' in said(card)

    await mia.press(card, "Apply all safe fixes")
    card = await shows(mia, "Changed:", MENDED)
    assert "Apply all safe fixes" not in said(card)
    await mia.press(card, "Undo")

    assert MENDED not in said(await shows(mia, "Apply all safe fixes"))


async def test_single_fixes_change_the_text_or_the_settings(theatre: Theatre) -> None:
    mia = theatre.as_person("Mia")
    card = await checked(mia, BAD, seconds=5)

    await mia.choose(card, "Fix one thing", "0")
    card = await shows(mia, "Changed:")
    assert said(card).count("no closing quotation mark") == 1
    longer = next(part for part in options_of(card, "Fix one thing") if "10 s" in part["label"])
    await mia.choose(card, "Fix one thing", longer["value"])

    assert "10 seconds are recommended" not in said(await shows(mia, "· 10 s ·"))


async def test_a_text_is_edited_across_a_restart(theatre: Theatre) -> None:
    mia = theatre.as_person("Mia")
    card = await checked(mia, BAD)
    opened = await mia.press(card, "Edit the text")
    await theatre.restart_bot()

    await mia.submit(opened, text="Rain on a tin roof, thunder far away.")

    card = await shows(mia, "> Rain on a tin roof", "Nobody speaks.")
    assert card.visible_to == mia.person.id


async def test_a_checked_prompt_leads_to_a_price(theatre: Theatre) -> None:
    await theatre.give("Mia", 100)
    mia = theatre.as_person("Mia")
    card = await checked(mia, DIALOGUE, seconds=10)

    await mia.press(card, "Make this clip")

    await shows(mia, "Confirm · 100 credits", "10 s · 16:9")


async def test_a_second_press_changes_nothing_and_shows_how_things_are(theatre: Theatre) -> None:
    mia = theatre.as_person("Mia")
    card = await checked(mia, BAD)
    earlier = copy.deepcopy(card)
    await mia.press(card, "Apply all safe fixes")
    await shows(mia, "Changed:")

    await mia.press(earlier, "Apply all safe fixes")

    await shows(mia, "That card was an old one", MENDED)


async def test_others_may_not_touch_it(theatre: Theatre) -> None:
    mia, noor = theatre.as_person("Mia"), theatre.as_person("Noor")
    card = copy.deepcopy(await checked(mia, BAD))
    card.visible_to = noor.person.id

    for button in ("Apply all safe fixes", "Edit the text", "Make this clip"):
        await noor.press(card, button)
        refusal = await shows(noor, "belongs to somebody else")
        noor.person.dismiss(refusal)

    assert MENDED not in said(await shows(mia, "Apply all safe fixes"))


async def test_hostile_text_is_shown_and_does_nothing(theatre: Theatre) -> None:
    card = said(await checked(theatre.as_person("Mia"), HOSTILE * 27))

    for active in ("@everyone", "@here", "<@1>", "<@&2>", "](https", "||boo||", "\u202e", "\n# big"):
        assert active not in card
    assert "Mal\\*\\*lory" in card


async def test_an_old_prompt_is_put_away_and_says_so(theatre: Theatre) -> None:
    mia = theatre.as_person("Mia")
    card = copy.deepcopy(await checked(mia, BAD))
    await theatre.app.database.run(
        lambda tx: tx.execute("UPDATE worksheet SET changed_at = changed_at - :ago", ago=VALIDITY + 1000)
    )
    await checked(theatre.as_person("Noor"), DIALOGUE)

    await mia.press(card, "Undo" if "Undo" in said(card) else "Apply all safe fixes")

    await shows(mia, "put away")


async def test_a_chinese_reader_reads_chinese(theatre: Theatre) -> None:
    mia = theatre.as_person("Mia")
    mia.person.user.locale = "zh-CN"

    await mia.slash("/prompt check", text='[老人，沙哑的声音]坐下，说："雨停了，我们走吧。')
    checked_card = await shows(mia, "这段提示词的内容", "应用所有安全修正", "**老人**", "雨停了")
    start = (await mia.slash("/prompt build")).message
    shelf = (await mia.slash("/prompt words")).message

    assert "语音约" in said(checked_card)
    assert "采访" in said(start)
    assert "全部词汇" in said(shelf)


# --- building ---


def options_of(message: Message, menu: str) -> list[dict[str, Any]]:
    """What a menu offers; it is found by its placeholder."""
    found: list[dict[str, Any]] = []

    def walk(part: Any) -> None:
        if isinstance(part, dict):
            if part.get("placeholder") == menu:
                found.extend(part["options"])
            for inner in part.values():
                walk(inner)
        elif isinstance(part, list):
            for inner in part:
                walk(inner)

    walk(message.components)
    return found


def value_of(message: Message, menu: str, label: str) -> str:
    """The value of an option of a menu."""
    return str(next(option["value"] for option in options_of(message, menu) if option["label"] == label))


async def test_a_prompt_is_built_with_a_restart_between_all_steps(theatre: Theatre) -> None:
    await theatre.give("Mia", 100)
    mia = theatre.as_person("Mia")
    start = (await mia.slash("/prompt build")).message
    assert start is not None
    await theatre.restart_bot()
    opened = await mia.choose(start, "Choose a kind of clip", "interview")
    await theatre.restart_bot()
    await mia.submit(opened, **{"who-1": "Reporter", "words-1": "Why do you sing?"})
    card = await shows(mia, '\\[Reporter, curious, clear voice\\] leans forward and says: "Why do you sing?"')
    await theatre.restart_bot()
    await mia.choose(card, "Pace", value_of(card, "Pace", "Fast talking"))
    card = await shows(mia, "\\[Reporter, curious, fast talking, clear voice\\]")
    await mia.press(card, "Sounds")
    card = await shows(mia, "what is heard besides the voices")
    await theatre.restart_bot()
    menu = "Effects (up to 3)"
    await mia.choose(card, menu, *(value_of(card, menu, one) for one in ("A kettle whistling", "A knock on the door")))
    card = await shows(mia, "A kettle whistling, a knock on the door")
    await mia.press(card, "Check")
    card = await shows(mia, "What this prompt says", "🔊 **Effects:**")
    await theatre.restart_bot()
    await mia.press(card, "Make this clip")

    await shows(mia, "Confirm · 50 credits", "Reporter, curious, fast talking, clear voice")


async def test_voices_are_described_one_by_one(theatre: Theatre) -> None:
    mia = theatre.as_person("Mia")
    card = await built(mia, "short-play")

    await mia.choose(card, "Whose voice?", "1")
    card = await shows(mia, "Emotion: Calm")
    await mia.choose(card, "Emotion", value_of(card, "Emotion", "Angry"))
    card = await shows(mia, "\\[Knight, angry, deep voice\\]", "\\[Guard, fearful, whispering, rough voice\\]")
    await mia.choose(card, "Emotion", "none")

    await shows(mia, "\\[Knight, deep voice\\]")


async def test_lines_are_added_changed_and_removed(theatre: Theatre) -> None:
    mia = theatre.as_person("Mia")
    card = await built(mia, "news")
    opened = await mia.press(card, "Add a line")
    await mia.submit(opened, who="[Intern@]", words='"Is it "true"?"', action="looks up", kind="speech")
    card = await shows(mia, "\\[Intern\\] looks up and says: \"Is it 'true'?\"")
    await mia.press(card, "Lines")
    card = await shows(mia, "who says what")

    opened = await mia.choose(card, "Choose a line to change or remove", "1")
    await mia.submit(opened, words="Really?", kind="singing")
    card = await shows(mia, '\\[Intern\\] looks up and sings: "Really?"')
    opened = await mia.choose(card, "Choose a line to change or remove", "1")
    await mia.submit(opened, words="")

    card = await mia.sees(lambda one: one.visible_to and "News Anchor" in said(one) and "Intern" not in said(one))
    assert "Good evening" in said(card)


async def test_scene_and_sounds_are_written_by_hand(theatre: Theatre) -> None:
    mia = theatre.as_person("Mia")
    card = await built(mia, "atmosphere", scene="A harbour in fog")
    opened = await mia.press(card, "In your own words")
    await mia.submit(opened, effects="a foghorn far out\n\nropes creaking", ambience="", music="solo accordion, slow")
    card = await shows(mia, "A foghorn far out, ropes creaking. Music: solo accordion, slow.")
    assert "Ropes creaking" in said(card)
    await mia.press(card, "Scene")
    card = await shows(mia, "what is seen")
    opened = await mia.press(card, "Write the scene")
    await mia.submit(opened, scene="A harbour at night", movement="", style="")

    await shows(mia, "> A harbour at night. A foghorn far out")


async def test_values_that_were_never_offered_change_nothing(theatre: Theatre) -> None:
    mia = theatre.as_person("Mia")
    card = await built(mia, "interview")
    before = said(card).split("\n")[2]
    forged = copy.deepcopy(card)
    for option in options_of(forged, "Pace"):
        option["value"] = "99"

    await mia.choose(forged, "Pace", "99")

    assert before in said(await shows(mia, "Make this clip", "Scene"))
    answer = await mia.slash("/prompt build", template="no-such-template")
    assert "not one of the choices" in said(answer.message)


async def test_templates_are_suggested(theatre: Theatre) -> None:
    mia = theatre.as_person("Mia")

    assert [one["value"] for one in await mia.autocomplete("/prompt build", "template", "nar")] == [
        "narration-product",
        "narration-event",
        "narration-story",
    ]
    assert len(await mia.autocomplete("/prompt build", "template", "")) == 19


# --- words ---


async def test_the_vocabulary_is_leafed_through(theatre: Theatre) -> None:
    mia = theatre.as_person("Mia")
    card = (await mia.slash("/prompt words")).message
    assert card is not None
    assert "Page 1 of 11" in said(card)

    await mia.press(card, "Next")
    card = await shows(mia, "Page 2 of 11")
    await mia.press(card, "Back")
    card = await shows(mia, "Page 1 of 11")
    await mia.choose(card, "Choose what it is about", value_of(card, "Choose what it is about", "Ambience · City"))

    assert "📖 Ambience · City" in said(await shows(mia, "**Traffic Noise"))


async def test_words_are_searched(theatre: Theatre) -> None:
    mia = theatre.as_person("Mia")

    suggestions = await mia.autocomplete("/prompt words", "query", "whis")
    found = (await mia.slash("/prompt words", query=suggestions[0]["value"])).message
    nothing = (await mia.slash("/prompt words", query="@everyone **zzz**")).message

    assert suggestions[0]["name"].startswith("Whispering")
    assert "**Whispering** · Speech · Volume and clarity" in said(found)
    assert "No word fits" in said(nothing)
    assert "@everyone" not in said(nothing)
