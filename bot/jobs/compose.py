"""From what somebody chose to a whole request: what they left open is filled in so that it is possible and usual."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from bot.catalog.card import Feature, Setting
from bot.errors import UnknownModel
from bot.jobs.request import InputKind, Mode, Request
from bot.prompts.unspoken import without_speech

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bot.catalog import Catalogue
    from bot.catalog.card import InputCard, ModelCard
    from bot.jobs.request import StoredFile
    from bot.preferences import Defaults

_USUAL_RATIO: Final = "16:9"


@dataclass(frozen=True, slots=True)
class Look:
    """A quality to choose from: a mode, and whether the clip has sound."""

    mode: Mode
    audio: bool


@dataclass(frozen=True, slots=True)
class Wish:
    """What somebody chose; None for what they left open."""

    model: str | None = None
    mode: Mode | None = None
    audio: bool | None = None
    seconds: int | None = None
    ratio: str | None = None
    outputs: int | None = None
    negative: str | None = None


@dataclass(frozen=True, slots=True)
class Changes:
    """What a form says about a request; None for what it leaves as it is."""

    prompt: str
    negative: str
    look: Look | None = None
    seconds: int | None = None
    ratio: str | None = None
    outputs: int | None = None


def compose(
    catalogue: Catalogue,
    prompt: str,
    wish: Wish,
    defaults: Defaults,
    *,
    image: StoredFile | None = None,
    end_image: StoredFile | None = None,
    kind: InputKind | None = None,
) -> Request:
    """Return the whole request; `kind` is given where the image is still to come.

    A choice that was made is kept even where it is impossible, so that it can be explained; what was left open follows
    the person's defaults and then what goes with the rest. Raises `UnknownModel` for a model that does not exist.
    """
    kind = kind or (InputKind.TEXT if image is None else InputKind.IMAGE)
    model = _model(catalogue, kind, wish.model, defaults.model)
    offer = model.inputs.get(kind)
    look = _look(model, offer, wish, defaults, end_image=end_image is not None)
    lengths = offer.seconds if offer else ()
    usual_length = lengths[0] if lengths else 5
    seconds = wish.seconds or (defaults.seconds if defaults.seconds in lengths else None) or usual_length
    return Request(
        model=model.id,
        input=kind,
        prompt=prompt,
        negative_prompt=wish.negative or "",
        mode=look.mode,
        audio=look.audio,
        seconds=seconds,
        aspect_ratio=_ratio(offer, wish.ratio, defaults.ratio),
        outputs=wish.outputs or 1,
        image=image,
        end_image=end_image,
    )


def revise(request: Request, changes: Changes) -> Request:
    """Return the request with the changes of a form; whether it can be made is for others to say."""
    look = changes.look or Look(request.mode, request.audio)
    return request.model_copy(
        update={
            "prompt": changes.prompt,
            "negative_prompt": changes.negative,
            "mode": look.mode,
            "audio": look.audio,
            "seconds": changes.seconds or request.seconds,
            "aspect_ratio": changes.ratio if changes.ratio and request.aspect_ratio else request.aspect_ratio,
            "outputs": changes.outputs or request.outputs,
        }
    )


def continuation(catalogue: Catalogue, request: Request, job_id: str, image: StoredFile | None) -> Request:
    """Return a request for the clip after the one of a job, which begins with that clip's last frame.

    Without `image` it is complete but for that frame. The scene and the rest stay as they were, as far as the model has
    it; what was said is not said again.
    """
    model = editable(catalogue, request.model_copy(update={"input": InputKind.IMAGE})).model
    offer = catalogue.card(model).inputs[InputKind.IMAGE]
    wanted = Look(request.mode, request.audio)
    possible = looks(catalogue.card(model), InputKind.IMAGE, end_image=False)
    look = wanted if wanted in possible else possible[0]
    return Request(
        model=model,
        input=InputKind.IMAGE,
        prompt=without_speech(request.prompt),
        negative_prompt=request.negative_prompt,
        mode=look.mode,
        audio=look.audio,
        seconds=request.seconds if request.seconds in offer.seconds else offer.seconds[0],
        aspect_ratio=None,
        image=image,
        continues=job_id,
    )


def editable(catalogue: Catalogue, request: Request) -> Request:
    """Return the request with a model that takes its input, if the chosen one does not."""
    fitting = models_for(catalogue, request.input)
    if not fitting or request.model in {card.id for card in fitting}:
        return request
    return request.model_copy(update={"model": fitting[0].id})


def looks(model: ModelCard, kind: InputKind, *, end_image: bool) -> tuple[Look, ...]:
    """Return the qualities that a model offers for an input, the best first."""
    offer = model.inputs.get(kind)
    return tuple(_looks(model, offer, end_image=end_image)) if offer else ()


def models_for(catalogue: Catalogue, kind: InputKind) -> list[ModelCard]:
    """Return the models that take an input, in the order of the catalogue."""
    return [card for card in catalogue.cards if kind in card.inputs]


def _model(catalogue: Catalogue, kind: InputKind, chosen: str | None, usual: str | None) -> ModelCard:
    fitting = models_for(catalogue, kind)
    if chosen is not None:
        return _named(catalogue, chosen)
    return next((card for card in fitting if card.id == usual), fitting[0])


def _named(catalogue: Catalogue, chosen: str) -> ModelCard:
    """Return a model by its id or by the name that people see; the choice may have been typed."""
    wanted = chosen.strip().casefold()
    for card in catalogue.cards:
        if wanted in {card.id.casefold(), card.name.casefold()}:
            return card
    raise UnknownModel(chosen.strip(), sorted(card.id for card in catalogue.cards))


def _look(model: ModelCard, offer: InputCard | None, wish: Wish, defaults: Defaults, *, end_image: bool) -> Look:
    possible = list(_looks(model, offer, end_image=end_image)) if offer else []
    wanted = [look for look in possible if wish.mode in {None, look.mode} and wish.audio in {None, look.audio}]
    if not wanted:
        return Look(wish.mode or Mode.PROFESSIONAL, bool(wish.audio))
    usual = [look for look in wanted if defaults.mode in {None, look.mode} and defaults.audio in {None, look.audio}]
    return (usual or wanted)[0]


def _looks(model: ModelCard, offer: InputCard, *, end_image: bool) -> Iterator[Look]:
    silenced = any({Feature.AUDIO, Feature.END_IMAGE} <= one.features for one in model.exclusions)
    for mode in sorted(offer.modes, key=lambda mode: mode is not Mode.PROFESSIONAL):
        if end_image and mode not in offer.features.get(Feature.END_IMAGE, ()):
            continue
        if mode in offer.features.get(Feature.AUDIO, ()) and not (end_image and silenced):
            yield Look(mode, audio=True)
        yield Look(mode, audio=False)


def _ratio(offer: InputCard | None, chosen: str | None, usual: str | None) -> str | None:
    if offer is None or Setting.ASPECT_RATIO in offer.ignores:
        return None
    return chosen or (usual if usual in offer.aspect_ratios else None) or next(iter(offer.aspect_ratios), _USUAL_RATIO)
