"""What was proposed once is looked for everywhere: a name announced in one answer is said plainly in the next.

The given name of a proposed full name is looked for as well. Where the name is a plain word too, where 이 ends it that may be a
particle, or where its first finding was not sure enough, it is only shown, with the sweep, unless it is said like a name.
"""

from collections.abc import Iterable, Mapping, Sequence

from oralhistory.anonymise.detectors.finding import NOUN_SWEEP
from oralhistory.anonymise.detectors.spelled_names import CRAFTS, ELDERS, OFFICES, RANKS
from oralhistory.anonymise.hangul import is_han
from oralhistory.anonymise.matching import Occurrence
from oralhistory.anonymise.occurrences import Occurrences
from oralhistory.anonymise.offices import names_nobody
from oralhistory.anonymise.particles import FAMILIAR, tail
from oralhistory.anonymise.suffixes import TITLES
from oralhistory.anonymise.wordlists import GivenNames, Words
from oralhistory.domain.person import given_names
from oralhistory.domain.redaction import Entity, EntityType, Finding, IdentifierClass, Proposal, Question
from oralhistory.domain.transcript import Segment

NAME = "echo"
_SURE_ENOUGH = 0.6
_SCORE = 0.5
_SURE_IN_CHARACTERS = 0.4
"""Two characters of a name are hardly ever anything else in the same talk."""
_LIKELY = 0.3
_SWEPT = 0.2
_TITLED = tuple(f" {one}" for one in TITLES if len(one) > 1 or one == "씨")
_FULL_NAME = 3
"""Letters of most names; where there are more, the surname has two, and must be known."""
_OFFICES = frozenset((*OFFICES, *RANKS, *ELDERS, *CRAFTS))
_CALLED = frozenset(("아", "야", *FAMILIAR))
_ECHOED = (EntityType.PERSON, EntityType.PLACE, EntityType.FACILITY)


def echoes(
    segments: Sequence[Segment], proposed: Mapping[str, Sequence[Proposal]], words: Words, names: GivenNames
) -> dict[str, list[tuple[str, Finding]]]:
    """For each segment's id, places where something sure enough is said again and nobody proposed it yet."""
    sources = [one for proposals in proposed.values() for one in proposals if one.type in _ECHOED]
    forms: dict[str, Proposal] = {}
    for one in sorted(sources, key=lambda one: -one.score):
        enough = _LIKELY if one.type is EntityType.PERSON else _SURE_ENOUGH
        if one.score >= enough and one.identifier is not IdentifierClass.CONTEXT:
            for form in _forms(one, names):
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


def _forms(proposal: Proposal, names: GivenNames) -> Iterable[str]:
    yield proposal.text
    letters = "".join(proposal.text.split())
    surnames = names.surnames | names.rare_surnames | names.chinese_surnames
    whole = len(letters) == _FULL_NAME or letters[:-2] in surnames  # 류바오라 is no surname and a name
    if proposal.type is EntityType.PERSON and whole and not _ends_in_an_office(letters):
        yield from given_names(letters)


def _ends_in_an_office(said: str) -> bool:
    """고 보위원, 王传教士: whose last letters are no given name."""
    return any(names_nobody(said[at:]) or said[at:] in _OFFICES for at in range(1, len(said) - 1))


def _as_entity(form: str, source: Proposal) -> Entity:
    return Entity(form, source.type, source.identifier, (form,))


def _is_called(text: str, end: int) -> bool:
    """Whether a name that is a plain word too is said like a name here: 주일이는, 주일아, 미래 어머니."""
    return text.startswith(_TITLED, end) or tail(text, end) in _CALLED


def _found(
    segment: Segment, occurrences: Iterable[Occurrence], forms: Mapping[str, Proposal]
) -> Iterable[tuple[str, Finding]]:
    for one in occurrences:
        source = forms[one.entity]
        first = segment.text[one.start]
        if not (first.isupper() or not first.isascii()):
            continue
        if one.question not in (None, Question.AMBIGUOUS):
            continue
        enough = _SURE_IN_CHARACTERS if is_han(first) else _SURE_ENOUGH
        doubtful = one.entity != source.text and one.entity[-1] == "이"  # 박선이: a name of two syllables, or 박선 with a case
        sure = source.score >= enough and not one.question and not doubtful
        if sure or _is_called(segment.text, one.end):
            yield NAME, Finding(one.start, one.end, source.type, source.identifier, _SCORE)
        else:
            yield NOUN_SWEEP, Finding(one.start, one.end, source.type, source.identifier, _SWEPT)
