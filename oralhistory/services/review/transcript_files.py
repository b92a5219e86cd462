"""Reading transcripts that exist already: plain text, WebVTT, SubRip, and the JSON that the program itself prints.

Everything in such a file is foreign: sizes, times, texts and ids are checked, and what could hide or mislead is refused:
characters that turn the direction of text, half characters, recordings of another interview. Segments get ids of their own.
What was marked comes back marked: a passage that was sealed is sealed here too. No word is passed over: what stands where none
is expected belongs to what stands before it, or the file is refused.
A text without times is laid over the sound by the lengths of its lines, and its times are known as guessed from then on.
"""

import json
import math
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from html import unescape

from oralhistory.domain.interview import Recording
from oralhistory.domain.timecode import parse as parse_time
from oralhistory.domain.transcript import FLAGS, Segment, Word, normalised
from oralhistory.domain.word_times import located, retexted
from oralhistory.errors import MalformedInput
from oralhistory.i18n import tr

MOST_SEGMENTS = 50_000
LONGEST_SEGMENT = 20_000
LATEST_MS = 100 * 3600 * 1000
_LABEL = re.compile(r"\s*([^\s:：][^:：]{0,39})[:：]\s+(\S.*)")
_ARROW = re.compile(r"\s*([\d:.,]+)\s*-->\s*([\d:.,]+)(?:\s+[\w-]+:\S+)*\s*")
_ALMOST = re.compile(r".*-->.*|[\s\d:.,-]+[-=–—]>[\s\d:.,-]+")
"""No words: something like an arrow between times that is none."""
_HEADER = "WEBVTT"
_ASIDE = re.compile(rf"(?:{_HEADER}|NOTE)(?:\s.*)?|(?:STYLE|REGION)\s*")
_VOICE = re.compile(r"<v(?:\.[^\s<>]*)?\s([^<>]+)>")
_TAG = re.compile(r"</?(?:[biucsv]|lang|ruby|rt|font)(?:[.\s][^<>]*)?>|<\d[\d:.]*>", re.IGNORECASE)
"""Of WebVTT and SubRip; what else stands in such brackets somebody wrote down: <crying>."""
_PRINTED = {
    "id", "recording", "start_ms", "end_ms", "speaker", "language", "text", "sha256", "words", "flags",
    "times_guessed",
}  # fmt: skip
_ID = re.compile(r"[0-9a-f]{32}")
_LANGUAGE = re.compile(r"(?:[A-Za-z]{2,3}(?:-[A-Za-z0-9]{2,8}){0,3})?")
"""A code and no more: it leaves with the text, and nobody decides on it."""
_MISLEADING = re.compile("[\u202a-\u202e\u2066-\u2069\ud800-\udfff]")
"""Embeddings, overrides and isolates of direction show text in another order than it has; lone surrogates are no text."""


@dataclass(frozen=True, slots=True)
class _Line:
    text: str
    speaker: str = ""
    start_ms: int | None = None
    end_ms: int | None = None
    recording: str = ""
    language: str = ""
    words: tuple[Word, ...] = ()
    flags: frozenset[str] = frozenset()
    guessed: bool = False


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
    if {line.recording for line in lines if line.recording} - {one.id for one in timeline}:
        raise _wrong(tr("The file names a recording that is not this interview's."))
    whole = max((one.end_ms for one in timeline), default=0)
    return [_segment(line, timeline, new_id()) for line in _timed(lines, whole)]


def _plain(text: str) -> list[_Line]:
    lines = []
    for raw in text.splitlines():
        labelled = _LABEL.fullmatch(raw)
        speaker, said = labelled.groups() if labelled else ("", raw)
        if _said(said):
            lines.append(_Line(_said(said), _said(speaker)))
    return lines


def _cues(text: str) -> list[_Line]:
    lines: list[_Line] = []
    for (start, end), rows in _timed_rows(text.replace("\r\n", "\n").replace("\r", "\n")):
        start_ms, end_ms = _time(start), _time(end)
        first, *voices = _VOICE.split(" ".join(rows))
        for speaker, words in (("", first), *zip(voices[::2], voices[1::2], strict=True)):
            said = _said(unescape(_TAG.sub("", words)))
            if said:
                lines.append(_Line(said, _said(unescape(speaker)), start_ms, end_ms))
    return lines


def _timed_rows(text: str) -> list[tuple[tuple[str, str], list[str]]]:
    """From and to, and the rows behind, up to the next such; without the numbers and names of cues, headers and notes."""
    found: list[tuple[tuple[str, str], list[str]]] = []
    blocks = [block.split("\n") for block in re.split(r"\n\s*\n", text)]
    for block, following in zip(blocks, [*blocks[1:], [""]], strict=True):
        number = len(block) == 1 and block[0].strip().isdigit() and _ARROW.fullmatch(following[0])
        aside = text.startswith(_HEADER) and _ASIDE.fullmatch(block[0])
        first = next((at for at, row in enumerate(block) if _ARROW.fullmatch(row)), len(block)) if number or aside else 0
        for at, row in enumerate(block[first:], first):
            if arrow := _ARROW.fullmatch(row):
                found.append(((arrow[1], arrow[2]), []))
            elif _ALMOST.fullmatch(row):
                raise _wrong(tr("A time in the file is not a time."))
            elif row.strip() and not ((at == 0 or row.strip().isdigit()) and _ARROW.fullmatch("".join(block[at + 1 : at + 2]))):
                if not found:
                    raise _wrong(tr("The file has words before its first time."))
                found[-1][1].append(row)
    return found


def _said(text: str) -> str:
    if _MISLEADING.search(text):
        raise _wrong(tr("The file holds invisible characters that change the order in which text is shown."))
    return normalised(text)


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
        raise _not_right("segments")
    return [_printed_segment(one, f"segments[{i}]") for i, one in enumerate(listed)]


def _printed_segment(raw: object, where: str) -> _Line:
    known = isinstance(raw, dict) and set(raw) <= _PRINTED
    if not isinstance(raw, dict) or not known or not _ID.fullmatch(_text(raw, "id", where, "0" * 32)):
        raise _not_right(where)
    start_ms, end_ms = _ms(raw, "start_ms", where), _ms(raw, "end_ms", where)
    text, listed, guessed = _text(raw, "text", where), raw.get("words", []), raw.get("times_guessed", False)
    if not isinstance(guessed, bool):
        raise _not_right(f"{where}.times_guessed")
    if not isinstance(listed, list) or len(listed) > len(text):
        raise _not_right(f"{where}.words")
    if not _LANGUAGE.fullmatch(_text(raw, "language", where)):
        raise _not_right(f"{where}.language")
    words = tuple(_printed_word(one, f"{where}.words[{i}]") for i, one in enumerate(listed))
    return _Line(
        text, _text(raw, "speaker", where), start_ms, end_ms,
        _text(raw, "recording", where), _text(raw, "language", where), words, _flags(raw, where), guessed,
    )  # fmt: skip


def _printed_word(raw: object, where: str) -> Word:
    if not isinstance(raw, dict) or set(raw) - {"text", "start_ms", "end_ms", "probability"}:
        raise _not_right(where)
    believed = raw.get("probability")
    numeric = isinstance(believed, int | float) and not isinstance(believed, bool)
    if believed is not None and not (numeric and math.isfinite(believed) and 0 <= believed <= 1):
        raise _not_right(f"{where}.probability")
    return Word(_text(raw, "text", where), _ms(raw, "start_ms", where), _ms(raw, "end_ms", where), believed)


def _flags(raw: dict[str, object], where: str) -> frozenset[str]:
    """What was closed stays closed: a flag that this program doesn't know may withhold the segment, so it is not passed over."""
    listed = raw.get("flags", [])
    if not isinstance(listed, list) or not all(isinstance(one, str) and one in FLAGS for one in listed):
        raise _not_right(f"{where}.flags")
    return frozenset(listed)


def _text(raw: dict[str, object], name: str, where: str, default: str = "") -> str:
    value = raw.get(name, default)
    if not isinstance(value, str) or len(value) > LONGEST_SEGMENT:
        raise _not_right(f"{where}.{name}")
    return _said(value)


def _ms(raw: dict[str, object], name: str, where: str) -> int:
    value = raw.get(name)
    if not isinstance(value, int) or isinstance(value, bool) or not 0 <= value <= LATEST_MS:
        raise _not_right(f"{where}.{name}")
    return value


def _timed(lines: Sequence[_Line], whole_ms: int) -> list[_Line]:
    """Lines with times in order; those without share the whole sound by their lengths."""
    if all(line.start_ms is None for line in lines):
        total, at, timed = sum(len(line.text) for line in lines), 0, []
        for line in lines:
            begin = whole_ms * at // total
            at += len(line.text)
            timed.append(replace(line, start_ms=begin, end_ms=whole_ms * at // total, guessed=whole_ms > 0))
        return timed
    for line in lines:
        if not 0 <= (line.start_ms or 0) <= (line.end_ms or 0) <= LATEST_MS:
            raise _wrong(tr("The times in the file are out of order."))
    return sorted(lines, key=lambda line: (line.start_ms or 0, line.end_ms or 0))


def _segment(line: _Line, timeline: Sequence[Recording], segment_id: str) -> Segment:
    start_ms, end_ms = line.start_ms or 0, line.end_ms or 0
    recording = next((one.id for one in timeline if one.start_ms <= start_ms < one.end_ms), "")
    timed = Segment(
        segment_id, recording, start_ms, end_ms, line.text, line.speaker, line.language, line.words, line.flags,
        guessed=line.guessed,
    )
    times = [start_ms, *(ms for word in line.words for ms in (word.start_ms, word.end_ms)), end_ms]
    if line.words and len(list(located(timed))) == len(line.words) and times == sorted(times):
        return timed
    return retexted(replace(timed, text="", words=()), line.text)


def _no_constant(name: str) -> None:
    raise ValueError(name)


def _not_right(where: str) -> MalformedInput:
    return _wrong(tr("The document is not right at “{field}”.", field=where))


def _wrong(happened: str) -> MalformedInput:
    return MalformedInput(happened, safe=tr("Nothing was stored."))
