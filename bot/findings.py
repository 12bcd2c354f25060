"""A finding: one result of checking a request, whoever checked it."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from bot.texts import Sentence


class Severity(StrEnum):
    """How much a finding matters: an error stops the request, the others do not."""

    ERROR = "error"
    WARNING = "warning"
    HINT = "hint"


@dataclass(frozen=True, slots=True)
class Fix:
    """A change that removes a finding.

    `text` is the whole text after the change; `safe` says that it may be applied without asking.
    """

    label: Sentence
    text: str
    safe: bool = True


@dataclass(frozen=True, slots=True)
class Finding:
    """One result of a check.

    `rule` is the stable id of the rule (`C001`), `start` and `end` are the character range in the checked text
    (both 0 where the finding concerns a setting and not the text). `overridable` says of an error that the person may
    have the clip made nevertheless: it would be a poorer clip, and neither refused by the vendor nor paid for nothing.
    """

    rule: str
    severity: Severity
    message: Sentence
    start: int = 0
    end: int = 0
    fix: Fix | None = None
    overridable: bool = False
