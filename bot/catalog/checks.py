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

import unicodedata
from typing import TYPE_CHECKING, Final

from bot.catalog.card import Feature, Setting
from bot.findings import Finding, Severity
from bot.texts import Join, Listing, Sentence

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from decimal import Decimal

    from bot.catalog.card import InputCard, ModelCard
    from bot.catalog.combination import Combination
    from bot.jobs.request import InputKind, Mode, Request
    from bot.texts import Value

_VISIBLE: Final = frozenset("LNPS")
_BLANKS: Final = frozenset("\u115f\u1160\u2800\u3164\uffa0")
"""Characters that Unicode counts as letters or symbols and that show nothing."""


def check_combination(card: ModelCard, combination: Combination) -> list[Finding]:
    """Return what stands in the way of these settings on this model, in the order of the rules."""
    input_card = card.inputs.get(combination.input)
    if input_card is None:
        offered = _any_of(_input(kind) for kind in card.inputs)
        named = Sentence("catalogue.C007-input", model=card.name, input=_input(combination.input), offered=offered)
        return [_error("C007", named)]
    return [finding for check in _CHECKS for finding in check(card, input_card, combination)]


def check_words(card: ModelCard, request: Request) -> Iterator[Finding]:
    """Yield what stands in the way of the prompt and the negative prompt, as far as their length goes (C009)."""
    input_card = card.inputs.get(request.input)
    if input_card is None:
        return
    limits = card.prompt
    if input_card.prompt_required and not _says_something(request.prompt):
        yield _error("C009", Sentence("catalogue.C009-empty"))
    too_long = len(request.prompt) - limits.characters
    if too_long > 0:
        yield Finding(
            rule="C009",
            severity=Severity.ERROR,
            message=Sentence("catalogue.C009", count=too_long, model=card.name, limit=limits.characters),
            start=limits.characters,
            end=len(request.prompt),
        )
    too_long = len(request.negative_prompt) - limits.negative_characters
    if too_long > 0 and Setting.NEGATIVE_PROMPT not in input_card.ignores:
        yield _error("C009", Sentence("catalogue.C009-negative", count=too_long, limit=limits.negative_characters))


def _says_something(text: str) -> bool:
    """Say whether anything in a text can be seen."""
    return any(unicodedata.category(one)[0] in _VISIBLE and one not in _BLANKS for one in text)


def _nearest_seconds(choices: Iterable[int], wanted: Decimal) -> int:
    """Return the shortest length that is not shorter than `wanted`, or the longest there is."""
    lengths = sorted(choices)
    return next((length for length in lengths if length >= wanted), lengths[-1])


def _any_of(items: Iterable[Value]) -> Listing:
    """Put the choices together as in a sentence: "a, b or c"."""
    return Listing(items, Join.OR)


def _input(kind: InputKind) -> Sentence:
    return Sentence(f"catalogue.input.{kind}")


def _mode(mode: Mode) -> Sentence:
    return Sentence(f"catalogue.mode.{mode}")


def _feature(feature: Feature) -> Sentence:
    return Sentence(f"catalogue.feature.{feature}")


def _plain(seconds: Decimal) -> str:
    return f"{seconds.normalize():f}"


def _error(rule: str, message: Sentence) -> Finding:
    return Finding(rule=rule, severity=Severity.ERROR, message=message)


def _length(card: ModelCard, input_card: InputCard, combination: Combination) -> Iterator[Finding]:
    seconds = combination.seconds
    if seconds is None or not input_card.seconds or seconds in input_card.seconds:
        return
    message = Sentence(
        "catalogue.C001",
        model=card.name,
        offered=_any_of(sorted(input_card.seconds)),
        seconds=_plain(seconds),
        nearest=_nearest_seconds(input_card.seconds, seconds),
    )
    yield _error("C001", message)


def _aspect_ratio(card: ModelCard, input_card: InputCard, combination: Combination) -> Iterator[Finding]:
    ratio = combination.aspect_ratio
    if ratio is None:
        return
    if Setting.ASPECT_RATIO in input_card.ignores:
        message = Sentence("catalogue.C002-ignored", ratio=ratio)
        yield Finding(rule="C002", severity=Severity.HINT, message=message)
    elif ratio not in input_card.aspect_ratios:
        offered = _any_of(input_card.aspect_ratios)
        yield _error("C002", Sentence("catalogue.C002", model=card.name, ratio=ratio, offered=offered))


def _outputs(card: ModelCard, _: InputCard, combination: Combination) -> Iterator[Finding]:
    if not 1 <= combination.outputs <= card.outputs:
        yield _error("C003", Sentence("catalogue.C003", most=card.outputs, outputs=combination.outputs))


def _modes(card: ModelCard, input_card: InputCard, combination: Combination) -> Iterator[Finding]:
    mode = combination.mode
    if mode not in input_card.modes:
        modes = _any_of(map(_mode, input_card.modes))
        kind = _input(combination.input)
        message = Sentence("catalogue.C007-mode", model=card.name, mode=_mode(mode), input=kind, modes=modes)
        yield _error("C007", message)
        return
    for feature in sorted(combination.features(input_card)):
        offered = input_card.features.get(feature)
        if offered is not None and mode not in offered:
            rule = "C004" if feature is Feature.AUDIO else "C005"
            modes = _any_of(map(_mode, offered))
            message = Sentence("catalogue.mode-only", model=card.name, feature=_feature(feature), modes=modes)
            yield _error(rule, message)


def _files(_: ModelCard, input_card: InputCard, combination: Combination) -> Iterator[Finding]:
    if combination.files is None:
        return
    for role in input_card.files:
        if role not in combination.files:
            file = Sentence(f"catalogue.file.{role}")
            yield _error("C006", Sentence("catalogue.C006", input=_input(combination.input), file=file))


def _offered_features(card: ModelCard, input_card: InputCard, combination: Combination) -> Iterator[Finding]:
    for feature in sorted(combination.features(input_card) - input_card.features.keys()):
        elsewhere = [_input(kind) for kind, other in card.inputs.items() if feature in other.features]
        if feature is Feature.VOICES and elsewhere:
            message = Sentence("catalogue.V008", inputs=_any_of(elsewhere), model=card.name)
        else:
            message = Sentence(
                "catalogue.feature-missing",
                model=card.name,
                feature=_feature(feature),
                input=_input(combination.input),
            )
        yield _error("V008" if feature is Feature.VOICES else "C007", message)


def _together(card: ModelCard, input_card: InputCard, combination: Combination) -> Iterator[Finding]:
    features = combination.features(input_card)
    for exclusion in card.exclusions:
        if exclusion.features <= features:
            named = Listing(map(_feature, sorted(exclusion.features)), Join.AND)
            yield _error("C008", Sentence("catalogue.C008", model=card.name, features=named))


def _voices(card: ModelCard, input_card: InputCard, combination: Combination) -> Iterator[Finding]:
    if 0 < input_card.voices < combination.voices:
        message = Sentence("catalogue.V007", model=card.name, most=input_card.voices, voices=combination.voices)
        yield _error("V007", message)


def _requirements(card: ModelCard, input_card: InputCard, combination: Combination) -> Iterator[Finding]:
    missing = input_card.features.keys() - combination.features(input_card)
    for requirement in card.requirements:
        if requirement.feature in combination.features(input_card) and requirement.needs in missing:
            feature, needs = _feature(requirement.feature), _feature(requirement.needs)
            rule = "V009" if requirement.feature is Feature.VOICES else "C008"
            yield _error(rule, Sentence("catalogue.needs", model=card.name, feature=feature, needs=needs))


def _reference_length(card: ModelCard, input_card: InputCard, combination: Combination) -> Iterator[Finding]:
    limits, seconds = input_card.reference, combination.seconds
    if limits is None or seconds is None:
        return
    longest = limits.longest_for(combination.orientation)
    if not limits.shortest <= seconds <= longest:
        message = Sentence(
            "catalogue.M001-short" if seconds < limits.shortest else "catalogue.M001-long",
            model=card.name,
            shortest=f"{limits.shortest}",
            longest=f"{longest}",
            seconds=_plain(seconds),
        )
        yield _error("M001", message)


def _reference_sides(_: ModelCard, input_card: InputCard, combination: Combination) -> Iterator[Finding]:
    limits, sides = input_card.reference, combination.reference_sides
    if limits is None or sides is None:
        return
    width, height = sides
    if min(sides) < limits.smallest_side:
        message = Sentence("catalogue.M002-small", width=width, height=height, limit=limits.smallest_side)
        yield _error("M002", message)
    if max(sides) > limits.largest_side:
        message = Sentence("catalogue.M002-large", width=width, height=height, limit=limits.largest_side)
        yield _error("M002", message)


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
