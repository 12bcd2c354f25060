"""The configuration: where values come from, and what is said about those that cannot be used."""

import logging
import os
import re
import tomllib
from pathlib import Path

import pytest

from bot.catalog import Catalogue
from bot.errors import ConfigurationError
from bot.settings import Settings, exposure, is_loopback, load_settings

EXAMPLE = Path(__file__).parents[2] / "config.example.toml"


@pytest.fixture(autouse=True)
def _in_an_empty_directory(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    for name in os.environ:
        if name.startswith("SOUNDSTAGE_"):
            monkeypatch.delenv(name)


def load(text: str) -> Settings:
    file = Path("settings.toml")
    file.write_text(text, encoding="utf-8")
    file.chmod(0o600)
    return load_settings(file)


def refusal(text: str) -> str:
    with pytest.raises(ConfigurationError) as caught:
        load(text)
    sentence = str(caught.value)
    assert "\n" not in sentence
    assert sentence.endswith(".")
    return sentence


def test_without_a_file_everything_has_its_default() -> None:
    assert load_settings() == Settings()
    assert Settings().database.url == "sqlite:///data/soundstage.db"
    assert is_loopback(f"http://{Settings().web.host}")


def test_config_toml_is_read_where_there_is_one() -> None:
    Path("config.toml").write_text("[kling]\nslots = 9\n", encoding="utf-8")

    assert load_settings().kling.slots == 9


def test_the_environment_wins_over_the_file(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SOUNDSTAGE_KLING__SLOTS", "7")
    monkeypatch.setenv("SOUNDSTAGE_DISCORD__TOKEN", "from-the-environment")
    monkeypatch.setenv("SOUNDSTAGE_KLING__RESULT_HOSTS", "a.example, *.b.example")
    monkeypatch.setenv("SOUNDSTAGE_CAPS__ROLE", '{"42": 100}')
    settings = load('[kling]\nslots = 3\nbase_url = "https://kling.example/"\n[discord]\ntoken = "from-the-file"\n')

    assert settings.kling.slots == 7
    assert settings.kling.base_url == "https://kling.example"
    assert settings.discord.token.get_secret_value() == "from-the-environment"
    assert settings.kling.result_hosts == ("a.example", "*.b.example")
    assert settings.caps.role == {"42": 100}


def test_prices_of_the_file_and_the_environment_are_laid_over_each_other(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SOUNDSTAGE_MODELS", '{"kling-2.6": {"prices": {"professional": {"audio": 13}}}}')
    settings = load('[models."kling-2.6".prices.professional]\naudio = 11\nsilent = 6\n')

    prices = settings.models["kling-2.6"]["prices"]["professional"]
    assert prices == {"audio": 13, "silent": 6}


@pytest.mark.parametrize(
    ("text", "names", "hint"),
    [
        ('[discord]\ntokn = "x"', "discord.tokn", "discord.token is meant"),
        ("[klng]\nslots = 1", "klng", "kling is meant"),
        ("[jobs]\nfrobnicate = 1", "jobs.frobnicate", "quote_minutes"),
        ("[kling]\nslots = 0", "kling.slots", "greater than 0"),
        ('[kling]\nslots = "many"', "kling.slots", "integer"),
        ("discord = 3", "discord", "it is a section, written as a table"),
        ('[kling]\nresult_hosts = "[x"', "kling.result_hosts", "words with commas"),
        ("[web]\nport = 70000", "web.port", "65535"),
        ('[web]\npublic_url = "http://bot.example.com"', "web.public_url", "https://"),
        ('[kling]\nbase_url = "ftp://kling.example"', "kling.base_url", "https://"),
        ('[kling]\nbase_url = "https://user:secret@kling.example"', "kling.base_url", "user name"),
        ('[kling]\nbase_url = "http://[broken"', "kling.base_url", "cannot be used"),
        ('[database]\nurl = "mysql://x"', "database.url", "cannot be used"),
        ("[caps.role]\nmoderators = 5", "caps.role.moderators", "as config.example.toml shows"),
        ('[log]\nlevel = "loud"', "log.level", "'debug', 'info'"),
        ("[kling\nslots = 1", "not valid TOML", "line 1"),
    ],
)
def test_a_mistake_is_one_sentence_that_names_the_key(text: str, names: str, hint: str) -> None:
    sentence = refusal(text)

    assert names in sentence
    assert hint in sentence


@pytest.mark.parametrize(
    ("variable", "value", "names"),
    [
        ("SOUNDSTAGE_DISCROD__TOKEN", "x", "SOUNDSTAGE_DISCORD__…"),
        ("SOUNDSTAGE_DISCORD__TOKN", "x", "discord.token is meant"),
        ("SOUNDSTAGE_NONSENSE", "x", "SOUNDSTAGE_NONSENSE belongs to no setting"),
        ("SOUNDSTAGE_MODELS", "{not json", "JSON"),
        ("SOUNDSTAGE_KLING__SLOTS", "many", "kling.slots"),
        ("SOUNDSTAGE_KLING__RESULT_HOSTS", "[broken", "kling.result_hosts"),
    ],
)
def test_a_mistake_in_the_environment_is_named_too(
    variable: str, value: str, names: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(variable, value)

    assert names in refusal("")


def test_a_refusal_never_repeats_a_value() -> None:
    secret = "S3cr3t-" + "x" * 20
    for text in (
        f'[discord]\ntoken = ["{secret}"]',
        f'[kling]\nslots = "{secret}"',
        f'[kling]\napi_kye = "{secret}"',
        f'[database]\nurl = "mysql://user:{secret}@host"',
        f'[kling]\nsecret_key = "{secret}',
    ):
        assert secret not in refusal(text)


def test_a_file_that_is_named_must_be_there() -> None:
    with pytest.raises(ConfigurationError, match=r"no configuration file missing\.toml"):
        load_settings(Path("missing.toml"))


def test_a_file_that_is_not_text_is_refused() -> None:
    Path("binary.toml").write_bytes(b"\xff\xfe\x00")
    with pytest.raises(ConfigurationError, match="UTF-8"):
        load_settings(Path("binary.toml"))


def test_a_directory_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ConfigurationError, match="cannot be read"):
        load_settings(tmp_path)


@pytest.mark.parametrize(
    ("text", "mode", "warns"),
    [
        ('[discord]\ntoken = "secret-token"', 0o644, True),
        ('[kling]\nsecret_key = "secret-key"', 0o640, True),
        ('[discord]\ntoken = "secret-token"', 0o600, False),
        ('[discord]\ntoken = ""', 0o644, False),
        ("[kling]\nslots = 3", 0o644, False),
    ],
)
def test_secrets_that_others_can_read_are_warned_about(
    *, text: str, mode: int, warns: bool, caplog: pytest.LogCaptureFixture
) -> None:
    file = Path("settings.toml")
    file.write_text(text, encoding="utf-8")
    file.chmod(mode)

    with caplog.at_level(logging.WARNING):
        load_settings(file)

    assert (exposure(file) is not None) is warns
    assert ("chmod 600 settings.toml" in caplog.text) is warns
    assert "secret-" not in caplog.text


def test_secrets_are_listed_for_redaction_and_hidden_everywhere_else() -> None:
    values = {name: f"very-secret-{name}" for name in ("token", "access", "key", "api", "hook", "password")}
    settings = load(
        f"""
        [discord]
        token = "{values["token"]}"
        [kling]
        access_key = "{values["access"]}"
        secret_key = "{values["key"]}"
        api_key = "{values["api"]}"
        webhook_secret = "{values["hook"]}"
        [database]
        url = "postgresql://bot:{values["password"]}@db.example/soundstage"
        """
    )

    assert sorted(settings.secrets()) == sorted(values.values())
    for shown in (repr(settings), str(settings), repr(settings.kling), str(settings.database), f"{settings.discord!r}"):
        assert "very-secret" not in shown


def documented_keys() -> set[tuple[str, ...]]:
    """Every key of the example, also those that are commented out because they have no default value."""
    keys = set()
    table: tuple[str, ...] = ()
    for line in EXAMPLE.read_text(encoding="utf-8").splitlines():
        if heading := re.fullmatch(r"\[([a-z.]+)\]", line):
            table = tuple(heading[1].split("."))
        elif line.startswith("[models"):
            table = ("models",)
        elif (key := re.match(r"(?:# )?([a-z_]+) = ", line)) and table[:1] != ("models",):
            keys.add((*table, key[1]))
    return keys


def existing_keys() -> set[tuple[str, ...]]:
    sections = {name: field.annotation for name, field in Settings.model_fields.items() if name != "models"}
    keys: set[tuple[str, ...]] = {
        (section, key) for section, model in sections.items() for key in getattr(model, "model_fields", {})
    }
    return keys - {("caps", "role")}


def test_the_example_explains_exactly_the_keys_that_exist() -> None:
    assert documented_keys() == existing_keys()
    assert "[caps.role]" in EXAMPLE.read_text(encoding="utf-8")


def test_the_example_loads_and_shows_the_defaults() -> None:
    example = load_settings(EXAMPLE)

    assert example.model_copy(update={"models": {}}) == Settings()
    assert Catalogue.load(example.models).cards == Catalogue.load().cards


def test_the_example_shows_every_price() -> None:
    models = tomllib.loads(EXAMPLE.read_text(encoding="utf-8"))["models"]

    assert models == {
        card.id: {"prices": {mode: prices.model_dump(exclude_none=True) for mode, prices in card.prices.items()}}
        for card in Catalogue.load().cards
    }


@pytest.mark.parametrize(
    ("url", "is_local"),
    [
        ("http://127.0.0.1:8710/api", True),
        ("http://localhost", True),
        ("http://[::1]:80", True),
        ("http://127.9.9.9", True),
        ("https://127.0.0.1.example.com", False),
        ("https://localhost.example.com", False),
        ("https://example.com", False),
    ],
)
def test_loopback(*, url: str, is_local: bool) -> None:
    assert is_loopback(url) is is_local
