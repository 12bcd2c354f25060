"""`soundstage quote --jsonl`: one answer for each line, whatever the line holds."""

import io
import json
import sys
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.__main__ import main
from bot.catalog import Catalogue
from bot.cli.quote import quote_lines

CATALOGUE = Catalogue.load()


def answer(line: dict[str, Any] | str | bytes) -> dict[str, Any]:
    raw = line if isinstance(line, bytes) else line.encode() if isinstance(line, str) else json.dumps(line).encode()
    (one,) = quote_lines(CATALOGUE, [raw])
    return one


def image(**fields: Any) -> dict[str, Any]:
    return {"id": "i", "model": "kling-2.6", "input": "image", "seconds": 10, **fields}


def motion(**fields: Any) -> dict[str, Any]:
    return {"id": "m", "model": "kling-2.6", "input": "motion", "motion_control": True, "audio": False, **fields}


@pytest.mark.parametrize(
    ("line", "credits_", "per_second", "billed"),
    [
        ({"id": 1}, 50, 10, 5),
        (image(audio=False), 50, 5, 10),
        (image(mode="standard", audio=False), 30, 3, 10),
        (image(), 100, 10, 10),
        (image(voices=1), 120, 12, 10),
        (image(voices=2), 120, 12, 10),
        (image(voices=2, subscriber=True), 100, 10, 10),
        (image(subscriber=True, outputs=4), 400, 10, 10),
        (image(voices=None, outputs=None, phase=None), 100, 10, 10),
        (image(seconds=10.0), 100, 10, 10),
        (motion(seconds=7.5), 64, 8, 8),
        (motion(seconds=7.4999), 56, 8, 7),
        (motion(seconds=7.5, mode="standard", outputs=2), 80, 5, 8),
        (motion(model="kling-3.0", seconds=3, mode="standard"), 27, 9, 3),
        (motion(model="kling-3.0", seconds=30), 360, 12, 30),
        (motion(seconds=6, audio=True, mode="standard"), 30, 5, 6),
        ({"id": 1, "motion_control": True, "seconds": 6}, 48, 8, 6),
        ({"id": 1, "input": "motion", "seconds": 6}, 48, 8, 6),
        (motion(seconds=2.2, phase="settle"), 16, 8, 2),
        (motion(seconds=45, phase="settle"), 240, 8, 30),
        (image(seconds=10.041, phase="settle"), 100, 10, 10),
        (image(seconds=5.041, voices=1, phase="settle"), 60, 12, 5),
    ],
)
def test_prices(line: dict[str, Any], credits_: int, per_second: int, billed: int) -> None:
    outputs = line.get("outputs") or 1
    assert answer(line) == {
        "id": line["id"],
        "credits": credits_,
        "per_second": per_second,
        "billed_seconds": billed,
        "outputs": outputs,
    }


@pytest.mark.parametrize(
    ("line", "rule"),
    [
        (image(seconds=8), "C001"),
        (image(seconds=5.041), "C001"),
        (image(seconds=0), "C001"),
        (image(seconds=1e-300), "C001"),
        (image(seconds=-5), "C001"),
        (image(seconds=7.6, phase="settle"), "C001"),
        (image(outputs=6), "C003"),
        (image(outputs=0), "C003"),
        (image(mode="standard"), "C004"),
        (image(mode="standard", audio=False, voices=1), "C005"),
        ({"id": 1, "model": "kling-3.0"}, "C007"),
        ({"id": 1, "model": "kling-9"}, "C007"),
        (image(voices=3), "V007"),
        ({"id": 1, "voices": 1}, "V008"),
        (motion(seconds=10, voices=1), "V008"),
        (image(audio=False, voices=1), "V009"),
        (motion(seconds=2), "M001"),
        (motion(seconds=31), "M001"),
        (motion(seconds=-1, phase="settle"), "M001"),
    ],
)
def test_what_is_not_possible_has_no_price(line: dict[str, Any], rule: str) -> None:
    given_back = answer(line)

    assert given_back["id"] == line["id"]
    assert given_back["error"]["rule"] == rule
    assert given_back["error"]["message"].endswith(".")
    assert set(given_back) == {"id", "error"}


def test_a_length_of_a_billion_digits_is_refused_at_once() -> None:
    assert answer('{"id": 1, "seconds": 1e-999999999}')["error"]["rule"] == "C001"


@pytest.mark.parametrize(
    ("line", "names"),
    [
        ("not json", "JSON"),
        ("{", "JSON"),
        (b"\xff\xfe", "JSON"),
        ("[" * 100_000, "JSON"),
        ('{"seconds": NaN}', "JSON"),
        ('{"seconds": Infinity}', "JSON"),
        ('{"seconds": ' + "9" * 5000 + "}", "JSON"),
        ("[]", "object"),
        ('"kling-2.6"', "object"),
        ("null", "object"),
        ('{"seconds": 1e999999999}', "seconds"),
        ('{"seconds": "5"}', "seconds"),
        ('{"seconds": true}', "seconds"),
        ('{"outputs": 1.5}', "outputs"),
        ('{"outputs": "2"}', "outputs"),
        ('{"audio": "yes"}', "audio"),
        ('{"subscriber": 1}', "subscriber"),
        ('{"voices": -1}', "voices"),
        ('{"voices": ["a"]}', "voices"),
        ('{"mode": "pro"}', "mode"),
        ('{"input": "song"}', "input"),
        ('{"phase": "later"}', "phase"),
        ('{"model": 26}', "model"),
        ('{"second": 10}', "seconds is meant"),
        ('{"duration": 10}', "seconds is meant"),
        ('{"voice": 1}', "voices is meant"),
    ],
)
def test_what_cannot_be_read_is_answered_in_words(line: str | bytes, names: str) -> None:
    error = answer(line)["error"]

    assert error["rule"] == "Q001"
    assert names in error["message"]
    assert "\n" not in error["message"]


def test_the_id_comes_back_as_it_was_even_with_an_error() -> None:
    for identifier in ("x", 7, 1.5, None, ["a", 1], "naïve \ud800"):
        assert answer({"id": identifier, "seconds": "wrong"})["id"] == identifier


def test_foreign_fields_are_none_of_our_business() -> None:
    assert answer({"id": 1, "comment": "for the summer film", "shot": 3})["credits"] == 50


@given(st.binary(max_size=200) | st.text(max_size=200).map(lambda text: text.encode("utf-8", "surrogatepass")))
def test_no_line_stops_it(line: bytes) -> None:
    for given_back in quote_lines(CATALOGUE, [line]):
        assert "error" in given_back or given_back["credits"] > 0


FIELDS = {
    "model": st.sampled_from(["kling-2.6", "kling-3.0", "other"]),
    "mode": st.sampled_from(["standard", "professional"]),
    "audio": st.booleans(),
    "voices": st.integers(0, 4),
    "subscriber": st.booleans(),
    "motion_control": st.booleans(),
    "seconds": st.integers(-1, 40) | st.floats(0, 40),
    "outputs": st.integers(-1, 6),
    "input": st.sampled_from(["text", "image", "motion"]),
    "phase": st.sampled_from(["quote", "settle"]),
}


@given(st.fixed_dictionaries({"id": st.integers()}, optional=FIELDS))
def test_an_answer_is_a_price_that_adds_up_or_a_refusal(line: dict[str, Any]) -> None:
    given_back = json.loads(json.dumps(answer(line), default=float))

    if "error" in given_back:
        assert given_back["error"]["rule"] in {"C001", "C003", "C004", "C005", "C007", "V007", "V008", "V009", "M001"}
    else:
        assert 1 <= given_back["outputs"] <= 4
        product = given_back["per_second"] * given_back["billed_seconds"] * given_back["outputs"]
        assert given_back["credits"] == product


@pytest.fixture(autouse=True)
def _elsewhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)


def test_the_command_answers_in_order_and_passes_over_blank_lines(capsys: pytest.CaptureFixture[str]) -> None:
    Path("lines.jsonl").write_text('{"id": "a"}\n\nbroken\n{"id": "c", "seconds": 8}\n{"id": "d"}', encoding="utf-8")

    assert main(["quote", "--jsonl", "lines.jsonl"]) == 0

    answers = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert [one["id"] for one in answers] == ["a", None, "c", "d"]
    assert ["error" in one for one in answers] == [False, True, True, False]


def test_the_command_reads_standard_input(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(b'{"id": "a"}\n')))

    assert main(["quote", "--jsonl"]) == 0
    assert json.loads(capsys.readouterr().out)["credits"] == 50


def test_the_command_uses_the_configured_prices(capsys: pytest.CaptureFixture[str]) -> None:
    Path("lines.jsonl").write_text('{"id": "a"}', encoding="utf-8")
    Path("own.toml").write_text('[models."kling-2.6".prices.professional]\naudio = 20\n', encoding="utf-8")

    assert main(["quote", "--jsonl", "--config", "own.toml", "lines.jsonl"]) == 0
    assert json.loads(capsys.readouterr().out)["credits"] == 100


def test_a_price_list_that_cannot_be_used_ends_with_2(capsys: pytest.CaptureFixture[str]) -> None:
    Path("own.toml").write_text('[models."kling-2.6".prices.professional]\naudio = "much"\n', encoding="utf-8")

    assert main(["quote", "--jsonl", "--config", "own.toml"]) == 2
    assert "models.kling-2.6.prices.professional.audio" in capsys.readouterr().err
