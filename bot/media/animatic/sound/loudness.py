"""How loud something is (ITU-R BS.1770) and how to bring it to a target without clipping."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from bot.media.animatic.sound.dsp import RATE, Curve, Stereo, filtered

TARGET_LUFS = -16.0
"""What clips on the web are usually levelled to."""
CEILING = 0.84
"""Highest sample value, -1.5 dBFS, so that the true peak stays below -1 dBTP after AAC."""

SILENT_LUFS = -70.0
_SHELF = ((1.53512485958697, -2.69169618940638, 1.19839281085285), (-1.69065929318241, 0.73248077421585))
_HIGH_PASS = ((1.0, -2.0, 1.0), (-1.99004745483398, 0.99007225036621))
_BLOCK = int(0.4 * RATE)
_HOP = int(0.1 * RATE)
_OFFSET = -0.691
_LOOKAHEAD = 240
_STEP = 30
_QUIET_ENOUGH = 1e-5
_MOST_GAIN_DB = 40.0


def integrated_loudness(track: Stereo) -> float:
    """Return the gated loudness in LUFS; `SILENT_LUFS` for silence or less than 0.4 seconds of sound."""
    power = (filtered(track, _k_weighting).astype(np.float64) ** 2).sum(axis=0)
    total = np.concatenate([[0.0], np.cumsum(power)])
    starts = np.arange(0, len(power) - _BLOCK + 1, _HOP)
    if not len(starts):
        return SILENT_LUFS
    blocks = (total[starts + _BLOCK] - total[starts]) / _BLOCK + 1e-12
    loud = blocks[_OFFSET + 10 * np.log10(blocks) > SILENT_LUFS]
    if not len(loud):
        return SILENT_LUFS
    gated = loud[loud > loud.mean() * 0.1]
    return float(_OFFSET + 10 * np.log10(gated.mean()))


def levelled(track: Stereo, target: float) -> Stereo:
    """Return the track at a loudness in LUFS, by gain alone; silence stays silence."""
    if np.abs(track).max(initial=0) < _QUIET_ENOUGH:
        return track
    gain = np.clip(target - integrated_loudness(track), -_MOST_GAIN_DB, _MOST_GAIN_DB)
    return (track * np.float32(10 ** (gain / 20))).astype(np.float32)


def mastered(track: Stereo, target: float = TARGET_LUFS) -> Stereo:
    """Return the track at the target loudness with its peaks held below `CEILING`."""
    if np.abs(track).max(initial=0) < _QUIET_ENOUGH:
        return track
    for _ in range(3):  # limiting takes some loudness away, so the gain is found in steps
        track = limited(levelled(track, target))
    return track


def limited(track: Stereo, ceiling: float = CEILING) -> Stereo:
    """Return the track with a look-ahead limiter: the gain falls before a peak and is smooth."""
    peak = np.abs(track).max(axis=0)
    if peak.max(initial=0) <= ceiling:
        return track
    gain = np.minimum(1, ceiling / np.maximum(peak, 1e-9))
    blocks = np.pad(gain, (0, -len(gain) % _STEP), mode="edge").reshape(-1, _STEP).min(axis=1)
    reach = _LOOKAHEAD // _STEP + 1
    nearby = np.lib.stride_tricks.sliding_window_view(np.pad(blocks, reach, mode="edge"), 2 * reach + 1).min(axis=1)
    lowest = np.repeat(nearby, _STEP)[: len(gain)]
    padded = np.pad(lowest, (_LOOKAHEAD // 2 + 1, _LOOKAHEAD // 2), mode="edge")
    total = np.cumsum(padded, dtype=np.float64)
    smooth = (total[_LOOKAHEAD + 1 :] - total[: -_LOOKAHEAD - 1]) / (_LOOKAHEAD + 1)
    return np.clip(track * smooth, -ceiling, ceiling).astype(np.float32)


def _k_weighting(frequency: Curve) -> Curve:
    """Return the gain of the two filters of BS.1770 at 48 kHz: a shelf for the head, a high-pass for the low end."""
    delay = np.exp(-2j * np.pi * frequency / RATE)
    weighting: Curve = np.abs(_biquad(delay, _SHELF) * _biquad(delay, _HIGH_PASS))
    return weighting


def _biquad(
    delay: npt.NDArray[np.complex128], coefficients: tuple[tuple[float, ...], tuple[float, ...]]
) -> npt.NDArray[np.complex128]:
    (b0, b1, b2), (a1, a2) = coefficients
    response: npt.NDArray[np.complex128] = (b0 + b1 * delay + b2 * delay**2) / (1 + a1 * delay + a2 * delay**2)
    return response
