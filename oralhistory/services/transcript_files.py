"""Reading transcripts that exist already: plain text, WebVTT, SubRip, and the JSON that the program itself prints.

Everything in such a file is foreign: sizes, times and texts are checked, ids are replaced, invisible control characters are
dropped. A text without times is laid over the sound by the lengths of its lines.
"""

import json
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from html import unescape

from oralhistory.domain.edits import retexted
from oralhistory.domain.interview import Recording
from oralhistory.domain.timecode import parse as parse_time
from oralhistory.domain.transcript import Segment, normalised
from oralhistory.errors import MalformedInput
from oralhistory.i18n import tr

MOST_SEGMENTS = 50_000
LONGEST_SEGMENT = 20_000
LATEST_MS = 100 * 3600 * 1000
_LABEL = re.compile(r"\s*([^\s:：][^:：]{0,39})[:：]\s+(\S.*)")
_ARROW = re.compile(r"\s*([\d:.,]+)\s+-->\s+([\d:.,]+)(?:\s.*)?")
_VOICE = re.compile(r"<v(?:\.[^\s>]*)?\s+([^>]+)>")
_TAG = re.compile(r"<[^>]*>")


@dataclass(frozen=True, slots=True)
class _Line:
    text: str
    speaker: str = ""
    start_ms: int | None = None
    end_ms: int | None = None


def read_transcript(name: str, text: str, timeline: Sequence[Recording], new_id: Callable[[], str]) -> list[Segment]:
    """Segments of a file called `name` (its ending decides the form), on the interview's `timeline`."""
    ending = name.rsplit(".", 1)[-1].casefold()
    readers = {"txt": _plain, "vtt": _cues, "srt": _cues, "json": _printed}
    if ending not in readers:
        raise _wrong(tr("A transcript is read from .txt, .vtt, .srt or .json."))
    lines = readers[ending](text)
    if not lines:
        raise _wrong(tr("The file holds no text."))
    if len(lines) > MOST_SEGMENTS or any(len(line.text) > LONGEST_SEGMENT for line in lines):
        raise _wrong(tr("The file is too large for a transcript."))
    whole = max((one.end_ms for one in timeline), default=0)
    return [_segment(line, timeline, new_id()) for line in _timed(lines, whole)]


def _plain(text: str) -> list[_Line]:
    lines = []
    for raw in text.splitlines():
        labelled = _LABEL.fullmatch(raw)
        speaker, said = labelled.groups() if labelled else ("", raw)
        if normalised(said):
            lines.append(_Line(normalised(said), normalised(speaker)))
    return lines


def _cues(text: str) -> list[_Line]:
    lines = []
    for block in re.split(r"\n\s*\n", text.replace("\r\n", "\n").replace("\r", "\n")):
        rows = block.split("\n")
        at = next((i for i, row in enumerate(rows) if _ARROW.fullmatch(row)), None)
        if at is None:
            continue
        arrow = _ARROW.fullmatch(rows[at])
        assert arrow is not None
        start_ms, end_ms = (_time(one) for one in arrow.groups())
        body = " ".join(rows[at + 1 :])
        voice = _VOICE.search(body)
        said = normalised(unescape(_TAG.sub("", body)))
        if said:
            lines.append(_Line(said, normalised(unescape(voice.group(1))) if voice else "", start_ms, end_ms))
    return lines


def _time(text: str) -> int:
    try:
        return parse_time(text)
    except ValueError:
        raise _wrong(tr("A time in the file is not a time.")) from None


def _printed(text: str) -> list[_Line]:
    try:
        document = json.loads(text, parse_constant=_no_constant)
    except (ValueError, RecursionError):
        raise _wrong(tr("The file is not a JSON document.")) from None
    listed = document.get("segments") if isinstance(document, dict) else None
    if not isinstance(listed, list):
        raise _wrong(tr("The document is not right at “{field}”.", field="segments"))
    return [_printed_segment(one, f"segments[{i}]") for i, one in enumerate(listed)]


def _printed_segment(raw: object, where: str) -> _Line:
    if not isinstance(raw, dict):
        raise _wrong(tr("The document is not right at “{field}”.", field=where))
    text, speaker = raw.get("text"), raw.get("speaker", "")
    start_ms, end_ms = raw.get("start_ms"), raw.get("end_ms")
    whole_numbers = all(isinstance(ms, int) and not isinstance(ms, bool) for ms in (start_ms, end_ms))
    if not isinstance(text, str) or not isinstance(speaker, str) or not whole_numbers:
        raise _wrong(tr("The document is not right at “{field}”.", field=where))
    assert isinstance(start_ms, int) and isinstance(end_ms, int)
    return _Line(normalised(text), normalised(speaker), start_ms, end_ms)


def _timed(lines: Sequence[_Line], whole_ms: int) -> list[_Line]:
    """Lines with times in order; those without share the whole sound by their lengths."""
    if all(line.start_ms is None for line in lines):
        total, at, timed = sum(len(line.text) for line in lines), 0, []
        for line in lines:
            begin = whole_ms * at // total
            at += len(line.text)
            timed.append(replace(line, start_ms=begin, end_ms=whole_ms * at // total))
        return timed
    for line in lines:
        if not 0 <= (line.start_ms or 0) <= (line.end_ms or 0) <= LATEST_MS:
            raise _wrong(tr("The times in the file are out of order."))
    return sorted(lines, key=lambda line: (line.start_ms or 0, line.end_ms or 0))


def _segment(line: _Line, timeline: Sequence[Recording], segment_id: str) -> Segment:
    start_ms, end_ms = line.start_ms or 0, line.end_ms or 0
    recording = next((one.id for one in timeline if one.start_ms <= start_ms < one.end_ms), "")
    return retexted(Segment(segment_id, recording, start_ms, end_ms, "", line.speaker), line.text)


def _no_constant(name: str) -> None:
    raise ValueError(name)


def _wrong(happened: str) -> MalformedInput:
    return MalformedInput(happened, safe=tr("Nothing was stored."))
