"""ELAN 3.0 (https://www.mpi.nl/tools/elan/EAF_Annotation_Format_3.0_and_ELAN.pdf): a tier a speaker, an annotation a segment.

No media is named, since none leaves with the text. The schema wants a day and an author: both are blank on purpose.
"""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from oralhistory.domain.ports import AS_USUAL, Layout
from oralhistory.domain.redaction import ReleasedTranscript, RenderedSegment
from oralhistory.export.cues import cues
from oralhistory.export.markup import INSTANCE, child, root, written
from oralhistory.export.wording import clean, facts, language_name, speaker
from oralhistory.i18n import tr

if TYPE_CHECKING:
    from lxml.etree import _Element as Element

_SCHEMA = "http://www.mpi.nl/tools/elan/EAFv3.0.xsd"
_NO_DAY = "1970-01-01T00:00:00Z"
_TYPE = "utterance"


class Elan:
    name = "eaf"
    suffix = ".eaf"
    for_summaries = False
    has_head = True
    holds_words = True

    def document(self, transcript: ReleasedTranscript, layout: Layout = AS_USUAL) -> bytes:
        tree = root("ANNOTATION_DOCUMENT", {"xsi": INSTANCE}, AUTHOR="", DATE=_NO_DAY, FORMAT="3.0", VERSION="3.0")
        tree.set(f"{{{INSTANCE}}}noNamespaceSchemaLocation", _SCHEMA)
        child(tree, "LICENSE", clean(transcript.rights), {"LICENSE_URL": ""})
        header = child(tree, "HEADER", attributes={"MEDIA_FILE": "", "TIME_UNITS": "milliseconds"})
        for label, value in facts(transcript):
            child(header, "PROPERTY", value, {"NAME": label})
        times = child(tree, "TIME_ORDER")
        for name, segments in _tiers(transcript).items():
            _tier(tree, times, name, segments)
        child(tree, "LINGUISTIC_TYPE", attributes={
            "GRAPHIC_REFERENCES": "false", "LINGUISTIC_TYPE_ID": _TYPE, "TIME_ALIGNABLE": "true",
        })  # fmt: skip
        for language in _languages(transcript):
            child(tree, "LANGUAGE", attributes={"LANG_ID": language, "LANG_LABEL": language_name(language)})
        return written(tree)


def _tiers(transcript: ReleasedTranscript) -> dict[str, list[RenderedSegment]]:
    """The segments of each speaker; what is withheld has no speaker and a tier of its own."""
    tiers: dict[str, list[RenderedSegment]] = defaultdict(list)
    for one in transcript.segments:
        tiers[speaker(one) or tr("without a speaker")].append(one)
    return tiers


def _tier(tree: Element, times: Element, name: str, segments: list[RenderedSegment]) -> None:
    tier = child(tree, "TIER", attributes={"LINGUISTIC_TYPE_REF": _TYPE, "PARTICIPANT": name, "TIER_ID": name})
    for cue in cues(segments):  # annotations of a tier never overlap
        number = len(times)
        first, last = f"ts{number + 1}", f"ts{number + 2}"
        child(times, "TIME_SLOT", attributes={"TIME_SLOT_ID": first, "TIME_VALUE": str(cue.start_ms)})
        child(times, "TIME_SLOT", attributes={"TIME_SLOT_ID": last, "TIME_VALUE": str(cue.end_ms)})
        held = child(child(tier, "ANNOTATION"), "ALIGNABLE_ANNOTATION", attributes={
            "ANNOTATION_ID": f"a{number // 2 + 1}", "TIME_SLOT_REF1": first, "TIME_SLOT_REF2": last,
        })  # fmt: skip
        child(held, "ANNOTATION_VALUE", cue.text)


def _languages(transcript: ReleasedTranscript) -> list[str]:
    return list(dict.fromkeys(clean(one) for one in transcript.languages if clean(one)))
