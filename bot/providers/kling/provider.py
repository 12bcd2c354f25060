"""Kling as a provider: the one door through which the core sees this vendor."""

from __future__ import annotations

import asyncio
import base64
from typing import TYPE_CHECKING, Literal, Protocol

from bot.errors import DownloadFailed, UnknownModel
from bot.findings import Finding, Severity
from bot.jobs.request import InputKind, Mode
from bot.media.addresses import AddressPolicy
from bot.providers.base import Advice, TaskReference
from bot.providers.kling.callbacks import CallbackReader
from bot.providers.kling.client import CREATE_SECONDS, READ_SECONDS, Call, KlingClient
from bot.providers.kling.errors import KlingFailure, unreadable
from bot.providers.kling.lister import TaskLister
from bot.providers.kling.tasks import PATHS, short_name
from bot.providers.kling.validation import check, error, is_sendable_image
from bot.providers.kling.wire import ImageToVideo, Task, TextToVideo, Voice, Watermark, read
from bot.texts import Sentence, paragraph

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from decimal import Decimal
    from pathlib import Path

    from bot.catalog import ModelCard
    from bot.clock import Clock
    from bot.jobs.request import Request
    from bot.providers.base import CallbackHint, Submission, TaskObservation
    from bot.providers.kling.auth import Credentials
    from bot.providers.kling.client import Observer

NAME = "kling"
MOST_CLIP_BYTES = 200 * 1024 * 1024
"""Clips of 10 s at 1080p are at most about 55 MB; what is beyond this limit is not a clip."""

_MODES: Mapping[Mode, Literal["std", "pro"]] = {Mode.STANDARD: "std", Mode.PROFESSIONAL: "pro"}


class ClipDownloader(Protocol):
    """Fetches a file from an address that somebody else chose; `bot.media.download.Downloader` is one."""

    async def fetch(self, url: str, destination: Path, *, max_bytes: int, policy: AddressPolicy) -> int:
        """Download `url` to `destination` and return its size in bytes; raises `MediaError`."""
        ...


class ModelCards(Protocol):
    """The part of `bot.catalog.Catalogue` that is needed here."""

    def card(self, model: str) -> ModelCard:
        """Return the card of a model; raises `UnknownModel`."""
        ...

    def check(self, request: Request) -> list[Finding]:
        """Return what stands in the way of a request on its model; raises `UnknownModel`."""
        ...


class KlingProvider:
    """Makes clips at Kling; see `bot.providers.base.Provider` for what each method promises.

    `result_hosts` are the hosts that clips may come from; where `base_url` is an address of this machine, clips may
    come from there too. `watermark` asks for clips with the vendor's mark. `observer` is told about every call.
    Raises `ConfigurationError` where a setting cannot be used.
    """

    def __init__(
        self,
        *,
        base_url: str,
        credentials: Credentials,
        catalogue: ModelCards,
        downloader: ClipDownloader,
        clock: Clock,
        result_hosts: Sequence[str] = (),
        webhook_secret: str = "",
        watermark: bool = False,
        observer: Observer | None = None,
        read_seconds: float = READ_SECONDS,
        create_seconds: float = CREATE_SECONDS,
    ) -> None:
        self._callbacks = CallbackReader(webhook_secret, clock)
        self._client = KlingClient(
            base_url=base_url,
            credentials=credentials,
            clock=clock,
            observer=observer,
            read_seconds=read_seconds,
            create_seconds=create_seconds,
        )
        self._lister = TaskLister(self._client, watermarked=watermark)
        self._catalogue = catalogue
        self._downloader = downloader
        self._watermark = watermark
        self._clip_policy = AddressPolicy(
            hosts=tuple(result_hosts), local_origins=(base_url,) if self._client.is_loopback else ()
        )

    def __repr__(self) -> str:
        return f"KlingProvider({self._client!r})"

    @property
    def name(self) -> str:
        """The name that model cards use for this vendor."""
        return NAME

    def validate(self, request: Request) -> list[Finding]:
        """Check a request against the model card and everything else that Kling would refuse."""
        try:
            card = self._catalogue.card(request.model)
            if card.provider != NAME:
                return [error("K001", Sentence("kling.K001", model=card.name))]
            return [*self._catalogue.check(request), *check(request)]
        except UnknownModel as unknown:
            return [error("K001", unknown.sentence)]

    async def submit(self, submission: Submission) -> TaskReference:
        """Create a task under the submission's client key.

        Refuses by itself, without a call, what `validate` finds wrong. The failure's `uncertain` is true wherever
        the task may exist although no good answer came.
        """
        request = submission.request
        errors = [finding for finding in self.validate(request) if finding.severity is Severity.ERROR]
        if errors:
            raise _refused_here(paragraph(finding.message for finding in errors))
        call = Call(
            endpoint=f"create {short_name(request.input)}",
            method="POST",
            path=PATHS[request.input],
            body=await self._body(submission),
            creates=True,
            private=(request.prompt, request.negative_prompt, submission.callback_url or ""),
        )
        task = read(Task, await self._client.call(call))
        if task is None or not task.task_id:
            raise unreadable("created task without an id", creating=True)
        return TaskReference(request.input, submission.client_key, task.task_id)

    async def find(self, reference: TaskReference) -> TaskObservation | None:
        """Look a task up by the vendor's id, else by our key; None if Kling does not know it. One call."""
        return await self._lister.find(reference)

    async def observe(
        self, references: Sequence[TaskReference], *, along: Sequence[TaskReference] = ()
    ) -> Mapping[str, TaskObservation]:
        """Ask about many tasks; the number of calls is bounded as `TaskLister` says."""
        return await self._lister.observe(references, along=along)

    def parse_callback(self, body: bytes, headers: Mapping[str, str]) -> CallbackHint | None:
        """Read a callback; None where it is malformed, or a secret is set and its signature does not fit."""
        return self._callbacks.read(body, headers)

    async def fetch(self, observation: TaskObservation, destination: Path) -> int:
        """Download the finished clip to `destination` and return its size in bytes; raises `MediaError`."""
        if observation.clip_url is None:
            raise DownloadFailed(Sentence("media.not-linked"))
        return await self._downloader.fetch(
            observation.clip_url, destination, max_bytes=MOST_CLIP_BYTES, policy=self._clip_policy
        )

    async def actual_cost(self, reference: TaskReference) -> Decimal | None:
        """Return the units that Kling charged for a task, or None where it does not say."""
        observation = await self._lister.find(reference)
        return None if observation is None else observation.cost

    async def close(self) -> None:
        """Release connections."""
        await self._client.close()

    async def _body(self, submission: Submission) -> bytes:
        """Encode the body; with images of up to 10 MB that takes long enough to leave the event loop."""
        request = submission.request
        images = [image for image in (submission.image, submission.end_image) if image is not None]
        if request.input is InputKind.TEXT:
            return self._text_body(submission).encoded()
        if submission.image is None or not all(is_sendable_image(image) for image in images):
            raise _refused_here(Sentence("kling.image-kinds"))
        return await asyncio.to_thread(lambda: self._image_body(submission).encoded())

    def _text_body(self, submission: Submission) -> TextToVideo:
        request = submission.request
        return TextToVideo(
            model_name=self._vendor_model(request),
            prompt=request.prompt,
            negative_prompt=request.negative_prompt or None,
            mode=_MODES[request.mode],
            sound="on" if request.audio else "off",
            duration=f"{request.seconds:.0f}",
            watermark_info=Watermark(enabled=True) if self._watermark else None,
            callback_url=submission.callback_url,
            external_task_id=submission.client_key,
            aspect_ratio=request.aspect_ratio,
        )

    def _image_body(self, submission: Submission) -> ImageToVideo:
        request = submission.request
        return ImageToVideo(
            model_name=self._vendor_model(request),
            prompt=request.prompt,
            negative_prompt=request.negative_prompt or None,
            mode=_MODES[request.mode],
            sound="on" if request.audio else "off",
            duration=f"{request.seconds:.0f}",
            watermark_info=Watermark(enabled=True) if self._watermark else None,
            callback_url=submission.callback_url,
            external_task_id=submission.client_key,
            image=_base64(submission.image),
            image_tail=_base64(submission.end_image),
            voice_list=tuple(Voice(voice_id=voice) for voice in request.voices) or None,
        )

    def _vendor_model(self, request: Request) -> str:
        return self._catalogue.card(request.model).inputs[request.input].vendor_model


def _base64(content: bytes | None) -> str | None:
    return None if content is None else base64.b64encode(content).decode("ascii")


def _refused_here(message: Sentence) -> KlingFailure:
    return KlingFailure(message, advice=Advice.TELL_USER, detail="refused before it was sent")
