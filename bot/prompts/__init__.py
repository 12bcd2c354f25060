"""The prompt language: parse, lint, fix, build, compile."""

from bot.prompts.model import ParsedPrompt
from bot.prompts.parser import parse

__all__ = ["ParsedPrompt", "parse"]
