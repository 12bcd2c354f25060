"""The rules for components in messages and modals.

Figures: Discord's component reference, August 2026.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import IntEnum
from typing import TYPE_CHECKING

from bot.sandbox.discord.errors import InvalidForm

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterator, Sequence

    from bot.sandbox.discord.model import Json

MOST_COMPONENTS = 40
MOST_TEXT = 4000
MOST_LEGACY_ROWS = 5
MOST_BUTTONS = 5
MOST_GALLERY_ITEMS = 10
MOST_SECTION_TEXTS = 3
MOST_SELECT_OPTIONS = 25
MOST_MODAL_PARTS = 5
CUSTOM_ID_LENGTH = 100
LABEL_LENGTH = 80
OPTION_LENGTH = 100
PLACEHOLDER_LENGTH = 150
DESCRIPTION_LENGTH = 1024
MODAL_TITLE_LENGTH = 45
MODAL_LABEL_LENGTH = 45
TEXT_INPUT_LENGTH = 4000
URL_LENGTH = 512


class Part(IntEnum):
    """The kinds of components."""

    ROW = 1
    BUTTON = 2
    STRING_SELECT = 3
    TEXT_INPUT = 4
    USER_SELECT = 5
    ROLE_SELECT = 6
    MENTIONABLE_SELECT = 7
    CHANNEL_SELECT = 8
    SECTION = 9
    TEXT = 10
    THUMBNAIL = 11
    GALLERY = 12
    FILE = 13
    SEPARATOR = 14
    CONTAINER = 17
    LABEL = 18
    FILE_UPLOAD = 19
    RADIO_GROUP = 21
    CHECKBOX_GROUP = 22
    CHECKBOX = 23


SELECTS = frozenset(
    {Part.STRING_SELECT, Part.USER_SELECT, Part.ROLE_SELECT, Part.MENTIONABLE_SELECT, Part.CHANNEL_SELECT}
)
_INSIDE_CONTAINER = frozenset({Part.ROW, Part.SECTION, Part.TEXT, Part.GALLERY, Part.FILE, Part.SEPARATOR})
_TOP_LEVEL = _INSIDE_CONTAINER | {Part.CONTAINER}
_INSIDE_LABEL = SELECTS | {Part.TEXT_INPUT, Part.FILE_UPLOAD, Part.RADIO_GROUP, Part.CHECKBOX_GROUP, Part.CHECKBOX}
_REFERENCE = "attachment://"
_LINK_STYLE = 5
_PREMIUM_STYLE = 6


def walk(components: Sequence[Json]) -> Iterator[Json]:
    """Go through components and everything inside them, in reading order."""
    for component in components:
        yield component
        yield from walk(component.get("components") or [])
        for key in ("accessory", "component"):
            if isinstance(component.get(key), dict):
                yield from walk([component[key]])


def references(components: Sequence[Json]) -> set[str]:
    """Return the file names that components show by `attachment://`."""
    found = set()
    for component in walk(components):
        for holder in (component, *(component.get("items") or [])):
            for key in ("media", "file"):
                url = (holder.get(key) or {}).get("url", "")
                if url.startswith(_REFERENCE):
                    found.add(url.removeprefix(_REFERENCE))
    return found


def number_components(components: Sequence[Json]) -> None:
    """Give every component without an id the next free number, as Discord does."""
    taken = {component["id"] for component in walk(components) if component.get("id")}
    following = 1
    for component in walk(components):
        if not component.get("id"):
            while following in taken:
                following += 1
            component["id"] = following
            taken.add(following)


@dataclass
class _Checker:
    """One pass over the components of one message or modal."""

    form: InvalidForm
    filenames: Collection[str]
    custom_ids: set[str] = field(default_factory=set)
    text: int = 0

    def check(self, path: str, component: Json, allowed: Collection[int]) -> None:
        """Check one component of the allowed kinds, and what is inside it."""
        kind = component.get("type")
        if kind not in allowed:
            message = f'Value of field "type" must be one of {sorted(int(one) for one in allowed)}.'
            self.form.add(f"{path}.type", "UNION_TYPE_CHOICES", message)
            return
        rules: dict[int, Callable[[str, Json], None]] = {
            Part.ROW: self._row,
            Part.BUTTON: self._button,
            Part.SECTION: self._section,
            Part.TEXT: self._text,
            Part.THUMBNAIL: self._thumbnail,
            Part.GALLERY: self._gallery,
            Part.FILE: self._file,
            Part.CONTAINER: self._container,
            Part.LABEL: self._label,
            Part.TEXT_INPUT: self._text_input,
            Part.RADIO_GROUP: self._group,
            Part.CHECKBOX_GROUP: self._group,
            Part.FILE_UPLOAD: self._custom_id,
            Part.CHECKBOX: self._custom_id,
        }
        if kind in SELECTS:
            self._select(path, component)
        elif kind in rules:
            rules[kind](path, component)

    def check_all(self, path: str, components: Sequence[Json], allowed: Collection[int]) -> None:
        """Check several components that stand beside each other."""
        for position, component in enumerate(components):
            self.check(f"{path}.{position}", component, allowed)

    def _custom_id(self, path: str, component: Json) -> None:
        custom_id = component.get("custom_id")
        self.form.length(f"{path}.custom_id", custom_id, 1, CUSTOM_ID_LENGTH)
        if isinstance(custom_id, str):
            if custom_id in self.custom_ids:
                message = "Component custom id cannot be duplicated"
                self.form.add(f"{path}.custom_id", "COMPONENT_CUSTOM_ID_DUPLICATED", message)
            self.custom_ids.add(custom_id)

    def _row(self, path: str, component: Json) -> None:
        children = self.form.count(f"{path}.components", component.get("components"), 1, MOST_BUTTONS)
        if len(children) > 1 and any(child.get("type") != Part.BUTTON for child in children):
            message = "A row holds up to five buttons or one select menu."
            self.form.add(f"{path}.components", "COMPONENT_LAYOUT_WIDTH_EXCEEDED", message)
        self.check_all(f"{path}.components", children, SELECTS | {Part.BUTTON})

    def _button(self, path: str, component: Json) -> None:
        style = component.get("style")
        if style == _LINK_STYLE:
            url = component.get("url")
            self.form.length(f"{path}.url", url, 1, URL_LENGTH)
            if isinstance(url, str) and not url.startswith(("http://", "https://", "discord://")):
                self.form.add(f"{path}.url", "URL_TYPE_INVALID_SCHEME", "Scheme must be http, https or discord.")
        elif style == _PREMIUM_STYLE:
            self.form.length(f"{path}.sku_id", component.get("sku_id"), 1, CUSTOM_ID_LENGTH)
        elif style in {1, 2, 3, 4}:
            self._custom_id(path, component)
        else:
            self.form.add(f"{path}.style", "BASE_TYPE_CHOICES", "Value must be one of {1, 2, 3, 4, 5, 6}.")
        if component.get("label") is not None:
            self.form.length(f"{path}.label", component["label"], 0, LABEL_LENGTH)
        if style != _PREMIUM_STYLE and not component.get("label") and not component.get("emoji"):
            self.form.add(path, "BUTTON_COMPONENT_LABEL_OR_EMOJI_REQUIRED", "A button needs a label or an emoji.")

    def _select(self, path: str, component: Json) -> None:
        self._custom_id(path, component)
        if component.get("placeholder") is not None:
            self.form.length(f"{path}.placeholder", component["placeholder"], 0, PLACEHOLDER_LENGTH)
        low, high = component.get("min_values", 1), component.get("max_values", 1)
        if not (0 <= low <= MOST_SELECT_OPTIONS and max(low, 1) <= high <= MOST_SELECT_OPTIONS):
            self.form.add(f"{path}.max_values", "NUMBER_TYPE_MAX", "Value counts must be between 0 and 25.")
        if component.get("type") == Part.STRING_SELECT:
            self._choices(path, component, 1, MOST_SELECT_OPTIONS)

    def _choices(self, path: str, component: Json, low: int, high: int) -> None:
        options = self.form.count(f"{path}.options", component.get("options"), low, high)
        seen = set()
        for position, option in enumerate(options):
            here = f"{path}.options.{position}"
            self.form.length(f"{here}.label", option.get("label"), 1, OPTION_LENGTH)
            self.form.length(f"{here}.value", option.get("value"), 1, OPTION_LENGTH)
            if option.get("description") is not None:
                self.form.length(f"{here}.description", option["description"], 0, OPTION_LENGTH)
            if option.get("value") in seen:
                message = "The specified option value is already used"
                self.form.add(f"{here}.value", "SELECT_COMPONENT_OPTION_VALUE_DUPLICATED", message)
            seen.add(option.get("value"))

    def _group(self, path: str, component: Json) -> None:
        self._custom_id(path, component)
        least = 2 if component.get("type") == Part.RADIO_GROUP else 1
        self._choices(path, component, least, 10)

    def _section(self, path: str, component: Json) -> None:
        texts = self.form.count(f"{path}.components", component.get("components"), 1, MOST_SECTION_TEXTS)
        self.check_all(f"{path}.components", texts, {Part.TEXT})
        accessory = component.get("accessory")
        if not isinstance(accessory, dict):
            self.form.add(f"{path}.accessory", "BASE_TYPE_REQUIRED", "This field is required")
            return
        self.check(f"{path}.accessory", accessory, {Part.BUTTON, Part.THUMBNAIL})

    def _text(self, path: str, component: Json) -> None:
        content = component.get("content")
        self.form.length(f"{path}.content", content, 1, MOST_TEXT)
        self.text += len(content) if isinstance(content, str) else 0

    def _thumbnail(self, path: str, component: Json) -> None:
        self._media(f"{path}.media", component.get("media"))
        self._alt_text(path, component)

    def _gallery(self, path: str, component: Json) -> None:
        for position, item in enumerate(
            self.form.count(f"{path}.items", component.get("items"), 1, MOST_GALLERY_ITEMS)
        ):
            self._media(f"{path}.items.{position}.media", item.get("media"))
            self._alt_text(f"{path}.items.{position}", item)

    def _file(self, path: str, component: Json) -> None:
        self._media(f"{path}.file", component.get("file"), only_attachments=True)

    def _alt_text(self, path: str, item: Json) -> None:
        if item.get("description") is not None:
            self.form.length(f"{path}.description", item["description"], 0, DESCRIPTION_LENGTH)

    def _media(self, path: str, media: object, *, only_attachments: bool = False) -> None:
        url = media.get("url") if isinstance(media, dict) else None
        if not isinstance(url, str) or not url:
            self.form.add(f"{path}.url", "BASE_TYPE_REQUIRED", "This field is required")
        elif url.startswith(_REFERENCE):
            if url.removeprefix(_REFERENCE) not in self.filenames:
                message = f"The referenced attachment {url!r} was not found."
                self.form.add(f"{path}.url", "MEDIA_ATTACHMENT_NOT_FOUND", message)
        elif only_attachments or not url.startswith(("http://", "https://")):
            self.form.add(f"{path}.url", "URL_TYPE_INVALID_SCHEME", "This kind of link is not supported here.")

    def _container(self, path: str, component: Json) -> None:
        children = self.form.count(f"{path}.components", component.get("components"), 1, MOST_COMPONENTS)
        self.check_all(f"{path}.components", children, _INSIDE_CONTAINER)

    def _label(self, path: str, component: Json) -> None:
        self.form.length(f"{path}.label", component.get("label"), 1, MODAL_LABEL_LENGTH)
        if component.get("description") is not None:
            self.form.length(f"{path}.description", component["description"], 0, OPTION_LENGTH)
        inner = component.get("component")
        if isinstance(inner, dict):
            self.check(f"{path}.component", inner, _INSIDE_LABEL)
        else:
            self.form.add(f"{path}.component", "BASE_TYPE_REQUIRED", "This field is required")

    def _text_input(self, path: str, component: Json) -> None:
        self._custom_id(path, component)
        if component.get("style") not in {1, 2}:
            self.form.add(f"{path}.style", "BASE_TYPE_CHOICES", "Value must be one of {1, 2}.")
        if component.get("placeholder") is not None:
            self.form.length(f"{path}.placeholder", component["placeholder"], 0, OPTION_LENGTH)
        if component.get("value") is not None:
            self.form.length(f"{path}.value", component["value"], 0, component.get("max_length") or TEXT_INPUT_LENGTH)
        low, high = component.get("min_length") or 0, component.get("max_length") or TEXT_INPUT_LENGTH
        if not 0 <= low <= high <= TEXT_INPUT_LENGTH:
            self.form.add(f"{path}.max_length", "NUMBER_TYPE_MAX", f"Must be at most {TEXT_INPUT_LENGTH}.")


def check_message_components(
    form: InvalidForm, components: Sequence[Json], *, version_two: bool, filenames: Collection[str]
) -> None:
    """Note what is wrong with the components of a message that carries these files."""
    checker = _Checker(form, filenames)
    if not version_two:
        if len(components) > MOST_LEGACY_ROWS:
            form.add("components", "BASE_TYPE_BAD_LENGTH", f"Must be between 0 and {MOST_LEGACY_ROWS} in length.")
        checker.check_all("components", components, {Part.ROW})
        return
    total = sum(1 for _ in walk(components))
    if total > MOST_COMPONENTS:
        message = f"The maximum number of components is {MOST_COMPONENTS}, not {total}."
        form.add("components", "COMPONENT_MAX_TOTAL_COMPONENTS_EXCEEDED", message)
    checker.check_all("components", components, _TOP_LEVEL)
    if checker.text > MOST_TEXT:
        message = f"The displayable text is {checker.text} characters long; the maximum is {MOST_TEXT}."
        form.add("components", "COMPONENT_DISPLAYABLE_TEXT_SIZE_EXCEEDED", message)


def check_modal(modal: Json) -> None:
    """Check a modal; raises ApiError 50035."""
    form = InvalidForm()
    form.length("title", modal.get("title"), 1, MODAL_TITLE_LENGTH)
    form.length("custom_id", modal.get("custom_id"), 1, CUSTOM_ID_LENGTH)
    parts = form.count("components", modal.get("components"), 1, MOST_MODAL_PARTS)
    checker = _Checker(form, ())
    for position, part in enumerate(parts):
        here = f"components.{position}"
        if part.get("type") == Part.ROW:
            checker.check_all(f"{here}.components", part.get("components") or [], {Part.TEXT_INPUT})
        else:
            checker.check(here, part, {Part.LABEL, Part.TEXT})
    form.raise_if_any()
