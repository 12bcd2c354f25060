"""What the stand-in refuses: commands, components and messages outside Discord's rules."""

from __future__ import annotations

from typing import Any

import pytest

from bot.sandbox.discord.checks.commands import check_command, check_commands
from bot.sandbox.discord.checks.components import check_modal, number_components, walk
from bot.sandbox.discord.checks.messages import check_message
from bot.sandbox.discord.errors import ApiError
from bot.sandbox.discord.model import MessageFlag

Json = dict[str, Any]


def command(**changes: Any) -> Json:
    """Return a valid slash command, changed."""
    return {"name": "video", "description": "Make a clip", "type": 1, "options": [], **changes}


def option(**changes: Any) -> Json:
    """Return a valid text option, changed."""
    return {"type": 3, "name": "prompt", "description": "What to show", **changes}


def codes(error: ApiError) -> set[str]:
    """Return the codes of all problems in an error."""
    found: set[str] = set()

    def descend(node: Any) -> None:
        if isinstance(node, dict):
            for key, inner in node.items():
                if key == "_errors":
                    found.update(one["code"] for one in inner)
                else:
                    descend(inner)

    descend(error.errors)
    return found


CHOICE = {"name": "A", "value": "a"}


@pytest.mark.parametrize(
    ("definition", "code"),
    [
        (command(name="Video"), "APPLICATION_COMMAND_INVALID_NAME"),
        (command(name="two words"), "APPLICATION_COMMAND_INVALID_NAME"),
        (command(name="x" * 33), "BASE_TYPE_BAD_LENGTH"),
        (command(description=""), "BASE_TYPE_BAD_LENGTH"),
        (command(description="x" * 101), "BASE_TYPE_BAD_LENGTH"),
        (command(name_localizations={"zh-CN": "视频", "xx": "video"}), "APPLICATION_COMMAND_LOCALE"),
        (command(description_localizations={"zh-CN": ""}), "BASE_TYPE_BAD_LENGTH"),
        (command(options=[option(name=f"o{number}") for number in range(26)]), "BASE_TYPE_BAD_LENGTH"),
        (command(options=[option(), option()]), "APPLICATION_COMMAND_OPTIONS_NAME_DUPLICATE"),
        (
            command(options=[option(), option(name="late", required=True)]),
            "APPLICATION_COMMAND_OPTIONS_REQUIRED_INVALID",
        ),
        (
            command(options=[option(choices=[CHOICE], autocomplete=True)]),
            "APPLICATION_COMMAND_OPTIONS_CHOICES_INVALID",
        ),
        (command(options=[option(choices=[{"name": "A", "value": 1}])]), "BASE_TYPE"),
        (command(options=[option(choices=[{"name": "A", "value": "x" * 101}])]), "BASE_TYPE_BAD_LENGTH"),
        (command(options=[option(), option(type=1, name="sub")]), "APPLICATION_COMMAND_OPTIONS_MIXED"),
        (command(options=[option(max_length=6001)]), "APPLICATION_COMMAND_OPTION_LENGTH"),
        (command(type=3, name="Animate", options=[]), "APPLICATION_COMMAND_CONTEXT_MENU_DESCRIPTION"),
        (command(contexts=[7]), "BASE_TYPE_CHOICES"),
        (
            command(
                options=[
                    option(name=f"o{n}", choices=[{"name": f"{i}" * 50, "value": f"{i}" * 50} for i in range(10)])
                    for n in range(9)
                ]
            ),
            "APPLICATION_COMMAND_TOO_LARGE",
        ),
    ],
)
def test_a_command_outside_the_rules_is_refused(definition: Json, code: str) -> None:
    with pytest.raises(ApiError) as refused:
        check_command(definition)
    assert refused.value.code == 50035
    assert code in codes(refused.value)


def test_a_full_tree_of_commands_is_accepted() -> None:
    sub = {"type": 1, "name": "text", "description": "From text", "options": [option(required=True)]}
    group = {"type": 2, "name": "more", "description": "More", "options": [sub]}
    tree = [command(options=[sub, group]), {"type": 3, "name": "Animate this image"}, {"type": 2, "name": "Gift"}]
    check_commands(tree)
    with pytest.raises(ApiError, match="Invalid Form Body"):
        check_commands([*tree, command()])
    with pytest.raises(ApiError, match="Maximum number"):
        check_commands([command(name=f"c{number}") for number in range(101)])


def text(content: str = "x") -> Json:
    """Return a text component."""
    return {"type": 10, "content": content}


def button(custom_id: str = "a", **changes: Any) -> Json:
    """Return a button."""
    return {"type": 2, "style": 1, "label": "Go", "custom_id": custom_id, **changes}


def row(*parts: Json) -> Json:
    """Return an action row."""
    return {"type": 1, "components": list(parts)}


def select(**changes: Any) -> Json:
    """Return a select menu."""
    return {"type": 3, "custom_id": "s", "options": [{"label": "A", "value": "a"}], **changes}


TWO = MessageFlag.COMPONENTS_V2


@pytest.mark.parametrize(
    ("components", "code"),
    [
        ([text("x" * 2000), text("y" * 2001)], "COMPONENT_DISPLAYABLE_TEXT_SIZE_EXCEEDED"),
        ([text() for _ in range(41)], "COMPONENT_MAX_TOTAL_COMPONENTS_EXCEEDED"),
        ([row(*(button(str(number)) for number in range(6)))], "BASE_TYPE_BAD_LENGTH"),
        ([row(button(), button())], "COMPONENT_CUSTOM_ID_DUPLICATED"),
        ([row(button(), select())], "COMPONENT_LAYOUT_WIDTH_EXCEEDED"),
        ([row(button("x" * 101))], "BASE_TYPE_BAD_LENGTH"),
        ([row(button(label=None))], "BUTTON_COMPONENT_LABEL_OR_EMOJI_REQUIRED"),
        ([row(button(style=5, url="ftp://x"))], "URL_TYPE_INVALID_SCHEME"),
        ([row(select(options=[]))], "BASE_TYPE_BAD_LENGTH"),
        ([row(select(options=[{"label": "A", "value": "a"}] * 2))], "SELECT_COMPONENT_OPTION_VALUE_DUPLICATED"),
        ([{"type": 9, "components": [text()]}], "BASE_TYPE_REQUIRED"),
        ([{"type": 9, "components": [text()] * 4, "accessory": button()}], "BASE_TYPE_BAD_LENGTH"),
        ([{"type": 12, "items": [{"media": {"url": "attachment://no.png"}}]}], "MEDIA_ATTACHMENT_NOT_FOUND"),
        ([{"type": 12, "items": []}], "BASE_TYPE_BAD_LENGTH"),
        ([{"type": 13, "file": {"url": "https://example.com/a"}}], "URL_TYPE_INVALID_SCHEME"),
        ([{"type": 17, "components": [{"type": 17, "components": [text()]}]}], "UNION_TYPE_CHOICES"),
        ([button()], "UNION_TYPE_CHOICES"),
    ],
)
def test_components_outside_the_rules_are_refused(components: list[Json], code: str) -> None:
    with pytest.raises(ApiError) as refused:
        check_message({"components": components}, flags=TWO, filenames=["a.png"])
    assert code in codes(refused.value)


def test_nested_components_and_accessories_count_towards_forty() -> None:
    sections = [{"type": 9, "components": [text()], "accessory": button(str(number))} for number in range(13)]
    container = {"type": 17, "components": sections}
    check_message({"components": [container]}, flags=TWO, filenames=[])
    assert sum(1 for _ in walk([container])) == 40
    with pytest.raises(ApiError):
        check_message({"components": [container, text()]}, flags=TWO, filenames=[])


def test_an_attachment_that_no_component_shows_is_accepted_with_a_remark() -> None:
    shown = {"type": 12, "items": [{"media": {"url": "attachment://a.png"}}]}
    remarks = check_message({"components": [shown]}, flags=TWO, filenames=["a.png", "b.png"])
    assert len(remarks) == 1
    assert "b.png" in remarks[0]


@pytest.mark.parametrize(
    ("body", "flags", "code"),
    [
        ({"content": "x", "components": [text()]}, TWO, "MESSAGE_CANNOT_USE_LEGACY_FIELDS_WITH_COMPONENTS_V2"),
        ({"content": "x" * 2001}, 0, "BASE_TYPE_BAD_LENGTH"),
        ({"content": "x", "nonce": "n" * 26}, 0, "NONCE_TYPE_TOO_LONG"),
        ({"components": [text()]}, 0, "UNION_TYPE_CHOICES"),
        ({"components": [row(button(str(number))) for number in range(6)]}, 0, "BASE_TYPE_BAD_LENGTH"),
        ({"embeds": [{"title": "x" * 257}]}, 0, "BASE_TYPE_BAD_LENGTH"),
        ({"embeds": [{"description": "x" * 4000}, {"description": "x" * 2001}]}, 0, "MAX_EMBED_SIZE_EXCEEDED"),
        ({"embeds": [{"title": "x"}] * 11}, 0, "BASE_TYPE_MAX_LENGTH"),
    ],
)
def test_messages_outside_the_rules_are_refused(body: Json, flags: int, code: str) -> None:
    with pytest.raises(ApiError) as refused:
        check_message(body, flags=flags, filenames=[])
    assert code in codes(refused.value)


def test_an_empty_message_is_refused() -> None:
    with pytest.raises(ApiError) as refused:
        check_message({"content": ""}, flags=0, filenames=[])
    assert refused.value.code == 50006


def label(component: Json, **changes: Any) -> Json:
    """Return a labelled field of a modal."""
    return {"type": 18, "label": "Line", "component": component, **changes}


FIELD = {"type": 4, "custom_id": "line", "style": 1}


@pytest.mark.parametrize(
    ("modal", "code"),
    [
        ({"title": "x" * 46, "components": [label(FIELD)]}, "BASE_TYPE_BAD_LENGTH"),
        ({"components": [label(FIELD | {"custom_id": str(number)}) for number in range(6)]}, "BASE_TYPE_BAD_LENGTH"),
        ({"components": [label(FIELD), label(FIELD)]}, "COMPONENT_CUSTOM_ID_DUPLICATED"),
        ({"components": [label(FIELD, label="x" * 46)]}, "BASE_TYPE_BAD_LENGTH"),
        ({"components": [label(FIELD | {"value": "x" * 11, "max_length": 10})]}, "BASE_TYPE_BAD_LENGTH"),
        ({"components": [label(button())]}, "UNION_TYPE_CHOICES"),
        ({"components": [row(button())]}, "UNION_TYPE_CHOICES"),
    ],
)
def test_modals_outside_the_rules_are_refused(modal: Json, code: str) -> None:
    with pytest.raises(ApiError) as refused:
        check_modal({"title": "Edit", "custom_id": "edit", **modal})
    assert code in codes(refused.value)


def test_components_get_numbers_that_are_free() -> None:
    components = [row(button("a"), button("b", id=1)), text()]
    number_components(components)
    assert [one["id"] for one in walk(components)] == [2, 3, 1, 4]
