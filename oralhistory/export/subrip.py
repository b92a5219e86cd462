"""SubRip: numbered cues, the speaker before a colon. It knows neither comments nor escapes."""

from oralhistory.domain.ports import AS_USUAL, Layout
from oralhistory.domain.redaction import ReleasedTranscript
from oralhistory.domain.timecode import clock
from oralhistory.export.cues import Cue, cues


class SubRip:
    name = "srt"
    suffix = ".srt"
    for_summaries = False
    has_head = False
    holds_words = True

    def document(self, transcript: ReleasedTranscript, layout: Layout = AS_USUAL) -> bytes:
        blocks = (_block(number, cue) for number, cue in enumerate(cues(transcript.segments), start=1))
        return "\n".join(blocks).encode()


def _block(number: int, cue: Cue) -> str:
    start, end = (clock(ms, millis=True, separator=",") for ms in (cue.start_ms, cue.end_ms))
    text = f"{cue.speaker}: {cue.text}" if cue.speaker else cue.text
    return f"{number}\n{start} --> {end}\n{_inert(text)}\n"


def _inert(text: str) -> str:
    """Players take angle brackets for markup and arrows for times: their look-alikes are only shown."""
    return text.replace("<", "‹").replace(">", "›")
