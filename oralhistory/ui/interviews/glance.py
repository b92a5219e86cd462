"""An interview at a glance, as a line of the list shows it: who, how far, how long, what the narrator allows today."""

from dataclasses import dataclass

from oralhistory.domain.consent import Allowed, Context, Operation, Purpose, Stage, may
from oralhistory.domain.interview import TakePurpose
from oralhistory.services.desk import Desk
from oralhistory.services.interviews import InterviewCard

ASKED = {
    "record": (Operation.RECORD, Context()),
    "transcribe": (Operation.TRANSCRIBE, Context()),
    "publish": (Operation.EXPORT_TEXT, Context(Purpose.PUBLISH_TEXT, narrator_answered=True)),
}
"""What the list shows of consent; the answers come from the one place that decides them."""


@dataclass(frozen=True, slots=True)
class Glance:
    """`allowed` are the keys of `ASKED` that consent on file covers today; `embargo` a date as text, or nothing."""

    card: InterviewCard
    allowed: frozenset[str]
    embargo: str
    duration_ms: int
    interrupted: bool

    @property
    def code(self) -> str:
        return self.card.interview.code

    @property
    def pseudonyms(self) -> str:
        return ", ".join(one.pseudonym for one in self.card.narrators if one.pseudonym)

    def matches(self, wanted: str) -> bool:
        return wanted.strip().casefold() in f"{self.code} {self.pseudonyms}".casefold()


def glances(desk: Desk) -> list[Glance]:
    """Every interview, the newest first. Reads each one's consent: to be called beside the window's thread."""
    return [_glance(desk, card) for card in desk.interviews.cards()]


def _glance(desk: Desk, card: InterviewCard) -> Glance:
    consent, today = desk.consenting.on_file(card.interview.code), desk.archive.today()
    after = consent.latest(Stage.AFTER, Stage.RENEWAL)
    embargo = after.embargo_until if after else None
    testimony = [one for one in card.recordings if one.purpose is TakePurpose.TESTIMONY]
    return Glance(
        card,
        frozenset(name for name, (what, why) in ASKED.items() if isinstance(may(what, consent, why, today), Allowed)),
        embargo.isoformat() if embargo and embargo > today.opening else "",
        sum(one.duration_ms for one in testimony),
        any(not one.complete for one in testimony),
    )
