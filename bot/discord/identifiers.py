"""Custom ids of components and modals: `v1:<area>:<action>:<subject>[:<revision>]`.

They carry an opaque subject and the revision that was shown, nothing else; everything is looked up again at each use.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

VERSION: Final = "v1"
MOST_CHARACTERS: Final = 100
_WORD: Final = r"[a-z][a-z-]{0,23}"
_SUBJECT: Final = r"[0-9a-z_-]{1,40}"
_REVISION: Final = r"[0-9]{1,6}"
_WHOLE: Final = re.compile(
    rf"{VERSION}:(?P<area>{_WORD}):(?P<action>{_WORD}):(?P<subject>{_SUBJECT})(?::(?P<revision>{_REVISION}))?"
)


@dataclass(frozen=True, slots=True)
class CustomId:
    """What a custom id says. `subject` is an id of ours; `revision` is None where the subject has none."""

    area: str
    action: str
    subject: str
    revision: int | None = None

    def __str__(self) -> str:
        """Return the custom id; raises ValueError where it could not be read back."""
        text = f"{VERSION}:{self.area}:{self.action}:{self.subject}"
        if self.revision is not None:
            text += f":{self.revision}"
        if not _WHOLE.fullmatch(text) or len(text) > MOST_CHARACTERS:
            raise ValueError(f"{text!r} is not a custom id")
        return text


def template(area: str, action: str) -> re.Pattern[str]:
    """Return the pattern of all custom ids of one action, with the groups `subject` and `revision`.

    Two actions never match the same custom id.
    """
    if not re.fullmatch(_WORD, area) or not re.fullmatch(_WORD, action):
        raise ValueError(f"{area!r} and {action!r} must be short words in lower case")
    return re.compile(rf"{VERSION}:{area}:{action}:(?P<subject>{_SUBJECT})(?::(?P<revision>{_REVISION}))?")


def read(area: str, action: str, match: re.Match[str]) -> CustomId:
    """Return what a match of the template of an action says."""
    revision = match["revision"]
    return CustomId(area, action, match["subject"], None if revision is None else int(revision))
