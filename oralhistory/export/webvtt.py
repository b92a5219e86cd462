"""WebVTT (https://www.w3.org/TR/webvtt1/): a cue a segment, the speaker as its voice."""

import html

from oralhistory.domain.ports import AS_USUAL, Layout
from oralhistory.domain.redaction import ReleasedTranscript
from oralhistory.domain.timecode import clock
from oralhistory.export.cues import Cue, cues
from oralhistory.export.wording import facts, title


class WebVtt:
    name = "vtt"
    suffix = ".vtt"
    for_summaries = False
    has_head = True
    holds_words = True

    def document(self, transcript: ReleasedTranscript, layout: Layout = AS_USUAL) -> bytes:
        note = "\n".join(f"{label}: {value}" for label, value in facts(transcript))
        blocks = [f"WEBVTT {_inert(title(transcript))}", f"NOTE\n{_inert(note)}"]
        blocks += [_block(cue) for cue in cues(transcript.segments)]
        return ("\n\n".join(blocks) + "\n").encode()


def _block(cue: Cue) -> str:
    voice = f"<v {_escaped(cue.speaker)}>" if cue.speaker else ""
    times = f"{clock(cue.start_ms, millis=True)} --> {clock(cue.end_ms, millis=True)}"
    return f"{times}\n{voice}{_escaped(cue.text)}"


def _escaped(text: str) -> str:
    return html.escape(text, quote=False)


def _inert(text: str) -> str:
    """Comments know no escapes, and an arrow in them would begin a cue."""
    return text.replace("-->", "-- >")
