"""CSV (RFC 4180, but lines ended by LF): one row a segment.

Columns: `interview` the export's code, `number` from 1, `start_ms` and `end_ms`, `start` and `end` as HH:MM:SS.mmm,
`speaker`, `language` (a code such as ``ko``), `sealed` (0 or 1), `text`. A cell that a spreadsheet would calculate is
preceded by an apostrophe (https://owasp.org/www-community/attacks/CSV_Injection).
"""

import csv
import io
import unicodedata

from oralhistory.domain.redaction import ReleasedTranscript, RenderedSegment
from oralhistory.domain.timecode import clock
from oralhistory.export.wording import clean, speaker, spoken

COLUMNS = ("interview", "number", "start_ms", "end_ms", "start", "end", "speaker", "language", "sealed", "text")


class Table:
    name = "csv"
    suffix = ".csv"

    def document(self, transcript: ReleasedTranscript) -> bytes:
        out = io.StringIO()
        writer = csv.writer(out, lineterminator="\n")
        writer.writerow(COLUMNS)
        code = clean(transcript.code)
        writer.writerows(_row(code, number, one) for number, one in enumerate(transcript.segments, start=1))
        return out.getvalue().encode()


def _row(code: str, number: int, segment: RenderedSegment) -> tuple[object, ...]:
    start, end = (clock(ms, millis=True) for ms in (segment.start_ms, segment.end_ms))
    words = (speaker(segment), clean(segment.language), int(segment.sealed), spoken(segment))
    cells = (code, number, segment.start_ms, segment.end_ms, start, end, *words)
    return tuple(inert(one) if isinstance(one, str) else one for one in cells)


def inert(cell: str) -> str:
    """Full-width signs calculate too: some spreadsheets fold them."""
    first = unicodedata.normalize("NFKC", cell[:1])
    return f"'{cell}" if first and first[0] in "=+-@" else cell
