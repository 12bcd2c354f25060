"""The configuration: `config.toml`, overridden by environment variables `SOUNDSTAGE_<SECTION>__<KEY>`.

`config.example.toml` explains every key; a test holds the two together. A mistake is reported as one sentence that
names the key, and never repeats a value, because the value may be a secret.
"""

from __future__ import annotations

import ipaddress
import json
import logging
import os
import stat
import tomllib
from difflib import get_close_matches
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, Final, Literal
from urllib.parse import urlsplit

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field, SecretStr, ValidationError
from pydantic_settings import BaseSettings, NoDecode, PydanticBaseSettingsSource, SettingsConfigDict, SettingsError

from bot.errors import ConfigurationError

if TYPE_CHECKING:
    from collections.abc import Iterable

DEFAULT_FILE: Final = Path("config.toml")
ENVIRONMENT_PREFIX: Final = "SOUNDSTAGE_"
_DELIMITER: Final = "__"

_log = logging.getLogger(__name__)


def is_loopback(url: str) -> bool:
    """Say whether a URL names this machine itself."""
    host = urlsplit(url).hostname or ""
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


def _web_address(url: str) -> str:
    parts = urlsplit(url)
    if not url:
        return url
    if parts.username or parts.password or parts.query or parts.fragment:
        raise ValueError("an address has no user name, query or fragment here")
    if not parts.hostname or parts.scheme not in {"http", "https"}:
        raise ValueError("an address starts with https:// and a host name")
    if parts.scheme == "http" and not is_loopback(url):
        raise ValueError("an address outside this machine must start with https://")
    return url.rstrip("/")


def _words(value: object) -> object:
    """Accept a list as TOML writes it, and from the environment a JSON array or words with commas between them."""
    if not isinstance(value, str):
        return value
    if not value.startswith("["):
        return [word.strip() for word in value.split(",") if word.strip()]
    try:
        return json.loads(value)
    except ValueError:
        raise ValueError("write a list of words, or words with commas between them") from None


WebAddress = Annotated[str, AfterValidator(_web_address)]
Words = Annotated[tuple[str, ...], NoDecode, BeforeValidator(_words)]
Identifier = Annotated[int, Field(gt=0)]
Positive = Annotated[int, Field(gt=0)]
Natural = Annotated[int, Field(ge=0)]
PositiveSeconds = Annotated[float, Field(gt=0)]
PositiveHours = Annotated[float, Field(gt=0)]


class _Section(BaseModel):
    """One table of the file. Secrets are never part of a repr, nor are values part of a validation error."""

    model_config = ConfigDict(frozen=True, extra="forbid", hide_input_in_errors=True)


class DiscordSettings(_Section):
    """How to reach Discord."""

    token: SecretStr = SecretStr("")
    api_base: WebAddress = "https://discord.com/api/v10"
    application_guild: Identifier | None = None


class KlingSettings(_Section):
    """How to reach Kling, and how much it may do at a time."""

    access_key: SecretStr = SecretStr("")
    secret_key: SecretStr = SecretStr("")
    api_key: SecretStr = SecretStr("")
    base_url: WebAddress = "https://api-singapore.klingai.com"
    result_hosts: Words = ("*.klingai.com", "*.kechuangai.com")
    slots: Positive = 5
    webhook_secret: SecretStr = SecretStr("")


class DatabaseSettings(_Section):
    """Where the database is. The address may contain a password, so it stays out of every repr."""

    url: Annotated[str, Field(repr=False, pattern=r"^(sqlite|postgresql)://")] = "sqlite:///data/soundstage.db"


class WebSettings(_Section):
    """The small web server for health, metrics, callbacks and links to clips."""

    host: str = "127.0.0.1"
    port: Annotated[int, Field(ge=0, le=65535)] = 8711
    public_url: WebAddress = ""
    link_hours: PositiveHours = 72.0


class DataSettings(_Section):
    """Where files are kept."""

    dir: Path = Path("data")


class JobSettings(_Section):
    """How many jobs people may have, and how long a price stays good."""

    running_per_person: Positive = 2
    running_per_server: Positive = 5
    waiting_per_person: Positive = 8
    waiting_per_server: Positive = 100
    quote_minutes: Positive = 15
    assumed_clip_seconds: PositiveSeconds = 120.0
    question_seconds: PositiveSeconds = 5.0
    longest_question_seconds: PositiveSeconds = 30.0


class CapSettings(_Section):
    """Limits on spending, in credits per day; None for no limit. `role` is keyed by the role's id."""

    person: Natural | None = None
    server: Natural | None = None
    role: dict[Annotated[str, Field(pattern=r"^[0-9]+$")], Natural] = Field(default_factory=dict)


class RetentionSettings(_Section):
    """How many days things are kept."""

    clip_days: Positive = 30
    upload_days: Positive = 7
    history_days: Positive = 365


class LogSettings(_Section):
    """What is logged, and how it looks."""

    level: Literal["debug", "info", "warning", "error"] = "info"
    format: Literal["auto", "json", "text"] = "auto"


class Settings(BaseSettings):
    """The whole configuration. `models` is laid over the model cards, see `bot.catalog`."""

    model_config = SettingsConfigDict(
        frozen=True,
        extra="forbid",
        env_prefix=ENVIRONMENT_PREFIX,
        env_nested_delimiter=_DELIMITER,
        hide_input_in_errors=True,
    )

    discord: DiscordSettings = DiscordSettings()
    kling: KlingSettings = KlingSettings()
    database: DatabaseSettings = DatabaseSettings()
    web: WebSettings = WebSettings()
    data: DataSettings = DataSettings()
    jobs: JobSettings = JobSettings()
    caps: CapSettings = CapSettings()
    retention: RetentionSettings = RetentionSettings()
    log: LogSettings = LogSettings()
    models: dict[str, dict[str, Any]] = Field(default_factory=dict)

    @classmethod
    def settings_customise_sources(
        cls,
        settings_cls: type[BaseSettings],  # noqa: ARG003 - the signature is pydantic's
        init_settings: PydanticBaseSettingsSource,
        env_settings: PydanticBaseSettingsSource,
        dotenv_settings: PydanticBaseSettingsSource,  # noqa: ARG003
        file_secret_settings: PydanticBaseSettingsSource,  # noqa: ARG003
    ) -> tuple[PydanticBaseSettingsSource, ...]:
        """Let the environment win over the file, and ask nothing else."""
        return env_settings, init_settings

    def secrets(self) -> tuple[str, ...]:
        """Return every secret that is set, for the redaction of logs."""
        sections = (getattr(self, name) for name in type(self).model_fields)
        values = [value for section in sections if isinstance(section, _Section) for _, value in section]
        secrets = [value.get_secret_value() for value in values if isinstance(value, SecretStr)]
        return tuple(secret for secret in (*secrets, urlsplit(self.database.url).password) if secret)


_SECTIONS: Final = {
    name: field.annotation.model_fields
    for name, field in Settings.model_fields.items()
    if isinstance(field.annotation, type) and issubclass(field.annotation, _Section)
}
"""The fields of every section by its name."""


_MESSAGES: Final = {
    "model_type": "it is a section, written as a table",
    "string_pattern_mismatch": "it is not written as config.example.toml shows",
}
"""Sentences for mistakes that pydantic tells in the words of programmers, by its names for them."""


def load_settings(file: Path | None = None) -> Settings:
    """Read the configuration from `file`, by default from `config.toml` where there is one, and the environment.

    Raises `ConfigurationError` with one sentence about the first mistake.
    """
    content = _read(file)
    _refuse_unknown_environment()
    try:
        settings = Settings(**content)
    except ValidationError as error:
        raise ConfigurationError(_explain(error)) from None
    except SettingsError:
        raise ConfigurationError(
            f"An environment variable {ENVIRONMENT_PREFIX}… is not what its key needs: write tables as JSON."
        ) from None
    warning = exposure(file or DEFAULT_FILE)
    if warning:
        _log.warning("%s", warning)
    return settings


def exposure(file: Path) -> str | None:
    """Return a warning where a file with secrets can be read by other users of this machine."""
    try:
        content = tomllib.loads(file.read_text(encoding="utf-8"))
        mode = file.stat().st_mode
    except (OSError, ValueError):
        return None
    has_secrets = any(
        content.get(section, {}).get(key)
        for section, fields in _SECTIONS.items()
        for key, field in fields.items()
        if field.annotation is SecretStr
    )
    if not has_secrets or not mode & (stat.S_IRGRP | stat.S_IROTH):
        return None
    return f"{file} holds secrets and other users can read it; run `chmod 600 {file}`."


def _read(file: Path | None) -> dict[str, Any]:
    path = file or DEFAULT_FILE
    try:
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        if file is None:
            return {}
        raise ConfigurationError(f"There is no configuration file {path}; copy config.example.toml to it.") from None
    except OSError as error:
        raise ConfigurationError(f"The configuration file {path} cannot be read: {error.strerror}.") from None
    except UnicodeDecodeError:
        raise ConfigurationError(f"The configuration file {path} is not text in UTF-8.") from None
    except tomllib.TOMLDecodeError as error:
        raise ConfigurationError(f"The configuration file {path} is not valid TOML: {error}.") from None


def _refuse_unknown_environment() -> None:
    """Refuse variables of sections that do not exist; pydantic-settings looks at the known ones only."""
    for name in os.environ:
        if name.upper().startswith(ENVIRONMENT_PREFIX):
            section = name[len(ENVIRONMENT_PREFIX) :].lower().partition(_DELIMITER)[0]
            if section not in Settings.model_fields:
                guess = _nearest(section, Settings.model_fields)
                hint = f" ({ENVIRONMENT_PREFIX}{guess.upper()}{_DELIMITER}… is meant, probably)" if guess else ""
                raise ConfigurationError(f"The environment variable {name} belongs to no setting{hint}.")


def _explain(error: ValidationError) -> str:
    first = error.errors(include_url=False, include_context=False, include_input=False)[0]
    place = [str(part) for part in first["loc"]]
    name = ".".join(place)
    if first["type"] != "extra_forbidden":
        message = _MESSAGES.get(first["type"], first["msg"].removeprefix("Value error, ").rstrip("."))
        return f"The setting {name.removesuffix('.[key]')} cannot be used: {message[:1].lower()}{message[1:]}."
    *above, key = place
    known = _SECTIONS.get(above[0], {}) if above else Settings.model_fields
    guess = _nearest(key, known)
    hint = f" {'.'.join([*above, guess])} is meant, probably." if guess else f" There are: {', '.join(sorted(known))}."
    return f"There is no setting {name}.{hint}"


def _nearest(word: str, known: Iterable[str]) -> str | None:
    return next(iter(get_close_matches(word.lower(), list(known), n=1)), None)
