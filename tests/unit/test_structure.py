"""The house keeps its shape: who may import whom, how long things may get, and that everything public is explained."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

from bot.cli import COMMANDS

ROOT = Path(__file__).parents[2]
MOST_LINES_OF_A_FILE = 400
MOST_LINES_OF_A_FUNCTION = 60

DOMAIN = ("prompts", "catalog", "ledger", "jobs", "voices", "moderation", "projects", "media")
HTTP_LIBRARIES = {"httpx", "aiohttp", "requests", "urllib3", "urllib.request", "http.client", "http.server"}
MAY_SPEAK_HTTP = (
    "bot/media/addresses.py",
    "bot/media/download.py",
    "bot/providers/",
    "bot/sandbox/",
    "bot/web/",
    "bot/discord/",
)
MAY_IMPORT_DISCORD = ("bot/discord/", "bot/sandbox/discord/", "cogs/")

type_of_function = ast.FunctionDef | ast.AsyncFunctionDef


def sources() -> list[Path]:
    return sorted(path for package in ("bot", "cogs") for path in (ROOT / package).rglob("*.py"))


def name_of(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


SOURCES = pytest.mark.parametrize("path", sources(), ids=name_of)


def imports(tree: ast.AST, path: Path) -> Iterator[str]:
    """Every module that is imported anywhere in a file, with relative imports resolved."""
    package = path.relative_to(ROOT).parent.parts
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            base = ".".join(package[: len(package) - node.level + 1]) if node.level else ""
            module = ".".join(part for part in (base, node.module) if part)
            yield module
            yield from (f"{module}.{alias.name}" for alias in node.names)


def belongs_to(module: str, package: str) -> bool:
    return module == package or module.startswith(f"{package}.")


def wrong_imports(path: Path, text: str) -> list[str]:
    name = name_of(path)
    wrong = []
    for module in imports(ast.parse(text), path):
        if name.startswith("bot/") and belongs_to(module, "cogs"):
            wrong.append(f"{module}: bot never imports cogs")
        if belongs_to(module, "discord") and not name.startswith(MAY_IMPORT_DISCORD):
            wrong.append(f"{module}: only bot/discord and cogs know discord")
        if name.startswith(tuple(f"bot/{package}/" for package in DOMAIN)) and belongs_to(module, "bot.discord"):
            wrong.append(f"{module}: the domain does not know discord")
        if any(belongs_to(module, library) for library in HTTP_LIBRARIES) and not name.startswith(MAY_SPEAK_HTTP):
            wrong.append(f"{module}: only the edges speak HTTP")
    return wrong


@SOURCES
def test_imports_follow_the_arrows(path: Path) -> None:
    assert wrong_imports(path, path.read_text(encoding="utf-8")) == []


@pytest.mark.parametrize(
    ("file", "line"),
    [
        ("bot/jobs/x.py", "import discord"),
        ("bot/ledger/x.py", "from bot.discord import client"),
        ("bot/app.py", "from cogs.generate import setup"),
        ("bot/prompts/x.py", "def f():\n    import httpx"),
        ("bot/jobs/x.py", "from ..discord import client"),
        ("bot/jobs/x.py", "from urllib import request"),
        ("bot/media/images.py", "import aiohttp.web"),
    ],
)
def test_a_wrong_import_is_noticed(file: str, line: str) -> None:
    assert wrong_imports(ROOT / file, line)


@SOURCES
def test_files_fit_in_a_head(path: Path) -> None:
    assert len(path.read_text(encoding="utf-8").splitlines()) <= MOST_LINES_OF_A_FILE


@SOURCES
def test_functions_fit_on_a_screen(path: Path) -> None:
    tree = ast.parse(path.read_text(encoding="utf-8"))
    functions = [node for node in ast.walk(tree) if isinstance(node, type_of_function)]
    lengths = {node.name: (node.end_lineno or node.lineno) - node.lineno + 1 for node in functions}
    assert {name: lines for name, lines in lengths.items() if lines > MOST_LINES_OF_A_FUNCTION} == {}


def unexplained(body: list[ast.stmt], prefix: str = "") -> Iterator[str]:
    """Public functions and classes without a docstring; what is inside a function is private."""
    for node in body:
        if not isinstance(node, type_of_function | ast.ClassDef) or node.name.startswith("_"):
            continue
        if ast.get_docstring(node) is None:
            yield prefix + node.name
        if isinstance(node, ast.ClassDef):
            yield from unexplained(node.body, f"{prefix}{node.name}.")


@SOURCES
def test_everything_public_is_explained(path: Path) -> None:
    tree = ast.parse(path.read_text(encoding="utf-8"))
    assert list(unexplained(tree.body)) == []
    assert ast.get_docstring(tree) is not None


def test_every_command_has_its_file() -> None:
    assert [name for name in COMMANDS if not (ROOT / "bot" / "cli" / f"{name}.py").is_file()] == []
