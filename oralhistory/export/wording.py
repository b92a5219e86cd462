"""What every format says in the same words: the facts on the cover, the conventions, labels, and the text fit to be written.

Nothing that a person reads leaves without passing `clean`: NFC, one line, no invisible or unencodable characters.
"""

import re

from oralhistory.domain.conventions import CONVENTIONS, known
from oralhistory.domain.interview import Verbatim
from oralhistory.domain.redaction import (
    REDACTED_TEXT,
    SEALED_TEXT,
    Content,
    Profile,
    ReleasedTranscript,
    RenderedSegment,
)
from oralhistory.domain.roles import Part, withheld
from oralhistory.domain.transcript import normalised
from oralhistory.i18n import SPOKEN, listed, mark, tr

READERS = {
    Profile.PUBLIC: mark("the public"),
    Profile.PARTNER: mark("a partner organisation"),
    Profile.COURT: mark("a court"),
}

VERBATIM = {
    Verbatim.STRICT: mark("As spoken, except for what was replaced or taken out"),
    Verbatim.LIGHT: mark("As spoken without fillers and stutters, except for what was replaced or taken out"),
    Verbatim.CLEAN: mark("As spoken without fillers, repetitions and false starts, except for what was replaced or taken out"),
}

MEANINGS = {
    "inaudible": mark("words that nobody could make out, and when they were said"),
    "unsure": mark("the word before is not sure"),
    "pause": mark("nobody spoke, and for how many seconds"),
    "overlap": mark("two spoke at once"),
    "laughter": mark("somebody laughed"),
    "crying": mark("somebody cried"),
    "sigh": mark("somebody sighed"),
    "interpreter": mark("the interpreter speaks from here on"),
}
"""Of what is noted besides words (see `conventions.CONVENTIONS`), by its code; explained where it occurs."""

_UNWRITABLE = re.compile("[\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff]")
"""Lone surrogates cannot be encoded, noncharacters are refused by XML."""


def clean(text: str) -> str:
    """`text` as it may stand in any format: NFC on a single line, without what cannot be seen or encoded."""
    return normalised(_UNWRITABLE.sub("\N{REPLACEMENT CHARACTER}", text))


def spoken(segment: RenderedSegment) -> str:
    """What a segment says; of one that is withheld only the notice, whatever else it may hold."""
    return clean(segment.words(tr))


def speaker(segment: RenderedSegment) -> str:
    return clean(segment.label(tr))


def language_name(code: str) -> str:
    """The language's name in the language of the program; a code without one stays as it is."""
    name = SPOKEN.get(re.split("[-_]", code)[0].casefold())
    return tr(name) if name else clean(code)


def title(transcript: ReleasedTranscript) -> str:
    if transcript.content is Content.SUMMARY:
        return tr("Summary of interview {code}", code=clean(transcript.code))
    return tr("Interview {code}", code=clean(transcript.code))


def heading(transcript: ReleasedTranscript) -> str:
    """What stands over the text itself."""
    return tr("Summary") if transcript.content is Content.SUMMARY else tr("Transcript")


def facts(transcript: ReleasedTranscript) -> list[tuple[str, str]]:
    """The rows of the cover: what this is, how far it may be trusted, and what may be done with it."""
    noted = tr("A written text without sound: nobody can compare it with what was said")
    made = [
        (tr("Status"), tr("Signed off by a reviewer; pseudonymised")),
        (tr("Verbatim level"), tr(VERBATIM[transcript.verbatim]) if transcript.verbatim else noted),
    ]
    if transcript.content is Content.SUMMARY:
        made = [(tr("Status"), tr("A summary in the organisation's own words; pseudonymised"))]
    return [
        (tr("Code"), clean(transcript.code)),
        (tr("Languages"), listed(language_name(one) for one in transcript.languages)),
        *made,
        *_left_out(transcript),
        (tr("Made for"), tr(READERS[transcript.profile])),
        (tr("Rights"), clean(transcript.rights)),
    ]


def conventions(transcript: ReleasedTranscript) -> list[tuple[str, str]]:
    """What the marks mean that stand in this text, and no others: the mark and its meaning. Nothing where there is none."""
    texts = [spoken(one) for one in transcript.segments]
    marks = []
    if any(_put_in_brackets(one) for one in transcript.segments):
        marks.append(("[ ]", tr("stands for a name, place, date or number that was replaced")))
    if any(REDACTED_TEXT in one for one in texts):
        marks.append((REDACTED_TEXT, tr("words that were taken out")))
    if any(one.sealed for one in transcript.segments):
        marks.append((tr(SEALED_TEXT), tr("a passage that the narrator closed")))
    said = {one.code for text in texts for *_, one, _ in known(text)}
    marks += [(one.example, tr(MEANINGS[one.code])) for one in CONVENTIONS if one.code in said]
    hidden = dict.fromkeys(withheld(Part(one.masked)) for one in transcript.segments if one.masked)
    return [*marks, *((tr(notice), tr("a passage whose speaker's words stay here")) for notice in hidden)]


def _put_in_brackets(segment: RenderedSegment) -> bool:
    """Whether something in brackets stands in it for a name; what a reviewer noted in brackets does not."""
    new = () if segment.withheld else (segment.text[one.start : one.end] for one in segment.changes)
    return any("[" in one and one != REDACTED_TEXT for one in new)


def _left_out(transcript: ReleasedTranscript) -> list[tuple[str, str]]:
    """What is not there at all is told once, in the head."""
    told = [tr("{notice}: {n}", notice=tr(withheld(Part(part))), n=count) for part, count in transcript.left_out.items()]
    return [(tr("Left out"), listed(told))] if told else []
