"""The emoji of buttons: every button has one, and cards choose none of their own."""

from __future__ import annotations

import ast
import importlib
from pathlib import Path
from typing import TYPE_CHECKING

from bot.discord.items import StageButton

if TYPE_CHECKING:
    from collections.abc import Iterator

ROOT = Path(__file__).parents[3]


def calls() -> Iterator[tuple[str, str, dict[str | None, ast.expr]]]:
    """Return the place, the name of what is called, and the keywords of every call in the packages of commands."""
    for path in sorted((ROOT / "cogs").rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call):
                name = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
                place = f"{path.relative_to(ROOT).as_posix()}:{node.lineno}"
                yield place, name, {keyword.arg: keyword.value for keyword in node.keywords}


def button_classes() -> dict[str, list[type[StageButton]]]:
    """Return the classes of buttons that the packages of commands define, by name."""
    for path in sorted((ROOT / "cogs").rglob("*.py")):
        importlib.import_module(".".join(path.relative_to(ROOT).with_suffix("").parts))
    found: dict[str, list[type[StageButton]]] = {}
    waiting = [StageButton]
    while waiting:
        for one in waiting.pop().__subclasses__():
            waiting.append(one)
            if one.__module__.startswith("cogs."):
                found.setdefault(one.__name__, []).append(one)
    return found


def test_every_button_has_a_sign() -> None:
    classes = button_classes()
    bare = [
        place
        for place, name, keywords in calls()
        if "label" in keywords and "emoji" not in keywords and any(one.sign is None for one in classes.get(name, ()))
    ]

    assert len(classes) > 30
    assert bare == []


def test_no_card_makes_up_an_emoji() -> None:
    made_up = [place for place, _, keywords in calls() if isinstance(keywords.get("emoji"), ast.Constant)]

    assert made_up == []
