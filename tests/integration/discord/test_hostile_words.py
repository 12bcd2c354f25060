"""The longest and worst words somebody can send: every message still fits, and nobody is mentioned by them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from bot.sandbox.discord.checks.components import walk

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.support.theatre import Theatre

WORST = "@everyone <@1> *_~`|[x](https://e.vil) \u202e\u200b# > \\\\ a\u0301\u0301\u0301\u0301\n"
REFUSED = WORST + '@Old Salt: "Ahoy." '
"""The same with a voice that nobody has, to which the prompt language objects."""

MOST_COMPONENTS = 40
MOST_CHARACTERS = 4000


def sent(theatre: Theatre) -> Iterator[dict[str, Any]]:
    """Every message that the bot sent or edited."""
    for record in theatre.discord.journal:
        payload: Any = record.payload
        if record.method in {"POST", "PATCH"} and isinstance(payload, dict):
            content = payload.get("data", payload)
            if isinstance(content, dict) and ("components" in content or "content" in content):
                yield content


@pytest.mark.parametrize(
    ("words", "length", "possible"), [(WORST, 2400, True), (REFUSED, 2400, False), (WORST, 6000, False)]
)
async def test_every_message_fits_and_mentions_nobody_by_words(
    theatre: Theatre, words: str, length: int, *, possible: bool
) -> None:
    await theatre.give("Mia", 1000)
    mia = theatre.as_person("Mia")
    prompt = (words * (length // len(words) + 1))[:length]

    answer = await mia.slash("/video text", prompt=prompt, negative=WORST, outputs=4)
    assert answer.failure is None
    card = await mia.sees(lambda one: bool(one.components) and one.visible_to is not None)
    confirm = next((one for one in walk(card.components) if str(one.get("label", "")).startswith("Confirm")), None)
    assert (confirm is not None) == possible
    if confirm is not None:
        await mia.press(card, confirm["custom_id"])
        await mia.sees(lambda one: bool(one.attachments) and one.visible_to is None, seconds=40)

    messages = list(sent(theatre))
    assert messages
    for message in messages:
        parts = list(walk(message.get("components", [])))
        assert len(parts) <= MOST_COMPONENTS
        assert sum(len(part.get("content", "")) for part in parts) <= MOST_CHARACTERS
        allowed = message["allowed_mentions"]
        assert allowed.get("parse", []) == []
        assert set(allowed.get("users", ())) <= {mia.person.id, int(mia.person.id)}
    public = [
        one for one in mia.messages() if one.visible_to is None and one.author_id == str(theatre.bot.application_id)
    ]
    assert not any(one.mentions_everyone for one in public)
    await theatre.check_books()
