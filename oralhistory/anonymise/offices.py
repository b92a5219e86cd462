"""Words that stand where a name might but name nobody: relatives, offices, forms of address, and "nobody" itself.

Documents ask for a person and people type "mother" or "the broker": searched for as names, such words would be found
everywhere.
"""

from oralhistory.anonymise.detectors.kin import KOREAN_KIN, KOREAN_ROLES
from oralhistory.anonymise.hangul import folded
from oralhistory.anonymise.suffixes import TITLES
from oralhistory.anonymise.wordlists import listed

_OTHERS = listed(
    "the a an my her his their of from in mother father brother sister son daughter child children baby aunt uncle cousin "
    "niece nephew husband wife partner grandmother grandfather grandma grandpa mother-in-law father-in-law relative "
    "relatives family friend neighbour neighbor broker brokers interpreter witness doctor nurse teacher pastor missionary "
    "guard soldier officer older elder younger eldest youngest first second third man woman girl boy person people somebody "
    "someone nobody none unknown n/a mr mrs ms miss dr rev prof staff 이웃 이웃집 사람 여자 남자 아이 아기 누군가 없음 모름 "
    "미상 가족 친척 큰 작은 둘째 셋째 첫째 남동생의 그의 그녀의 나의 우리 妈妈 母亲 爸爸 父亲 哥哥 弟弟 姐姐 妹妹 丈夫 老公 "
    "妻子 老婆 儿子 女儿 奶奶 爷爷 姥姥 叔叔 舅舅 阿姨 姑姑 邻居 朋友 翻译 证人 中介 牧师 无 老师 老板 所长 科长 队长 处长 "
    "局长 书记 主任 医生 大夫 护士 司机 传教士 长老 执事 经理 会计 师傅 警官 指导员 神父 修女 会长 社长 部长 领事 校长 教授 "
    "先生 女士 大娘 大爷 大叔 大婶 大妈 大姐 大哥 婶子 嫂子 姨妈 传道 保卫员"
)
_WORDS = frozenset(map(folded, (*KOREAN_KIN, *KOREAN_ROLES, *TITLES, *_OTHERS)))


def names_nobody(word: str) -> bool:
    """Whether this word, as somebody typed it, is no name."""
    return folded(word).strip(".:'\"’“”") in _WORDS
