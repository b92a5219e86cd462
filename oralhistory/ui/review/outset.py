"""What stands between an interview and its draft, asked beside the window's thread."""

from dataclasses import dataclass

from oralhistory.domain.chinese import ChineseScript
from oralhistory.domain.consent import Operation, Refused
from oralhistory.domain.interview import TakePurpose
from oralhistory.errors import NotFound
from oralhistory.i18n import mark
from oralhistory.services import refusal
from oralhistory.services.desk import Desk

FIND_OUT = mark("language: find out")
LONGEST_SCRIPT = 20
"""Letters of the longest way to write Chinese, as wide as they need to be read."""


@dataclass(frozen=True, slots=True)
class Outset:
    """What stands between an interview and its draft: nothing, or the sentences that say it."""

    has_sound: bool
    languages: tuple[str, ...]
    chinese: ChineseScript
    hindrances: tuple[str, ...]
    waiting: bool = False
    """It was asked for before: then it is made as soon as it can be."""
    being_finished: bool = False
    """It was made while recording, and its last windows are being heard."""
    model: str = ""
    """The speech model it is made with."""
    growing_ms: int = 0
    """So much sound has no text, and gets what is heard in it behind the text there is."""


def outset(desk: Desk, code: str) -> Outset:
    card = desk.interviews.card(code)
    sound = any(one.purpose is TakePurpose.TESTIMONY for one in card.recordings)
    sentences: list[str] = []
    answer = desk.consenting.why(code, Operation.TRANSCRIBE)
    if isinstance(answer, Refused):
        sentences += [refusal.sentence(reason) for reason in answer.reasons]
    model = ""
    try:
        model = desk.models.find(None).name
    except NotFound as missing:
        sentences += missing.lines
    making = desk.transcribing
    waits, finishing, growing = code in making.waiting.codes(), making.making == card.interview.code, making.growing(code)
    languages, chinese = card.interview.languages, desk.models.chinese()
    return Outset(sound, languages, chinese, tuple(sentences), waits, finishing, model, growing)
