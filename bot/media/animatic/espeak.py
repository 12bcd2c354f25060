"""The speech engine's own process: lines come in as JSON on standard input, sound and word times go out.

The engine is C code with a history of parser overflows, so it is never loaded into the bot: this file runs as
`python -I espeak.py`, takes limits upon itself and knows nothing of the bot. Input is
`[{"text", "language", "variant", "pitch", "range", "rate"}, …]`, output
`{"rate": Hz, "lines": [{"sound": base64 of 16-bit samples, "words": [[milliseconds, first character], …]}, …]}`.
"""

from __future__ import annotations

import base64
import ctypes
import json
import resource
import sys
from typing import Any

MEMORY_BYTES = 1 << 30
CPU_SECONDS = 30
OPEN_FILES = 32

_WORD_EVENT = 1
_END_OF_EVENTS = 0
_SYNCHRONOUS = 2
_DO_NOT_EXIT = 0x8000
_UTF8_TEXT = 1
_RATE, _VOLUME, _PITCH, _RANGE = 1, 2, 3, 4
_VOICES = {"en": "en-us", "zh": "cmn"}


class _EventId(ctypes.Union):
    _fields_ = (("number", ctypes.c_int), ("name", ctypes.c_char_p), ("string", ctypes.c_char * 8))


class _Event(ctypes.Structure):
    _fields_ = (
        ("type", ctypes.c_int),
        ("unique_identifier", ctypes.c_uint),
        ("text_position", ctypes.c_int),
        ("length", ctypes.c_int),
        ("audio_position", ctypes.c_int),
        ("sample", ctypes.c_int),
        ("user_data", ctypes.c_void_p),
        ("id", _EventId),
    )


_Callback = ctypes.CFUNCTYPE(ctypes.c_int, ctypes.POINTER(ctypes.c_short), ctypes.c_int, ctypes.POINTER(_Event))


class Engine:
    """The library, started once; `rate` is its sample rate in Hz."""

    def __init__(self) -> None:
        import espeakng_loader  # type: ignore[import-untyped]  # noqa: PLC0415 - loaded here alone, after the limits are set

        self._library = ctypes.CDLL(espeakng_loader.get_library_path())
        self._library.espeak_Initialize.argtypes = [ctypes.c_int, ctypes.c_int, ctypes.c_char_p, ctypes.c_int]
        data = espeakng_loader.get_data_path().encode()
        self.rate: int = self._library.espeak_Initialize(_SYNCHRONOUS, 0, data, _DO_NOT_EXIT)
        if self.rate <= 0:
            raise RuntimeError("The speech engine did not start.")
        self._library.espeak_Synth.argtypes = [
            ctypes.c_char_p,
            ctypes.c_size_t,
            ctypes.c_uint,
            ctypes.c_int,
            ctypes.c_uint,
            ctypes.c_uint,
            ctypes.c_void_p,
            ctypes.c_void_p,
        ]
        self._sound = bytearray()
        self._words: list[tuple[int, int]] = []
        self._callback = _Callback(self._receive)  # kept alive: the library holds only its address
        self._library.espeak_SetSynthCallback(self._callback)

    def _receive(self, samples: Any, count: int, events: Any) -> int:
        if samples and count > 0:
            self._sound += ctypes.string_at(samples, count * 2)
        index = 0
        while events[index].type != _END_OF_EVENTS:
            event = events[index]
            if event.type == _WORD_EVENT:
                self._words.append((event.audio_position, max(0, event.text_position - 1)))
            index += 1
        return 0

    def say(self, line: dict[str, Any]) -> dict[str, Any]:
        """Speak one line and return its sound and word times."""
        self._sound.clear()
        self._words.clear()
        voice = _VOICES.get(line["language"], _VOICES["en"])
        if self._library.espeak_SetVoiceByName(f"{voice}+{line['variant']}".encode()):
            self._library.espeak_SetVoiceByName(voice.encode())
        settings = ((_RATE, line["rate"]), (_VOLUME, 100), (_PITCH, line["pitch"]), (_RANGE, line["range"]))
        for parameter, value in settings:
            self._library.espeak_SetParameter(parameter, int(value), 0)
        text = line["text"].encode() + b"\0"
        # Plain text, not SSML: what a person writes can carry no markup.
        self._library.espeak_Synth(text, len(text), 0, 1, 0, _UTF8_TEXT, None, None)
        self._library.espeak_Synchronize()
        return {"sound": base64.b64encode(bytes(self._sound)).decode(), "words": list(self._words)}


def main() -> None:
    """Speak everything that standard input asks for."""
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY_BYTES, MEMORY_BYTES))
    resource.setrlimit(resource.RLIMIT_CPU, (CPU_SECONDS, CPU_SECONDS))
    resource.setrlimit(resource.RLIMIT_NOFILE, (OPEN_FILES, OPEN_FILES))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    lines = json.loads(sys.stdin.buffer.read())
    engine = Engine()
    json.dump({"rate": engine.rate, "lines": [engine.say(line) for line in lines]}, sys.stdout)


if __name__ == "__main__":
    main()
