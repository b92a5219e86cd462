"""Where the known forms of entities stand in the texts of one interview, kept up to date while entities are decided.

Looks only for what is new: one decision among hundreds costs the time of one form.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence

from oralhistory.anonymise.hangul import folded
from oralhistory.anonymise.matching import Form, Occurrence, forms_of, found_in, shared_are_questions
from oralhistory.anonymise.wordlists import Words
from oralhistory.domain.redaction import Entity


class Occurrences:
    def __init__(self, texts: Sequence[str], words: Words) -> None:
        self._texts = texts
        self._plain = [folded(text) for text in texts]
        self._words = words
        self._with_letter: defaultdict[str, set[int]] = defaultdict(set)
        for at, plain in enumerate(self._plain):
            for letter in set(plain):
                self._with_letter[letter].add(at)
        self._found: dict[Form, dict[int, list[Occurrence]]] = {}
        self._forms: dict[object, tuple[Form, ...]] = {}
        self._of_text: dict[int, dict[Form, None]] = {}

    def follow(self, entities: Iterable[Entity]) -> set[int]:
        """Know the forms of these entities and no others; the texts in which something is found or lost by that."""
        wanted = dict.fromkeys(form for entity in entities for form in self._forms_of(entity))
        changed: set[int] = set()
        for form in [one for one in self._found if one not in wanted]:
            for at in self._found.pop(form):
                del self._of_text[at][form]
                changed.add(at)
        for form in wanted:
            if form not in self._found:
                self._found[form] = self._look_for(form)
                for at in self._found[form]:
                    self._of_text.setdefault(at, {})[form] = None
                    changed.add(at)
        return changed

    def of(self, at: int) -> list[Occurrence]:
        """Every occurrence in the text number `at`, overlapping ones too, in order of place, longest first."""
        found = {one for form in self._of_text.get(at, ()) for one in self._found[form][at]}
        return shared_are_questions(sorted(found, key=lambda one: (one.start, -one.end, one.entity, one.question or "")))

    def _forms_of(self, entity: Entity) -> tuple[Form, ...]:
        key = (entity.id, entity.variants, tuple(entity.kinds.items()))
        if key not in self._forms:
            self._forms[key] = tuple(forms_of(entity))
        return self._forms[key]

    def _look_for(self, form: Form) -> dict[int, list[Occurrence]]:
        places = sorted((self._with_letter.get(letter, set()) for letter in set(form.letters)), key=len)
        with_all = sorted(set.intersection(*places))
        found = ((at, list(found_in(form, self._texts[at], self._plain[at], self._words))) for at in with_all)
        return {at: occurrences for at, occurrences in found if occurrences}
