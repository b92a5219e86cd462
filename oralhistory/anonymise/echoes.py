"""What was proposed once is looked for everywhere: a name announced in one answer is said plainly in the next.

The given name of a proposed full name is looked for as well.
"""

from collections.abc import Iterable, Mapping, Sequence

from oralhistory.anonymise.hangul import is_syllable
from oralhistory.anonymise.matching import Occurrence
from oralhistory.anonymise.occurrences import Occurrences
from oralhistory.anonymise.particles import tail
from oralhistory.anonymise.wordlists import Words, listed
from oralhistory.domain.redaction import Entity, EntityType, Finding, IdentifierClass, Proposal, Question
from oralhistory.domain.transcript import Segment

NAME = "echo"
_SURE_ENOUGH = 0.6
_SCORE = 0.5
_AFTER_FAMILIAR = frozenset(listed("가 는 를 한테 하고 하구 도 랑 네"))
_ECHOED = (EntityType.PERSON, EntityType.PLACE, EntityType.FACILITY)


def echoes(
    segments: Sequence[Segment], proposed: Mapping[str, Sequence[Proposal]], words: Words
) -> dict[str, list[tuple[str, Finding]]]:
    """For each segment's id, places where something sure enough is said again and nobody proposed it yet."""
    sources = [one for proposals in proposed.values() for one in proposals if one.type in _ECHOED]
    forms: dict[str, Proposal] = {}
    for one in sorted(sources, key=lambda one: -one.score):
        if one.score >= _SURE_ENOUGH and one.identifier is not IdentifierClass.CONTEXT:
            for form in _forms(one):
                forms.setdefault(form, one)
    places = Occurrences([one.text for one in segments], words)
    places.follow([_as_entity(form, source) for form, source in forms.items()])
    return {
        segment.id: _not_in(proposed[segment.id], _found(segment, places.of(at), forms))
        for at, segment in enumerate(segments)
    }


def _not_in(proposed: Sequence[Proposal], found: Iterable[tuple[str, Finding]]) -> list[tuple[str, Finding]]:
    return [
        one for one in found if not any(other.start <= one[1].start and one[1].end <= other.end for other in proposed)
    ]


def _forms(proposal: Proposal) -> Iterable[str]:
    yield proposal.text
    if proposal.type is EntityType.PERSON and len(proposal.text) == 3 and all(map(is_syllable, proposal.text)):
        yield proposal.text[1:]


def _as_entity(form: str, source: Proposal) -> Entity:
    return Entity(form, source.type, source.identifier, (form,))


def _is_called(text: str, end: int) -> bool:
    """Whether a name that is a plain word too is said like a name here: 주일이는, 주일아."""
    particle = tail(text, end) or ""
    return particle in ("아", "야") or (particle[:1] == "이" and particle[1:] in _AFTER_FAMILIAR)


def _found(
    segment: Segment, occurrences: Iterable[Occurrence], forms: Mapping[str, Proposal]
) -> Iterable[tuple[str, Finding]]:
    for one in occurrences:
        source = forms[one.entity]
        first = segment.text[one.start]
        meant = not one.question or (one.question is Question.AMBIGUOUS and _is_called(segment.text, one.end))
        if meant and (first.isupper() or not first.isascii()):
            yield NAME, Finding(one.start, one.end, source.type, source.identifier, _SCORE)
