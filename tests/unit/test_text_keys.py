"""Every key of a text that the code names is in the catalogue; the keys are found in the syntax trees."""

from __future__ import annotations

import ast
import re
from pathlib import Path
from typing import TYPE_CHECKING

from bot.texts import SOURCE, Texts

if TYPE_CHECKING:
    from collections.abc import Iterator

ROOT = Path(__file__).parents[2]
KEYS = frozenset(Texts.load().languages[SOURCE].texts)
ERROR = re.compile(r"errors(\.[A-Za-z][A-Za-z-]*[A-Za-z])+")


def trees() -> Iterator[tuple[str, ast.Module]]:
    for package in ("bot", "cogs"):
        for path in sorted((ROOT / package).rglob("*.py")):
            if "sandbox" not in path.parts:
                yield path.relative_to(ROOT).as_posix(), ast.parse(path.read_text(encoding="utf-8"))


def pattern_of(node: ast.expr) -> str | None:
    """Return what the keys that an expression can name look like; None where it is no literal."""
    match node:
        case ast.Constant(value=str(text)):
            return re.escape(text)
        case ast.JoinedStr(values=parts):
            return "".join(pattern_of(part) or r"[\w.-]*" for part in parts)
        case ast.IfExp(body=body, orelse=other):
            ways = (pattern_of(body), pattern_of(other))
            return f"({ways[0]}|{ways[1]})" if None not in ways else None
        case _:
            return None


def first_arguments_of_sentences() -> Iterator[tuple[str, ast.expr]]:
    for name, tree in trees():
        for node in ast.walk(tree):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "Sentence":
                yield f"{name}:{node.lineno}", node.args[0]


def test_every_sentence_has_a_text() -> None:
    literal = {place: pattern for place, node in first_arguments_of_sentences() if (pattern := pattern_of(node))}
    lost = {place: key for place, key in literal.items() if not any(re.fullmatch(key, known) for known in KEYS)}

    assert len(literal) > 150
    assert lost == {}


def test_every_error_has_a_text() -> None:
    """Keys of errors are also handed on before a sentence is made of them."""
    lost = {
        f"{name}:{node.lineno}": node.value
        for name, tree in trees()
        for node in ast.walk(tree)
        if isinstance(node, ast.Constant)
        and isinstance(node.value, str)
        and ERROR.fullmatch(node.value)
        and node.value not in KEYS
    }
    assert lost == {}


def test_sentences_fill_every_placeholder() -> None:
    """Where all values of a sentence are written out, they are those that its text needs."""
    texts = Texts.load().languages[SOURCE].texts
    wrong = {}
    for name, tree in trees():
        for node in ast.walk(tree):
            if not (isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "Sentence"):
                continue
            given = {keyword.arg for keyword in node.keywords}
            pattern = pattern_of(node.args[0])
            if pattern is None or None in given:
                continue
            for key in [key for key in KEYS if re.fullmatch(pattern, key)]:
                forms = texts[key]
                needed = set(re.findall(r"{(\w+)}", forms if isinstance(forms, str) else " ".join(forms)))
                needed |= {"count"} if isinstance(forms, list) else set()
                if not needed <= given:
                    wrong[f"{name}:{node.lineno}"] = (key, needed - given)
    assert wrong == {}
