"""Dublin Core as oai_dc (http://www.openarchives.org/OAI/2.0/oai_dc.xsd): the record of what leaves, for a catalogue.

Of a transcript no word is in it; a summary is its description.
"""

from oralhistory.domain.ports import AS_USUAL, Layout
from oralhistory.domain.redaction import Content, ReleasedTranscript
from oralhistory.export.markup import INSTANCE, child, root, written
from oralhistory.export.wording import clean, facts, spoken, title
from oralhistory.i18n import tr

_RECORD = "http://www.openarchives.org/OAI/2.0/oai_dc/"
_ELEMENTS = "http://purl.org/dc/elements/1.1/"
_SCHEMA = "http://www.openarchives.org/OAI/2.0/oai_dc.xsd"
_KIND = "Text"
"""What it is, by the DCMI Type Vocabulary."""


class DublinCore:
    name = "dc"
    suffix = ".dc.xml"
    for_summaries = True
    has_head = True
    holds_words = False

    def document(self, transcript: ReleasedTranscript, layout: Layout = AS_USUAL) -> bytes:
        tree = root(f"{{{_RECORD}}}dc", {"oai_dc": _RECORD, "dc": _ELEMENTS, "xsi": INSTANCE})
        tree.set(f"{{{INSTANCE}}}schemaLocation", f"{_RECORD} {_SCHEMA}")
        for element, value in _statements(transcript):
            if value:
                child(tree, f"{{{_ELEMENTS}}}{element}", value)
        return written(tree)


def _statements(transcript: ReleasedTranscript) -> list[tuple[str, str]]:
    summary = transcript.content is Content.SUMMARY
    told = [spoken(one) for one in transcript.segments] if summary else []
    return [
        ("title", title(transcript)),
        *(("description", one) for one in told),
        *(("description", f"{label}: {value}") for label, value in facts(transcript)),
        ("type", _KIND),
        ("type", tr("Oral history interview")),
        ("identifier", clean(transcript.code)),
        *(("language", clean(one)) for one in transcript.languages),
        ("rights", clean(transcript.rights)),
    ]
