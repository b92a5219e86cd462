"""Finding the known forms of an entity in a text: what is certainly meant, and what a person has to look at.

Knows spelling and particles, nothing of decisions. A form counts as certain where it stands alone: at the start of a word,
with nothing after it but particles, forms of address or kinds of places. A form that is also a plain word, that two entities
share, or that stands inside a longer word is a question and never replaced by itself.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from oralhistory.anonymise.hangul import folded, is_han, is_hangul, is_latin
from oralhistory.anonymise.particles import ends_here
from oralhistory.anonymise.suffixes import FACILITY_KINDS, PLACE_KINDS, TIME_TAILS, TITLES
from oralhistory.anonymise.wordlists import Words
from oralhistory.domain.redaction import Entity, Question, VariantKind

_JOINERS = "\u200c\u200d"
_SEPARATORS = re.compile(rf"[\s\-‐‑–'’ʼ.·{_JOINERS}]+")
_TIGHT_GAP = re.compile(rf"[{_JOINERS}]?[\s·]?[{_JOINERS}]?")
_LOOSE_GAP = re.compile(rf"[{_JOINERS}]?[\s\-‐‑–'’ʼ.,]{{0,2}}[{_JOINERS}]?")
_SUFFIXES = frozenset((*TITLES, *PLACE_KINDS, *FACILITY_KINDS, *TIME_TAILS))
_BY_FIRST = {one[0]: tuple(two for two in _SUFFIXES if two[0] == one[0]) for one in _SUFFIXES}

_FAMILIAR_COPULA = re.compile(r"이(?:임다|임니다|였|예요|에요|라고|라는|란\s|라구|인데|니까)")
"""The familiar 이 before the copula: 은심이임다."""

_LONG_ENOUGH_INSIDE = {"hangul": 2, "latin": 5, "digit": 6}
"""Shorter forms stand inside too many other words to be asked about there."""


@dataclass(frozen=True, slots=True)
class Occurrence:
    """A known form at [start, end). `question` is None where the entity is certainly meant, else why a person must look."""

    start: int
    end: int
    entity: str
    question: Question | None = None


@dataclass(frozen=True, slots=True)
class Form:
    """One spelling, ready to be searched for; `gaps` are the places in its letters where it has a separator itself.

    `between` says for each letter but the first what may stand before it in a text. A pattern of the whole would be compiled for
    each of hundreds of names, which takes longer than all the searching. `always_asked`: people said of this form that it may
    mean something else as well.
    """

    entity: str
    letters: str
    gaps: frozenset[int]
    between: tuple[re.Pattern[str], ...] = field(compare=False, repr=False)
    always_asked: bool = False

    @property
    def first(self) -> str:
        return script(self.letters[0])

    @property
    def last(self) -> str:
        return script(self.letters[-1])


def script(character: str) -> str:
    """hangul, latin, han, digit or other."""
    if is_hangul(character):
        return "hangul"
    if is_han(character):
        return "han"
    if is_latin(character):
        return "latin"
    return "digit" if character.isdigit() else "other"


def forms_of(entity: Entity) -> Iterable[Form]:
    """Each spelling of the entity that has letters at all, ready to be searched for."""
    for variant in entity.variants:
        form = _form(entity.id, variant, entity.kinds.get(variant) is VariantKind.AMBIGUOUS)
        if form is not None:
            yield form


def found_in(form: Form, text: str, plain: str, words: Words) -> Iterable[Occurrence]:
    """Where `form` stands in `text`; `plain` is the folded text."""
    start = plain.find(form.letters[0])
    while start >= 0:
        end = _end(form, plain, start)
        occurrence = _judged(form, text, start, end, words) if end is not None else None
        if occurrence is not None:
            yield occurrence
        start = plain.find(form.letters[0], start + 1)


def _end(form: Form, plain: str, start: int) -> int | None:
    """Where the form ends whose first letter stands at `start`; None where other letters follow than its own."""
    end = start + 1
    for letter, gap in zip(form.letters[1:], form.between, strict=True):
        if not plain.startswith(letter, end):
            parted = gap.match(plain, end)
            end = parted.end() if parted is not None else end
            if not plain.startswith(letter, end):
                return None
        end += 1
    return end


def _judged(form: Form, text: str, start: int, end: int, words: Words) -> Occurrence | None:
    spaced = _odd_spaces(form, text[start:end])
    if not (_starts_here(form, text, start) and _stops_here(form, text, end)):
        long_enough = len(form.letters) >= _LONG_ENOUGH_INSIDE.get(form.first, 1) + bool(spaced)
        return Occurrence(start, end, form.entity, Question.INSIDE_WORD) if long_enough else None
    if spaced and not _is_name_written_apart(form, text[start:end], spaced):
        worth_asking = len(form.letters) >= (3 if form.first == "hangul" else 5)
        return Occurrence(start, end, form.entity, Question.AMBIGUOUS) if worth_asking else None
    asked = form.always_asked or _also_a_word(form, text, start, words)
    return Occurrence(start, end, form.entity, Question.AMBIGUOUS if asked else None)


def _also_a_word(form: Form, text: str, start: int, words: Words) -> bool:
    if len(form.letters) == 1:
        return True
    if form.first != "latin":
        return form.letters in words.korean
    if form.letters not in words.english:
        return False
    return not text[start].isupper() or starts_sentence(text, start)


def _form(entity: str, variant: str, always_asked: bool) -> Form | None:
    pieces = [piece for piece in _SEPARATORS.split(folded(variant)) if piece]
    letters = "".join(pieces)
    if not letters:
        return None
    gaps, length = set(), 0
    for piece in pieces:
        length += len(piece)
        gaps.add(length)
    tight = [script(letter) in ("hangul", "han") for letter in letters]
    between = tuple(_TIGHT_GAP if either or other else _LOOSE_GAP for either, other in pairwise(tight))
    return Form(entity, letters, frozenset(gaps), between, always_asked)


def _starts_here(form: Form, text: str, start: int) -> bool:
    return start == 0 or form.first == "han" or script(text[start - 1]) != form.first


def _stops_here(form: Form, text: str, end: int) -> bool:
    if end == len(text) or form.last == "han":
        return True
    return stands_free(text, end) if form.last == "hangul" else script(text[end]) != form.last


def stands_free(text: str, end: int) -> bool:
    """Whether a Korean name may end at `end`: nothing follows in its word but particles, titles and kinds of places."""
    if ends_here(text, end) or _FAMILIAR_COPULA.match(text, end):
        return True
    possible = _BY_FIRST.get(text[end], ())
    return any(text.startswith(suffix, end) and stands_free(text, end + len(suffix)) for suffix in possible)


def _odd_spaces(form: Form, found: str) -> list[int]:
    """After how many letters of the form a space stands that the form itself does not have."""
    odd, letters = [], 0
    for character in found:
        if character.isspace():
            if letters not in form.gaps:
                odd.append(letters)
        elif _SEPARATORS.fullmatch(character) is None:
            letters += 1
    return odd


def _is_name_written_apart(form: Form, found: str, spaced: Sequence[int]) -> bool:
    """김 영희 for 김영희, 전거리 교화소 for 전거리교화소, Min Ho for Minho, a number in groups."""
    if form.first == "hangul":
        kind = form.letters[spaced[0] :]
        return len(spaced) == 1 and len(form.letters) >= 3 and (spaced[0] == 1 or (len(kind) > 1 and kind in _SUFFIXES))
    if form.first == "latin":
        return all(part[:1].isupper() for part in found.split())
    return True


def starts_sentence(text: str, start: int) -> bool:
    """Whether `start` is the first word of its sentence, where English writes any word with a capital."""
    before = text[:start].rstrip(" \"'“‘([")
    return not before or before[-1] in ".!?…:。！？"


def shared_are_questions(found: list[Occurrence]) -> list[Occurrence]:
    """A form that two entities have is a question: which of them?"""
    owners: dict[tuple[int, int], set[str]] = {}
    for one in found:
        owners.setdefault((one.start, one.end), set()).add(one.entity)
    return [
        one
        if one.question or len(owners[one.start, one.end]) == 1
        else Occurrence(one.start, one.end, one.entity, Question.AMBIGUOUS)
        for one in found
    ]
