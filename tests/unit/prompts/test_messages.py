"""Every finding has its words in every language."""

from __future__ import annotations

import string
from typing import TYPE_CHECKING

import pytest

from bot.prompts import LintContext, lint
from bot.prompts.messages import chinese, english, keys, language_of
from bot.prompts.rules import RULES
from tests.support.prompt_corpus import prompts

if TYPE_CHECKING:
    from collections.abc import Mapping


def fields(text: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(text) if name}


def test_the_catalogues_have_the_same_keys_and_fields() -> None:
    assert keys("en") == keys("zh")
    messages: tuple[Mapping[str, str], Mapping[str, str]] = (english.MESSAGES, chinese.MESSAGES)
    for key in keys("en"):
        assert fields(messages[0][key]) == fields(messages[1][key]), key
    assert english.PARTS.keys() == chinese.PARTS.keys()


def test_every_rule_has_a_message() -> None:
    stated = {key.partition(".")[0] for key in keys("en") if not key.startswith("fix.")}
    assert stated == set(RULES)


@pytest.mark.parametrize("locale", ["en", "zh-CN"])
def test_every_finding_of_the_corpus_can_be_said(locale: str) -> None:
    for entry in prompts("known_bad"):
        for finding in lint(entry["text"], LintContext.from_mapping(entry["context"]), locale=locale).findings:
            assert finding.message
            assert "{" not in finding.message


def test_locales_fall_back_to_english() -> None:
    assert [language_of(locale) for locale in ("en-GB", "zh_TW", "de")] == ["en", "zh", "en"]
