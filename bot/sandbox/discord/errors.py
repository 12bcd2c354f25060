"""Refusals of the stand-in, with Discord's status and error codes."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from bot.sandbox.discord.model import Json


class ApiError(Exception):
    """A request that is answered with an error body: `{"code", "message", "errors"}`."""

    def __init__(self, status: int, code: int, message: str, errors: Json | None = None) -> None:
        super().__init__(message)
        self.status = status
        self.code = code
        self.message = message
        self.errors = errors

    @property
    def body(self) -> Json:
        """The answer as Discord words it."""
        body: Json = {"message": self.message, "code": self.code}
        if self.errors:
            body["errors"] = self.errors
        return body


class NotSeenError(ApiError):
    """Something that does not exist, or that the caller must not know of."""

    def __init__(self, code: int, what: str) -> None:
        super().__init__(404, code, f"Unknown {what}")


class ForbiddenError(ApiError):
    """An action that permissions forbid."""

    def __init__(self, code: int, message: str) -> None:
        super().__init__(403, code, message)


class InvalidForm:
    """Collects what is wrong with a body and raises everything at once, as Discord does."""

    def __init__(self) -> None:
        self._errors: Json = {}

    def add(self, path: str, code: str, message: str) -> None:
        """Note one problem at a dotted path such as `components.0.label`."""
        node = self._errors
        for part in path.split(".") if path else []:
            node = node.setdefault(part, {})
        node.setdefault("_errors", []).append({"code": code, "message": message})

    def length(self, path: str, value: object, low: int, high: int) -> None:
        """Note a text that is missing, of the wrong type or outside `low` to `high` characters."""
        if not isinstance(value, str):
            self.add(path, "BASE_TYPE_REQUIRED", "This field is required")
        elif not low <= len(value) <= high:
            self.add(path, "BASE_TYPE_BAD_LENGTH", f"Must be between {low} and {high} in length.")

    def count(self, path: str, values: object, low: int, high: int) -> list[Json]:
        """Note a list that is missing or of the wrong size; return the objects it has."""
        if not isinstance(values, list):
            self.add(path, "BASE_TYPE_REQUIRED", "This field is required")
            return []
        if not low <= len(values) <= high:
            self.add(path, "BASE_TYPE_BAD_LENGTH", f"Must be between {low} and {high} in length.")
        return [value for value in values if isinstance(value, dict)]

    def raise_if_any(self) -> None:
        """Raise ApiError 50035 if a problem was noted."""
        if self._errors:
            raise ApiError(400, 50035, "Invalid Form Body", self._errors)


def invalid_field(path: str, message: str) -> ApiError:
    """Return the answer 50035 for one wrong field."""
    return ApiError(400, 50035, "Invalid Form Body", {path: {"_errors": [{"code": "INVALID", "message": message}]}})


def unknown_channel() -> ApiError:
    """Return the answer for a channel that is not there."""
    return NotSeenError(10003, "Channel")


def unknown_message() -> ApiError:
    """Return the answer for a message that is not there."""
    return NotSeenError(10008, "Message")


def unknown_interaction() -> ApiError:
    """Return the answer for an interaction that is over or never was."""
    return NotSeenError(10062, "interaction")


def invalid_token() -> ApiError:
    """Return the answer for an interaction token that has expired."""
    return ApiError(401, 50027, "Invalid Webhook Token")


def too_large() -> ApiError:
    """Return the answer for a file over the limit."""
    return ApiError(413, 40005, "Request entity too large")


def missing_access() -> ApiError:
    """Return the answer for a channel that the caller cannot see."""
    return ForbiddenError(50001, "Missing Access")


def missing_permissions() -> ApiError:
    """Return the answer for an action without the permission."""
    return ForbiddenError(50013, "Missing Permissions")
