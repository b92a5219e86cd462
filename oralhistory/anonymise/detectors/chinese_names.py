"""Names in Chinese characters where the sentence says that a name comes: 我叫李明, 名字是…, 妹妹明玉被…, 王先生, 王婶, 老张.

Without such a cue characters are not taken for a name. A given name without its surname needs a relative before it, and
characters that given names are made of.
"""

import re
from collections.abc import Iterator

from oralhistory.anonymise.detectors.finding import Passage
from oralhistory.anonymise.detectors.kin import CHINESE_KIN
from oralhistory.anonymise.hangul import HAN, is_han
from oralhistory.anonymise.suffixes import CHINESE_ELDERS, CHINESE_OFFICES
from oralhistory.anonymise.wordlists import GivenNames, any_of, listed
from oralhistory.domain.redaction import EntityType, Finding, IdentifierClass

_KIN = any_of((*CHINESE_KIN, *listed(
    "朋友 同学 邻居 表妹 表姐 表哥 表弟 堂妹 堂姐 孩子 婆婆 公公 媳妇 外甥 侄女 侄子 姐夫 妹夫 嫂子 女婿 岳母 岳父 同屋 室友 "
    "村长 老板 牧师 传教士 翻译 中介 蛇头 人贩子 队长 所长 警察 看守 狱警"
))) + "|[大二三四小老][姐哥弟妹姨姑叔舅嫂]|[我你他她][姐哥弟妹姨姑叔舅嫂](?![夫子妈父丈姐哥弟妹])"
_CUES = re.compile(
    rf"名字(?:叫|是)|本名(?:叫|是)?|姓名是?|叫做|叫作|名叫|化名|外号(?:叫|是)?|小名(?:叫|是)?|绰号(?:叫|是)?|(?<![大喊吼把被让])叫|我是|她是|他是|{_KIN}|姓(?!名)|认识|遇到|遇见|跟着|找到"
)
_NICKNAME = re.compile(f"(?:外号|绰号|化名|小名)(?:叫|是)?(?:做|作)?[“\"]?([{HAN}]{{1,4}}?)(?=[”\"，。,.、的]|$)")
_CALLED_SO = re.compile(f"(?:叫|喊|称)[我她他][“\"]?([小阿老][{HAN}])(?![{HAN}])")
_CALLED_THAT = re.compile(
    f"(?:叫|喊)[他她我](?!们)(?![来去出回进过起别不快站跪坐吃干给把的上下做去])[“\"]?([{HAN}]{{2,4}})(?=[”\"，。,.；]|$)"
)
"""我们背后叫他疯狗: a nickname without its word."""
_IS_CALLED = re.compile(
    f"(?<![大喊吼把被让不狗鸡乱])叫(?![我你他她它做作来去出回进过起别不快站跪坐吃干给把的上下苦喊])([{HAN}]{{2,5}})(?=[，。,.、；]|$)"
)
_BY_LOOKS = re.compile(f"([胖瘦矮黑麻秃瘸聋哑傻][嫂姐哥婶姨叔爷婆妹弟子])(?![{HAN}]?[的地])")
"""胖嫂: how somebody looks, with a form of address."""
_SURNAME_SAID = re.compile(f"(?<=姓)([{HAN}])(?=[，。,.、的]|$)")
_SOMEBODY = re.compile(f"(?<![{HAN}])([{HAN}])某|([{HAN}])某某")
"""太某某: a name of which a protocol tells the surname alone."""
_FAMILY = re.compile(
    f"(?<![{HAN}])([{HAN}])家(?=的?人|的|里|村|大院|[兄父母夫])|(?<=[到在给跟和是])([{HAN}])家(?=的?人|[，。,.])"
)
"""于家的人: a family by its surname."""
_FOREIGN = re.compile(f"[{HAN}]{{1,5}}(?:[·•・][{HAN}]{{1,5}})+")
"""约翰·米勒: a foreign name in Chinese characters has a dot in it."""
_GOES_ON_AFTER_A_NAME = re.compile("是我|是他|是她|跟我|和我|说|告诉|给我|帮|死了|被|在|把|让|对我|也|病|逃|教|带|来|去|已经")
_CLAUSE = re.compile(f"(?:^|[，。,.、；;：:！？\\s“\"])(?=[{HAN}])")
_SURE_CUES = re.compile("叫|名|姓|号")
_LONG_TITLES = re.compile(any_of((*CHINESE_OFFICES, *CHINESE_ELDERS, *listed(
    "小姐 阿姨 叔叔 同志 警察 姐姐 哥哥 太太 夫人 传道 厂长 村长 保卫员 大使 干事 教官 科员 秘书"
))))
_SHORT_TITLES = re.compile("[婶姨嫂哥姐叔伯爷总妈某]")
_FAMILIAR = re.compile(rf"(?<![{HAN}])[老小阿]|(?<=[，。,.!?、:：的是叫和跟找])[老小阿]")
_ENDS_A_NAME = frozenset(
    "的来來是在和了有说說住从從他她我你们們那被把就也不到给給对"
    "對跟与與去过過会會要想很都还還,，。把让帮带送死走今比当才"
)
_BEFORE_A_NAME = frozenset("的和跟与同叫是给对向找让请把被")
_NO_TITLED_NAME = frozenset("大小老二三四五六七八九十这那个位名")
_LONGEST_GIVEN = 2
_ANY = re.compile(f"[{HAN}]")


class ChineseNames:
    name = "chinese_names"

    def __init__(self, names: GivenNames) -> None:
        self._surnames = names.chinese_surnames
        self._given = names.chinese_given

    def find(self, passage: Passage) -> Iterator[Finding]:
        text = passage.text
        if _ANY.search(text) is None:
            return
        for cue in _CUES.finditer(text):
            end = self._name_end(text, cue.end())
            sure = bool(_SURE_CUES.search(cue.group()))
            if end is None:
                end = self._given_end(text, cue.end(), sure)
            if end is not None:
                yield _person(cue.end(), end, 0.9 if sure else 0.6)
        for title in _LONG_TITLES.finditer(text):
            for length in (3, 2, 1):
                start = title.start() - length
                if start >= 0 and self._name_end(text, start, allow_bare=True) == title.start():
                    yield _person(start, title.end(), 0.7)
                    break
        for title in _SHORT_TITLES.finditer(text):
            start = title.start() - 1
            if start >= 0 and text[start] in self._surnames and text[start] not in _NO_TITLED_NAME:
                yield from self._titled(text, start, title.end())
        for familiar in _FAMILIAR.finditer(text):
            at = familiar.end()
            said, following = text[at : at + 1], text[at + 1 : at + 2]
            surname = said in self._surnames and following not in self._given
            if said and (surname or (said in self._given and not self._goes_on(text, at + 1))):
                yield _person(familiar.start(), at + 1, 0.45)
        yield from self._by_shape(text)
        yield from self._at_clause(text)
        for told in _SURNAME_SAID.finditer(text):
            yield _person(told.start(1), told.end(1), 0.6)
        for somebody in _SOMEBODY.finditer(text):
            if (somebody.group(1) or somebody.group(2)) in self._surnames:
                yield _person(*somebody.span(), 0.6)
        for family in _FAMILY.finditer(text):
            if (family.group(1) or family.group(2)) in self._surnames:
                yield _person(*family.span(), 0.5)
        for foreign in _FOREIGN.finditer(text):
            yield _person(*foreign.span(), 0.8)
        for called in (_NICKNAME, _CALLED_SO, _CALLED_THAT, _IS_CALLED, _BY_LOOKS):
            for match in called.finditer(text):
                yield _person(*match.span(1), 0.6)

    def _at_clause(self, text: str) -> Iterator[Finding]:
        """A surname and one or two characters of given names at the beginning of a clause: 金顺是我的表姐."""
        for match in _CLAUSE.finditer(text):
            start = match.end()
            for length in (3, 2):
                said = text[start : start + length]
                shaped = len(said) == length and said[0] in self._surnames and all(c in self._given for c in said[1:])
                if shaped and _GOES_ON_AFTER_A_NAME.match(text, start + length):
                    yield _person(start, start + length, 0.45)
                    break

    def _by_shape(self, text: str) -> Iterator[Finding]:
        """A surname and two characters of given names, and then the sentence goes on: 金光日让我…"""
        for start, first in enumerate(text[:-2]):
            if first not in self._surnames or text[start + 1] not in self._given or text[start + 2] not in self._given:
                continue
            begins = start == 0 or not is_han(text[start - 1]) or text[start - 1] in _BEFORE_A_NAME
            if begins or (not self._goes_on(text, start + 3) and text[start - 1] not in self._given):
                yield _person(start, start + 3, 0.45)

    def _titled(self, text: str, start: int, end: int) -> Iterator[Finding]:
        if (start == 0 or text[start - 1] not in _NO_TITLED_NAME) and not self._goes_on(text, end):
            yield _person(start, end, 0.5)

    def _name_end(self, text: str, start: int, allow_bare: bool = False) -> int | None:
        """Where a name that starts at `start` ends: surname and up to two characters that no sentence goes on with."""
        surname = next((n for n in (2, 1) if text[start : start + n] in self._surnames), 0)
        if not surname:
            return None
        end = start + surname
        while end < len(text) and end - start - surname < _LONGEST_GIVEN and _belongs(text, end):
            end += 1
        return end if end > start + surname or allow_bare or text[start - 1 : start] == "姓" else None

    def _given_end(self, text: str, start: int, sure: bool) -> int | None:
        """Two characters of given names that something else follows; after 叫 two of any kind before a stop."""
        end = start + _LONGEST_GIVEN
        said = text[start:end]
        if len(said) == _LONGEST_GIVEN and all(one in self._given for one in said) and not self._goes_on(text, end):
            return end
        if said[:1] in ("小", "阿") and said[1:] and is_han(said[1]) and not self._goes_on(text, end):
            return end
        return None

    def _goes_on(self, text: str, at: int) -> bool:
        """Whether the word goes on at `at` with another character of a name or of a title."""
        return at < len(text) and is_han(text[at]) and text[at] not in _ENDS_A_NAME and not text[at].isspace()


def _person(start: int, end: int, score: float) -> Finding:
    return Finding(start, end, EntityType.PERSON, IdentifierClass.DIRECT, score)


def _belongs(text: str, at: int) -> bool:
    return is_han(text[at]) and text[at] not in _ENDS_A_NAME and not _LONG_TITLES.match(text, at)
