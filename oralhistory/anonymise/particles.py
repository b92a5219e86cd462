"""Korean particles: which one follows a name, and the form it takes after another name.

Keeps one table. What is not in it is an unknown tail and stays as it was said. Nothing here knows what a name is; a
bracketed tag is told from a name only because nobody adds the familiar 이 to a tag.
"""

from collections.abc import Iterable, Mapping
from types import MappingProxyType

from oralhistory.anonymise.hangul import Final, final, final_of, is_hangul, is_syllable, word_end
from oralhistory.anonymise.wordlists import listed

# (after a consonant, after a vowel)
_LAST = (
    ("은", "는"), ("이", "가"), ("을", "를"), ("으", "르"), ("아", "야"), ("이며", "며"),
    ("이고", "고"), ("이여", "여"), ("이야", "야"),
    ("이요", "요"), ("이다", "다"), ("이라", "라"), ("이래", "래"), ("이니", "니"), ("이지", "지"), ("이네요", "네요"),
    ("이메", "메"),
)  # fmt: skip
_LINKS = (
    ("과", "와"), ("이랑", "랑"), ("이나", "나"), ("이나마", "나마"), ("이든", "든"), ("이든지", "든지"), ("이든가", "든가"),
    ("이야말로", "야말로"), ("이라도", "라도"), ("이란", "란"),
)  # fmt: skip
_STEMS = (
    ("이라고", "라고"), ("이라구", "라구"), ("이라는", "라는"), ("이라며", "라며"), ("이라면", "라면"), ("이라서", "라서"),
    ("이라든", "라든"), ("이라던", "라던"), ("이라니", "라니"), ("이란다", "란다"), ("이랍니다", "랍니다"), ("이래요", "래요"),
    ("이었", "였"), ("이였", "였"), ("이였슴다", "였슴다"), ("이었슴다", "였슴다"), ("이에요", "예요"), ("이니까", "니까"),
    ("이더란", "더란"), ("이더라", "더라"), ("이거든", "거든"), ("이지만", "지만"), ("이지요", "지요"), ("이죠", "죠"),
    ("이예요", "예요"), ("이여요", "여요"), ("이래서", "래서"), ("이래도", "래도"), ("이랬", "랬"), ("이더니", "더니"),
    ("이던가", "던가"), ("이잖", "잖"), ("이구나", "구나"), ("이군요", "군요"), ("이거나", "거나"), ("이라야", "라야"),
    ("이면서", "면서"), ("이겠", "겠"),
)  # fmt: skip
_AFTER_CONSONANTS = (("이면", "면"), ("이자", "자"), ("이건", "건"), ("이므로", "므로"))
"""Known by their longer form alone: after a vowel a 면 may be a township and a 자 a letter."""

_DIRECTIONS = (
    ("으로", "로"),
    ("으로서", "로서"),
    ("으로써", "로써"),
    ("으로부터", "로부터"),
    ("으루", "루"),
    ("으루서", "루서"),
)  # ㄹ counts as a vowel here

_FIXED_LAST = ("의", "인", "이오")
_FIXED_LINKS = listed(
    "에 에서 에서부터 에게 에게서 한테 한테서 께 께서 더러 보고 도 두 만 까지 부터 부텀 까정 꺼정 꺼지 까짐 보구 한테루 "
    "에게루 서 조차 마저 밖에 뿐 처럼 "
    "보다 같이 대로 만큼 마다 하고 하구 씨 들 쪽 끼리 커녕 따라 등"
)
_FIXED_STEMS = listed(
    "네 임다 임까 임니다 입니다 입니까 입데다 입더구만 인데 인지 인가 일까 일지 같은 같이 때문"
)

_AFTER_FAMILIAR = listed(
    "가 는 를 르 와 의 도 두 만 에게 에게서 한테 한테서 께 까지 부터 처럼 보다 하고 하구 네 조차 마저 같이 만큼 더러 로 밖에"
)


def _forms(pairs: tuple[tuple[str, str], ...]) -> dict[str, tuple[str, str]]:
    """Each form with the pair it belongs to; a form of two pairs belongs to the first."""
    known: dict[str, tuple[str, str]] = {}
    for pair in pairs:
        for form in pair:
            known.setdefault(form, pair)
    return known


_PAIRS = MappingProxyType(_forms((*_LAST, *_LINKS, *_STEMS)) | {pair[0]: pair for pair in _AFTER_CONSONANTS})
_DIRECTION_PAIRS = MappingProxyType(_forms(_DIRECTIONS))
_FAMILIAR = MappingProxyType({"이" + particle: particle for particle in _AFTER_FAMILIAR})
"""The familiar 이 of a name that ends in a consonant, with what follows it: 지현 + 이 + 가."""

FAMILIAR = frozenset(listed("이가 이는 이를 이르 이한테 이도 이네 이하고 이하구 이에게 이의 이와 이만 이랑 이더러 이처럼"))
"""What `tail` gives where a name with its familiar 이 is likely: nothing but a name of people has it."""
ONLY_FAMILIAR = FAMILIAR - frozenset(listed("이네 이도 이랑 이만 이와 이의 이처럼"))
"""Where nothing else can be meant, so that even a plain word is a name: 혜성이는."""

_NOTHING_FOLLOWS = frozenset((*_forms(_LAST), *_FIXED_LAST))
_ANYTHING_FOLLOWS = frozenset((*_forms(_STEMS), *(pair[0] for pair in _AFTER_CONSONANTS), *_FIXED_STEMS, "이네"))


_FORMS = frozenset((*_PAIRS, *_DIRECTION_PAIRS, *_FAMILIAR, *_FIXED_LAST, *_FIXED_LINKS, *_FIXED_STEMS))


def _follows(form: str, sound: Final) -> bool:
    """Whether people say `form` after a Hangul syllable that closes with this sound."""
    if form in _FAMILIAR:
        return sound is not Final.VOWEL
    after_consonant, after_vowel = _PAIRS.get(form, (form, form))
    if sound is Final.VOWEL:  # the copula keeps its 이 in careful speech
        return form == after_vowel or form.startswith("이")
    return form == after_consonant


def _by_first_syllable(forms: Iterable[str]) -> Mapping[str, tuple[str, ...]]:
    """The forms under the syllable that each begins with, longest first."""
    known: dict[str, tuple[str, ...]] = {}
    for form in sorted(forms, key=lambda form: (-len(form), form)):
        known[form[0]] = (*known.get(form[0], ()), form)
    return MappingProxyType(known)


_AFTER_VOWEL = _by_first_syllable(form for form in _FORMS if _follows(form, Final.VOWEL))
_AFTER_CONSONANT = _by_first_syllable(form for form in _FORMS if _follows(form, Final.CONSONANT))
_NOT_FAMILIAR = _by_first_syllable(_FORMS - _FAMILIAR.keys())
"""What follows foreign letters and digits, which are read in more ways than one, and what may follow another particle."""


def tail(text: str, end: int) -> str | None:
    """The particle that stands right after a mention that ends at `end`; None if nothing or an unknown tail does.

    The longest known form that agrees with the sound before it, provided that the rest of the word can follow it. The
    familiar 이 is part of the answer: 이가.
    """
    if end >= len(text):
        return None
    for form in _after(text, end).get(text[end], ()):
        if text.startswith(form, end) and _may_precede(form, text[end : word_end(text, end)]):
            return form
    return None


def ends_here(text: str, end: int) -> bool:
    """Whether a name may end at `end`: no Hangul follows, or a particle does."""
    return end >= len(text) or not is_hangul(text[end]) or tail(text, end) is not None


def _after(text: str, end: int) -> Mapping[str, tuple[str, ...]]:
    """The forms that agree with the sound before `end`."""
    if end == 0 or not is_syllable(text[end - 1]):
        return _NOT_FAMILIAR
    return _AFTER_VOWEL if final_of(text[end - 1]) is Final.VOWEL else _AFTER_CONSONANT


def _may_precede(form: str, word: str) -> bool:
    """Whether the rest of `word` can follow `form`: nothing, further particles, or any ending after the copula."""
    rest = word[len(form) :]
    if not rest or form in _ANYTHING_FOLLOWS:
        return True
    last = _FAMILIAR.get(form, form)
    if last in _NOTHING_FOLLOWS:
        return rest == "요"
    return any(rest.startswith(one) and _may_precede(one, rest) for one in _NOT_FAMILIAR.get(rest[0], ()))


def fitted(particle: str, before: str) -> str:
    """`particle` (as `tail` gives it) as it is said after the new text `before`."""
    sound = final(before)
    if particle in _FAMILIAR:
        plain = fitted(_FAMILIAR[particle], before)
        return particle if sound is not Final.VOWEL and _is_name(before) else plain
    if particle in _DIRECTION_PAIRS:
        return _DIRECTION_PAIRS[particle][0 if sound is Final.CONSONANT else 1]
    if particle in _PAIRS:
        return _PAIRS[particle][1 if sound is Final.VOWEL else 0]
    return particle


def _is_name(text: str) -> bool:
    return bool(text) and is_syllable(text[-1])
