"""The rules for message bodies, old style and Components V2."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.sandbox.discord.checks.components import check_message_components, references
from bot.sandbox.discord.errors import ApiError, InvalidForm
from bot.sandbox.discord.model import MessageFlag

if TYPE_CHECKING:
    from collections.abc import Collection

    from bot.sandbox.discord.model import Json

CONTENT_LENGTH = 2000
NONCE_LENGTH = 25
MOST_FILES = 10
MOST_EMBEDS = 10
MOST_EMBED_TEXT = 6000
_EMBED_LENGTHS = {"title": 256, "description": 4096}
_FIELD_LENGTHS = {"name": 256, "value": 1024}
_FOOTER_LENGTH = 2048
_AUTHOR_LENGTH = 256
_MOST_FIELDS = 25
_LEGACY_KEYS = ("content", "embeds", "poll", "sticker_ids")


def check_message(body: Json, *, flags: int, filenames: Collection[str], empty_allowed: bool = False) -> list[str]:
    """Check a message's content, embeds and components.

    Raises ApiError 50035, or 50006 when there is nothing to show. Returns remarks about what Discord accepts but
    does not show.
    """
    form = InvalidForm()
    remarks = []
    version_two = bool(flags & MessageFlag.COMPONENTS_V2)
    components = body.get("components") or []
    if version_two:
        for key in _LEGACY_KEYS:
            if body.get(key):
                message = f'The "{key}" field cannot be used when using MessageFlags.IS_COMPONENTS_V2'
                form.add(key, "MESSAGE_CANNOT_USE_LEGACY_FIELDS_WITH_COMPONENTS_V2", message)
        hidden = sorted(set(filenames) - references(components))
        if hidden:
            remarks.append(f"Attachments that no component shows are invisible: {', '.join(hidden)}")
    elif body.get("content") is not None:
        form.length("content", body["content"], 0, CONTENT_LENGTH)
    _check_embeds(form, body.get("embeds") or [])
    if len(filenames) > MOST_FILES:
        form.add("attachments", "BASE_TYPE_MAX_LENGTH", f"Must be {MOST_FILES} or fewer in length.")
    nonce = body.get("nonce")
    if nonce is not None and len(str(nonce)) > NONCE_LENGTH:
        form.add("nonce", "NONCE_TYPE_TOO_LONG", f"Must be {NONCE_LENGTH} or fewer in length.")
    check_message_components(form, components, version_two=version_two, filenames=filenames)
    form.raise_if_any()
    shown = body.get("content") or body.get("embeds") or components or filenames
    if not shown and not empty_allowed:
        raise ApiError(400, 50006, "Cannot send an empty message")
    return remarks


def _check_embeds(form: InvalidForm, embeds: list[Json]) -> None:
    if len(embeds) > MOST_EMBEDS:
        form.add("embeds", "BASE_TYPE_MAX_LENGTH", f"Must be {MOST_EMBEDS} or fewer in length.")
    total = 0
    for position, embed in enumerate(embeds):
        texts = {f"embeds.{position}.{key}": (embed.get(key), most) for key, most in _EMBED_LENGTHS.items()}
        footer, author = embed.get("footer") or {}, embed.get("author") or {}
        texts[f"embeds.{position}.footer.text"] = (footer.get("text"), _FOOTER_LENGTH)
        texts[f"embeds.{position}.author.name"] = (author.get("name"), _AUTHOR_LENGTH)
        fields = embed.get("fields") or []
        if len(fields) > _MOST_FIELDS:
            form.add(f"embeds.{position}.fields", "BASE_TYPE_MAX_LENGTH", f"Must be {_MOST_FIELDS} or fewer in length.")
        for number, entry in enumerate(fields):
            for key, most in _FIELD_LENGTHS.items():
                texts[f"embeds.{position}.fields.{number}.{key}"] = (entry.get(key), most)
        for path, (text, most) in texts.items():
            if text is not None:
                form.length(path, text, 0, most)
                total += len(text)
    if total > MOST_EMBED_TEXT:
        form.add("embeds", "MAX_EMBED_SIZE_EXCEEDED", f"Embed size exceeds maximum size of {MOST_EMBED_TEXT}")
