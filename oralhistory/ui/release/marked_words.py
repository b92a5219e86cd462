"""Words that somebody marked and has not decided on. No detector asks about them, so they wait here, by the interview.

Over a lock they are kept as places, without a word. A place whose text changed or is not given out just now is kept on, and
asked about again where its text is as it was.
"""

from collections import defaultdict
from contextlib import suppress
from dataclasses import astuple, dataclass

from oralhistory.domain.redaction import Content
from oralhistory.errors import NotFound
from oralhistory.services.desk import Desk
from oralhistory.services.release.cards import Card, decided_there, marked
from oralhistory.services.release.redacting import Redaction

_FORM = "marked words"


@dataclass(frozen=True, slots=True)
class Spot:
    """Code points [start, end) of a segment's text with this hash."""

    segment: str
    sha256: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Kept:
    """What a lock came in the way of: cards to decide again, and spots where that can't be asked just now."""

    cards: list[Card]
    resting: list[Spot]


class MarkedWords:
    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._waiting: defaultdict[str, list[Card]] = defaultdict(list)
        self._resting: dict[str, list[Spot]] = {}
        """By every interview whose kept spots were taken up again."""

    def of(self, code: str) -> list[Card]:
        """The list itself, in the order in which they were marked."""
        return self._waiting[code]

    def kept(self, code: str) -> Kept | None:
        """What was kept of the interview; None when it was taken up already. Slow where something was."""
        if code in self._resting:
            return None
        found = self._desk.drafts.of(code, _FORM)
        spots = [Spot(*one) for one in found["spots"]] if found else []
        kept = Kept([], spots)
        for content in Content:
            if kept.resting:
                kept = self._asked(self._desk.redacting.state(code, content), kept)
        return kept

    def _asked(self, state: Redaction, kept: Kept) -> Kept:
        texts = {one.id: one.sha256 for one in state.segments}
        cards, resting = list(kept.cards), []
        for spot in kept.resting:
            same = texts.get(spot.segment) == spot.sha256
            card = self._card(state, spot.segment, spot.start, spot.end) if same else None
            cards += [card] if card else []
            resting += [] if card else [spot]
        return Kept(cards, resting)

    def take_up(self, code: str, kept: Kept | None) -> None:
        """Ask about what `kept` gave, once."""
        if kept is not None and code not in self._resting:
            self._resting[code] = kept.resting
            self._waiting[code] += kept.cards

    def add(self, code: str, state: Redaction, segment: str, start: int, end: int) -> None:
        card = self._card(state, segment, start, end)
        if card is not None and card not in self._waiting[code]:
            self._waiting[code].append(card)

    def look_again(self, code: str, state: Redaction) -> None:
        """A place may have been decided by another way while it waited."""
        self._waiting[code][:] = [decided_there(state, one) for one in self._waiting[code]]

    def _card(self, state: Redaction, segment: str, start: int, end: int) -> Card | None:
        return marked(state, (segment, start, end), self._desk.redacting.suggest)

    def keep(self) -> None:
        """Seal the places of what waits, for after a lock."""
        for code, resting in self._resting.items():
            places = [one for card in self._waiting[code] for one in card.places]
            spots = [*(Spot(one.segment, one.sha256, one.start, one.end) for one in places), *resting]
            with suppress(NotFound):  # destroyed just now: its places go with it
                self._desk.drafts.keep(code, _FORM, {"spots": [astuple(one) for one in spots]} if spots else None)

    def forget(self, code: str) -> None:
        """The interview is destroyed."""
        self._waiting.pop(code, None)
        self._resting.pop(code, None)
