"""Animatics: a prompt as a real clip, drawn and spoken on this machine, before a credit is spent."""

from bot.media.animatic.from_prompt import script_from_prompt
from bot.media.animatic.place import Hour, Place, Setting, Weather
from bot.media.animatic.report import AnimaticReport, LineTiming
from bot.media.animatic.script import Language, SceneSound, Script, ScriptLine, Speaker
from bot.media.animatic.worker import render_in_subprocess

__all__ = [
    "AnimaticReport",
    "Hour",
    "Language",
    "LineTiming",
    "Place",
    "SceneSound",
    "Script",
    "ScriptLine",
    "Setting",
    "Speaker",
    "Weather",
    "render_in_subprocess",
    "script_from_prompt",
]
