"""What a card may ask of the page it stands on: to hear a passage, to be given a name that is nobody's."""

from collections.abc import Callable
from dataclasses import dataclass

from oralhistory.domain.spans import Span

Answer = Callable[[str], None]


@dataclass(frozen=True, slots=True)
class Aids:
    """`hear` plays a stretch of the interview, or stops it; `pseudonym` answers later, with a name in a language ("ko")."""

    hear: Callable[[Span], None]
    pseudonym: Callable[[str, Answer], None]
