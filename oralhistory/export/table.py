"""CSV (RFC 4180, but lines ended by LF): one row a segment.

Columns: `interview` the export's code, `number` from 1, `start_ms` and `end_ms`, `start` and `end` as HH:MM:SS.mmm,
`speaker`, `language` (a code such as ``ko``), `sealed` (0 or 1), `text`, `masked` (whose words are not given out:
``interviewer``, ``interpreter``, ...). A cell that a spreadsheet would calculate is
preceded by an apostrophe (https://owasp.org/www-community/attacks/CSV_Injection).
"""

import csv
import io
import unicodedata
from collections.abc import Iterator

from oralhistory.domain.ports import AS_USUAL, Layout
from oralhistory.domain.redaction import ReleasedTranscript, RenderedSegment
from oralhistory.domain.timecode import clock
from oralhistory.export.wording import clean, speaker, spoken

COLUMNS = ("interview", "number", "start_ms", "end_ms", "start", "end", "speaker", "language", "sealed", "text", "masked")


class Table:
    name = "csv"
    suffix = ".csv"
    for_summaries = False
    has_head = False
    holds_words = True

    def document(self, transcript: ReleasedTranscript, layout: Layout = AS_USUAL) -> bytes:
        out = io.StringIO()
        writer = csv.writer(out, lineterminator="\n")
        writer.writerow(COLUMNS)
        writer.writerows([inert(one) if isinstance(one, str) else one for one in row] for row in cells(transcript))
        return out.getvalue().encode()


def cells(transcript: ReleasedTranscript) -> Iterator[tuple[str | int, ...]]:
    """The rows below the head, as they are meant."""
    code = clean(transcript.code)
    for number, segment in enumerate(transcript.segments, start=1):
        yield _row(code, number, segment)


def _row(code: str, number: int, segment: RenderedSegment) -> tuple[str | int, ...]:
    start, end = (clock(ms, millis=True) for ms in (segment.start_ms, segment.end_ms))
    words = (speaker(segment), clean(segment.language), int(segment.sealed), spoken(segment), segment.masked)
    return (code, number, segment.start_ms, segment.end_ms, start, end, *words)


def inert(cell: str) -> str:
    return f"'{cell}" if calculates(cell) else cell


def calculates(cell: str) -> bool:
    """Whether a spreadsheet would take this for a formula; full-width signs calculate too, since some of them fold them."""
    first = unicodedata.normalize("NFKC", cell[:1])
    return bool(first) and first[0] in "=+-@"
