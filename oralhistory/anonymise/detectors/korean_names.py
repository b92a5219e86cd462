"""Korean names by their shape and by what announces them.

A surname and two syllables that given names are made of are a likely name; a given name alone is proposed if it is a common
one or if a word beside it says that a name comes (동생 지현이, 최명호라는 사람, 영희야). Every cue adds to the score, and so does
morphological analysis where it takes the word for a name. Nicknames have no shape and need a cue. What stands with an office
or a form of address (고 보위원, 강 아바이) and what is spelled out (최 금 단, 신자 태자 룡자) is in `spelled_names`.
"""

import re
from collections.abc import Iterator

from oralhistory.anonymise.detectors.finding import Passage
from oralhistory.anonymise.detectors.guarded import Guarded
from oralhistory.anonymise.detectors.kin import KOREAN_KIN, KOREAN_ROLES
from oralhistory.anonymise.detectors.name_cues import (
    CALLED_PERSON,
    IS_CALLED,
    NAMED,
    RELATED,
    SELF_ENDS,
    announces,
    word_before,
)
from oralhistory.anonymise.detectors.spelled_names import OFFICES
from oralhistory.anonymise.matching import stands_free
from oralhistory.anonymise.particles import FAMILIAR, ONLY_FAMILIAR, ends_here, tail
from oralhistory.anonymise.suffixes import TITLES
from oralhistory.anonymise.wordlists import GivenNames, GivenShape, Words, listed
from oralhistory.domain.redaction import EntityType, Finding, IdentifierClass

_WORTH_PROPOSING = 0.3
_FOREIGN_NEEDS = 0.25
_STRONG_CUE = 0.4
_HINT = 0.15
_LONGEST = 5
_LONGEST_NICKNAME = 5
_ENDS_A_SENTENCE = "요다까네죠지"
_STOPS = ("", ".", ",")
_FAINT = 0.2
_PIECED = 0.35
_LIKELY = 0.6
_LINKS = frozenset(",고구랑와과")
_LINKS_ON = frozenset("이,하랑와과")
"""What a link in a list ends, or begins, with."""
_IN_A_LIST = 0.25
"""What a name before it adds: 금희, 은옥이, 만미 이렇게."""
_LINK_BEHIND = re.compile(r"이?(?:,|하고|하구|이?랑|와|과)\s")
_LINK_BEFORE = re.compile(r"(이{0,2})(,|하고|하구|랑|와|과)\s$")
_APART = re.compile(r"(?<![가-힣])([가-힣]{1,2}) $")
_AROUND_APART = 5
"""So far back `_APART` looks: two syllables, the space, a line's end, and what may stand before them."""
_SURE_SURNAMES = frozenset(listed("김 박 최 윤 임 림 권 황 홍 곽 엄 허 류 리 정 강 조 남궁 황보 제갈"))
_SUREST_SURNAMES = frozenset(listed("김 박 최 권 황 곽 허 홍"))
_LIKE_PARTICLES = frozenset(listed("은 이 가 의 도 만 나 아 지 고 로 인 해 한 하 일 들 네 기 서 진 면"))

_COPULA = re.compile(
    r"[\"'”’]?(?:이고|고\s|인데|이라|라고|라는|라구|이었|이였|였|예요|이에요|입니다|임다|이야|인\s|이던|임니다|이요|이오|이지|이란|란|이올|[.,]|$)"
)
_NICKNAMED = Guarded(
    "[를을날]",
    r"(?:나를|날|저를|우리를|그를|그애를|걔를|얘를|놈을|년을|사람을|[가-힣](?:이|씨)를)\s(?:다들\s|늘\s|그냥\s|모두\s)?[\"'“‘]?$",
)
_SAID_SO = re.compile(r"[\"'”’]?(?:이라고|라고|이라구|라구)(?:들)?\s?(?:했|하[고며는던였더]|합|그랬|그러|놀렸|놀리|해)")
"""A nickname without its word: 나를 꼬맹이라고 했고."""
_AFTER_COPULA = ("고", "구", "는", "며")
"""What goes on after 이라, which is no end of a name."""
_GIVEN_AND_FAMILIAR = 3
_AFTER_CALLED = frozenset("이라란\"'”’")
_UNNAMED = frozenset(
    listed(
        "가명 가짜 진짜 뭐 무엇 없 몰 모르 기억 비밀 그대로 한국식 중국식 조선식 똑 같 다르 여러 우리 자기 내 제 그 "
        "이 저 하나 둘 거짓 본명 이름 사람 여자 남자 반역자 배신자 빨갱이 간첩 도둑 도둑놈 바보 병신 거지 개 돼지 "
        "짐승 년 놈 딸 아들 며느리 새끼 당신 너 야 애기 아가 아줌마 아저씨 북한 조선 중국 한국 고향 집 나라 천국 "
        "지옥 자유 사랑 희망 인간 조국 수령님 장군님 원수님 엄마 아빠 어머니 아버지 언니 오빠 누나 형 동생 선생 "
        "선생님"
    )
)
_UNKNOWN = ("어떻", "어찌", "무엇", "누구", "뭐라", "모르", "몰라", "잊어", "잊었", "까먹", "생각")
"""How it is said that a name is not known or forgotten."""
_COUNTRIES = frozenset(listed("미국 영국 독일 일본 중국 한국 북한 남한 조선 호주"))
_NOBODY = frozenset(
    (*OFFICES, *KOREAN_ROLES, *KOREAN_KIN, *(f"{one}님" for one in (*OFFICES, *TITLES, *KOREAN_KIN)))
)
"""Offices and relatives, with their polite 님: 원장님, 예심원."""
_VERBS = frozenset(listed(
    "이라고 이라구 이라는 이란 하더란 했는데 하고 하며 하면 하던 하는 "
    "하니 하여 하지 하기 해서 하면서 하길래 하더니 하는데 한데요 하였는데 하셨"
))
"""What joins what somebody said to the rest, and looks like a surname with a syllable: 살아라 하고 어머니가."""
_NEVER_A_NAME = _VERBS | _COUNTRIES | _NOBODY
_NEVER_ANNOUNCED = frozenset((*_UNNAMED, *KOREAN_KIN, *KOREAN_ROLES, *TITLES))


class KoreanNames:
    name = "korean_names"

    def __init__(self, names: GivenNames, words: Words) -> None:
        self._names = names
        self._words = words.korean
        self._also_words = words.korean | names.also_words
        self._any_surname = names.surnames | names.rare_surnames
        self._given = GivenShape(names)
        self._given_lengths = sorted({len(one) for one in names.given})

    def find(self, passage: Passage) -> Iterator[Finding]:
        text = passage.text
        for word in passage.words:
            if word.group().startswith(_UNKNOWN):
                continue
            found = [*self._candidates(passage, word), *_announced(passage, word, self._surname_apart(text, word.start()))]
            best = max(found, default=None, key=lambda one: (one.score, one.end - one.start))
            if best is not None and best.score >= _WORTH_PROPOSING:
                yield best

    def _candidates(self, passage: Passage, word: re.Match[str]) -> Iterator[Finding]:
        text, start = passage.text, word.start()
        for length in range(min(_LONGEST, len(word.group())), 1, -1):
            end, said = start + length, word.group()[:length]
            if said in _NEVER_A_NAME:
                continue
            is_word = said in self._also_words
            shape, is_foreign = self._shape(said), self._is_foreign(said)
            if shape <= _FAINT and length == 2 and self._is_made_like_a_name(passage, start, end):
                shape = _PIECED
            if not (is_word or shape or is_foreign) or not stands_free(text, end):
                continue
            cue = announces(text, start, end)
            if cue < _IN_A_LIST and self._is_listed(text, start, end):
                cue = _IN_A_LIST
            shape = shape or (0.2 if cue >= _FOREIGN_NEEDS and is_foreign else 0.0)
            if not shape and not is_word:
                continue
            score = self._of_a_word(passage, start, end, cue) if is_word else self._of_a_shape(passage, start, end, shape, cue)
            begin = self._surname_apart(text, start) if length == 2 and said in self._names.given else start
            if begin != start:
                score = max(score, 0.65)
            yield Finding(begin, end, EntityType.PERSON, IdentifierClass.DIRECT, round(score, 2))

    def _of_a_shape(self, passage: Passage, start: int, end: int, shape: float, cue: float) -> float:
        """How likely a stretch of that shape is a name here; a plain word, or one that the analysis knows, needs a strong cue."""
        length = end - start
        plain = self._is_plain_word(passage.text, start, length)
        if plain or self._is_known_word(passage, start, end):
            weight = 0.1 if length == 2 or (plain and shape < _LIKELY) else 0.3
            return weight * shape + (cue if cue >= _STRONG_CUE else cue / 2)
        hint = _HINT if passage.hints_at_name(start) and (cue or shape > _FAINT) else 0.0
        return min(0.98, shape + cue + hint)

    def _is_listed(self, text: str, start: int, end: int) -> bool:
        """Whether a common given name stands beside it in a list: 금희, 은옥이, 만미 이렇게."""
        if text[max(0, start - 2) : start - 1] in _LINKS and self._ends_in_a_list(text[max(0, start - 8) : start]):
            return True
        link = _LINK_BEHIND.match(text, end) if text[end : end + 1] in _LINKS_ON else None
        return link is not None and any(text[link.end() : link.end() + n] in self._names.given for n in self._given_lengths)

    def _ends_in_a_list(self, before: str) -> bool:
        """Whether `before` ends in a given name and a link: the 이 between them belongs to the one or to the other."""
        link = _LINK_BEFORE.search(before)
        if link is None:
            return False
        added = len(link.group(1)) if link.group(2) == "랑" else min(1, len(link.group(1)))
        stems = (before[: link.end(1) - n] for n in range(added + 1))
        return any(stem[-n:] in self._names.given for stem in stems for n in self._given_lengths)

    def _is_made_like_a_name(self, passage: Passage, start: int, end: int) -> bool:
        """Two syllables that given names begin and end with, which the analysis cannot read as one word."""
        if not self._given.fits(passage.text[start:end]):
            return False
        return passage.is_pieced(start, end) or passage.is_unmet(start, end)

    def _is_known_word(self, passage: Passage, start: int, end: int) -> bool:
        """A hint alone: what is a common given name as well stays one."""
        known = passage.is_common_noun(start, end) or passage.begins_no_noun(start)
        known = known or (end - start > 2 and passage.is_common_noun(start, start + 2) and ends_here(passage.text, start + 2))
        return known and passage.text[start:end][-2:] not in self._names.given

    def _of_a_word(self, passage: Passage, start: int, end: int, cue: float) -> float:
        """How likely a plain word is somebody's name here: only where it is announced, or known to be a given name too."""
        text = passage.text
        if SELF_ENDS.match(text, end) and NAMED.stands_in(text[:start]):
            return cue + 0.2
        if text[start:end] not in self._names.also_words:
            return 0.0
        hint = 0.3 if passage.hints_at_name(start) else 0.0
        return cue + 0.15 + hint if cue else 0.15 + hint

    def _shape(self, said: str) -> float:
        """How much `said` looks like a name by itself; 0 if not at all."""
        if said in self._names.baptismal:
            return 0.45
        if len(said) == 2:
            if said in self._names.given:
                return 0.5
            surname_and_one = said[0] in self._names.surnames and said[1] in self._names.syllables
            if surname_and_one and said[0] in _SUREST_SURNAMES:
                return 0.25
            return 0.2 if surname_and_one or self._are_syllables(said) else 0.0
        surname, given = said[:-2], said[-2:]
        if surname not in self._any_surname:
            return 0.0
        common = given in self._names.given
        if not (common or self._are_syllables(given)):
            return 0.0
        if surname in self._names.surnames:
            if common:
                return 0.85
            if given[-1] in _LIKE_PARTICLES:
                return 0.6 if surname in _SUREST_SURNAMES else 0.3
            return 0.7 if surname in _SURE_SURNAMES else 0.5
        return 0.6 if common else 0.3 if self._given.fits(given) else 0.2

    def _is_foreign(self, said: str) -> bool:
        """A Chinese name as Koreans hear it: a surname that both have, then anything (왕리쥔)."""
        return len(said) == 3 and said[1] != "씨" and said[0] in self._any_surname

    def _are_syllables(self, said: str) -> bool:
        return self._names.syllables.issuperset(said)

    def _is_plain_word(self, text: str, start: int, length: int) -> bool:
        """Whether the beginning is a plain word and the rest its ending: 지금 + 은, 노력 + 해."""
        for shorter in range(2, length):
            rest_begins = start + shorter
            if text[start:rest_begins] in self._words and (
                tail(text, rest_begins) is not None or text[rest_begins] in "해한할함하되된될돼적"
            ):
                return True
        longer = text[start : start + length + 1]
        return len(longer) > length and (longer in self._words or text[start : start + length + 2] in self._words)

    def _surname_apart(self, text: str, start: int) -> int:
        """Where a surname written apart begins (김 영희), else `start`."""
        begin = max(0, start - _AROUND_APART)
        apart = _APART.search(text[begin:start])
        return begin + apart.start() if apart and apart.group(1) in self._names.surnames else start


def _announced(passage: Passage, word: re.Match[str], begin: int) -> Iterator[Finding]:
    """Whatever is said to be a name: 별명이 꺽다리인데, 쌍가마라고 부르던.

    `begin` is where a surname begins that stands apart before it (김 달막), else where the word does.
    """
    text, start = passage.text, word.start()
    named = NAMED.stands_in(text[:begin])
    for length in range(min(_LONGEST_NICKNAME, len(word.group())), 1, -1):
        said, end = word.group()[:length], start + length
        if said.endswith("이라") and text[end : end + 1] in _AFTER_COPULA:
            continue
        if begin != start and length == _GIVEN_AND_FAMILIAR and said[-1] == "이":
            continue
        if said in _NEVER_ANNOUNCED:
            return
        copula = _COPULA.match(text, end) if named else None
        called = text[end : end + 1] in _AFTER_CALLED
        if (copula and (copula.group() not in _STOPS or said[-1] not in _ENDS_A_SENTENCE)) or (
            called and IS_CALLED.match(text, end)
        ):
            yield Finding(begin if named else start, end, EntityType.PERSON, IdentifierClass.DIRECT, 0.5)
            return
        if called and CALLED_PERSON.match(text, end) and not _is_no_nickname(passage, start, end):
            yield Finding(start, end, EntityType.PERSON, IdentifierClass.DIRECT, 0.4)
            return
        if length == 2 and _is_said_familiarly(passage, start, end):
            yield Finding(start, end, EntityType.PERSON, IdentifierClass.DIRECT, 0.45)
            return
        if called and _SAID_SO.match(text, end) and _NICKNAMED.stands_in(text[:start]):
            yield Finding(start, end, EntityType.PERSON, IdentifierClass.DIRECT, 0.5)
            return


def _is_said_familiarly(passage: Passage, start: int, end: int) -> bool:
    """Whether a name's familiar 이 follows: behind a relative, or where nothing else can be meant."""
    particle = tail(passage.text, end)
    related = particle in FAMILIAR and not passage.is_common_noun(start, end) and word_before(passage.text, start) in RELATED
    return related or (particle in ONLY_FAMILIAR and passage.is_noun(start, end))


def _is_no_nickname(passage: Passage, start: int, end: int) -> bool:
    """Whether it is an office or a verb that somebody is called by: 보위원이라는 놈, 있다라는 사람."""
    said = passage.text[start:end]
    noun = passage.is_noun(start, end) or passage.is_pieced(start, end)
    return said in OFFICES or not noun
