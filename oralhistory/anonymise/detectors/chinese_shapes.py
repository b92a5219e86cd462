"""Chinese names by their shape, where the text falls apart into characters that no plain word explains.

A surname and one or two such characters (许军, 董志刚), a surname before any noun (赵瘸子, 朴婶子), two characters of given names
(玉花, 德胜), a familiar form (小翠, 阿龙, 大刘). What a sentence announces as a name is in `chinese_names`.
"""

from collections.abc import Iterator, Sequence

from oralhistory.anonymise.chinese_words import Kind, Word
from oralhistory.anonymise.detectors.finding import Passage
from oralhistory.anonymise.suffixes import CHINESE_ELDERS, CHINESE_OFFICES
from oralhistory.anonymise.wordlists import GivenNames, listed
from oralhistory.domain.redaction import EntityType, Finding, IdentifierClass

_FAMILIAR = frozenset("小阿老大二")
_ALSO_WORDS = frozenset(
    "高方金白黄张马常成时文江车石包万何向连从安全水花于任田叶夏钱南易童温牛古申武太元单支应别管容关明强那富修初战尚"
    "左项兰库席庄路代边季齐冷燕解门盖封曲仇慎段"
)
"""Surnames that are everyday words too: by themselves they announce nothing."""
_NEVER_IN_NAMES = frozenset(
    "的了是在我你他她它们不就都也和跟与有没去来到给被把让说想要会能很又再从对还只这那哪个谁什么啊呢吧吗着过得地里上下"
    "前后做叫问看听吃喝打走跑死卖买找带等用像为以所而但因如果已于之其此每最更太可应该多少几两些点时候家人口手头脸身号"
    "块斤岁年月日次件条"
)
_CALLED = frozenset(listed(
    "奶奶 爷爷 大娘 大妈 大爷 大叔 大婶 大姐 大哥 阿姨 婶子 嫂子 姐姐 哥哥 妹妹 弟弟 姐 哥 姨 婶 嫂 叔 她妈 他妈 妈 爸 爹 "
    "娘 老师 先生 传教士 牧师 指导员 书记 队长 所长 科长 村长 屯长 组长 班长 司机 医生 大夫 护士"
))
_COUNTED = "个天年月次岁元块号点十百千"
_BY_AGE = frozenset(f"老{one}" for one in "大二三四五六七八九幺")
"""How a family's sons are called one after the other: 关老五."""
_OFFICES = frozenset((*CHINESE_OFFICES, *CHINESE_ELDERS, "军医"))
_NO_SURNAMES = frozenset("女男老小大新旧正副总各全村屯县市省镇乡厂校院店班组位名个亲好坏本该原前")
_VERY_COMMON = 14
_COMMON = 12


class ChineseShapes:
    name = "chinese_shapes"

    def __init__(self, names: GivenNames) -> None:
        self._surnames = frozenset(one for one in names.chinese_surnames if len(one) == 1)
        self._given = names.chinese_given

    def find(self, passage: Passage) -> Iterator[Finding]:
        for run in passage.chinese:
            at = 0
            while at < len(run):
                count, score = self._name(run, at)
                if count:
                    yield _person(run[at].start, run[at + count - 1].end, score)
                at += max(1, count)

    def _name(self, run: Sequence[Word], at: int) -> tuple[int, float]:
        """How many words from `at` on are a name, and how sure that is; (0, 0.0) for none."""
        first = run[at]
        if len(first.said) > 1:
            return 0, 0.0
        if first.said in self._surnames and (count := self._after_surname(run, at)):
            return count + 1, 0.45
        pair = "".join(one.said for one in run[at : at + 2])
        if pair in _CALLED:
            return 0, 0.0
        if pair[0] == pair[-1] and self._is_free(run, at) and self._is_free(run, at + 1):
            return 2, 0.4
        if first.said in _FAMILIAR and self._is_free(run, at + 1) and self._is_called(run, at):
            return 2, 0.4
        if self._is_given(run, at) and self._is_given(run, at + 1) and not self._goes_on(run, at + 2):
            return 2, 0.4
        if self._has_a_title(run, at):
            return 2, 0.4
        if self._is_numbered(run, at):
            return 2, 0.4
        free = self._is_free(run, at) and self._is_free(run, at + 1)
        if free and at + 2 < len(run) and run[at + 2].said in _CALLED:
            return 2, 0.4
        return 0, 0.0

    def _after_surname(self, run: Sequence[Word], at: int) -> int:
        """How many words after the surname at `at` belong to the name: one or two characters, or one noun."""
        sure = run[at].said not in _ALSO_WORDS
        one, two = self._is_free(run, at + 1), self._is_free(run, at + 2)
        given = self._is_given(run, at + 1)
        if "".join(word.said for word in run[at + 1 : at + 3])[:2] in _BY_AGE:
            return 2 - (len(run[at + 1].said) > 1)
        if one and two and (sure or given or self._is_given(run, at + 2)) and not self._begins_a_name(run, at + 2):
            return 2
        if given or (one and sure and run[at + 1].kind is not Kind.VERB):
            return 1
        if sure and at + 1 < len(run) and run[at + 1].said in tuple("家队所局处科总导"):
            return 1
        noun = at + 1 < len(run) and len(run[at + 1].said) == 2 and run[at + 1].kind in (Kind.NOUN, Kind.VERB, Kind.PLACE)
        return int(sure and noun and run[at + 1].common < _VERY_COMMON and not self._counts(run, at))

    def _has_a_title(self, run: Sequence[Word], at: int) -> bool:
        """Any character that may be a surname, with an office behind: 谷老师, 宫所长."""
        if at + 1 >= len(run) or run[at + 1].said not in _OFFICES or run[at].said in _NO_SURNAMES:
            return False
        return self._is_free(run, at) and (run[at].kind in (Kind.NOUN, Kind.SINGLE) or run[at].said in self._surnames)

    def _is_numbered(self, run: Sequence[Word], at: int) -> bool:
        """哲三, as the third of brothers is named, and no count follows; or a character of names before 姐 or 哥."""
        if at + 1 >= len(run) or not self._is_given(run, at) or run[at].common > _COMMON:
            return False
        after, beyond = run[at + 1].said, run[at + 2].said if at + 2 < len(run) else "。"
        return after in ("姐", "哥") or (after in tuple("一二三四五") and beyond[0] not in _COUNTED)

    def _begins_a_name(self, run: Sequence[Word], at: int) -> bool:
        return run[at].said in self._surnames and self._is_given(run, at + 1) and not self._is_given(run, at)

    def _counts(self, run: Sequence[Word], at: int) -> bool:
        return at > 0 and run[at - 1].said[-1] in "一二三四五六七八九十两几这那每"

    def _is_called(self, run: Sequence[Word], at: int) -> bool:
        """小翠, 阿珍 with a character of names behind; 大刘, 老许 with a surname."""
        said, after = run[at].said, run[at + 1].said
        if said in "老大二":
            return after in self._surnames and after not in _ALSO_WORDS
        return after in self._given or after in self._surnames or run[at + 1].kind is Kind.SINGLE or said == "阿"

    def _is_free(self, run: Sequence[Word], at: int) -> bool:
        """Whether a single character stands there that may be a part of a name."""
        if at >= len(run) or len(run[at].said) > 1 or run[at].said in _NEVER_IN_NAMES:
            return False
        return run[at].said in self._given or run[at].kind is not Kind.OTHER or run[at].common < _COMMON

    def _is_given(self, run: Sequence[Word], at: int) -> bool:
        return at < len(run) and len(run[at].said) == 1 and (run[at].said in self._given)

    def _goes_on(self, run: Sequence[Word], at: int) -> bool:
        return self._is_given(run, at) and run[at].kind is Kind.SINGLE


def _person(start: int, end: int, score: float) -> Finding:
    return Finding(start, end, EntityType.PERSON, IdentifierClass.DIRECT, score)
