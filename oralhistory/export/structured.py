"""JSON for programs: the facts and one object a segment, keys as in `table`. What was replaced is not in it.

`masked`: the part of somebody whose words are not given out; `left_out` counts those of each part that are not there at all.
A summary is of the format ``interview-summary`` and has `paragraphs` (number, language, text) in the place of segments.
"""

import json

from oralhistory.domain.ports import AS_USUAL, Layout
from oralhistory.domain.redaction import Content, ReleasedTranscript, RenderedSegment
from oralhistory.export.wording import clean, speaker, spoken

VERSION = 1


class Structured:
    name = "json"
    suffix = ".json"
    for_summaries = True
    has_head = True
    holds_words = True

    def document(self, transcript: ReleasedTranscript, layout: Layout = AS_USUAL) -> bytes:
        summary = transcript.content is Content.SUMMARY
        content = {
            "format": "interview-summary" if summary else "interview-transcript",
            "version": VERSION,
            "interview": clean(transcript.code),
            "languages": [clean(one) for one in transcript.languages],
            "profile": transcript.profile.value,
            "rights": clean(transcript.rights),
            **(_paragraphs(transcript) if summary else _segments(transcript)),
        }
        return (json.dumps(content, ensure_ascii=False, indent=1) + "\n").encode()


def _segments(transcript: ReleasedTranscript) -> dict[str, object]:
    return {
        "left_out": dict(transcript.left_out),
        "segments": [_segment(number, one) for number, one in enumerate(transcript.segments, start=1)],
    }


def _paragraphs(transcript: ReleasedTranscript) -> dict[str, object]:
    return {
        "paragraphs": [
            {"number": number, "language": clean(one.language), "text": spoken(one)}
            for number, one in enumerate(transcript.segments, start=1)
        ]
    }


def _segment(number: int, segment: RenderedSegment) -> dict[str, object]:
    return {
        "number": number,
        "start_ms": segment.start_ms,
        "end_ms": segment.end_ms,
        "speaker": speaker(segment),
        "language": clean(segment.language),
        "sealed": segment.sealed,
        "masked": segment.masked or None,
        "text": spoken(segment),
    }
