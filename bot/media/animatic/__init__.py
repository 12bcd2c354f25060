"""Animatics: a prompt as a real clip, drawn and spoken on this machine, before a credit is spent."""

from bot.media.animatic.from_prompt import script_from_prompt
from bot.media.animatic.place import Hour, Place, Setting, Weather
from bot.media.animatic.script import Language, SceneSound, Script, ScriptLine, Speaker

__all__ = [
    "Hour",
    "Language",
    "Place",
    "SceneSound",
    "Script",
    "ScriptLine",
    "Setting",
    "Speaker",
    "Weather",
    "script_from_prompt",
]
