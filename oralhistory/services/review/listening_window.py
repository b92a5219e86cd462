"""One window of sealed sound on its way through an engine: where it is cut, what is heard in it, who seems to have said it."""

from collections.abc import Iterator
from dataclasses import dataclass, replace

from oralhistory.domain.ports import Engine, Sound, SpeechWindows
from oralhistory.domain.sound import SoundFormat
from oralhistory.domain.transcript import Segment, WindowResult
from oralhistory.services.review.orders import TranscribeOrder

STRETCH_MS = 60_000
"""So much sound is looked at to find where the next window ends."""
ENOUGH_MS = 32_000
"""With so much sound at hand the next window ends where it would with more: it is 30 s at most, and cuts want some quiet."""
_NOTHING = WindowResult((), "", 0.0, 1.0, 0.0, ())


@dataclass(frozen=True, slots=True)
class Window:
    """`start_ms` to `end_ms` of its recording; `pcm` as it was recorded, `speech_pcm` as engines take it."""

    start_ms: int
    end_ms: int
    pcm: bytes
    format: SoundFormat
    speech_pcm: bytes
    may_hold_speech: bool


class Ear:
    def __init__(self, sound: Sound, windows: SpeechWindows) -> None:
        self._sound = sound
        self._windows = windows

    def cut(self, pcm: bytes, sound: SoundFormat, start_ms: int, end_ms: int, *, whole: bool) -> Iterator[Window]:
        """The windows in `pcm`, which is `start_ms` to `end_ms` of a recording: all when the recording ends there (`whole`),
        else the first alone, because where the next ones end depends on what follows."""
        ready = self._sound.for_speech(pcm, sound)
        cuts = self._windows.cut(ready)
        for first, last, may_hold_speech in cuts if whole else cuts[:1]:
            at_end = whole and last == cuts[-1][1]
            yield Window(
                start_ms + first,
                end_ms if at_end else min(start_ms + last, end_ms),
                pcm[sound.ms_to_frames(first) * sound.bytes_per_frame : sound.ms_to_frames(last) * sound.bytes_per_frame],
                sound,
                _between(ready, first, last),
                may_hold_speech,
            )

    def hear(self, machine: Engine, window: Window, order: TranscribeOrder) -> WindowResult:
        """What the machine hears; times count from the window's start. Cancelled, WorkerFailed."""
        if not window.may_hold_speech:
            return _NOTHING
        result = machine.window(window.speech_pcm, order.languages, order.prompt)
        length = window.end_ms - window.start_ms
        heard = [replace(one, end_ms=min(one.end_ms, length)) for one in result.segments]
        return replace(result, segments=tuple(self._labelled(heard, window)))

    def _labelled(self, segments: list[Segment], window: Window) -> list[Segment]:
        """With a microphone for each person, the channel says who speaks; where both are about as loud, nobody does."""
        if window.format.channels != 2 or not segments:
            return segments
        spans = [(one.start_ms, one.end_ms) for one in segments]
        louder = self._sound.louder_channels(window.pcm, window.format, spans)
        return [
            segment if channel is None else replace(segment, speaker=f"S{channel + 1}")
            for segment, channel in zip(segments, louder, strict=True)
        ]


def _between(pcm: bytes, start_ms: int, end_ms: int) -> bytes:
    """A stretch of 16 kHz float32 mono sound: 16 samples of 4 bytes a millisecond."""
    return pcm[start_ms * 64 : end_ms * 64]
