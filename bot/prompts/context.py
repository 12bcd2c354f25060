"""What is known about a request besides its text: parameters, files, account data."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any, TypeVar

from bot.errors import SoundstageError
from bot.jobs.request import InputKind, Mode, Request

_PLAIN = re.compile(r"[^a-z0-9]")
_Kind = TypeVar("_Kind", bound=StrEnum)
_FALSE = frozenset(("no", "none", "false", "off", "missing", "absent"))


class ContextNotUnderstood(SoundstageError):
    """A context has a value of the wrong kind; the sentence names it."""


class Facts:
    """What somebody measured or said about a file. Spelling of the keys (case, `_`, `-`) does not matter."""

    def __init__(self, values: Mapping[str, Any] | None = None) -> None:
        self._values = {_PLAIN.sub("", key.lower()): value for key, value in (values or {}).items()}

    def __bool__(self) -> bool:
        return bool(self._values)

    def get(self, *names: str) -> Any:
        """Return the first of these facts that is known, else None."""
        for name in names:
            value = self._values.get(_PLAIN.sub("", name))
            if value is not None:
                return value
        return None

    def number(self, *names: str) -> float | None:
        """Return a fact as a number; numbers in text such as `12 s` count, lists count their items."""
        value = self.get(*names)
        if isinstance(value, bool):
            return float(value)
        if isinstance(value, (int, float)):
            return float(value)
        if isinstance(value, (list, tuple)):
            return float(len(value))
        if isinstance(value, str):
            match = re.match(r"\s*(\d+(?:\.\d+)?)", value)
            return float(match.group(1)) if match else None
        return None

    def flag(self, *names: str) -> bool | None:
        """Return a fact as yes or no; None if it is not known."""
        value = self.get(*names)
        if value is None:
            return None
        if isinstance(value, str):
            return value.strip().lower() not in _FALSE
        return bool(value)

    def words(self, *names: str) -> str:
        """Return a fact as lower-case text, empty if it is not known."""
        value = self.get(*names)
        if isinstance(value, (list, tuple)):
            return " ".join(str(item) for item in value).lower()
        return "" if value is None or isinstance(value, bool) else str(value).strip().lower()

    def facts(self, *names: str) -> Facts:
        """Return a fact that consists of facts."""
        value = self.get(*names)
        return Facts(value) if isinstance(value, Mapping) else Facts()


@dataclass(frozen=True)
class LintContext:
    """Everything the rules may ask about a request.

    `voices` are the names of the voices that exist, None if every name counts as existing. `seconds` is the nominal
    length of the clip. `image`, `motion_reference`, `voice_sample` and `workflow` are facts about files and about the
    state of a project; None means that nothing is known, `missing` names the files that are known to be missing.
    `through_api` makes the vendor's hard limits errors.
    """

    input: InputKind = InputKind.TEXT
    native_audio: bool = True
    mode: Mode = Mode.PROFESSIONAL
    seconds: float = 10
    voices: tuple[str, ...] | None = None
    aspect_ratio: str | None = None
    outputs: int = 1
    end_frame: bool = False
    through_api: bool = False
    image: Facts | None = None
    motion_reference: Facts | None = None
    voice_sample: Facts | None = None
    workflow: Facts | None = None
    missing: frozenset[str] = field(default_factory=frozenset)

    @classmethod
    def from_mapping(cls, values: Mapping[str, Any] | None) -> LintContext:
        """Return a context from its JSON form; unknown keys are ignored. Raises `ContextNotUnderstood`."""
        given = dict(values or {})
        kind = _choice(given, "input", InputKind, InputKind.TEXT)
        image = _facts(given, "image")
        return cls(
            input=kind,
            native_audio=_boolean(given, "native_audio", default=True),
            mode=_choice(given, "mode", Mode, Mode.PROFESSIONAL),
            seconds=_number(given, ("duration", "seconds"), 10),
            voices=_names(given.get("voices")),
            aspect_ratio=_text(given, ("aspect_ratio", "ratio")),
            outputs=int(_number(given, ("outputs", "output_count", "count", "videos"), 1)),
            end_frame=_end_frame(given, image),
            through_api=_boolean(given, "through_api", default=False),
            image=image,
            motion_reference=_facts(given, "motion_reference"),
            voice_sample=_facts(given, "voice_sample"),
            workflow=_facts(given, "workflow"),
            missing=_missing(given, kind),
        )

    @classmethod
    def from_request(cls, request: Request, *, voices: tuple[str, ...] | None = None) -> LintContext:
        """Return the context of a request that is about to be sent to the vendor."""
        image = request.image
        size = {"width": image.width, "height": image.height} if image is not None and image.width else None
        missing = {"image"} if request.input is not InputKind.TEXT and image is None else set[str]()
        return cls(
            input=request.input,
            native_audio=request.audio,
            mode=request.mode,
            seconds=request.seconds,
            voices=voices,
            aspect_ratio=request.aspect_ratio if request.input is InputKind.TEXT else None,
            outputs=request.outputs,
            end_frame=request.end_image is not None,
            through_api=True,
            image=Facts(size) if size else None,
            missing=frozenset(missing),
        )


def _choice(given: dict[str, Any], key: str, kind: type[_Kind], default: _Kind) -> _Kind:
    value = given.get(key)
    if value is None:
        return default
    try:
        return kind(str(value).lower())
    except ValueError:
        allowed = ", ".join(member.value for member in kind)
        raise ContextNotUnderstood(f'In the context, "{key}" is {value!r}; it can be {allowed}.') from None


def _boolean(given: dict[str, Any], key: str, *, default: bool) -> bool:
    value = given.get(key, default)
    if value is None:
        return default
    if not isinstance(value, bool):
        raise ContextNotUnderstood(f'In the context, "{key}" is {value!r}; it can be true or false.')
    return value


def _number(given: dict[str, Any], keys: tuple[str, ...], default: float) -> float:
    key = next((key for key in keys if given.get(key) is not None), None)
    if key is None:
        return default
    try:
        return float(given[key])
    except (TypeError, ValueError):
        raise ContextNotUnderstood(f'In the context, "{key}" is {given[key]!r}; it must be a number.') from None


def _text(given: dict[str, Any], keys: tuple[str, ...]) -> str | None:
    return next((str(given[key]) for key in keys if given.get(key) is not None), None)


def _names(value: Any) -> tuple[str, ...] | None:
    if value is None:
        return None
    if not isinstance(value, (list, tuple)):
        raise ContextNotUnderstood('In the context, "voices" must be a list of names or null.')
    return tuple(str(item.get("name", "")) if isinstance(item, Mapping) else str(item) for item in value)


def _facts(given: dict[str, Any], key: str) -> Facts | None:
    value = given.get(key)
    return Facts(value) if isinstance(value, Mapping) else None


def _end_frame(given: dict[str, Any], image: Facts | None) -> bool:
    names = ("end_frame", "end_image", "image_tail", "last_frame")
    return any(bool(given.get(name)) for name in names) or bool(image is not None and image.flag(*names))


def _missing(given: dict[str, Any], kind: InputKind) -> frozenset[str]:
    """Return the files that the input kind needs and that the context says are not there.

    A key that is absent says nothing, except that a description of the image alone shows that no motion reference is
    there.
    """
    missing = set()
    if kind is not InputKind.TEXT and "image" in given and _is_absent(given["image"]):
        missing.add("image")
    if kind is InputKind.MOTION:
        described = "motion_reference" in given
        if (described and _is_absent(given["motion_reference"])) or (not described and "image" in given):
            missing.add("motion_reference")
    return frozenset(missing)


def _is_absent(value: Any) -> bool:
    if isinstance(value, Mapping):
        facts = Facts(value)
        return (
            not value or facts.flag("present", "exists", "attached", "given") is False or facts.flag("missing") is True
        )
    return not value
