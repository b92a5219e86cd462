"""REFI-QDA 1.0 (`.qdpx`): a project for programs of qualitative analysis, as NVivo, MAXQDA, ATLAS.ti and QualCoder exchange them.

The text is a file of its own, a paragraph a turn; its speakers and topics are codes on it, as those programs' own coding of
speakers makes them, and the interview is the one case. There is no sound, so no transcript in the standard's sense, which is
bound to one. No dates and nobody's name; who coded is the archive.
"""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING

from oralhistory.domain.interview import Route
from oralhistory.domain.ports import AS_USUAL, Layout
from oralhistory.domain.redaction import ReleasedTranscript, RenderedSegment
from oralhistory.domain.spans import Span
from oralhistory.domain.timecode import clock
from oralhistory.export.markup import child, root, written
from oralhistory.export.turns import grouped
from oralhistory.export.word_template import packed
from oralhistory.export.wording import clean, conventions, facts, language_name, speaker, spoken, title
from oralhistory.i18n import listed, mark, tr

if TYPE_CHECKING:
    from lxml.etree import _Element as Element

NAMESPACE = "urn:QDA-XML:project:1.0"
ORIGIN = "REFI-QDA"
"""Stands where the program that made it is named, which no export tells: importers fall over a file that says nothing."""

_ROUTES = {
    Route.STRAIGHT: mark("directly to South Korea"),
    Route.THIRD_COUNTRY: mark("through a third country"),
    Route.OTHER: mark("another way"),
}
_SPEAKERS, _TOPICS = "speakers", "topics"


class QdaProject:
    name = "qdpx"
    suffix = ".qdpx"
    for_summaries = False
    has_head = True
    holds_words = True

    def document(self, transcript: ReleasedTranscript, layout: Layout = AS_USUAL) -> bytes:
        text = _laid_out(transcript, layout)
        source = _guid(transcript.code, "source")
        return packed({"project.qde": written(_project(transcript, text, source)), f"sources/{source}.txt": str(text).encode()})


class _Text:
    """The text as it is put together, and the places of what is coded in it: by kind, and by topic or label."""

    def __init__(self) -> None:
        self._pieces: list[str] = []
        self.length = 0
        """In code points, as the standard counts."""
        self.places: defaultdict[tuple[str, str], list[Span]] = defaultdict(list)

    def __str__(self) -> str:
        return "".join(self._pieces)

    def add(self, words: str) -> Span:
        start, self.length = self.length, self.length + len(words)
        self._pieces.append(words)
        return start, self.length

    def of(self, kind: str) -> list[str]:
        return [one for this, one in self.places if this == kind]


def _laid_out(transcript: ReleasedTranscript, layout: Layout) -> _Text:
    """A paragraph a turn. A topic reaches from the first segment that tells of it to the last one in a row; one of the whole
    interview stands over all of the text, where no passage says more exactly where it is told."""
    text, catalogued = _Text(), transcript.catalogued
    goes_on: set[str] = set()
    for group in grouped(transcript.segments):
        if text.length:
            text.add("\n")
        first, (begin, _) = group[0], text.add(_head(group[0], layout))
        for place, segment in enumerate(group[:1] if first.withheld else group):
            if place:
                text.add(" ")
            start, end = text.add(spoken(segment))
            topics = () if segment.withheld else catalogued.topics.get(segment.segment, ())
            for topic in topics:
                spans = text.places[_TOPICS, topic]
                spans.append((spans.pop()[0] if topic in goes_on else start, end))
            goes_on = set(topics)
        if label := speaker(first):
            text.places[_SPEAKERS, label].append((begin, text.length))
    for topic in catalogued.of_whole if text.length else ():
        text.places[_TOPICS, topic] = text.places.get((_TOPICS, topic)) or [(0, text.length)]
    return text


def _head(first: RenderedSegment, layout: Layout) -> str:
    time, label = f"[{clock(first.start_ms)}] " if layout.times else "", speaker(first)
    return f"{time}{label}: " if label else time


def _project(transcript: ReleasedTranscript, text: _Text, source: str) -> Element:
    """Its children in the order of the standard."""
    about = "\n".join(f"{label}: {value}" for label, value in (*facts(transcript), *conventions(transcript)))
    called, user = title(transcript), _guid("user")
    tree = root(f"{{{NAMESPACE}}}Project", {None: NAMESPACE}, name=called, origin=ORIGIN, creatingUserGUID=user)
    child(child(tree, "Users"), "User", attributes={"guid": user, "name": tr("Archive")})
    if text.places:
        _add_codes(child(child(tree, "CodeBook"), "Codes"), transcript, text)
    _add_case(tree, transcript, called, source)
    held = child(child(tree, "Sources"), "TextSource", attributes={
        "guid": source, "name": called, "plainTextPath": f"internal://{source}.txt", "creatingUser": user,
    })  # fmt: skip
    child(held, "Description", about)
    _add_coding(held, transcript, text, user)
    child(tree, "Description", about)
    return tree


def _add_codes(codes: Element, transcript: ReleasedTranscript, text: _Text) -> None:
    """Topics are the same codes in every file, and speakers those of this interview: projects can be put together."""
    names = transcript.catalogued.names
    for kind, called in ((_SPEAKERS, tr("Speakers")), (_TOPICS, tr("Topics"))):
        if of_kind := text.of(kind):
            above = child(codes, "Code", attributes={"guid": _guid(kind), "name": called, "isCodable": "false"})
            for one in of_kind:
                name = clean(names[one]) if kind == _TOPICS else one
                guid = _code(transcript, kind, one)
                child(above, "Code", attributes={"guid": guid, "name": name, "isCodable": "true"})


def _add_case(tree: Element, transcript: ReleasedTranscript, called: str, source: str) -> None:
    values = _variables(transcript)
    variables = child(tree, "Variables")
    for name, (words, _) in values.items():
        child(variables, "Variable", attributes={"guid": _guid("variable", name), "name": words, "typeOfVariable": "Text"})
    case = child(child(tree, "Cases"), "Case", attributes={"guid": _guid(transcript.code, "case"), "name": called})
    for name, (_, value) in values.items():
        told = child(case, "VariableValue")
        child(told, "VariableRef", attributes={"targetGUID": _guid("variable", name)})
        child(told, "TextValue", value)
    child(case, "SourceRef", attributes={"targetGUID": source})


def _variables(transcript: ReleasedTranscript) -> Mapping[str, tuple[str, str]]:
    """What the case is known by: a word for it, and the value."""
    route = _ROUTES.get(transcript.catalogued.route)
    return {
        "languages": (tr("Languages"), listed(language_name(one) for one in transcript.languages)),
        **({"route": (tr("How the narrator came"), tr(route))} if route else {}),
    }


def _add_coding(source: Element, transcript: ReleasedTranscript, text: _Text, user: str) -> None:
    for (start, end), kind, one in _selections(text):
        guid = _guid(transcript.code, kind, one, str(start))
        selection = child(source, "PlainTextSelection", attributes={
            "guid": guid, "startPosition": str(start), "endPosition": str(end), "creatingUser": user,
        })  # fmt: skip
        coding = child(selection, "Coding", attributes={"guid": _guid(guid, "coding"), "creatingUser": user})
        child(coding, "CodeRef", attributes={"targetGUID": _code(transcript, kind, one)})


def _selections(text: _Text) -> Iterator[tuple[Span, str, str]]:
    """In the order of the text."""
    yield from sorted((span, kind, one) for (kind, one), spans in text.places.items() for span in spans)


def _code(transcript: ReleasedTranscript, kind: str, one: str) -> str:
    return _guid(kind, one) if kind == _TOPICS else _guid(transcript.code, kind, one)


def _guid(*of: str) -> str:
    """The same for the same; of the export's own code, so that it leads to nothing in the archive.

    A UUID of version 8 (RFC 9562: made as one likes) that is nearly all letters: among thousands of random ones there is
    always a 1998 or a 3b, which a leak check that knows this year or cell has to take for it.
    """
    letters = "".join("abcdef"[one % 6] for one in hashlib.sha256("\0".join(of).encode()).digest()[:20])
    return f"{letters[:8]}-ffff-8fff-bfff-{letters[8:]}"
