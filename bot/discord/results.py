"""What is posted when a job has ended: the clip with everything one can do with it, or the reason why there is none."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from bot.delivery.card import Button, Buttons, Card, Divider, Form, Media, Text, Tone
from bot.discord.escape import label, shown
from bot.discord.identifiers import CustomId
from bot.discord.signs import Sign
from bot.discord.wording import quoted, settings_of

if TYPE_CHECKING:
    from collections.abc import Callable

    from bot.catalog import Catalogue
    from bot.delivery.card import Block, Showing
    from bot.jobs.job import Clip, Job
    from bot.texts import Sentence, Texts

AREA: Final = "clip"
AGAIN: Final = "again"
EDIT: Final = "edit"
EXTEND: Final = "extend"
JOIN: Final = "join"
DELETE: Final = "delete"
REPORT: Final = "report"

READY_COLOUR: Final = 0x3BA55D
FAILED_COLOUR: Final = 0xC2455D
_PROMPT_LENGTH: Final = 900
_NOTICE_LENGTH: Final = 300
_MESSAGE_LENGTH: Final = 800
_ALT_LENGTH: Final = 300


class ResultCards:
    """Writes the cards of ended jobs; `locale_of` says in which language those speak who see them."""

    def __init__(self, texts: Texts, catalogue: Catalogue, locale_of: Callable[[Job], str]) -> None:
        self._texts = texts
        self._catalogue = catalogue
        self._locale_of = locale_of

    async def clip(self, job: Job, clip: Clip, showing: Showing) -> Card:
        """Write the card of a finished clip."""
        locale = self._locale_of(job)
        say = self._texts.say
        prompt = job.request.prompt
        alt = say(locale, "generate.result.alt", prompt=label(prompt, _ALT_LENGTH))
        if not label(prompt, 1):
            alt = say(locale, "generate.result.alt-empty")
        blocks: list[Block] = [
            Text(say(locale, "generate.result.ready", author=_mention(job))),
            Media(alt),
            Text(quoted(prompt, _PROMPT_LENGTH)),
            Text(self._facts(locale, job, clip)),
            Text(self._remarks(locale, clip, showing)),
            Divider(),
            Buttons(self._buttons(locale, job)),
        ]
        if job.request.continues:
            join = Button(say(locale, "generate.result.join"), custom_id=_id(JOIN, job), emoji=Sign.JOIN)
            blocks.append(Buttons((join,)))
        title = label(prompt, 80) or say(locale, "generate.result.title")
        return Card(title, tuple(blocks), READY_COLOUR)

    async def notice(self, job: Job, showing: Showing) -> Card:
        """Write the card that says why a job ended without a clip."""
        locale = self._locale_of(job)
        say = self._texts.say
        message = self._told(locale, job.message)
        retry = Button(
            say(locale, "generate.end.retry"), custom_id=_id(AGAIN, job), tone=Tone.PRIMARY, emoji=Sign.AGAIN
        )
        edit = Button(say(locale, "generate.end.edit"), custom_id=_id(EDIT, job), emoji=Sign.EDIT)
        blocks: list[Block] = [
            Text(f"### {say(locale, 'generate.notice.title')}"),
            Text(say(locale, "generate.notice.words", author=_mention(job), message=message)),
            # What could not be made may be what nobody should read here, so only its author sees the words.
            Text(quoted(job.request.prompt, _NOTICE_LENGTH) if showing.direct else ""),
            Text(_small(say(locale, f"generate.detour.{showing.detour}")) if showing.detour else ""),
            Buttons((retry, edit)),
        ]
        return Card(say(locale, "generate.notice.title"), tuple(blocks), FAILED_COLOUR)

    def _facts(self, locale: str, job: Job, clip: Clip) -> str:
        say = self._texts.say
        single = job.request.model_copy(update={"outputs": 1})
        lines = [settings_of(self._texts, locale, self._catalogue, single)]
        if job.request.negative_prompt:
            lines.append(say(locale, "generate.settings.negative", negative=shown(job.request.negative_prompt, 200)))
        measured = say(
            locale, "generate.result.measured", seconds=f"{clip.seconds:.1f}", width=clip.width, height=clip.height
        )
        facts = [
            measured,
            say(locale, f"generate.result.{'with-sound' if clip.has_audio else 'silent'}"),
            say(locale, "generate.result.paid", count=job.credits),
        ]
        if job.request.outputs > 1:
            facts.insert(0, say(locale, "generate.result.number", position=job.position, outputs=job.request.outputs))
        return _small("\n".join([*lines, " · ".join(facts)]))

    def _remarks(self, locale: str, clip: Clip, showing: Showing) -> str:
        """Say where and in which form it is shown, where that is not as usual, and what is worth knowing about it."""
        say = self._texts.say
        remarks = [self._told(locale, clip.note)] if clip.note else []
        if showing.form is Form.FITTED:
            remarks.append(say(locale, "generate.result.fitted"))
        elif not showing.form.is_clip and showing.link is not None:
            until = showing.link.expires_at // 1000
            remarks.append(say(locale, "generate.result.link", url=showing.link.url, until=until))
        elif not showing.form.is_clip:
            remarks.append(say(locale, "generate.result.library"))
        if showing.detour is not None:
            remarks.append(say(locale, f"generate.detour.{showing.detour}"))
        return "\n".join(remarks)

    def _told(self, locale: str, sentence: Sentence | None) -> str:
        return "" if sentence is None else shown(self._texts.tell(locale, sentence), _MESSAGE_LENGTH)

    def _buttons(self, locale: str, job: Job) -> tuple[Button, ...]:
        say = self._texts.say
        buttons = (
            Button(
                say(locale, "generate.result.again"), custom_id=_id(AGAIN, job), tone=Tone.PRIMARY, emoji=Sign.AGAIN
            ),
            Button(say(locale, "generate.result.edit"), custom_id=_id(EDIT, job), emoji=Sign.EDIT),
            Button(say(locale, "generate.result.extend"), custom_id=_id(EXTEND, job), emoji=Sign.EXTEND),
            Button(say(locale, "generate.result.delete"), custom_id=_id(DELETE, job), emoji=Sign.DELETE),
        )
        if not job.requester.server:
            return buttons
        report = Button(say(locale, "generate.result.report"), custom_id=_id(REPORT, job), emoji=Sign.REPORT)
        return (*buttons, report)


def _id(action: str, job: Job) -> str:
    return str(CustomId(AREA, action, job.id))


def _mention(job: Job) -> str:
    return f"<@{job.requester.person}>"


def _small(text: str) -> str:
    return "\n".join(f"-# {line}" for line in text.splitlines())
