"""The house keeps its shape: who may import whom, how long things may get, and that everything public is explained."""

import ast
import re
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


def sources() -> dict[Path, str]:
    paths = sorted(path for package in ("bot", "cogs") for path in (ROOT / package).rglob("*.py"))
    return {path: path.read_text(encoding="utf-8") for path in paths}


SOURCES = sources()
TREES = {path: ast.parse(text) for path, text in SOURCES.items()}


def name_of(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


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


def wrong_imports(path: Path, tree: ast.AST) -> list[str]:
    name = name_of(path)
    wrong = []
    for module in imports(tree, path):
        if name.startswith("bot/") and belongs_to(module, "cogs"):
            wrong.append(f"{module}: bot never imports cogs")
        if belongs_to(module, "discord") and not name.startswith(MAY_IMPORT_DISCORD):
            wrong.append(f"{module}: only bot/discord and cogs know discord")
        if name.startswith(tuple(f"bot/{package}/" for package in DOMAIN)) and belongs_to(module, "bot.discord"):
            wrong.append(f"{module}: the domain does not know discord")
        if any(belongs_to(module, library) for library in HTTP_LIBRARIES) and not name.startswith(MAY_SPEAK_HTTP):
            wrong.append(f"{module}: only the edges speak HTTP")
    return wrong


def test_imports_follow_the_arrows() -> None:
    assert {name_of(path): wrong for path, tree in TREES.items() if (wrong := wrong_imports(path, tree))} == {}


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
    assert wrong_imports(ROOT / file, ast.parse(line))


def foreign_secrets(path: Path, tree: ast.AST) -> list[str]:
    """What a file imports although a leading underscore says that it belongs to another module or package."""
    home = name_of(path).split("/")[:-1]
    secrets = []
    for module in imports(tree, path):
        parts = module.split(".")
        if parts[0] not in {"bot", "cogs"}:
            continue
        owner = next((parts[:depth] for depth, part in enumerate(parts) if part.startswith("_")), None)
        if owner is not None and home[: len(owner)] != owner:
            secrets.append(module)
    return secrets


def test_packages_keep_their_secrets() -> None:
    assert {name_of(path): found for path, tree in TREES.items() if (found := foreign_secrets(path, tree))} == {}


@pytest.mark.parametrize(
    "line",
    ["from cogs.generate._studio import Studio", "import cogs.generate._studio", "from bot.jobs.place import _job"],
)
def test_a_foreign_secret_is_noticed(line: str) -> None:
    assert foreign_secrets(ROOT / "cogs/help/x.py", ast.parse(line))


def test_a_package_may_use_its_own_secrets() -> None:
    tree = ast.parse("from cogs.generate import _modals\nfrom cogs.generate._studio import Studio")

    assert foreign_secrets(ROOT / "cogs/generate/x.py", tree) == []


def test_files_fit_in_a_head() -> None:
    lengths = {name_of(path): len(text.splitlines()) for path, text in SOURCES.items()}

    assert {name: lines for name, lines in lengths.items() if lines > MOST_LINES_OF_A_FILE} == {}


def test_functions_fit_on_a_screen() -> None:
    lengths = {
        f"{name_of(path)}:{node.lineno} {node.name}": (node.end_lineno or node.lineno) - node.lineno + 1
        for path, tree in TREES.items()
        for node in ast.walk(tree)
        if isinstance(node, type_of_function)
    }

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


def test_everything_public_is_explained() -> None:
    assert [name_of(path) for path, tree in TREES.items() if ast.get_docstring(tree) is None] == []
    assert {name_of(path): names for path, tree in TREES.items() if (names := list(unexplained(tree.body)))} == {}


def test_every_command_has_its_file() -> None:
    assert [name for name in COMMANDS if not (ROOT / "bot" / "cli" / f"{name}.py").is_file()] == []


DOCUMENTS = [ROOT / "CONTRIBUTING.md", ROOT / "README.md", *sorted((ROOT / "docs").glob("*.md"))]


@pytest.mark.parametrize("document", DOCUMENTS, ids=name_of)
def test_documents_name_files_that_exist(document: Path) -> None:
    text = document.read_text(encoding="utf-8")
    named = set(re.findall(r"`((?:bot|cogs|tests|docs|\.ci)/[\w./-]*)`", text))
    linked = {link for link in re.findall(r"\]\(([^)#]+)", text) if "://" not in link}

    missing = [path for path in named if "NNNN" not in path and not (ROOT / path).exists()]
    missing += [path for path in linked if not (document.parent / path).exists()]
    assert missing == []
