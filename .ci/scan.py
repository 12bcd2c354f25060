"""Looks through every file of the repository for what must never be in it: secrets, machine paths, package registries.

Made-up secrets in tests are put together from pieces, so that nothing here needs an exception. Exit code 1 with one
line per find.
"""  # noqa: INP001 - a script, not a package

import re
import subprocess
import sys
from pathlib import Path

RULES = {
    "a Discord token": r"\b[MNO][\w-]{23,27}\.[\w-]{6}\.[\w-]{27,}",
    "a signed token": r"\beyJ[\w-]{10,}\.eyJ[\w-]{10,}\.[\w-]{10,}",
    "a private key": r"-----BEGIN [A-Z ]*PRIVATE KEY-----",
    "a webhook secret": r"\bwhsec_(?!dGVzdHNlY3JldH)[A-Za-z0-9+/]{24,}",  # but for "testsecret…", the published example
    "a filled-in secret": (
        r"""(?im)^\s*(?:token|access_key|secret_key|api_key)\s*=\s*["'](?=[\w.+/-]*\d)[\w.+/-]{16,}["']"""
    ),
    "a signed link": r"[?&](?:X-Amz-Signature|Signature|hm)=[0-9a-f]{32,}",
    "a path of one machine": r"(?<![\w.*-])/(?:root|work|home/[a-z]\w*|Users/\w+)/[\w.]",
    "a package registry": r"(?:pypi|pythonhosted|npmjs|deb\.debian)\.[a-z]{2,4}\b",
}
PATTERNS = {name: re.compile(pattern) for name, pattern in RULES.items()}


def main() -> int:
    """Scan what git tracks and print what was found."""
    listing = subprocess.check_output(["git", "ls-files", "-z"], text=True)  # noqa: S607 - git as it is installed
    finds = [find for name in listing.split("\0") if name for find in scan(Path(name))]
    sys.stdout.write("".join(f"{find}\n" for find in finds) or "nothing found that must not be here\n")
    return 1 if finds else 0


def scan(path: Path) -> list[str]:
    """Return one line for each find in a file; files that are not text are passed over."""
    try:
        text = path.read_text(encoding="utf-8")
    except (UnicodeDecodeError, FileNotFoundError):
        return []
    return [
        f"{path}:{text.count(chr(10), 0, match.start()) + 1}: {name}"
        for name, pattern in PATTERNS.items()
        for match in pattern.finditer(text)
    ]


if __name__ == "__main__":
    sys.exit(main())
