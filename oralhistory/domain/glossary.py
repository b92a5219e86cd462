"""The organisation's words: names, places and northern words as they are to be written, and what is misheard for them.

They tell the speech model what it may hear, and a reviewer what a word that was misheard should be. Nothing is changed by them
alone: a person says so, place by place.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass

PROMPT_BYTES = 448
"""A Whisper model looks at the last 224 tokens of a prompt; of Korean and Chinese text one token is about two bytes of UTF-8, and
never less than one of anything."""
_BETWEEN = ", "


@dataclass(frozen=True, slots=True)
class Term:
    """`text` as it is to be written, `variants` what stands wrongly for it; `language` "" is any, `note` says what it is."""

    text: str
    variants: tuple[str, ...] = ()
    language: str = ""
    note: str = ""

    def of(self, language: str) -> bool:
        """Whether it may be said in a text of this language ("": nobody knows which)."""
        return not self.language or not language or self.language == language


def prompt(terms: Sequence[Term], languages: Collection[str] = (), most_bytes: int = PROMPT_BYTES) -> str:
    """What a speech model is told to expect: the terms of these languages (all, when none is named), later ones kept first.

    At most `most_bytes` of UTF-8. The newest stand last, because a model that is told too much forgets the beginning.
    """
    chosen: list[str] = []
    room = most_bytes
    for term in reversed(terms):
        if languages and not any(term.of(one) for one in languages):
            continue
        room -= len(term.text.encode()) + len(_BETWEEN)
        if room + len(_BETWEEN) < 0:
            break
        chosen.append(term.text)
    return _BETWEEN.join(reversed(chosen))
