"""Korean words by Kiwi (kiwipiepy, with its own model package): loads it, and says what is a noun in a text.

Runs only in a child process of its own: library and model take some 270 MB. Kiwi's two further dictionaries (titles and
names out of an encyclopaedia) are left out: with them it starts three times slower, takes twice the memory, and touched not
one name more in the testimony the detectors were developed with; a word it has never met is a hint by itself.
"""

import os
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from oralhistory.domain.morpheme import Morpheme, Part

if TYPE_CHECKING:
    from kiwipiepy import Token

_PARTS = {"NNP": Part.PROPER_NOUN, "NNG": Part.NOUN, "XR": Part.NOUN, "NR": Part.NUMERAL, "SN": Part.NUMERAL}
_MODIFIERS = ("MA", "MM", "NNB", "IC", "XSN", "XPN")
_UNKNOWN = 40
"""Numbers below it stand for kinds of words in Kiwi's model, not for words: 2 and 3 are nouns that it has never met."""
_REHEARSAL = "동생 철민이는 1997년에 회령에서 두만강을 건넜슴다."


class KoreanMorphology:
    """A loaded model. Kiwi numbers the words of its model by how often they stood in its training text."""

    def __init__(self) -> None:
        """Load it (1 to 5 s) and use it once, because it opens its tables at the first use."""
        from kiwipiepy import Kiwi

        self._kiwi: Kiwi = Kiwi(num_workers=os.cpu_count() or 1, load_default_dict=False, load_multi_dict=False)
        self.morphemes([_REHEARSAL])

    def morphemes(self, texts: Sequence[str]) -> list[list[Morpheme]]:
        """The words of each text in order; particles, endings and signs are left out."""
        return [list(_counted(tokens)) for tokens in self._kiwi.tokenize(texts)]


def _counted(tokens: Iterable["Token"]) -> Iterable[Morpheme]:
    for token in tokens:
        part = Part.MODIFIER if token.tag.startswith(_MODIFIERS) else _PARTS.get(token.tag, Part.OTHER)
        if token.len and (part is not Part.OTHER or token.tag.startswith("V")):
            rank = None if token.id < _UNKNOWN else token.id
            yield Morpheme(token.start, token.start + token.len, part, rank)
