"""The rules, one module per family. A new rule is a function in its family's module; nothing else lists it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.prompts.rules import audio, files, labels, language, quality, settings, turns, voice

if TYPE_CHECKING:
    from bot.prompts.rules.base import Rule

_FAMILY_ORDER = "VDLATPCSMIW"

#: Every rule under its id, in the order of the catalogue.
RULES: dict[str, Rule] = {
    rule.id: rule
    for rule in sorted(
        (
            rule
            for module in (voice, labels, turns, language, audio, quality, settings, files)
            for rule in module.RULES.rules
        ),
        key=lambda rule: (_FAMILY_ORDER.index(rule.id[0]), rule.id),
    )
}
