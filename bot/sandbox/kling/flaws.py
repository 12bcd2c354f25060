"""Clips that are delivered as if nothing was wrong, and are not what was paid for."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from bot.sandbox.kling.faults import TaskAction
from bot.sandbox.kling.plain_clips import PlainClips

if TYPE_CHECKING:
    from pathlib import Path

    from bot.sandbox.kling.rendering import Renderer, RenderOrder
    from bot.sandbox.kling.tasks import Task


def flawed(task: Task, order: RenderOrder, renderer: Renderer, cache: Path) -> tuple[Renderer, RenderOrder]:
    """Return what to render instead, and by whom, if a fault of the clip struck the task; else the same as given."""
    if task.fault(TaskAction.MUTE):
        order = replace(order, audio=False)
    if task.fault(TaskAction.SHORT):
        order = replace(order, seconds=max(1, order.seconds // 2))
    black, silent = bool(task.fault(TaskAction.BLACK)), bool(task.fault(TaskAction.SILENT))
    if black or silent:
        renderer = PlainClips(cache, black=black, silent=silent)
    return renderer, order
