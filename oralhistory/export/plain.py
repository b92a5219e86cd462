"""Plain text: a head with the facts and conventions, then a paragraph a turn. UTF-8 without BOM, lines ended by LF."""

from oralhistory.domain.ports import AS_USUAL, Layout
from oralhistory.domain.redaction import ReleasedTranscript
from oralhistory.domain.timecode import clock
from oralhistory.export.turns import Turn, paragraphs
from oralhistory.export.wording import conventions, facts, title


class Plain:
    name = "txt"
    suffix = ".txt"
    for_summaries = True
    has_head = True
    holds_words = True

    def document(self, transcript: ReleasedTranscript, layout: Layout = AS_USUAL) -> bytes:
        head = [title(transcript), ""]
        head += [f"{label}: {value}" for label, value in facts(transcript)]
        if marks := conventions(transcript):
            head += ["", *(f"{sign} – {meaning}" for sign, meaning in marks)]
        body = (self._paragraph(turn, layout) for turn in paragraphs(transcript))
        return ("\n\n".join(["\n".join(head), *body]) + "\n").encode()

    def _paragraph(self, turn: Turn, layout: Layout) -> str:
        time = f"[{clock(turn.start_ms)}] " if layout.times and turn.timed else ""
        return f"{time}{turn.speaker}: {turn.text}" if turn.speaker else f"{time}{turn.text}"
