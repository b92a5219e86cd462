"""OHMS 5.4 for oral-history portals: one record with the transcript, a line a segment, and for every minute its line.

The schema (https://www.weareavp.com/nunncenter/ohms/ohms.xsd) wants its children in this order. No medium is named, since none
leaves with the text, and no day. `vtt_transcript`, which the viewer would read first, came with 6.0.
"""

from __future__ import annotations

import hashlib
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from itertools import accumulate

from oralhistory.domain.ports import AS_USUAL, Layout
from oralhistory.domain.redaction import ReleasedTranscript, RenderedSegment
from oralhistory.domain.timecode import clock
from oralhistory.export.markup import INSTANCE, child, root, written
from oralhistory.export.wording import clean, facts, language_name, speaker, spoken, title
from oralhistory.i18n import listed

_NAMESPACE = "https://www.weareavp.com/nunncenter/ohms"
_SCHEMA = f"{_NAMESPACE}/ohms.xsd"
_EMPTY_BEFORE = ("collection_id", "collection_name", "series_id", "series_name", "repository", "funding", "repository_url")
_EMPTY_MEDIA = ("host", "avalon_target_domain", "host_account_id", "host_player_id", "host_clip_id", "clip_format")
_NO_DAY = "1970-01-01"
_MINUTE_MS = 60_000
_MARKS = {"[[": "[ [", "]]": "] ]", "{": "(", "}": ")"}
"""What the viewer would take for footnotes and times of its own."""


class Ohms:
    name = "ohms"
    suffix = ".ohms.xml"
    for_summaries = False
    has_head = True
    holds_words = True

    def document(self, transcript: ReleasedTranscript, layout: Layout = AS_USUAL) -> bytes:
        tree = root(f"{{{_NAMESPACE}}}ROOT", {None: _NAMESPACE, "xsi": INSTANCE})
        tree.set(f"{{{INSTANCE}}}schemaLocation", f"{_NAMESPACE} {_SCHEMA}")
        record = child(tree, "record", attributes={"id": str(_number(transcript.code)), "dt": _NO_DAY})
        for name, value in (*_about(transcript), *_spoken(transcript)):
            child(record, name, value)
            if name == "version":
                child(record, "date", attributes={"value": "", "format": "yyyy-mm-dd"})
            elif name == "media_url":
                media = child(record, "mediafile")
                for part in _EMPTY_MEDIA:
                    child(media, part)
        return written(tree)


def _about(transcript: ReleasedTranscript) -> list[tuple[str, str]]:
    lasts = max((one.end_ms for one in transcript.segments), default=0)
    return [
        ("version", "5.4"),
        ("date_nonpreferred_format", ""),
        ("cms_record_id", clean(transcript.code)),
        ("title", title(transcript)),
        ("accession", clean(transcript.code)),
        ("duration", clock(lasts)),
        *((name, "") for name in _EMPTY_BEFORE),
    ]


def _spoken(transcript: ReleasedTranscript) -> list[tuple[str, str]]:
    lines = list(_lines(transcript.segments))
    return [
        ("file_name", ""),
        ("sync", _sync(lines)),
        ("sync_alt", ""),
        ("transcript_alt_lang", ""),
        ("translate", "0"),
        ("media_id", ""),
        ("media_url", ""),
        ("kembed", ""),
        ("language", listed(language_name(one) for one in transcript.languages)),
        ("user_notes", ""),
        ("index", ""),
        ("type", ""),
        ("description", "\n".join(f"{label}: {value}" for label, value in facts(transcript))),
        ("rel", ""),
        ("transcript", "\n".join(text for _, text in lines)),
        ("transcript_alt", ""),
        ("rights", clean(transcript.rights)),
        ("fmt", ""),
        ("usage", clean(transcript.rights)),
        ("userestrict", "1"),
        ("xmllocation", ""),
        ("xmlfilename", ""),
        ("collection_link", ""),
        ("series_link", ""),
    ]


def _lines(segments: Iterable[RenderedSegment]) -> Iterator[tuple[int, str]]:
    """Each line and when it begins; who speaks stands where that changes, behind an empty line, which ends a paragraph."""
    speaks: str | None = None
    for segment in segments:
        words, label = spoken(segment), speaker(segment)
        if not words:
            continue
        if label != speaks:
            if speaks is not None:
                yield segment.start_ms, ""
            words = f"{label}: {words}" if label else words
        speaks = label
        yield segment.start_ms, _harmless(words)


def _harmless(text: str) -> str:
    for mark, instead in _MARKS.items():
        text = text.replace(mark, instead)
    return text


def _sync(lines: Sequence[tuple[int, str]]) -> str:
    """``1:|12(1)|25(1)``: for each minute from the first on the line, from 0, that has begun by then, and its first word."""
    begins = list(accumulate((start for start, _ in lines), max))  # two who speak at once may stand the other way round
    minutes = range(1, max(begins, default=0) // _MINUTE_MS + 1)
    return "1:" + "".join(f"|{bisect_right(begins, minute * _MINUTE_MS) - 1}(1)" for minute in minutes) if lines else ""


def _number(code: str) -> int:
    """The whole number that a record must have: always the same for the same export's code, and nothing can be read from it."""
    return int.from_bytes(hashlib.sha256(code.encode()).digest()[:4]) >> 1
