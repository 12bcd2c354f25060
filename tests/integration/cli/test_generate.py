"""`soundstage generate --local` as somebody at a terminal meets it."""

from __future__ import annotations

import logging
import os
import re
from typing import TYPE_CHECKING

import pytest

from bot.__main__ import FAILURE, SUCCESS, USAGE, main
from bot.cli.common import logs
from bot.settings import load_settings
from bot.storage.filelock import FileLock
from tests.support.kling_stand_in import picture_bytes

if TYPE_CHECKING:
    from pathlib import Path

ONE_VOICE = (
    '[Cook@Voice Nora] stirs the pot. [Cook@Voice Nora]: "Dinner." '
    'Immediately, [Waiter@Voice Nora] turns. [Waiter@Voice Nora]: "Coming."'
)


@pytest.fixture(autouse=True)
def workplace(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "photo.png").write_bytes(picture_bytes())
    return tmp_path


def generate(*options: str) -> int:
    return main(["generate", "--local", "--out", "out", *options])


@pytest.mark.slow
def test_an_error_that_may_be_accepted_names_the_option_and_the_option_works(
    capsys: pytest.CaptureFixture[str],
) -> None:
    asked = ("--image", "photo.png", "--prompt", ONE_VOICE)
    assert generate(*asked) == FAILURE
    refused = capsys.readouterr().err
    assert refused.splitlines()[-1].endswith("Change the prompt, or add --accept V002 to have it made as it is.")

    assert generate(*asked, "--accept", "V002") == SUCCESS

    told = capsys.readouterr()
    assert "accepted V002: Cook and Waiter both use the voice" in told.err
    assert told.out.strip().endswith(".mp4")
    assert told.err.count("hint I001") == 1, "the small picture is mentioned once"


def test_what_may_not_be_accepted_is_a_wrong_option(capsys: pytest.CaptureFixture[str]) -> None:
    assert generate("--prompt", "Rain", "--accept", "C001") == USAGE
    assert "V002" in capsys.readouterr().err


def test_a_second_preview_at_the_same_time_is_told_what_it_can_do(
    workplace: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    lock = FileLock(workplace / "data" / "local" / "soundstage.db")
    code = generate("--prompt", "Rain")
    lock.release()

    told = capsys.readouterr().err
    assert code == FAILURE
    assert "database.url" not in told
    assert re.search(r"Wait until it is done.*SOUNDSTAGE_DATA__DIR", told)


@pytest.mark.parametrize(("errors_only", "seen"), [(True, False), (False, True)])
def test_retries_are_in_the_log_and_not_between_the_progress(
    capsys: pytest.CaptureFixture[str], *, errors_only: bool, seen: bool
) -> None:
    with logs(load_settings(None), errors_only=errors_only):
        logging.getLogger("bot.jobs.drive").warning("job x was interrupted")
        logging.getLogger("bot.jobs.drive").error("something is broken")

    told = capsys.readouterr().err
    assert ("was interrupted" in told) is seen
    assert "something is broken" in told


def test_a_data_folder_that_is_a_file_is_a_wrong_setting(
    workplace: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("SOUNDSTAGE_DATA__DIR", str(workplace / "photo.png"))
    assert generate("--prompt", "Rain") == USAGE
    assert re.search(r"data\.dir .*photo\.png: it is not a folder", capsys.readouterr().err)


@pytest.mark.parametrize("special", ["pipe", "/dev/zero"])
def test_an_image_that_is_no_regular_file_is_called_that(
    workplace: Path, capsys: pytest.CaptureFixture[str], special: str
) -> None:
    os.mkfifo(workplace / "pipe")
    assert generate("--prompt", "Rain", "--image", special) == FAILURE
    assert f"{special}: This is not a regular file." in capsys.readouterr().err
