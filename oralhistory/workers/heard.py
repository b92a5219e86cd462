"""What a transcriber child heard, as a message: a window's result to JSON and back.

What comes back is checked like any foreign data, since the child works on foreign files: a wrong shape is a failed worker.
"""

from typing import Any

from oralhistory.domain.transcript import Segment, WindowResult, Word
from oralhistory.errors import WorkerFailed
from oralhistory.i18n import tr


def to_header(result: WindowResult) -> dict[str, Any]:
    return {
        "segments": [
            {
                "id": one.id,
                "start": one.start_ms,
                "end": one.end_ms,
                "text": one.text,
                "language": one.language,
                "words": [[word.text, word.start_ms, word.end_ms, word.probability] for word in one.words],
                "flags": sorted(one.flags),
            }
            for one in result.segments
        ],
        "language": result.language,
        "average_log_probability": result.average_log_probability,
        "no_speech_probability": result.no_speech_probability,
        "compression_ratio": result.compression_ratio,
        "speech": result.speech,
    }


def from_header(header: dict[str, Any]) -> WindowResult:
    """WorkerFailed when the header is no result."""
    try:
        return WindowResult(
            tuple(_segment(one) for one in header["segments"]),
            str(header["language"]),
            float(header["average_log_probability"]),
            float(header["no_speech_probability"]),
            float(header["compression_ratio"]),
            _speech(header["speech"]),
        )
    except (LookupError, TypeError, ValueError, AttributeError):
        raise WorkerFailed(
            tr("The transcriber gave an answer that cannot be used."), safe=tr("What was stored before is untouched.")
        ) from None


def _segment(one: dict[str, Any]) -> Segment:
    words = tuple(Word(str(text), int(start), int(end), _belief(belief)) for text, start, end, belief in one["words"])
    return Segment(
        str(one["id"]),
        "",
        int(one["start"]),
        int(one["end"]),
        str(one["text"]),
        language=str(one["language"]),
        words=words,
        flags=frozenset(str(flag) for flag in one["flags"]),
    )


def _speech(value: Any) -> tuple[tuple[int, int], ...] | None:
    return None if value is None else tuple((int(start), int(end)) for start, end in value)


def _belief(value: Any) -> float | None:
    return None if value is None else float(value)
