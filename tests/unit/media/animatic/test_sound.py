"""Effects, ambience, music and loudness."""

import json
from pathlib import Path

import numpy as np
import pytest

from bot.media.animatic.place import Place, Setting, Weather
from bot.media.animatic.sound import music
from bot.media.animatic.sound.dsp import RATE, resampled, tone
from bot.media.animatic.sound.loudness import CEILING, SILENT_LUFS, integrated_loudness, mastered
from bot.media.animatic.sound.vocabulary import SOURCES, Source, sources_for, wants_music

QUIET = Place(setting=Setting.ROOM)
COUNT = 2 * RATE
MOMENTS = (0.2, 0.9)


def names(text: str, place: Place = QUIET) -> list[str]:
    return [source.name for source in sources_for(text, place)]


def made(source: Source) -> np.ndarray[tuple[int, ...], np.dtype[np.float32]]:
    generator = np.random.default_rng(1)
    if source.event is not None:
        return source.event(COUNT, generator, MOMENTS)
    assert source.bed is not None
    return source.bed(COUNT, generator)


@pytest.mark.parametrize("source", SOURCES, ids=lambda source: source.name)
def test_every_sound_is_a_finite_stereo_track_that_can_be_heard(source: Source) -> None:
    track = made(source)

    assert track.shape == (2, COUNT)
    assert np.isfinite(track).all()
    assert np.abs(track).max() > 0.01


def test_sounds_are_told_apart_by_their_spectrum() -> None:
    def centre(name: str) -> float:
        track = made(next(source for source in SOURCES if source.name == name))[0]
        power = np.abs(np.fft.rfft(track)) ** 2
        return float((np.fft.rfftfreq(COUNT, 1 / RATE) * power).sum() / power.sum())

    assert centre("thunder") < centre("wind") < centre("rain") < centre("birds")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Footsteps on gravel", "footsteps"),
        ("Thunder rolls", "thunder"),
        ("Fire Crackling", "fire"),
        ("Ocean Waves", "waves"),
        ("Bird Chirping", "birds"),
        ("Traffic Noise", "traffic"),
        ("Crowd Murmur", "crowd"),
        ("Glass Shattering", "glass"),
        ("Metal Clanging", "metal"),
        ("Siren", "siren"),
        ("Subway Noise", "train"),
        ("Construction Noise", "machines"),
        ("窗外的雨声", "rain"),
        ("鼓掌", "clapping"),
    ],
)
def test_words_make_their_sound(text: str, expected: str) -> None:
    assert expected in names(text)


def test_a_rainforest_is_not_rain_and_a_window_is_not_wind() -> None:
    assert "rain" not in names("A rainforest")
    assert "wind" not in names("A window")


def test_place_and_weather_bring_their_sounds() -> None:
    assert names("", Place(setting=Setting.SEA, weather=Weather.STORM)) == ["rain", "waves"]


def test_music_is_heard_where_it_is_named_and_not_where_it_is_refused() -> None:
    assert wants_music("soft piano music")
    assert not wants_music("no music, only rain")
    assert not wants_music("rain on a window")


def test_the_melody_stays_on_the_scale_of_the_chords() -> None:
    key = music.choose_key(7, music.Style.SONG)

    assert {(key.melody_note(number) - key.root) % 12 for number in range(16)} <= {0, 2, 4, 7, 9}


@pytest.mark.parametrize("style", list(music.Style))
def test_music_fills_the_clip(style: music.Style) -> None:
    track = music.bed(COUNT, music.choose_key(3, style), style, np.random.default_rng(1))

    quarters = np.abs(track).max(axis=0).reshape(4, -1).max(axis=1)
    assert (quarters > 0.05).all()


def test_loudness_of_the_reference_tone() -> None:
    # ITU-R BS.1770: a full-scale sine of 997 Hz in one channel reads -3.01 LUFS.
    track = np.stack([tone(3 * RATE, 997), np.zeros(3 * RATE, np.float32)])

    assert integrated_loudness(track) == pytest.approx(-3.01, abs=0.05)


def test_silence_stays_silence() -> None:
    silent = np.zeros((2, RATE), np.float32)

    assert integrated_loudness(silent) == SILENT_LUFS
    assert not mastered(silent).any()


def test_mastering_reaches_the_target_without_clipping() -> None:
    generator = np.random.default_rng(2)
    track = (generator.normal(0, 0.02, (2, 3 * RATE))).astype(np.float32)
    track[:, RATE : RATE + 40] = 1.0

    result = mastered(track, -16)

    assert integrated_loudness(result) == pytest.approx(-16, abs=0.5)
    assert np.abs(result).max() <= CEILING + 1e-6


def test_resampling_keeps_pitch_and_length() -> None:
    source = np.sin(2 * np.pi * 440 * np.arange(22050) / 22050).astype(np.float32)

    result = resampled(source, 22050, RATE)

    peak = np.argmax(np.abs(np.fft.rfft(result)))
    assert len(result) == RATE
    assert peak == 440


def test_the_vendors_words_for_sounds_are_known_where_they_can_be_made() -> None:
    words = json.loads((Path(__file__).with_name("vendor_sounds.json")).read_text(encoding="utf-8"))

    assert [word for word in words if not names(word) and not wants_music(word)] == []
