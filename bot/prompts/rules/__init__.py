"""The rules, one module per family. A new rule is a function in its family's module; nothing else lists it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.prompts.rules import (
    audio,
    bindings,
    files,
    labels,
    language,
    music,
    pronouns,
    quality,
    settings,
    time,
    turns,
    voice,
)

if TYPE_CHECKING:
    from bot.prompts.rules.base import Rule

_MODULES = (voice, bindings, pronouns, labels, turns, language, audio, music, time, quality, settings, files)
_FAMILY_ORDER = "VDLATPCSMIW"

#: Every rule under its id, in the order of the catalogue.
RULES: dict[str, Rule] = {
    rule.id: rule
    for rule in sorted(
        (rule for module in _MODULES for rule in module.RULES.rules),
        key=lambda rule: (_FAMILY_ORDER.index(rule.id[0]), rule.id),
    )
}
