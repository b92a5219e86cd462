"""Made-up names for those who prefer a name to a tag: of nobody in particular, from the shipped lists.

Knows nothing of the archive; who asks must leave out every name that anybody in it has.
"""

from collections.abc import Iterator
from itertools import product

from oralhistory.anonymise.wordlists import GivenNames, listed

_ENGLISH = listed(
    "Alder Ash Aspen Birch Briar Cedar Clover Fern Hazel Heather Iris Ivy Jasper Juniper Laurel Linden Maple Marlow Olive Rowan "
    "Sage Sorrel Tansy Willow Wren Lark Robin Merle Swift Heron"
)
"""Of plants and birds: they sound like names and belong to no people."""


_SURNAMES = listed("김 이 박 최 정 강 조 윤 장 임 한 오 서 신 권 황 안 송 류 홍 전 고 문 손 배 백 허 남 심 노 하")
"""The most common ones: a rare surname draws the eye, and fits few people."""


def pseudonyms(names: GivenNames, language: str) -> Iterator[str]:
    """Every name that can be made, always in the same order: Korean and Chinese full names, else English ones."""
    if language == "en":
        yield from _ENGLISH
        yield from (f"{one} {other}" for one, other in product(_ENGLISH, _ENGLISH) if one != other)
    elif language == "zh":
        given = sorted(names.chinese_given)
        surnames = sorted(one for one in names.chinese_surnames if len(one) == 1)
        yield from (surname + first + given[-1 - at] for at, first in enumerate(given) for surname in surnames)
    else:
        yield from (surname + given for given in sorted(names.given) if len(given) == 2 for surname in sorted(_SURNAMES))
