"""Everything about one release: what stands against it, what is open, found, kept and decided.

The outlook and the second reading are of one moment; what else is asked comes just after, and a change in between announces
itself and has everything asked again.
"""

from collections import Counter
from dataclasses import dataclass

from oralhistory.domain.consent import Allowed, Context, Refused
from oralhistory.domain.leaks import LeakFinding
from oralhistory.domain.ports import ExportRecord
from oralhistory.domain.recipients import Recipient, perhaps_meant
from oralhistory.domain.redaction import Decided
from oralhistory.services.desk import Desk
from oralhistory.services.release.cards import Card, gathered
from oralhistory.services.release.combining import Combination, combinations
from oralhistory.services.release.entity_book import Offered
from oralhistory.services.release.releasing import Order, Outlook
from oralhistory.services.release.second_reading import ReadingState


@dataclass(frozen=True, slots=True)
class ReleaseState:
    """`deciders` are the people who decided something that holds or held; `language` is that of most of the text."""

    outlook: Outlook
    consent: Allowed | Refused
    cards: tuple[Card, ...]
    offered: tuple[Offered, ...]
    combinations: tuple[Combination, ...]
    reading: ReadingState
    findings: tuple[LeakFinding, ...]
    log: tuple[Decided, ...]
    language: str
    given: tuple[ExportRecord, ...]
    """What the recipient of this release has of the interview already."""
    recipients: tuple[Recipient, ...]
    """Everybody whom the archive knows as one."""
    perhaps_meant: tuple[str, ...]
    """From whom it was withdrawn, and whose name resembles that of the recipient."""
    asked_before_sound: bool

    @property
    def deciders(self) -> frozenset[str]:
        return frozenset(one.by for one in self.log if one.by)

    @property
    def unexplained(self) -> int:
        return sum(not one.explained for one in self.findings)


def release_state(desk: Desk, code: str, order: Order) -> ReleaseState:
    """Ask for all of it. Slow the first time an interview is looked at."""
    outlook = desk.releasing.outlook(code, order)
    state = outlook.state
    offered = desk.redacting.book(code)
    languages = Counter(one.language for one in state.segments).most_common(1)
    return ReleaseState(
        outlook,
        desk.consenting.why(code, order.operation, Context(order.purpose, order.recipient, abroad=order.abroad)),
        tuple(gathered(desk.redacting, state, offered)),
        tuple(offered),
        tuple(combinations(state)),
        outlook.reading,
        tuple(desk.leak_checking.findings(code)),
        tuple(desk.redacting.log(code)),
        languages[0][0] if languages else "",
        desk.releasing.given(code, order.recipient),
        desk.recipients.known(),
        perhaps_meant(desk.consenting.on_file(code), order.uses, order.recipient),
        desk.releasing.asked_before_sound(code),
    )
