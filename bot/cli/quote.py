"""`soundstage quote`: prices requests, one JSON object per line in and out."""

from __future__ import annotations

import json
import sys
from dataclasses import replace
from decimal import ROUND_FLOOR, Decimal
from difflib import get_close_matches
from enum import StrEnum
from typing import TYPE_CHECKING, Annotated, Any, Final

import click
from pydantic import (
    AfterValidator,
    BaseModel,
    ConfigDict,
    Field,
    StrictBool,
    StrictInt,
    ValidationError,
    field_validator,
)

from bot.catalog import Catalogue, Combination
from bot.catalog.price import whole_seconds
from bot.cli.common import config_option
from bot.errors import RequestRefused, UnknownModel
from bot.findings import Severity
from bot.jobs.request import InputKind, Mode
from bot.settings import load_settings

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

    from bot.catalog import Price

UNKNOWN_MODEL: Final = "C007"
UNREADABLE: Final = "Q001"
_DAY: Final = 86_400
_SHORTEST: Final = Decimal("1e-20")
_OTHER_NAMES: Final = {"duration": "seconds", "native_audio": "audio"}
"""What `soundstage lint` calls the same things."""


class Phase(StrEnum):
    """When a price is asked for: before, on the length that is ordered, or after, on the length that was delivered."""

    QUOTE = "quote"
    SETTLE = "settle"


def _short(seconds: Decimal) -> Decimal:
    """Cut digits off that nobody means: written out, 1e-999999999 would fill the memory."""
    return seconds.quantize(_SHORTEST, rounding=ROUND_FLOOR)


class QuoteLine(BaseModel):
    """One line of input. What is left out, or null, takes the default of a request."""

    model_config = ConfigDict(frozen=True, extra="ignore")

    model: str = "kling-2.6"
    mode: Mode = Mode.PROFESSIONAL
    audio: StrictBool = True
    voices: Annotated[StrictInt, Field(ge=0)] = 0
    subscriber: StrictBool = False
    motion_control: StrictBool = False
    seconds: Annotated[Decimal, Field(ge=-_DAY, le=_DAY), AfterValidator(_short)] = Decimal(5)
    outputs: StrictInt = 1
    input: InputKind = InputKind.TEXT
    phase: Phase = Phase.QUOTE

    @field_validator("seconds", mode="before")
    @classmethod
    def _is_a_number(cls, value: object) -> object:
        if isinstance(value, bool) or not isinstance(value, int | Decimal):
            raise ValueError("this must be a number")  # noqa: TRY004 - pydantic reports a ValueError only
        return value

    def combination(self) -> Combination:
        """Return the settings as the catalogue judges them."""
        return Combination(
            input=InputKind.MOTION if self.motion_control else self.input,
            mode=self.mode,
            audio=self.audio,
            seconds=self.seconds,
            outputs=self.outputs,
            voices=self.voices,
        )


class _Unreadable(Exception):
    """A line is not a request; the sentence says why."""


@click.command(short_help="Price requests.")
@click.option("--jsonl", is_flag=True, required=True, help="Read and write one JSON object per line.")
@config_option
@click.argument("file", type=click.File("rb"), default="-")
def quote(jsonl: bool, config: Path | None, file: Iterable[bytes]) -> None:  # noqa: ARG001, FBT001 - a required flag
    """Price requests from FILE, or from standard input.

    A line that cannot be priced is answered with an error object; the others are not affected.
    """
    catalogue = Catalogue.load(load_settings(config).models)
    for answer in quote_lines(catalogue, file):
        sys.stdout.write(json.dumps(answer, default=float) + "\n")
        sys.stdout.flush()  # whoever writes one line may wait for its answer before the next


def quote_lines(catalogue: Catalogue, lines: Iterable[bytes]) -> Iterator[dict[str, Any]]:
    """Yield the answer to each line that is not blank."""
    for line in lines:
        if line.strip():
            yield _answer(catalogue, line)


def _answer(catalogue: Catalogue, line: bytes) -> dict[str, Any]:
    identifier: object = None
    try:
        fields = _parsed(line)
        identifier = fields.get("id")
        price = _price(catalogue, _validated(fields))
    except _Unreadable as error:
        return _refusal(identifier, UNREADABLE, str(error))
    except UnknownModel as error:
        return _refusal(identifier, UNKNOWN_MODEL, str(error))
    except RequestRefused as error:
        first = error.findings[0]
        return _refusal(identifier, first.rule, str(first.message))
    return {
        "id": identifier,
        "credits": price.credits,
        "per_second": price.per_second,
        "billed_seconds": price.billed_seconds,
        "outputs": price.outputs,
    }


def _refusal(identifier: object, rule: str, message: str) -> dict[str, Any]:
    return {"id": identifier, "error": {"rule": rule, "message": message}}


def _price(catalogue: Catalogue, line: QuoteLine) -> Price:
    ordered = line.combination()
    delivered = None
    if line.phase is Phase.SETTLE:
        ordered, delivered = _settled(catalogue, ordered, line)
    findings = catalogue.check_combination(line.model, ordered)
    errors = [finding for finding in findings if finding.severity is Severity.ERROR]
    if errors:
        raise RequestRefused(errors)
    return catalogue.price_combination(line.model, ordered, subscriber=line.subscriber, delivered=delivered)


def _settled(catalogue: Catalogue, ordered: Combination, line: QuoteLine) -> tuple[Combination, Decimal]:
    """Work out what was ordered from what was delivered.

    A finished clip is a few frames longer than its nominal length. How long a reference was is not known any more, so
    the longest one is assumed: no quote can have been higher.
    """
    input_card = catalogue.card(line.model).inputs.get(ordered.input)
    if input_card is not None and input_card.reference is not None and line.seconds > 0:
        return replace(ordered, seconds=Decimal(input_card.reference.longest)), line.seconds
    return replace(ordered, seconds=Decimal(whole_seconds(line.seconds))), line.seconds


def _parsed(line: bytes) -> dict[str, Any]:
    try:
        fields = json.loads(line, parse_float=Decimal, parse_constant=_refuse_constant)
    except (ValueError, RecursionError):
        raise _Unreadable("This line is not valid JSON.") from None
    if not isinstance(fields, dict):
        raise _Unreadable("This line is not a JSON object.")
    return {name: value for name, value in fields.items() if value is not None}


def _refuse_constant(name: str) -> object:
    raise ValueError(name)


def _validated(fields: dict[str, Any]) -> QuoteLine:
    known = [*QuoteLine.model_fields, "id"]
    for name in sorted(fields.keys() - set(known)):
        close = _OTHER_NAMES.get(name) or next(iter(get_close_matches(name, known, n=1, cutoff=0.8)), None)
        if close:
            raise _Unreadable(f"There is no field {name}; {close} is meant, probably.")
    try:
        return QuoteLine.model_validate(fields)
    except ValidationError as error:
        first = error.errors(include_url=False, include_context=False, include_input=False)[0]
        place = ".".join(str(part) for part in first["loc"])
        message = first["msg"].removeprefix("Value error, ").rstrip(".")
        raise _Unreadable(f"{place}: {message[:1].lower()}{message[1:]}.") from None
