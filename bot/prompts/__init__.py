"""The prompt language: parse, lint, fix, build, compile."""

from bot.prompts.context import ContextNotUnderstood, Facts, LintContext
from bot.prompts.linter import LintReport, SettingsFix, apply_safe_fixes, lint
from bot.prompts.model import ParsedPrompt
from bot.prompts.parser import parse

__all__ = [
    "ContextNotUnderstood",
    "Facts",
    "LintContext",
    "LintReport",
    "ParsedPrompt",
    "SettingsFix",
    "apply_safe_fixes",
    "lint",
    "parse",
]
