"""`soundstage lint`: the contract and the human form."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest
from click.testing import CliRunner

from bot.cli.lint import command

if TYPE_CHECKING:
    from pathlib import Path

SWITCH = '[A, low] sits: "Hi." [B, high] stands: "Ho."'


def run(arguments: list[str], text: str = "") -> tuple[int, str]:
    result = CliRunner().invoke(command, arguments, input=text)
    return result.exit_code, result.output


def test_one_object_per_line_in_and_out() -> None:
    entries = [
        {"id": "a", "text": SWITCH, "context": None},
        {"id": 2, "text": '[C@V] sings: "La."', "context": {"input": "image", "native_audio": True, "voices": ["V"]}},
    ]
    code, output = run(["-", "--jsonl"], "\n".join(json.dumps(entry) for entry in entries) + "\n\n")
    first, second = (json.loads(line) for line in output.splitlines())
    assert code == 0
    assert list(first) == [
        "id", "characters", "dialogue", "voices", "has_sfx", "has_ambience", "has_music", "shape", "findings",
        "fixed_text",
    ]  # fmt: skip
    assert first["id"] == "a"
    assert first["characters"] == ["A", "B"]
    assert first["dialogue"][0] == {
        "speaker": "A",
        "line": "Hi.",
        "voice_style": "low",
        "voice": None,
        "kind": "speech",
    }
    (finding,) = [finding for finding in first["findings"] if finding["rule"] == "D003"]
    assert finding["severity"] == "warning"
    assert SWITCH[finding["start"] : finding["end"]] == "[B, high]"
    assert finding["fix"]["text"] == first["fixed_text"] == '[A, low] sits: "Hi." Immediately, [B, high] stands: "Ho."'
    assert (second["id"], second["shape"], second["voices"], second["fixed_text"]) == (2, "singing", ["V"], None)


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        ("{", "not JSON"),
        ("[]", '"text"'),
        ('{"id": 1}', '"text"'),
        ('{"text": "x", "context": 3}', '"context"'),
        ('{"text": "x", "context": {"mode": "fast"}}', '"mode"'),
    ],
)
def test_wrong_lines_are_wrong_usage(line: str, reason: str) -> None:
    code, output = run(["--jsonl"], line)
    assert code == 2
    assert "Line 1" in output
    assert reason in output
    assert "Traceback" not in output


def test_a_place_is_underlined(tmp_path: Path) -> None:
    file = tmp_path / "prompt.txt"
    file.write_text(SWITCH + "\n", encoding="utf-8")
    code, output = run([str(file)])
    rows = output.splitlines()
    position = next(index for index, row in enumerate(rows) if row.startswith("warning D003"))
    start = rows[position + 1].index("[B, high]")
    assert code == 0
    assert rows[position + 2] == " " * start + "^" * len("[B, high]")


def test_errors_make_it_fail_and_the_messages_can_be_chinese() -> None:
    code, output = run(["--locale", "zh"], '@V: "Hi."')
    assert code == 1
    assert "没有对应的角色" in output


def test_a_missing_file_is_wrong_usage() -> None:
    code, output = run(["/nowhere/at/all"])
    assert code == 2
    assert "cannot be read" in output


def test_bytes_that_are_no_text_are_wrong_usage(tmp_path: Path) -> None:
    file = tmp_path / "prompt.bin"
    file.write_bytes(b"\xff\xfe")
    assert run([str(file)])[0] == 2


def test_a_clean_prompt_is_praised() -> None:
    code, output = run([], '[Guard, low voice] bars the door. [Guard, low voice] says: "Closed."')
    assert code == 0
    assert "Nothing to complain about." in output
