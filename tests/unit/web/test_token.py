"""The secret part of the callback address."""

import stat
from pathlib import Path

from bot.web import load_callback_token


def test_it_is_made_once_and_only_its_owner_can_read_it(tmp_path: Path) -> None:
    directory = tmp_path / "data"
    token = load_callback_token(directory)

    assert len(token) >= 43
    assert load_callback_token(directory) == token
    (file,) = directory.iterdir()
    assert stat.S_IMODE(file.stat().st_mode) == 0o600


def test_two_installations_have_different_ones(tmp_path: Path) -> None:
    assert load_callback_token(tmp_path / "a") != load_callback_token(tmp_path / "b")


def test_a_start_that_was_interrupted_does_no_harm(tmp_path: Path) -> None:
    (tmp_path / "callback-token.part").write_text("half", encoding="ascii")

    token = load_callback_token(tmp_path)

    assert token != "half"
    assert load_callback_token(tmp_path) == token
