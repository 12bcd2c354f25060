"""The voices of the account: the vendor's presets and the client's own."""

from __future__ import annotations

from dataclasses import dataclass

from bot.sandbox.kling.answers import invalid

_VENDOR = "kling"
_CLIENT = "20011223"
_PRESETS = {
    "829877900000000101": "Calm Narrator",
    "829877900000000102": "Bright Host",
    "829877900000000103": "Deep Storyteller",
    "829877900000000104": "Young Adventurer",
}
"""Made up: the ids and names of the vendor's own preset voices are not published."""


@dataclass(frozen=True, slots=True)
class Voice:
    """A voice that prompts may use."""

    voice_id: str
    name: str
    owner: str


class VoiceBook:
    """All voices of the account, and the videos that a voice may be taken from."""

    def __init__(self) -> None:
        self._voices: dict[str, Voice] = {}
        self._deleted: set[str] = set()
        self._spoken_videos: set[str] = set()
        self.clear()

    def clear(self) -> None:
        """Forget everything but the presets."""
        self._voices = {voice_id: Voice(voice_id, name, _VENDOR) for voice_id, name in _PRESETS.items()}
        self._deleted.clear()
        self._spoken_videos.clear()

    def presets(self) -> list[Voice]:
        """Return the vendor's own voices."""
        return [voice for voice in self._voices.values() if voice.owner == _VENDOR]

    def find(self, voice_id: str) -> Voice:
        """Return a voice; raise the vendor's refusal if it is unknown or deleted."""
        voice = self._voices.get(voice_id)
        if voice is None:
            raise invalid("Voice id not found")
        return voice

    def add(self, voice_id: str, name: str) -> Voice:
        """Record a custom voice."""
        self._voices[voice_id] = Voice(voice_id, name, _CLIENT)
        return self._voices[voice_id]

    def delete(self, voice_id: str) -> None:
        """Delete a custom voice; raise the vendor's refusal for any other."""
        if voice_id in self._deleted:
            raise invalid(f"Voice {voice_id} may already be deleted")
        if self.find(voice_id).owner == _VENDOR:
            raise invalid("Voice id not found")
        del self._voices[voice_id]
        self._deleted.add(voice_id)

    def record_spoken_video(self, video_id: str) -> None:
        """Remember a video with sound, from which a voice may be taken."""
        self._spoken_videos.add(video_id)

    def has_spoken_video(self, video_id: str) -> bool:
        """Say whether a voice may be taken from this video."""
        return video_id in self._spoken_videos
