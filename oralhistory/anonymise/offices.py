"""Words that stand where a name might but name nobody: relatives, offices, forms of address, and "nobody" itself.

Documents ask for a person and people type "mother" or "the broker": searched for as names, such words would be found
everywhere.
"""

from oralhistory.anonymise.detectors.kin import CHINESE_KIN, ENGLISH_KIN, KOREAN_KIN, KOREAN_ROLES
from oralhistory.anonymise.hangul import folded
from oralhistory.anonymise.suffixes import CHINESE_ELDERS, CHINESE_OFFICES, TITLES
from oralhistory.anonymise.wordlists import listed

_OTHERS = listed(
    "the a an my her his their of from in child children baby partner mother-in-law father-in-law relative "
    "relatives family friend neighbour neighbor broker brokers interpreter witness doctor nurse teacher pastor missionary "
    "guard soldier officer older elder younger eldest youngest first second third man woman girl boy person people somebody "
    "someone nobody none unknown n/a mr mrs ms miss dr rev prof staff 이웃 이웃집 사람 여자 남자 아이 아기 누군가 없음 모름 "
    "미상 가족 친척 큰 작은 둘째 셋째 첫째 남동생의 그의 그녀의 나의 우리 邻居 朋友 翻译 证人 中介 无 "
    "婶子 嫂子 姨妈 传道 保卫员"
)
_KIN = (*KOREAN_KIN, *ENGLISH_KIN, *CHINESE_KIN)
_WORDS = frozenset(map(folded, (*_KIN, *KOREAN_ROLES, *TITLES, *CHINESE_OFFICES, *CHINESE_ELDERS, *_OTHERS)))


def names_nobody(word: str) -> bool:
    """Whether this word, as somebody typed it, is no name."""
    return folded(word).strip(".:'\"’“”") in _WORDS
