"""Every finding and every fix has its words in every complete language."""

from __future__ import annotations

import pytest

from bot.prompts import LintContext, lint
from bot.prompts.rules import RULES
from bot.texts import SOURCE, Texts
from tests.support.prompt_corpus import prompts

TEXTS = Texts.load()


@pytest.mark.parametrize("locale", [SOURCE, "zh-CN"])
def test_every_rule_has_a_message(locale: str) -> None:
    keys = [key for key in TEXTS.languages[locale].texts if key.startswith("findings.")]

    assert {key.removeprefix("findings.").partition("-")[0] for key in keys} == set(RULES)


@pytest.mark.parametrize("locale", [SOURCE, "zh-CN"])
def test_every_finding_of_the_corpus_can_be_said(locale: str) -> None:
    for entry in prompts("known_bad"):
        report = lint(entry["text"], LintContext.from_mapping(entry["context"]))
        labels = [finding.fix.label for finding in report.findings if finding.fix] + [
            fix.label for fix in report.settings_fixes
        ]
        for sentence in (*(finding.message for finding in report.findings), *labels):
            said = TEXTS.tell(locale, sentence)
            assert said
            assert said != sentence.key
            assert "{" not in said


def test_the_missing_parts_are_named_in_the_language_of_the_reader() -> None:
    [finding] = [one for one in lint('A girl sings: "La la la."').findings if one.rule == "A004"]

    assert "style, accompaniment" in str(finding.message)
    assert "风格、伴奏" in TEXTS.tell("zh-CN", finding.message)


@pytest.mark.parametrize(
    ("rule", "text", "english", "chinese"),
    [
        ("D004", '[Cook] says: "Hi." Then, [Guest] says: "Ho."', "how Cook and Guest sound.", "Cook和Guest 的声音"),
        ("D005", '[Cook, low]: "Hi." Then, [Guest, high]: "Ho."', "before Cook, Guest speak.", "Cook、Guest 说话之前"),
    ],
)
def test_several_characters_have_a_plural(rule: str, text: str, english: str, chinese: str) -> None:
    [finding] = [one for one in lint(text).findings if one.rule == rule]

    assert english in str(finding.message)
    assert chinese in TEXTS.tell("zh-CN", finding.message)


def test_each_of_several_gets_brackets_of_its_own() -> None:
    text = '[Father] and [Daughter] sit by the fire. They say: "Good night."'
    (finding,) = [finding for finding in lint(text).findings if finding.rule == "D001"]
    assert "for example [Father] and [Daughter]." in str(finding.message)
