"""The rules that a model card answers: is this combination of settings possible?

| rule | what it says |
|---|---|
| C001 | the length is one that the model makes |
| C002 | the aspect ratio is one that the model makes; it is ignored where an image gives the shape |
| C003 | the number of outputs is within the limit |
| C004 | sound needs a mode that has it |
| C005 | voices and end frames need a mode that has them |
| C006 | every file that the input needs is there |
| C007 | the model takes this kind of input, in this mode, with this feature |
| C008 | the features can be had together |
| C009 | the prompt is there and short enough |
| V007 | not more bound voices than the vendor takes |
| V008 | bound voices need an input that has them |
| V009 | bound voices need sound |
| M001 | the reference is neither too short nor too long |
| M002 | the reference is neither too small nor too large |

All of them are errors, but for the ignored aspect ratio of C002, which is a hint.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.catalog.card import Feature, FileRole, Setting
from bot.findings import Finding, Severity

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from decimal import Decimal

    from bot.catalog.card import InputCard, ModelCard
    from bot.catalog.combination import Combination
    from bot.jobs.request import Request

_FEATURE_NAMES = {Feature.AUDIO: "sound", Feature.VOICES: "bound voices", Feature.END_IMAGE: "an end frame"}
_FILE_NAMES = {
    FileRole.IMAGE: "an image",
    FileRole.END_IMAGE: "an end image",
    FileRole.REFERENCE: "a reference video",
}


def check_combination(card: ModelCard, combination: Combination) -> list[Finding]:
    """Return what stands in the way of these settings on this model, in the order of the rules."""
    input_card = card.inputs.get(combination.input)
    if input_card is None:
        offered = _listed(kind.value for kind in card.inputs)
        return [_error("C007", f"{card.name} does not take {combination.input} input; it takes {offered} input.")]
    return [finding for check in _CHECKS for finding in check(card, input_card, combination)]


def check_words(card: ModelCard, request: Request) -> Iterator[Finding]:
    """Yield what stands in the way of the prompt and the negative prompt, as far as their length goes (C009)."""
    input_card = card.inputs.get(request.input)
    if input_card is None:
        return
    limits = card.prompt
    if input_card.prompt_required and not request.prompt.strip():
        yield _error("C009", "There is no prompt; describe what is to be seen and heard.")
    too_long = len(request.prompt) - limits.characters
    if too_long > 0:
        yield Finding(
            rule="C009",
            severity=Severity.ERROR,
            message=f"The prompt is {too_long} characters too long; {card.name} takes {limits.characters}.",
            start=limits.characters,
            end=len(request.prompt),
        )
    too_long = len(request.negative_prompt) - limits.negative_characters
    if too_long > 0 and Setting.NEGATIVE_PROMPT not in input_card.ignores:
        message = f"The negative prompt is {too_long} characters too long; the limit is {limits.negative_characters}."
        yield _error("C009", message)


def _nearest_seconds(choices: Iterable[int], wanted: Decimal) -> int:
    """Return the shortest length that is not shorter than `wanted`, or the longest there is."""
    lengths = sorted(choices)
    return next((length for length in lengths if length >= wanted), lengths[-1])


def _listed(words: Iterable[str], last: str = "or") -> str:
    """Join words as in a sentence: "a, b or c"."""
    *head, tail = words
    return f"{', '.join(head)} {last} {tail}" if head else tail


def _plain(seconds: Decimal) -> str:
    return f"{seconds.normalize():f}"


def _error(rule: str, message: str) -> Finding:
    return Finding(rule=rule, severity=Severity.ERROR, message=message)


def _length(card: ModelCard, input_card: InputCard, combination: Combination) -> Iterator[Finding]:
    seconds = combination.seconds
    if seconds is None or not input_card.seconds or seconds in input_card.seconds:
        return
    offered = _listed(str(choice) for choice in sorted(input_card.seconds))
    nearest = _nearest_seconds(input_card.seconds, seconds)
    message = f"{card.name} makes clips of {offered} seconds, not {_plain(seconds)}; choose {nearest} seconds."
    yield _error("C001", message)


def _aspect_ratio(card: ModelCard, input_card: InputCard, combination: Combination) -> Iterator[Finding]:
    ratio = combination.aspect_ratio
    if ratio is None:
        return
    if Setting.ASPECT_RATIO in input_card.ignores:
        message = f"The aspect ratio {ratio} is ignored: the clip has the shape of the image."
        yield Finding(rule="C002", severity=Severity.HINT, message=message)
    elif ratio not in input_card.aspect_ratios:
        yield _error("C002", f"{card.name} has no aspect ratio {ratio}; choose {_listed(input_card.aspect_ratios)}.")


def _outputs(card: ModelCard, _: InputCard, combination: Combination) -> Iterator[Finding]:
    if not 1 <= combination.outputs <= card.outputs:
        message = f"One request makes 1 to {card.outputs} clips, not {combination.outputs}."
        yield _error("C003", message)


def _modes(card: ModelCard, input_card: InputCard, combination: Combination) -> Iterator[Finding]:
    mode = combination.mode
    if mode not in input_card.modes:
        modes = _listed(other.value.capitalize() for other in input_card.modes)
        message = f"{card.name} has no {mode.value.capitalize()} mode with {combination.input} input; choose {modes}."
        yield _error("C007", message)
        return
    for feature in sorted(combination.features(input_card)):
        offered = input_card.features.get(feature)
        if offered is not None and mode not in offered:
            rule = "C004" if feature is Feature.AUDIO else "C005"
            modes = _listed(other.value.capitalize() for other in offered)
            message = f"{card.name} has {_FEATURE_NAMES[feature]} in {modes} mode only; change the mode or do without."
            yield _error(rule, message)


def _files(_: ModelCard, input_card: InputCard, combination: Combination) -> Iterator[Finding]:
    if combination.files is None:
        return
    for role in input_card.files:
        if role not in combination.files:
            yield _error("C006", f"For {combination.input} input {_FILE_NAMES[role]} is needed; attach it.")


def _offered_features(card: ModelCard, input_card: InputCard, combination: Combination) -> Iterator[Finding]:
    for feature in sorted(combination.features(input_card) - input_card.features.keys()):
        name = _FEATURE_NAMES[feature]
        elsewhere = [kind.value for kind, other in card.inputs.items() if feature in other.features]
        if feature is Feature.VOICES and elsewhere:
            message = (
                f"Bound voices need {_listed(elsewhere)} input on {card.name}; add the file, or describe the "
                "voices in words instead."
            )
        else:
            message = f"{card.name} does not have {name} with {combination.input} input; do without."
        yield _error("V008" if feature is Feature.VOICES else "C007", message)


def _together(card: ModelCard, input_card: InputCard, combination: Combination) -> Iterator[Finding]:
    features = combination.features(input_card)
    for exclusion in card.exclusions:
        if exclusion.features <= features:
            names = _listed((_FEATURE_NAMES[feature] for feature in sorted(exclusion.features)), "and")
            yield _error("C008", f"{card.name} cannot have {names} in one clip; choose one of them.")


def _voices(card: ModelCard, input_card: InputCard, combination: Combination) -> Iterator[Finding]:
    if 0 < input_card.voices < combination.voices:
        message = f"{card.name} takes at most {input_card.voices} bound voices in one clip, not {combination.voices}."
        yield _error("V007", f"{message} Describe the others in words instead.")


def _requirements(card: ModelCard, input_card: InputCard, combination: Combination) -> Iterator[Finding]:
    missing = input_card.features.keys() - combination.features(input_card)
    for requirement in card.requirements:
        if requirement.feature in combination.features(input_card) and requirement.needs in missing:
            feature, needs = _FEATURE_NAMES[requirement.feature], _FEATURE_NAMES[requirement.needs]
            rule = "V009" if requirement.feature is Feature.VOICES else "C008"
            yield _error(rule, f"{card.name} has {feature} only together with {needs}; switch it on or do without.")


def _reference_length(card: ModelCard, input_card: InputCard, combination: Combination) -> Iterator[Finding]:
    limits, seconds = input_card.reference, combination.seconds
    if limits is None or seconds is None:
        return
    longest = limits.longest_for(combination.orientation)
    if not limits.shortest <= seconds <= longest:
        advice = "choose a longer one" if seconds < limits.shortest else f"cut it to {longest} seconds"
        message = (
            f"A reference video for {card.name} lasts {limits.shortest} to {longest} seconds, not {_plain(seconds)}"
        )
        yield _error("M001", f"{message}; {advice}.")


def _reference_sides(_: ModelCard, input_card: InputCard, combination: Combination) -> Iterator[Finding]:
    limits, sides = input_card.reference, combination.reference_sides
    if limits is None or sides is None:
        return
    width, height = sides
    if min(sides) < limits.smallest_side:
        message = (
            f"The reference video is too small: {width} x {height} pixels, each side needs {limits.smallest_side}."
        )
        yield _error("M002", message)
    if max(sides) > limits.largest_side:
        message = f"The reference video is too large: {width} x {height} pixels, the limit is {limits.largest_side}."
        yield _error("M002", f"{message} Scale it down.")


_CHECKS: tuple[Callable[[ModelCard, InputCard, Combination], Iterator[Finding]], ...] = (
    _length,
    _aspect_ratio,
    _outputs,
    _modes,
    _files,
    _offered_features,
    _together,
    _voices,
    _requirements,
    _reference_length,
    _reference_sides,
)
