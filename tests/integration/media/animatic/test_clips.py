"""Whole clips: rendered, then decoded and measured as a player would see and hear them."""

from __future__ import annotations

import io
from itertools import pairwise
from typing import TYPE_CHECKING

import numpy as np
import pytest
from PIL import Image

from bot.errors import MediaRefused
from bot.media.animatic import AnimaticReport, Place, ScriptLine, Setting, Weather, script_from_prompt
from bot.media.animatic.render import render
from bot.prompts.model import LineKind
from bot.prompts.parser import parse
from bot.prompts.timing import excess, timetable
from tests.support.animatic import GUEST, HOST, Watched, energy, fundamental, loudness_and_peak, script_of, watch

if TYPE_CHECKING:
    from pathlib import Path

TALK = script_of(
    ScriptLine(speaker="Host", text="Welcome back to the show."),
    ScriptLine(speaker="Guest", text="Glad to be here.", follows_marker=True),
)


@pytest.fixture(scope="module")
def talk(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, AnimaticReport, Watched]:
    path = tmp_path_factory.mktemp("talk") / "talk.mp4"
    report = render(TALK, path)
    return path, report, watch(path)


def picture(*colours: tuple[int, int, int], size: tuple[int, int] = (90, 120)) -> bytes:
    image = Image.new("RGB", size, colours[0])
    content = io.BytesIO()
    image.save(content, "PNG")
    return content.getvalue()


def top_boxes(path: Path) -> list[str]:
    content, position, names = path.read_bytes(), 0, []
    while position < len(content):
        names.append(content[position + 4 : position + 8].decode("ascii"))
        position += int.from_bytes(content[position : position + 4])
    return names


def test_a_clip_plays_everywhere(talk: tuple[Path, AnimaticReport, Watched]) -> None:
    path, _, clip = talk

    assert (clip.video_codec, clip.pixel_format, clip.rate) == ("h264", "yuv420p", 24)
    assert (clip.width, clip.height, len(clip.frames)) == (256, 144, 96)
    assert (clip.audio_codec, clip.sample_rate) == ("aac", 48000)
    assert top_boxes(path).index("moov") < top_boxes(path).index("mdat")


def test_sound_and_picture_last_equally_long(talk: tuple[Path, AnimaticReport, Watched]) -> None:
    _, report, clip = talk

    assert report.seconds == 4
    assert len(clip.sound) / clip.sample_rate == pytest.approx(4, abs=0.06)


def test_each_line_is_heard_in_its_time_and_only_there(talk: tuple[Path, AnimaticReport, Watched]) -> None:
    _, report, clip = talk
    host, guest = report.lines
    silence = max(
        energy(clip.sound, clip.sample_rate, 0.02, host.start - 0.05),
        energy(clip.sound, clip.sample_rate, guest.end + 0.5, 3.95),
    )

    for line in (host, guest):
        assert energy(clip.sound, clip.sample_rate, line.start, line.end) > 15 * silence
    assert guest.start - host.end == pytest.approx(0.1)


def test_speakers_have_different_voices(talk: tuple[Path, AnimaticReport, Watched]) -> None:
    _, report, clip = talk
    host, guest = (
        fundamental(clip.sound[round(line.start * 48000) : round(line.end * 48000)], 48000) for line in report.lines
    )

    assert host < 140
    assert guest > 160


def test_loudness_is_what_the_web_expects(talk: tuple[Path, AnimaticReport, Watched]) -> None:
    path, report, _ = talk
    loudness, peak = loudness_and_peak(path)

    assert loudness == pytest.approx(-16, abs=1)
    assert report.loudness == pytest.approx(loudness, abs=0.7)
    assert peak <= -1


def test_captions_follow_the_words(talk: tuple[Path, AnimaticReport, Watched]) -> None:
    _, report, clip = talk
    host = report.lines[0]
    area = clip.frames[:, 100:140, 70:186].astype(int)

    def white(share: float) -> int:
        """Count the pixels of words that were said: those to come are grey, everything else is darker."""
        return int((area[round((host.start + share * (host.end - host.start)) * 24)] > 200).sum())

    said = [white(share / 8) for share in range(8)]
    assert white(-0.2) == 0
    assert 0 < said[0] < said[3] < said[5] < said[7]
    assert all(later >= 0.95 * earlier for earlier, later in pairwise(said))


def test_the_speaker_is_lit_and_the_listener_is_not(talk: tuple[Path, AnimaticReport, Watched]) -> None:
    _, report, clip = talk
    host, guest = report.lines

    def brightness(seconds: float, columns: slice) -> float:
        return float(clip.frames[round(seconds * 24), 45:100, columns].mean())

    left, right = slice(40, 105), slice(150, 215)
    during_host, during_guest = (host.start + host.end) / 2, (guest.start + guest.end) / 2
    assert brightness(during_host, left) > brightness(during_guest, left) + 3
    assert brightness(during_guest, right) > brightness(during_host, right) + 3


def test_without_audio_there_is_no_audio_track(tmp_path: Path) -> None:
    report = render(script_of(seconds=0.5, audio=False), tmp_path / "clip.mp4")

    assert watch(tmp_path / "clip.mp4").audio_codec is None
    assert report.loudness is None


@pytest.mark.parametrize(("width", "height"), [(81, 145), (145, 81), (100, 100), (300, 64)])
def test_any_ratio_becomes_an_even_size(tmp_path: Path, width: int, height: int) -> None:
    render(
        script_of(ScriptLine(speaker="Host", text="Hi."), seconds=0.5, width=width, height=height), tmp_path / "a.mp4"
    )
    clip = watch(tmp_path / "a.mp4")

    assert (clip.width, clip.height) == (width // 2 * 2, height // 2 * 2)


def test_an_exact_number_of_frames(tmp_path: Path) -> None:
    render(script_of(seconds=1, frames=25), tmp_path / "clip.mp4")

    assert len(watch(tmp_path / "clip.mp4").frames) == 25


def test_an_uploaded_picture_fills_the_frame_and_dissolves_into_the_last(tmp_path: Path) -> None:
    script = script_of(seconds=2, image=picture((200, 40, 40)), end_image=picture((30, 60, 190)))

    render(script, tmp_path / "clip.mp4")

    frames = watch(tmp_path / "clip.mp4").frames
    first, last = frames[16, 60:84, 110:146].mean((0, 1)), frames[40, 60:84, 110:146].mean((0, 1))
    assert np.abs(first - (200, 40, 40)).max() < 20
    assert np.abs(last - (30, 60, 190)).max() < 20


def test_a_picture_that_is_none_is_refused(tmp_path: Path) -> None:
    with pytest.raises(MediaRefused, match="cannot be read"):
        render(script_of(seconds=0.5, image=b"not a picture"), tmp_path / "clip.mp4")


def test_without_a_speech_engine_a_murmur_keeps_the_time(tmp_path: Path) -> None:
    report = render(TALK, tmp_path / "clip.mp4", engine=tmp_path / "missing.py")
    clip = watch(tmp_path / "clip.mp4")
    host, guest = report.lines

    assert energy(clip.sound, 48000, host.start, host.end) > 0.02
    assert host.end < guest.start < guest.end <= 4


def test_lines_that_do_not_fit_are_sped_up_cut_and_reported(tmp_path: Path) -> None:
    script = script_of(ScriptLine(speaker="Host", text="one two three four five six seven eight " * 3), seconds=1.5)

    report = render(script, tmp_path / "clip.mp4")

    assert report.speed == pytest.approx(1.25)
    assert report.speech == pytest.approx(24 / 3.5)
    assert report.overflow == pytest.approx(24 / 3.5 - 1.5)
    assert len(watch(tmp_path / "clip.mp4").frames) == 36


@pytest.mark.parametrize("count", [6, 11, 14, 17, 25])
def test_the_animatic_agrees_with_the_prompt_language_on_what_fits(tmp_path: Path, count: int) -> None:
    words = " ".join(["river", "house", "little", "tonight", "nobody"][number % 5] for number in range(count))
    prompt = parse(f'[Host, old raspy male voice]: "{words}." [Guest, bright voice]: "Right."')
    script = script_from_prompt(prompt, seconds=5, width=64, height=64)

    report = render(script, tmp_path / "clip.mp4")

    table = timetable(prompt)
    assert report.speech == pytest.approx(table.seconds)
    assert report.overflow == pytest.approx(excess(table.seconds, 5))
    assert report.lines[-1].end <= 5 or not table.fits(5)
    spoken = watch(tmp_path / "clip.mp4").sound
    loudest = energy(spoken, 48000, report.lines[0].start, min(5.0, report.lines[0].end))
    assert energy(spoken, 48000, 0.0, report.lines[0].start) < loudest / 2


@pytest.mark.parametrize(
    "text",
    [
        "\x00\x07\x1b[31m\u202eabc\u2066\ufeff",
        "😀🎉👩‍👩‍👧‍👦",
        "شكرا جزيلا وداعا",
        "word " * 500,
        "x" * 2500,
        "<speak><break time='9s'/>&amp;</speak> [[h@'loU]] %s {0} \\",
        "\U0001d573\U0001d58a \ud83d",
    ],
)
def test_no_text_makes_it_fail(tmp_path: Path, text: str) -> None:
    script = script_from_prompt(
        parse(f'{text[:300]} [{text[:60]}, voice]: "{text}" [B]: "Yes."'), seconds=0.5, width=160, height=90
    )

    report = render(script, tmp_path / "clip.mp4")

    assert len(watch(tmp_path / "clip.mp4").frames) == report.frames == 12


@pytest.mark.parametrize("setting", list(Setting))
def test_every_setting_can_be_drawn_in_every_shape(tmp_path: Path, setting: Setting) -> None:
    pictures = []
    for number, (width, height) in enumerate(((160, 90), (90, 160))):
        place = Place(setting=setting, weather=list(Weather)[(len(setting) + number) % len(Weather)])
        script = script_of(
            place=place, seconds=0.25, width=width, height=height, audio=False, speakers=(HOST, GUEST)[:number]
        )
        render(script, tmp_path / "clip.mp4")
        pictures.append(watch(tmp_path / "clip.mp4").frames[3])

    for shown in pictures:
        assert shown.std() > 8
        assert shown.mean() > 6


@pytest.mark.parametrize("kind", [LineKind.SINGING, LineKind.RAP, LineKind.CHORUS, LineKind.NARRATION])
def test_every_kind_of_line_is_heard(tmp_path: Path, kind: LineKind) -> None:
    script = script_of(
        ScriptLine(speaker="Guest", text="Hold on to the light", kind=kind), seconds=3, width=128, height=72
    )

    report = render(script, tmp_path / "clip.mp4")

    line = report.lines[0]
    clip = watch(tmp_path / "clip.mp4")
    assert energy(clip.sound, 48000, line.start, line.end) > 2 * energy(clip.sound, 48000, 0.0, line.start * 0.5)
