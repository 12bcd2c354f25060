"""Families C and W: request parameters and the workflow of a project."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from bot.findings import Severity
from bot.jobs.request import InputKind, Mode
from bot.prompts.context import Facts
from bot.prompts.rules.base import Problem, Repair, RuleSet

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bot.prompts.rules.base import Case

RULES = RuleSet()
_SECONDS = (5, 10)
_RATIOS = {"16:9": 16 / 9, "1:1": 1.0, "9:16": 9 / 16}
_OUTPUTS = 4
_CHEAP_SHOTS = frozenset(
    ("transition", "abstract", "establishing", "b-roll", "broll", "insert", "cutaway", "landscape", "intro", "outro")
)
_DEAR_MODES = frozenset(("studio", "professional", "pro"))


@RULES.rule(
    "C001",
    "invalid-duration",
    Severity.ERROR,
    statement="A clip from text or an image has 5 or 10 s.",
    reason="The model makes no other lengths.",
)
def invalid_duration(case: Case) -> Iterator[Problem]:
    """Any other length."""
    seconds = case.context.seconds
    if case.context.input is InputKind.MOTION or seconds in _SECONDS:
        return
    nearest = next((allowed for allowed in _SECONDS if allowed >= seconds), _SECONDS[-1])
    repair = Repair("seconds", settings=(("seconds", nearest),), safe=False)
    yield Problem(values={"seconds": f"{seconds:g}", "nearest": nearest}, repair=repair)


@RULES.rule(
    "C002",
    "invalid-aspect-ratio",
    Severity.ERROR,
    statement="The aspect ratio is 16:9, 1:1 or 9:16, with text input only.",
    reason="With an image the clip takes the image's shape.",
)
def invalid_ratio(case: Case) -> Iterator[Problem]:
    """Find a ratio that does not exist, or one that an image would override."""
    ratio = (case.context.aspect_ratio or "").replace("x", ":").replace("/", ":").replace(" ", "")
    if not ratio or ratio == "auto":
        return
    if case.context.input is not InputKind.TEXT:
        repair = Repair("drop_ratio", settings=(("aspect_ratio", None),), safe=False)
        yield Problem(
            variant="image",
            values={"ratio": ratio},
            severity=Severity.HINT if ratio in _RATIOS else None,
            repair=repair,
        )
    elif ratio not in _RATIOS:
        nearest = _nearest_ratio(ratio)
        repair = Repair("ratio", settings=(("aspect_ratio", nearest),), safe=False)
        yield Problem(values={"ratio": ratio, "nearest": nearest}, repair=repair)


def _nearest_ratio(ratio: str) -> str:
    match = re.fullmatch(r"(\d+(?:\.\d+)?):(\d+(?:\.\d+)?)", ratio)
    if match is None or not float(match.group(2)):
        return "16:9"
    asked = float(match.group(1)) / float(match.group(2))
    return min(_RATIOS, key=lambda name: max(asked / _RATIOS[name], _RATIOS[name] / asked) if asked else 0)


@RULES.rule(
    "C003",
    "invalid-output-count",
    Severity.ERROR,
    statement="One request makes 1 to 4 clips.",
    reason="Documented by the vendor.",
)
def invalid_outputs(case: Case) -> Iterator[Problem]:
    """Too many or no outputs."""
    outputs = case.context.outputs
    if not 1 <= outputs <= _OUTPUTS:
        nearest = min(max(outputs, 1), _OUTPUTS)
        repair = Repair("outputs", settings=(("outputs", nearest),), safe=False)
        yield Problem(values={"outputs": outputs}, repair=repair)


@RULES.rule(
    "C004",
    "audio-in-standard-mode",
    Severity.ERROR,
    statement="Native audio exists in professional mode only.",
    reason="Documented by the vendor.",
)
def audio_in_standard(case: Case) -> Iterator[Problem]:
    """Find standard mode with sound."""
    context = case.context
    if context.native_audio and context.mode is Mode.STANDARD and context.input is not InputKind.MOTION:
        yield Problem(repair=Repair("professional", settings=(("mode", Mode.PROFESSIONAL.value),), safe=False))


@RULES.rule(
    "C005",
    "pro-feature-in-standard-mode",
    Severity.ERROR,
    statement="Voice control and an end frame need professional mode; motion control does not.",
    reason="Documented by the vendor.",
)
def professional_feature(case: Case) -> Iterator[Problem]:
    """Find standard mode with something it does not offer."""
    context = case.context
    if context.mode is not Mode.STANDARD or context.input is InputKind.MOTION:
        return
    feature = "end_frame" if context.end_frame else "voices" if case.bindings else None
    if feature is not None:
        repair = Repair("professional", settings=(("mode", Mode.PROFESSIONAL.value),), safe=False)
        yield Problem(variant=feature, repair=repair)


@RULES.rule(
    "C006",
    "missing-input-file",
    Severity.ERROR,
    statement="An image clip needs an image; motion control needs an image and a reference video.",
    reason="There is nothing to start from otherwise.",
)
def missing_file(case: Case) -> Iterator[Problem]:
    """Files that are known to be missing."""
    for name in sorted(case.context.missing):
        yield Problem(variant=name)


@RULES.rule(
    "W001",
    "generate-before-storyboard-review",
    Severity.WARNING,
    statement="The storyboard is reviewed before the whole film is generated.",
    reason="Changes are free on paper and cost credits afterwards.",
)
def storyboard_first(case: Case) -> Iterator[Problem]:
    """Find the generation of a project whose storyboard nobody has seen."""
    workflow = case.context.workflow
    if workflow is None:
        return
    reviewed = workflow.flag(
        "storyboard_reviewed",
        "reviewed",
        "storyboard_approved",
        "approved",
        "storyboard_review",
        "storyboard_confirmed",
    )
    if reviewed is None:
        state = workflow.words("storyboard", "storyboard_state", "storyboard_status")
        reviewed = (
            state not in ("none", "draft", "pending", "unreviewed", "not reviewed", "missing", "skipped")
            if state
            else None
        )
    step = workflow.words("step", "action", "stage")
    if reviewed is None and workflow.flag("generate_all", "generate", "generate_at_once"):
        reviewed = False
    if reviewed is False and step not in ("storyboard", "review", "plan", "planning", "brief"):
        yield Problem()


@RULES.rule(
    "W002",
    "expensive-mode-everywhere",
    Severity.HINT,
    statement="Abstract and transition shots use the cheap mode.",
    reason="Nobody hears them speak, and they cost a third.",
)
def dear_mode_everywhere(case: Case) -> Iterator[Problem]:
    """Every shot in the dear mode although some do not need it."""
    workflow = case.context.workflow
    if workflow is None:
        return
    if workflow.flag("all_studio", "studio_everywhere", "all_professional") is True:
        yield Problem()
        return
    shots = workflow.get("shots")
    if not isinstance(shots, (list, tuple)):
        mode = workflow.words("mode_for_all_shots", "mode", "shot_mode", "modes")
        if set(mode.split()) and set(mode.split()) <= _DEAR_MODES and (workflow.number("shots", "shot_count") or 2) > 1:
            yield Problem()
        return
    facts = [Facts(shot) for shot in shots if isinstance(shot, dict)]
    modes = [shot.words("mode", "tier", "quality") for shot in facts]
    if len(facts) < 2 or any(mode not in _DEAR_MODES for mode in modes):  # noqa: PLR2004
        cheap_but_dear = [
            shot
            for shot, mode in zip(facts, modes, strict=True)
            if mode in _DEAR_MODES and shot.words("kind", "type", "shot", "purpose") in _CHEAP_SHOTS
        ]
        if not cheap_but_dear:
            return
    kinds = [shot.words("kind", "type", "shot", "purpose") for shot in facts]
    if not any(kinds) or any(kind in _CHEAP_SHOTS for kind in kinds):
        yield Problem()
