"""The scan of the repository finds what must not be in it, and lets ordinary text pass."""

import importlib.util
from pathlib import Path
from types import ModuleType

import pytest

SCRIPT = Path(__file__).parents[2] / ".ci" / "scan.py"


@pytest.fixture(scope="module")
def scanner() -> ModuleType:
    spec = importlib.util.spec_from_file_location("scan", SCRIPT)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


# Put together from pieces, or the scan would find them here.
@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("x = 'MTIzNDU2Nzg5MDEyMzQ1Njc4" + ".GhIjKl." + "xY1" * 13 + "'", "a Discord token"),
        ("Bearer eyJhbGciOiJIUzI1NiJ9" + ".eyJpc3MiOiJrZXkifQ." + "abcdefghijkl", "a signed token"),
        ("-----BEGIN RSA " + "PRIVATE KEY-----", "a private key"),
        ("whsec_" + "MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw", "a webhook secret"),
        ("[kling]\nsecret_key" + " = 'a1b2c3d4e5f6a7b8'", "a filled-in secret"),
        ("https://x.example/a.mp4" + "?Signature=" + "0a" * 20, "a signed link"),
        ("cache in /" + "root/.cache", "a path of one machine"),
        ("see /" + "home/alice/bot", "a path of one machine"),
        ("--index-url https://py" + "pi.org/simple", "a package registry"),
    ],
)
def test_what_must_not_be_here_is_found(scanner: ModuleType, tmp_path: Path, text: str, name: str) -> None:
    file = tmp_path / "file"
    file.write_text(f"first line\n{text}\n", encoding="utf-8")

    (find,) = scanner.scan(file)
    line = 3 if text.startswith("[") else 2
    assert find == f"{file}:{line}: {name}"


@pytest.mark.parametrize(
    "text",
    [
        'token = ""',
        "a digest " + "0a1b2c3d" * 8,
        "https://x.example/work/flow and https://x.example/home/page",
        "./work/main, bot/home/x, ~/work",
        "the pypi of prompts",
    ],
)
def test_ordinary_text_passes(scanner: ModuleType, tmp_path: Path, text: str) -> None:
    file = tmp_path / "file"
    file.write_text(text, encoding="utf-8")

    assert scanner.scan(file) == []


def test_pictures_are_passed_over(scanner: ModuleType, tmp_path: Path) -> None:
    file = tmp_path / "picture.png"
    file.write_bytes(b"\x89PNG\r\n\x1a\n\xff")

    assert scanner.scan(file) == []
