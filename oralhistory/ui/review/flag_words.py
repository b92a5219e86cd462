"""What stands for the flags of a segment: the machine's reasons for doubt, and the marks that people set."""

from collections.abc import Iterable

from oralhistory.domain.transcript import MARKS, Segment
from oralhistory.i18n import listed, mark, ntr, tr

REASONS = {
    "check": mark("check"),
    "repeat": mark("repeated"),
    "phantom": mark("invented?"),
    "fast": mark("too fast"),
    "slow": mark("gap?"),
    "stuck": mark("time stands still"),
    "unsure": mark("unsure"),
    "silence": mark("over silence"),
    "language": mark("other language"),
}
"""Why a segment is doubtful. "check" stands beside the machine's reasons, and is told only where it stands alone."""

MARK_WORDS = {
    "distressing": mark("distressing"),
    "sealed": mark("sealed"),
    "unclear": mark("unclear"),
    "third_party": mark("third party"),
    "quote": mark("quote"),
}
MARKS_EXPLAINED = {
    "distressing": mark("Distressing: veiled until somebody goes there"),
    "sealed": mark("Sealed by the narrator: leaves with no export"),
    "unclear": mark("Unclear: to be heard once more"),
    "third_party": mark("About somebody else"),
    "quote": mark("Important quote"),
}


def reasons(segment: Segment) -> str:
    """Why the machine doubts the segment, or a person wants it checked; empty when nobody does."""
    machine = [one for one in sorted(segment.flags) if one in REASONS and one != "check"]
    return _listed(machine or segment.flags & {"check"}, REASONS)


def notes(segment: Segment) -> list[str]:
    """That its times are guessed, the marks that people set, and how many comments are open."""
    marks = [tr("times guessed")] if segment.guessed else []
    marks += [tr(MARK_WORDS[one]) for one in MARKS if one in segment.flags]
    waiting = sum(one.open for one in segment.comments)
    return [*marks, ntr("{n} comment", "{n} comments", waiting)] if waiting else marks


def why(segment: Segment) -> str:
    """Everything for which the segment stands in a list of passages to check, as one line."""
    words = "" if segment.flags or not segment.doubtful else tr("unsure words")
    return listed(filter(None, (reasons(segment), words, *notes(segment))))


def _listed(flags: Iterable[str], words: dict[str, str]) -> str:
    return listed(tr(words[one]) for one in flags)
