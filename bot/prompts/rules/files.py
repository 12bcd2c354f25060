"""Families S and M: voice samples and motion references."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.findings import Severity
from bot.jobs.request import InputKind
from bot.prompts.lexicon.lists import word_set
from bot.prompts.rules.base import Problem, Repair, RuleSet

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bot.prompts.context import Facts
    from bot.prompts.rules.base import Case

RULES = RuleSet()
_SAMPLE_SECONDS = (5, 30)
_SAMPLE_FORMATS = word_set("mp3 wav mp4 mov mpeg wave quicktime x-wav mpga x-m4v")
_VOICES = 200
_LANGUAGES = word_set("chinese english zh en mandarin cmn zho eng zh-cn zh-tw en-us en-gb cantonese")
_REFERENCE_SECONDS = (3, 30)
_SHORT_EDGE, _LONG_EDGE = 340, 3850
_LENGTH = ("seconds", "duration", "length", "duration_s", "length_s", "duration_seconds", "length_seconds")
_BAD_NOISE = frozenset(
    ("noisy", "loud", "high", "heavy", "music", "poor", "bad", "concert", "strong", "obvious", "low")
)


@RULES.rule(
    "S001",
    "sample-length",
    Severity.ERROR,
    statement="A voice sample has 5 to 30 s.",
    reason="Documented by the vendor.",
)
def sample_length(case: Case) -> Iterator[Problem]:
    """Find a sample that is too short or too long."""
    sample = case.context.voice_sample
    seconds = sample.number(*_LENGTH) if sample is not None else None
    if seconds is not None and not _SAMPLE_SECONDS[0] <= seconds <= _SAMPLE_SECONDS[1]:
        yield Problem(variant="long" if seconds > _SAMPLE_SECONDS[1] else "", values={"seconds": f"{seconds:g}"})


@RULES.rule(
    "S002",
    "sample-format",
    Severity.ERROR,
    statement="A voice sample is mp3, wav, mp4 or mov.",
    reason="The vendor's interface takes no other.",
)
def sample_format(case: Case) -> Iterator[Problem]:
    """Find a sample in another format."""
    sample = case.context.voice_sample
    if sample is None or sample.flag("transcoded", "will_transcode", "transcode"):
        return
    name = sample.words("format", "extension", "container", "media_type", "mime", "file", "filename", "path")
    kind = name.rpartition("/")[2].rpartition(".")[2].strip()
    if kind and kind.isascii() and kind not in _SAMPLE_FORMATS and " " not in kind:
        yield Problem(values={"format": kind})


@RULES.rule(
    "S003",
    "several-voices-in-sample",
    Severity.ERROR,
    statement="One person speaks in a voice sample, and nobody over them.",
    reason="Two voices cannot be told apart.",
)
def several_voices(case: Case) -> Iterator[Problem]:
    """Find a sample with more than one speaker."""
    sample = case.context.voice_sample
    if sample is None:
        return
    speakers = sample.number(
        "speakers", "speaker_count", "voices", "voice_count_in_sample", "people", "persons", "num_speakers"
    )
    if (speakers is not None and speakers > 1) or sample.flag(
        "overlap", "overlapping", "overlaps", "several_speakers", "multiple_speakers"
    ):
        yield Problem()


@RULES.rule(
    "S004",
    "sample-quality",
    Severity.WARNING,
    statement="A voice sample is neutral, steady and free of background noise.",
    reason="Noise and emotion become part of the voice.",
)
def sample_quality(case: Case) -> Iterator[Problem]:
    """Find a sample that is known to be noisy, emotional or unsteady."""
    sample = case.context.voice_sample
    if sample is None:
        return
    noise = sample.words("noise", "background", "background_noise", "quality", "noise_level", "recording")
    noisy = bool(set(noise.replace("_", " ").split()) & _BAD_NOISE) and not noise.startswith(("no", "low noise"))
    ratio = sample.number("snr", "snr_db", "signal_to_noise", "signal_to_noise_db")
    emotion = sample.words("emotion", "tone", "mood")
    pace = sample.words("pace", "rate", "speech_rate", "tempo")
    if sample.get("noise_level", "background_noise") == "low":
        noisy = False
    flags = (
        noisy,
        sample.flag("noisy", "has_noise", "has_background_noise", "background_music", "music", "has_music") is True,
        sample.get("background_noise") is True or sample.get("noise") is True,
        ratio is not None and ratio < 20,  # noqa: PLR2004
        emotion not in ("", "neutral", "calm", "flat", "normal"),
        sample.flag("neutral", "neutral_emotion") is False,
        pace not in ("", "steady", "normal", "even", "moderate", "constant"),
        sample.flag("steady", "steady_pace", "clean", "clear") is False,
    )
    if any(flags):
        yield Problem()


@RULES.rule(
    "S005",
    "voice-limit",
    Severity.ERROR,
    statement="There are at most 200 voices.",
    reason="The limit of the vendor's account, which everybody shares.",
)
def voice_limit(case: Case) -> Iterator[Problem]:
    """Find a voice that would be one too many."""
    sample = case.context.voice_sample
    if sample is None:
        return
    number = sample.number("voice_number", "number", "voice_no", "index")
    existing = sample.number(
        "existing_voices",
        "voices_in_account",
        "account_voices",
        "voice_count",
        "existing",
        "total_voices",
        "stored_voices",
    )
    if (number is not None and number > _VOICES) or (existing is not None and existing >= _VOICES):
        yield Problem(values={"limit": _VOICES})


@RULES.rule(
    "S006",
    "unsupported-history-source",
    Severity.ERROR,
    statement="A voice is not taken from effect works, from videos before VIDEO 2.6 or from silent ones.",
    reason="The vendor extracts voices from 2.6 videos with native audio.",
)
def unsupported_source(case: Case) -> Iterator[Problem]:
    """Find a clip of the history that has no usable voice."""
    sample = case.context.voice_sample
    if sample is None:
        return
    source = sample.facts("source", "history", "history_item", "from_clip")
    if not source:
        source = sample
    kind = (
        source.words("source", "kind", "source_kind", "work", "work_type", "source_type", "type")
        .replace("_", " ")
        .replace("-", " ")
    )
    effects = any(word in kind for word in ("sound effect", "special effect", "effects", "effect work", "sfx"))
    silent = (
        source.flag("native_audio", "audio", "sound", "has_audio") is False
        or "silent" in kind
        or "without native audio" in kind
    )
    model = source.words("model", "version", "model_version", "source_model")
    if effects or silent or _is_old(model) or "pre 2.6" in kind or "before 2.6" in kind:
        yield Problem()


def _is_old(model: str) -> bool:
    digits = "".join(sign if sign.isdigit() else " " for sign in model).split()
    if not digits:
        return False
    major, minor = int(digits[0]), int(digits[1]) if len(digits) > 1 else 0
    return (major, minor) < (2, 6)


@RULES.rule(
    "S007",
    "sample-language",
    Severity.ERROR,
    statement="A voice sample is Chinese or English.",
    reason="Documented by the vendor.",
)
def sample_language(case: Case) -> Iterator[Problem]:
    """Find a sample in another language."""
    sample = case.context.voice_sample
    language = sample.words("language", "lang", "spoken_language") if sample is not None else ""
    if language and language not in _LANGUAGES and language.partition("-")[0] not in _LANGUAGES:
        yield Problem(values={"language": language.capitalize()})


@RULES.rule(
    "S008",
    "rights-not-confirmed",
    Severity.ERROR,
    statement="Whoever gives a sample confirms that it is original or authorised.",
    reason="A voice belongs to a person.",
)
def rights_not_confirmed(case: Case) -> Iterator[Problem]:
    """Find a sample whose rights were not confirmed."""
    sample = case.context.voice_sample
    names = ("rights_confirmed", "rights", "consent", "authorised", "authorized", "confirmed", "permission", "original")
    if sample is not None and sample.flag(*names) is False:
        yield Problem()


def _reference(case: Case) -> Facts | None:
    return case.context.motion_reference


@RULES.rule(
    "M001",
    "reference-length",
    Severity.ERROR,
    statement="A motion reference has 3 to 30 s.",
    reason="Documented by the vendor.",
)
def reference_length(case: Case) -> Iterator[Problem]:
    """Find a reference that is too short or too long."""
    reference = _reference(case)
    seconds = reference.number(*_LENGTH) if reference is not None else None
    if reference is None or seconds is None:
        return
    image_side = reference.words("orientation", "character_orientation") in ("image", "matches image", "matches_image")
    longest = 10 if image_side and case.context.through_api else _REFERENCE_SECONDS[1]
    if seconds < _REFERENCE_SECONDS[0]:
        yield Problem(values={"seconds": f"{seconds:g}"})
    elif seconds > longest:
        repair = Repair("trim", settings=(("reference_seconds", longest),), safe=False)
        yield Problem(variant="long", values={"seconds": f"{seconds:g}", "longest": longest}, repair=repair)


@RULES.rule(
    "M002",
    "reference-resolution",
    Severity.ERROR,
    statement="The short edge of a motion reference has at least 340 px, the long edge at most 3850 px.",
    reason="Documented by the vendor.",
)
def reference_resolution(case: Case) -> Iterator[Problem]:
    """Find a reference that is too small or too large."""
    reference = _reference(case)
    if reference is None:
        return
    edges = [edge for edge in (reference.number("width", "w"), reference.number("height", "h")) if edge]
    short = min(edges, default=0) or reference.number("short_edge", "short_side") or 0
    long = max(edges, default=0) or reference.number("long_edge", "long_side") or 0
    if 0 < short < _SHORT_EDGE:
        yield Problem(variant="small", values={"edge": f"{short:g}"})
    elif long > _LONG_EDGE:
        repair = Repair("downscale", settings=(("reference_long_edge", _LONG_EDGE),), safe=False)
        yield Problem(variant="large", values={"edge": f"{long:g}"}, repair=repair)


@RULES.rule(
    "M003",
    "reference-with-cuts-or-camera-moves",
    Severity.WARNING,
    statement="A motion reference is one continuous shot with a static camera.",
    reason="The clip is truncated at the first cut.",
)
def reference_with_cuts(case: Case) -> Iterator[Problem]:
    """Find a reference with cuts or a moving camera."""
    reference = _reference(case)
    if reference is None:
        return
    cuts = reference.number("cuts", "cut_count", "scene_cuts", "scene_changes", "has_cuts", "edits", "number_of_cuts")
    shots = reference.number("shots", "shot_count", "scenes")
    moves = reference.flag(
        "camera_moves", "camera_movement", "moving_camera", "camera_motion", "has_camera_moves", "camera_moving"
    )
    camera = reference.words("camera")
    still = reference.flag("static_camera", "continuous", "single_shot", "one_shot", "continuous_shot", "camera_static")
    moving_words = camera not in ("", "static", "fixed", "tripod", "locked", "still", "steady")
    if (
        (cuts or 0) > 0
        or (shots or 0) > 1
        or (moves and reference.words("camera_movement", "camera_motion") not in ("static", "none", "fixed"))
        or still is False
        or moving_words
    ):
        yield Problem()


@RULES.rule(
    "M004",
    "framing-mismatch",
    Severity.WARNING,
    statement="A half-body image goes with half-body motion, a full-body image with full-body motion.",
    reason="What the image does not show cannot be moved.",
)
def framing_mismatch(case: Case) -> Iterator[Problem]:
    """Image and reference that show different parts of a person."""
    reference, image = _reference(case), case.context.image
    if reference is None:
        return
    own = _framing(image.words("framing", "body", "shot", "view", "crop") if image is not None else "")
    own = own or _framing(reference.words("image_framing", "character_framing"))
    moved = _framing(reference.words("framing", "body", "shot", "view", "crop", "motion", "movement"))
    if (own and moved and own != moved) or reference.flag(
        "framing_matches", "matches_framing", "framing_match"
    ) is False:
        yield Problem()


def _framing(words: str) -> str:
    plain = words.replace("-", " ").replace("_", " ")
    if any(sign in plain for sign in ("full", "whole", "head to toe", "wide")):
        return "full"
    if any(sign in plain for sign in ("half", "upper", "portrait", "close", "bust", "waist", "head", "medium")):
        return "half"
    return ""


@RULES.rule(
    "M005",
    "reference-too-fast",
    Severity.WARNING,
    statement="The movement of a reference is moderate and steady, without acrobatics.",
    reason="Fast movement shortens the clip or breaks the body.",
)
def reference_too_fast(case: Case) -> Iterator[Problem]:
    """Find a reference with fast movement."""
    reference = _reference(case)
    if reference is None:
        return
    words = (
        reference.words("speed", "pace", "motion_speed", "movement_speed", "tempo")
        + " "
        + reference.words("motion", "movement", "activity", "content", "description")
    )
    wild = {
        "fast",
        "rapid",
        "acrobatic",
        "acrobatics",
        "parkour",
        "high",
        "extreme",
        "quick",
        "jumping",
        "flips",
        "backflip",
        "sprint",
        "breakdance",
        "somersault",
    }
    if set(words.replace("_", " ").replace("-", " ").split()) & wild or reference.flag(
        "acrobatic", "acrobatics", "too_fast", "fast"
    ):
        yield Problem()


@RULES.rule(
    "M006",
    "not-one-person",
    Severity.WARNING,
    statement="Exactly one person is visible all the time.",
    reason="The motion of two cannot be told apart.",
)
def not_one_person(case: Case) -> Iterator[Problem]:
    """Nobody, several persons, or somebody who leaves the picture."""
    reference = _reference(case)
    if reference is None:
        return
    persons = reference.number(
        "persons", "people", "person_count", "people_count", "characters", "subjects", "num_people", "dancers"
    )
    gone = reference.flag(
        "always_visible", "visible_all_the_time", "visible_throughout", "fully_visible", "person_always_visible"
    )
    if (persons is not None and persons != 1) or gone is False:
        yield Problem()


@RULES.rule(
    "M007",
    "character-obstructed",
    Severity.WARNING,
    statement="The body in the character image is visible and unobstructed.",
    reason="A hidden body cannot follow the motion.",
)
def character_obstructed(case: Case) -> Iterator[Problem]:
    """Find a character image with something in front of the body."""
    image = case.context.image
    if image is None or case.context.input is not InputKind.MOTION:
        return
    hidden = image.flag("obstructed", "occluded", "body_obstructed", "covered", "partially_hidden", "obstruction")
    shown = image.flag(
        "unobstructed", "body_visible", "visible", "character_visible", "free_standing", "body_unobstructed"
    )
    if hidden or shown is False:
        yield Problem()
