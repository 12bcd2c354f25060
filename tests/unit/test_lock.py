"""What the project imports is declared, what is declared is locked, and the lock file tells nothing about a machine."""

import ast
import re
import sys
import tomllib
from importlib.metadata import packages_distributions
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
LOCK = (ROOT / "requirements.lock").read_text(encoding="utf-8")
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]


def canonical(requirement: str) -> str:
    name = re.match(r"[A-Za-z0-9._-]+", requirement)
    assert name is not None
    return re.sub(r"[-_.]+", "-", name[0]).lower()


def declared(*extras: str) -> set[str]:
    groups = [PROJECT["dependencies"], *(PROJECT["optional-dependencies"][extra] for extra in extras)]
    return {canonical(requirement) for group in groups for requirement in group}


def imported(*folders: str) -> set[str]:
    """The distributions whose packages are imported anywhere below some folders."""
    trees = [
        ast.parse(path.read_text(encoding="utf-8")) for folder in folders for path in (ROOT / folder).rglob("*.py")
    ]
    nodes = [node for tree in trees for node in ast.walk(tree)]
    modules = {alias.name for node in nodes if isinstance(node, ast.Import) for alias in node.names}
    modules |= {node.module for node in nodes if isinstance(node, ast.ImportFrom) and node.module and not node.level}
    packages = {module.partition(".")[0] for module in modules} - sys.stdlib_module_names - {"bot", "cogs", "tests"}
    known = packages_distributions()
    return {canonical(known.get(package, [package])[0]) for package in packages}


@pytest.mark.parametrize(
    ("folders", "extras"), [(("bot", "cogs"), ("sandbox", "postgres")), (("tests",), ("sandbox", "postgres", "dev"))]
)
def test_everything_imported_is_declared(folders: tuple[str, ...], extras: tuple[str, ...]) -> None:
    assert imported(*folders) - declared(*extras) == set()


def test_every_dependency_is_locked() -> None:
    wanted = declared("dev", "sandbox")
    locked = {canonical(line) for line in LOCK.splitlines() if line[:1].isalnum()}

    assert wanted - locked == set()


def test_every_version_is_exact_and_has_hashes() -> None:
    entries = re.split(r"\n(?=[a-z0-9])", LOCK)
    assert entries
    for entry in entries:
        assert re.match(r"[a-z0-9-]+==\S+", entry), entry.splitlines()[0]
        assert "--hash=sha256:" in entry, entry.splitlines()[0]


def test_it_names_no_registry_and_no_path() -> None:
    assert "://" not in LOCK
    assert not re.search(r"(?m)^(-|#|/)", LOCK)
