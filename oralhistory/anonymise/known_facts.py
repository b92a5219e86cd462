"""What is known before anybody looks: the names that were written down for the narrator, the family, the home."""

from collections.abc import Sequence

from oralhistory.anonymise.occurrences import Occurrences
from oralhistory.anonymise.wordlists import Words
from oralhistory.domain.person import given_names, other_orders
from oralhistory.domain.redaction import Entity, EntityType, Finding, IdentifierClass, Question
from oralhistory.domain.transcript import Segment

NAME = "known_facts"
_SCORE = 0.99


def known_facts(segments: Sequence[Segment], names: Sequence[str], words: Words) -> dict[str, list[tuple[str, Finding]]]:
    """For each segment's id, where one of these names stands, or the given name of one."""
    forms = dict.fromkeys(form for name in names for form in (name, *given_names(name), *other_orders(name)) if form.strip())
    if not forms:
        return {}
    places = Occurrences([one.text for one in segments], words)
    places.follow([Entity(form, EntityType.PERSON, IdentifierClass.DIRECT, (form,)) for form in forms])
    return {
        segment.id: [
            (NAME, Finding(one.start, one.end, EntityType.PERSON, IdentifierClass.DIRECT, _SCORE))
            for one in places.of(at)
            if one.question is not Question.INSIDE_WORD
        ]
        for at, segment in enumerate(segments)
    }
