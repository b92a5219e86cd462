"""Names in Latin letters: after words that announce one, and capitals inside a sentence that no plain word explains."""

import re
from collections.abc import Iterator

from oralhistory.anonymise.detectors.finding import Passage
from oralhistory.anonymise.hangul import LATIN, folded
from oralhistory.anonymise.matching import starts_sentence
from oralhistory.anonymise.wordlists import Words
from oralhistory.domain.redaction import EntityType, Finding, IdentifierClass

_PART = rf"[{LATIN}]+(?:['’ʼ-][{LATIN}]+)*"
_WORD = re.compile(_PART)
_KIN = (
    r"(?:brother|sister|mother|father|daughter|son|husband|wife|friend|uncle|aunt|cousin|niece|nephew|broker|boss|neighbou?r|teacher"
    r"|grandmother|grandfather|guard|officer|pastor|missionary|interpreter|boyfriend|girlfriend|fiancé|roommate|cellmate)"
)
_ANNOUNCES = re.compile(
    r"(?:\bnames?\s(?:is|was|are|were)|\b(?:is|was|am|are|were|man|woman|girl|boy|person|guard|officer|people)?\s?(?:called|named)"
    r"|\bcall(?:ed)?\s(?:me|him|her)|\bintroduced\sas|\bknown\sas|\bnickname\swas)[,:]?\s+(?:mr\.?\s|mrs\.?\s|ms\.?\s|miss\s|dr\.?\s)?$",
    re.IGNORECASE,
)
_ANNOUNCING = re.compile("name|call|introduced|known")
"""In small letters, what `_ANNOUNCES` cannot do without."""
_TITLED = re.compile(
    r"\b(?:mr|mrs|ms|miss|dr|pastor|comrade|captain|colonel|officer|aunt|uncle|auntie)\.?\s+$", re.IGNORECASE
)
_RELATED = re.compile(rf"\b{_KIN}[,:]?\s+$", re.IGNORECASE)
_SELF = re.compile(r"\b(?:i\sam|i['’]m|this\sis)\s+$", re.IGNORECASE)


class EnglishNames:
    name = "english_names"

    def __init__(self, words: Words) -> None:
        self._words = words.english

    def find(self, passage: Passage) -> Iterator[Finding]:
        text = passage.text
        words = list(_WORD.finditer(text))
        may_announce = bool(words) and _ANNOUNCING.search(passage.plain) is not None
        done = 0
        for i, first in enumerate(words):
            if first.start() < done:
                continue
            score = self._score(text, first, may_announce)
            if score:
                end = self._end(text, words[i:])
                done = end
                yield Finding(first.start(), end, EntityType.PERSON, IdentifierClass.DIRECT, score)

    def _score(self, text: str, word: re.Match[str], may_announce: bool) -> float:
        said, before = word.group(), text[: word.start()]
        capital = said[0].isupper()
        if said == "I" or said.lower().startswith(("i'", "i’")):
            return 0.0
        if may_announce and _ANNOUNCES.search(before):
            return 0.95 if capital else 0.0 if self._is_plain(said) else 0.6
        if not capital:
            return 0.0
        plain = self._is_plain(said)
        if _TITLED.search(before):
            return 0.0 if plain else 0.85
        if _RELATED.search(before):
            return 0.5 if plain else 0.85
        if _SELF.search(before):
            return 0.0 if plain else 0.85
        if plain or len(said) == 1:
            return 0.0
        return 0.4 if starts_sentence(text, word.start()) else 0.6

    def _is_plain(self, said: str) -> bool:
        small = folded(said)
        stem = re.sub(r"['’](?:s|re|ve|ll|d|t|m)$", "", small)
        return bool({small, stem, stem.removesuffix("s"), stem.removesuffix("n")} & self._words)

    def _end(self, text: str, words: list[re.Match[str]]) -> int:
        """The name goes on over capitalised words that only a space parts."""
        end = _without_s(words[0])
        for word in words[1:4]:
            between = text[end : word.start()]
            surname_first = between == ", " and words[0].group().isupper() and len(words[0].group()) > 1
            if (between not in (" ", ". ") and not surname_first) or not word.group()[0].isupper() or word.group() == "I":
                break
            if between == ". " and end - words[0].start() > 2:
                break
            end = _without_s(word)
        return end


def _without_s(word: re.Match[str]) -> int:
    return word.end() - (2 if word.group().endswith(("'s", "’s")) else 0)
