"""From our form to the vendor's and back."""

# Curly quotes are data here.
# ruff: noqa: RUF001

from __future__ import annotations

import pytest

from bot.prompts.compiler import PromptNotCompilable, add_turn_clauses, compile_prompt, display, normalise

IDS = {"Nora": "11", "Emil": "22", "Third": "33"}


def test_markers_count_in_the_order_of_the_voices() -> None:
    compiled = compile_prompt('[Waiter, shy @emil] bows. [Cook] @Nora: "Hot!" Then, [Waiter@Emil]: "Coming."', IDS)
    assert (
        compiled.text
        == '[Waiter, shy] <<<voice_1>>> bows. [Cook] <<<voice_2>>>: "Hot!" Then, [Waiter] <<<voice_1>>>: "Coming."'
    )
    assert (compiled.voices, compiled.voice_ids) == (("Emil", "Nora"), ("22", "11"))


def test_display_undoes_compile() -> None:
    text = '[Cook, gruff @Nora] stirs: "Hot!" Then, [Waiter@Emil] says: "Coming."'
    compiled = compile_prompt(text, IDS)
    assert display(compiled.text, compiled.voices) == text


def test_a_prompt_without_voices_stays_as_it_is() -> None:
    compiled = compile_prompt('[Cook, gruff]: "Hot!"', IDS)
    assert (compiled.text, compiled.voice_ids) == ('[Cook, gruff]: "Hot!"', ())


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ('[A@Nobody]: "Hi."', "no voice named"),
        ('@Nora: "Hi."', "not bound"),
        ('[A@Nora]: "1." [B@Emil]: "2." [C@Third]: "3."', "3 voices"),
    ],
)
def test_what_cannot_be_sent_is_refused(text: str, reason: str) -> None:
    with pytest.raises(PromptNotCompilable, match=reason):
        compile_prompt(text, IDS)


def test_clauses_say_who_is_silent_and_where_the_speaker_changes() -> None:
    helped = add_turn_clauses('[A, low] sits: "Hi." Then, [B, high] stands: "Ho."', switches=True)
    assert helped == (
        '[A, low] sits: "Hi." During this, [B] remains silent. (Speaker switches) Then, [B, high] stands: "Ho." '
        "During this, [A] remains silent."
    )
    assert add_turn_clauses(helped, switches=True) == helped


@pytest.mark.parametrize("form", ["[A@V]", "[A @V]", "[A @ V]", "[A] @V", "[A] @ V"])
def test_every_form_of_binding_is_normalised(form: str) -> None:
    assert normalise(f'{form}: "Hi."') == '[A@V]: "Hi."'


@pytest.mark.parametrize("name", ["“Captain Ray”", '"captain ray"', "'Captain Ray'", "‘Captain  Ray’"])
def test_quotation_marks_around_a_voice_are_no_part_of_its_name(name: str) -> None:
    compiled = compile_prompt(f"[Pilot@{name}] waves: “Hi.”", {"Captain Ray": "7"})
    assert (compiled.voices, compiled.voice_ids) == (("Captain Ray",), ("7",))
    assert compiled.text.startswith("[Pilot] <<<voice_1>>> waves")
