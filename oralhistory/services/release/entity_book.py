"""The project's entity book: what was decided in other interviews and is named in this one too. Offered, never applied.

It is no second store: it reads the decisions of the other interviews, so that one that is destroyed is gone from it as well.
"""

from collections import Counter
from dataclasses import dataclass, replace

from oralhistory.domain.ports import Anonymiser
from oralhistory.domain.redaction import Decisions, Entity, IdentifierClass
from oralhistory.services.archive.opened import OpenArchive
from oralhistory.services.release.proposing import Proposing


@dataclass(frozen=True, slots=True)
class Offered:
    """An entity of `interviews` other interviews, named at `places` of this one. Its replacements are that interview's own."""

    entity: Entity
    interviews: int
    places: int


class EntityBook:
    def __init__(self, archive: OpenArchive, anonymiser: Anonymiser, proposing: Proposing) -> None:
        self._archive = archive
        self._anonymiser = anonymiser
        self._proposing = proposing

    def offered(self, code: str) -> list[Offered]:
        """Whom other interviews know and this one names without having decided, the most often named first."""
        with self._archive.store.transaction() as records:
            interview = self._archive.interview(records, code)
            segments = self._proposing.segments(records, interview)
            decided = {form for one in records.redactions.decisions(interview.id).entities for form in one.variants}
            others = [
                one
                for other in records.interviews.all()
                if other.id != interview.id
                for one in records.redactions.decisions(other.id).entities
            ]
        known: dict[tuple[str, ...], Entity] = {}
        shared: Counter[tuple[str, ...]] = Counter()
        for one in others:
            if one.identifier is IdentifierClass.DIRECT and not decided & set(one.variants):
                known.setdefault(one.variants, one)
                shared[one.variants] += 1
        entities = tuple(replace(one, id=f"book-{n}") for n, one in enumerate(known.values()))
        mentions, _ = self._anonymiser.resolution(segments, ()).under(Decisions(entities))
        named = Counter(one.entity.id for one in mentions if one.entity is not None)
        found = [Offered(one, shared[one.variants], named[one.id]) for one in entities if named[one.id]]
        return sorted(found, key=lambda one: -one.places)
