"""Places, workplaces and facilities in Chinese characters: by the list, and by what such names end with.

大王屯, 马鹿沟, 富平区; 丹东看守所, 茂山铁矿, 百济饭店, 铁路二中. What only says of which kind something is (县医院) names
nothing.
"""

import re
from collections.abc import Iterator, Mapping, Sequence

from oralhistory.anonymise.chinese_words import Kind, Word
from oralhistory.anonymise.detectors.finding import Passage
from oralhistory.anonymise.wordlists import Place, any_of, listed
from oralhistory.domain.redaction import EntityType, Finding, IdentifierClass

_VILLAGES = frozenset("屯村沟镇乡县市区州旗岗洞邑郡庄营堡寨岛街路站省峪坨甸洼岭河江湖山桥里店")
_ALSO_WORDS = frozenset("河江湖山桥里店路街站岛岭洼")
"""Endings that are everyday words: a name before one is no plain word."""
_FACILITIES = any_of(listed(
    "看守所 拘留所 收容所 监狱 集结所 教化所 教养所 劳教所 保卫部 保卫局 安全部 安全局 保安署 派出所 公安局 公安处 边防站 "
    "边防队 边防大队 边防 口岸 关理所 管理所 移民局 收容站 难民营 大使馆 领事馆 检查站 哨所 看守 劳动锻炼队"
))
_WORKPLACES = any_of(listed(
    "医院 卫生院 诊所 学校 小学 中学 高中 一中 二中 三中 四中 大学 学院 幼儿园 疗养院 养老院 福利院 孤儿院 教会 教堂 饭店 "
    "餐厅 饭馆 餐馆 酒楼 旅馆 旅店 宾馆 酒店 公司 集团 工厂 厂 煤矿 铁矿 金矿 矿 农场 林场 牧场 林业所 商店 商场 超市 市场 "
    "车站 火车站 银行 协会 基金会 研究所 剧团 报社 电视台 歌厅 洗浴 美容院 区厅 市厅 长老会 服装厂 钢铁厂 救援会 人权团体 "
    "快餐 面馆 冷面店 咖啡厅 网吧"
))
_ENDING = re.compile(f"(?:(?P<facility>{_FACILITIES})|(?P<work>{_WORKPLACES}))$")
_OF_A_KIND = frozenset(listed(
    "中国 朝鲜 韩国 北朝鲜 南朝鲜 美国 日本 泰国 老挝 越南 蒙古 缅甸 柬埔寨 俄罗斯 当地 附近 国家 公安 人民 中心 部队 我们 "
    "你们 他们 县 市 省 镇 村 村里 屯 国营 私人 私立 公立 小 大 老 新 女子 男子 女 男 政治 教养 职业 师范 农业 工业 技术 "
    "外国 外语 专科 综合 语言 医科 地方 地下 家庭 一家 那家 这家 一个 这个 那个 同 别的 其他 朝鲜族 汉族 韩人 基督教 天主教 "
    "教堂 服装 食品 建筑 电子 纺织 木材 水泥 砖 塑料 化工 机械 钢铁 玩具 鞋 家具 豆腐 米 面粉 农贸 菜 批发 火车 汽车 公共 "
    "长途 高等 初级 高级 初中 高中 中等 重点 民办 精神病 妇产 结核 中医 儿童 全 本 各 整 外 邻 山 城 农 乡下 老家 上 下 前 "
    "后 北 南 东 西 中 里 边境 边防 国际 进出口 贸易 房地产 保险 劳务 中介 军 军队 大型 小型"
))
_TO_A_PLACE = frozenset(listed(
    "在 到 从 去 往 来 住 回 至 离 卖到 逃到 送到 来到 回到 跑到 嫁到 住在 去过 离开 经过 路过 来自 生在 是"
))
_AFTER_A_PLACE = frozenset(listed("人 的 那边 这边 边 那儿 附近 老家 出生 出身 城里 市里 县 市 镇 乡 姑娘 女人"))
_MOST_WORDS = 3
_EVERYDAY = 12


class ChinesePlaces:
    name = "chinese_places"

    def __init__(self, places: Mapping[str, Place]) -> None:
        self._countries = {form for form, place in places.items() if place.identifier is IdentifierClass.CONTEXT}

    def find(self, passage: Passage) -> Iterator[Finding]:
        for run in passage.chinese:
            for at, word in enumerate(run):
                if word.kind is Kind.PLACE and word.said not in self._countries and _is_said_of_a_place(run, at):
                    yield _found(word.start, word.end, EntityType.PLACE)
                if word.said in _VILLAGES and (start := self._village(run, at)) is not None:
                    yield _found(start, word.end, EntityType.PLACE)
                ending = self._ending(run, at)
                if ending is not None:
                    yield ending

    def _village(self, run: Sequence[Word], at: int) -> int | None:
        """Where the name of the place begins that the word at `at` ends."""
        begin = at
        while begin > 0 and at - begin < _MOST_WORDS and self._may_name(run[begin - 1]) and not self._is_town(run, begin, at):
            begin -= 1
        names = [one for one in run[begin:at] if one.said not in _OF_A_KIND]
        if run[at].said == "里" and not (begin > 0 and run[begin - 1].kind is Kind.PLACE):
            return None  # 里 is "in" as well
        if not names or sum(len(one.said) for one in run[begin:at]) > 4:
            return None
        if run[at].said in _ALSO_WORDS and any(len(one.said) > 1 or one.common > _EVERYDAY for one in names):
            return None
        return run[begin].start

    def _is_town(self, run: Sequence[Word], begin: int, at: int) -> bool:
        """Whether a place stands before what is a name already: 会宁 before 仁溪里."""
        return begin < at and run[begin - 1].kind is Kind.PLACE

    def _ending(self, run: Sequence[Word], at: int) -> Finding | None:
        """A facility or workplace that ends with the word at `at`, alone or with the word before."""
        said = run[at].said
        match = _ENDING.search(said) or (_ENDING.search(run[at - 1].said + said) if at and len(said) == 1 else None)
        if match is None:
            return None
        begin = at if _ENDING.search(said) else at - 1
        stem = run[begin].said[: -len(match.group())] if begin == at else ""
        first = begin
        while first > 0 and begin - first < _MOST_WORDS and self._may_name(run[first - 1]):
            first -= 1
        names = [one for one in (*(word.said for word in run[first:begin]), stem) if one and one not in _OF_A_KIND]
        if not names:
            return None
        kind = EntityType.FACILITY if match.group("facility") else EntityType.ORG
        return _found(run[first].start, run[at].end, kind)

    def _may_name(self, word: Word) -> bool:
        if word.kind in (Kind.PLACE, Kind.SINGLE):
            return True
        return word.kind is Kind.NOUN and word.said not in ("人", "家", "号", "老师", "里")


def _is_said_of_a_place(run: Sequence[Word], at: int) -> bool:
    before = run[at - 1] if at else None
    after = run[at + 1] if at + 1 < len(run) else None
    return (
        (before is None and after is None)
        or (before is not None and (before.said in _TO_A_PLACE or before.said[-1:] in "到在从去回" or before.kind is Kind.PLACE))
        or (after is not None and (after.said in _AFTER_A_PLACE or after.kind is Kind.PLACE))
    )


def _found(start: int, end: int, kind: EntityType) -> Finding:
    return Finding(start, end, kind, IdentifierClass.QUASI, 0.45)
