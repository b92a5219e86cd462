"""TEI P5 for spoken texts (https://tei-c.org/guidelines/p5/, chapter 8): an utterance a segment, on one line of milliseconds."""

from __future__ import annotations

from typing import TYPE_CHECKING

from oralhistory.domain.ports import AS_USUAL, Layout
from oralhistory.domain.redaction import Content, ReleasedTranscript, RenderedSegment
from oralhistory.domain.roles import Part
from oralhistory.export.markup import LANGUAGE, NAME, child, root, written
from oralhistory.export.wording import clean, conventions, facts, language_name, speaker, spoken, title

if TYPE_CHECKING:
    from lxml.etree import _Element as Element

_NAMESPACE = "http://www.tei-c.org/ns/1.0"
_SEALED = "sealed"


class Tei:
    name = "tei"
    suffix = ".tei.xml"
    for_summaries = True
    has_head = True
    holds_words = True

    def document(self, transcript: ReleasedTranscript, layout: Layout = AS_USUAL) -> bytes:
        tree = root(f"{{{_NAMESPACE}}}TEI", {None: _NAMESPACE})
        people = {label: f"p{n}" for n, label in enumerate(dict.fromkeys(filter(None, map(speaker, transcript.segments))), 1)}
        _head(child(tree, "teiHeader"), transcript, people)
        text = child(tree, "text")
        if transcript.content is Content.SUMMARY:
            body = child(text, "body")
            for one in transcript.segments:
                child(body, "p", spoken(one), _in_language(one))
        else:
            moments = _timeline(text, transcript)
            body = child(text, "body")
            for one in transcript.segments:
                _utterance(body, one, people, moments)
        if not len(body):
            child(body, "p")
        return written(tree)


def _head(head: Element, transcript: ReleasedTranscript, people: dict[str, str]) -> None:
    file = child(head, "fileDesc")
    child(child(file, "titleStmt"), "title", title(transcript))
    child(child(file, "publicationStmt"), "p", clean(transcript.rights))
    source = child(file, "sourceDesc")
    for label, value in facts(transcript):
        child(source, "p", f"{label}: {value}")
    if marks := conventions(transcript):
        rules = child(child(head, "encodingDesc"), "editorialDecl")
        for mark, meaning in marks:
            child(rules, "p", f"{mark} {meaning}")
    profile = child(head, "profileDesc")
    languages = [clean(one) for one in transcript.languages if clean(one)]
    if languages:
        used = child(profile, "langUsage")
        for language in dict.fromkeys(languages):
            child(used, "language", language_name(language), {"ident": language})
    if people:
        listed = child(child(profile, "particDesc"), "listPerson")
        for label, name in people.items():
            child(child(listed, "person", attributes={NAME: name}), "persName", label)


def _timeline(text: Element, transcript: ReleasedTranscript) -> dict[int, str]:
    """Every moment at which a segment begins or ends, and the name it is referred to by."""
    moments = sorted({max(0, at) for one in transcript.segments for at in (one.start_ms, one.end_ms)} | {0})
    names = {at: f"t{n}" for n, at in enumerate(moments)}
    line = child(text, "timeline", attributes={"unit": "ms", "origin": "#t0"})
    for at, name in names.items():
        since = {"interval": str(at), "since": "#t0"} if at else {}
        child(line, "when", attributes={NAME: name, **since})
    return names


def _utterance(body: Element, segment: RenderedSegment, people: dict[str, str], moments: dict[int, str]) -> None:
    words = spoken(segment)
    if not words:
        return
    at = {"start": f"#{moments[max(0, segment.start_ms)]}", "end": f"#{moments[max(0, segment.end_ms)]}"}
    if segment.withheld:
        gap = child(child(body, "u", attributes=at), "gap", attributes={"reason": _reason(segment)})
        child(gap, "desc", words)
        return
    who = {"who": f"#{people[label]}"} if (label := speaker(segment)) else {}
    child(body, "u", words, {**who, **at, **_in_language(segment)})


def _reason(segment: RenderedSegment) -> str:
    return _SEALED if segment.sealed else Part(segment.masked).value


def _in_language(segment: RenderedSegment) -> dict[str, str]:
    language = clean(segment.language)
    return {LANGUAGE: language} if language else {}
