"""Released transcripts for tests of what comes behind the release service, which alone makes them in the program."""

import html
import io
import json
import zipfile
from collections.abc import Iterable
from itertools import cycle, islice
from pathlib import Path

from pdfminer.high_level import extract_text

from oralhistory.domain.redaction import Change, Profile, ReleasedTranscript, RenderedSegment

SPEECH = Path(__file__).resolve().parents[1] / "data" / "speech"
RIGHTS = "Pseudonymised text, released for one purpose: use by outside researchers. Not to be passed on."


def segment(text: str, start_ms: int = 0, end_ms: int = 1000, speaker: str = "NARRATOR", language: str = "ko",
            changes: tuple[Change, ...] = (), sealed: bool = False) -> RenderedSegment:
    return RenderedSegment("s1", start_ms, end_ms, speaker, language, text, changes, sealed)


def released(segments: Iterable[RenderedSegment], code: str = "E-4MX9", rights: str = RIGHTS) -> ReleasedTranscript:
    return ReleasedTranscript(code, ("ko", "en"), Profile.PUBLIC, tuple(segments), rights)


def in_a_row(texts: Iterable[str], language: str = "ko") -> list[RenderedSegment]:
    """A segment of four seconds for each text, two people taking turns."""
    people = cycle(("INTERVIEWER", "NARRATOR", "NARRATOR", "NARRATOR"))
    return [segment(text, 4000 * n, 4000 * n + 3900, next(people), language) for n, text in enumerate(texts)]


def long_interview(sentences: Iterable[str], words: int) -> ReleasedTranscript:
    """`sentences` repeated in order until there are `words` words."""
    texts = list(sentences)
    average = sum(len(one.split()) for one in texts) / len(texts)
    return released(in_a_row(islice(cycle(texts), round(words / average))))


def spoken_sentences(language: str) -> list[str]:
    """The sentences of the held-out interview in `language` ("ko" or "en")."""
    content = json.loads((SPEECH / f"{language}_interview.json").read_text(encoding="utf-8"))
    return [one["text"].strip() for one in content["segments"] if one["text"].strip()]


def readable(name: str, document: bytes) -> str:
    """All text of a document, the XML of packages included; that of a PDF without its lines."""
    if name == "pdf":
        return extract_text(io.BytesIO(document)).replace("\n", " ").replace("\N{WHITE SQUARE}", "\N{REPLACEMENT CHARACTER}")
    if name in ("eaf", "ohms", "tei", "dc"):
        return html.unescape(document.decode("utf-8"))
    if name not in ("docx", "xlsx", "qdpx"):
        return document.decode("utf-8")
    with zipfile.ZipFile(io.BytesIO(document)) as package:
        text = "\n".join(package.read(part).decode("utf-8") for part in package.namelist())
    return text if name == "docx" else html.unescape(text)
