"""What the usual labels of speakers stand for: a letter for the part somebody has in the interview, and a number."""

import re

from oralhistory.i18n import mark, tr

_PARTS = {"N": mark("Narrator {n}"), "I": mark("Interviewer {n}"), "T": mark("Interpreter {n}")}
_USUAL = re.compile(r"([NIT])([0-9]{1,2})")


def in_words(label: str) -> str:
    """Who that is; empty for a label of somebody's own making."""
    found = _USUAL.fullmatch(label)
    return tr(_PARTS[found[1]], n=found[2]) if found else ""
