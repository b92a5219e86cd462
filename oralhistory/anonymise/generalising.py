"""What could stand for somebody or something, told no finer than each profile allows. Suggests; people decide.

In public a place is told by its province (coarser where few people come from it), a date by its decade or, with a month, by
decade and season, an age by a band of five years, a person by the relation to the narrator. `{n}` in a suggestion is where the
number goes that tells it from others of its kind in the same interview.
"""

import re
from collections.abc import Mapping

from oralhistory.anonymise import spoken_numbers
from oralhistory.anonymise.detectors.kin import KOREAN_KIN, KOREAN_ROLES
from oralhistory.anonymise.hangul import is_han
from oralhistory.anonymise.suffixes import FACILITY_KINDS
from oralhistory.anonymise.wordlists import Province, any_of
from oralhistory.domain.redaction import EntityType, Profile, Suggestion

_LANGUAGES = ("ko", "en", "zh")
_WORDS: Mapping[str, tuple[str, str, str]] = {
    "PERSON": ("인물", "Person", "人物"),
    "PLACE": ("장소", "Place", "地点"),
    "ORG": ("단체", "Organisation", "组织"),
    "FACILITY": ("구금시설", "Detention facility", "关押场所"),
    "CODE": ("번호", "Number", "号码"),
    "DATE": ("날짜", "Date", "日期"),
    "AGE": ("나이", "Age", "年龄"),
    "OTHER": ("기타", "Other", "其他"),
    "city": ("도시", "city", "城市"),
    "town": ("군", "county", "县"),
    "place": ("지역", "place", "地方"),
    "unit": ("부대", "Military unit", "部队"),
    "work": ("직장", "Workplace", "单位"),
    "narrator": ("구술자", "Narrator", "口述者"),
    "phone": ("전화번호", "Telephone number", "电话号码"),
    "NK": ("북한", "North Korea", "朝鲜"),
    "CN": ("중국", "China", "中国"),
}
_SEASONS = (("봄", "spring", "春天"), ("여름", "summer", "夏天"), ("가을", "autumn", "秋天"), ("겨울", "winter", "冬天"))
_BEFORE = re.compile(
    rf"({any_of((*KOREAN_KIN, *KOREAN_ROLES))})(?:인"
    rf"|이던|의|는|은)?\s*[\"'“‘]?$"
)
_AFTER = re.compile(
    rf"\s?({any_of(KOREAN_ROLES)}|선교사"
    rf"|목사|브로커|할머니|할아버지|언니|이모|고모|삼촌)"
)
_OF_ELDERS = ("아바이", "아매", "할머니", "할아버지", "언니", "아지미")
_INSIDE = re.compile(rf"({any_of((*KOREAN_ROLES, *_OF_ELDERS))})$")
_ENGLISH_KIN = re.compile(
    r"\b((?:elder|older|younger|little|big)?\s?(?:sister|brother)|mother|father|daughter|son|husband|wife|aunt|uncle|cousin|niece|nephew"
    r"|grandmother|grandfather|friend|neighbou?r|broker|guard|officer|pastor|missionary|interpreter|cellmate)[,:]?\s+(?:mr\.?\s|mrs\.?\s)?$",
    re.IGNORECASE,
)
_CHINESE_KIN = re.compile(
    r"(妈妈|母亲|爸爸|父亲|哥哥|弟弟|姐姐|妹妹|丈夫|老公|妻子|儿子|女儿|奶奶|爷爷"
    r"|叔叔|舅舅|阿姨|姑姑|朋友|邻居|牧师|中介|翻译)(?:叫|是)?$"
)

_OWN_NAME = re.compile(
    r"(?:(?<![가-힣])(?:제|내|저의|나의)\s?(?:본래\s|진짜\s)?(?:이름|본명|실명)(?:은|이|는|도)?\s(?:원래\s)?"
    r"|\bmy\s(?:real\s|full\s)?name\s(?:is|was)\s|我(?:的名字|的真名|本名|的本名)?[叫是])[\"'“‘]?$",
    re.IGNORECASE,
)
"""Before the narrator's own name: 제 이름은."""
_MILITARY = re.compile("사단|군단|여단|려단|연대|련대|부대|대대|중대|소대|경비대|훈련소")
_CIVIL = re.compile(
    "공장|광산|탄광|갱|직장|작업반|농장|목장|기업소|사업소|병원|학교|대학|상점|식당|회사|교회|인민반|분조|기$|[厂矿场期]"
)
"""What stands in the names of workplaces and schools, that have numbers as units of an army do: 무산광산 9갱."""


class Generalising:
    def __init__(self, provinces: Mapping[str, tuple[Province, str]]) -> None:
        """`provinces` gives for the Hangul name of a place its province and whether it is a "city" or a "town"."""
        self._provinces = provinces

    def suggest(self, type_: EntityType, said: str, before: str, after: str, language: str) -> Suggestion:
        """For `said`, which stands between `before` and `after` in a text of that language (ko, en, zh; others as en)."""
        at = _LANGUAGES.index(language) if language in _LANGUAGES else _spoken_in(said + before + after)
        if type_ is EntityType.PERSON:
            if _OWN_NAME.search(before):
                return Suggestion({Profile.PUBLIC.value: f"[{_WORDS['narrator'][at]}]"}, _WORDS["narrator"][at])
            relation = _relation(said, before, after)
            return _numbered(relation or _WORDS["PERSON"][at], relation)
        if type_ is EntityType.DATE:
            return _date(said, at)
        if type_ is EntityType.AGE:
            return _age(said, at)
        if type_ in (EntityType.PLACE, EntityType.FACILITY):
            return self._place(type_, said, at)
        if type_ is EntityType.CODE:
            is_phone = len(re.findall(r"\d|[공영일이삼사오육륙칠팔구一二三四五六七八九零]", said)) in range(9, 15)
            return _numbered(_WORDS["phone" if is_phone else "CODE"][at])
        if type_ is EntityType.ORG:
            return _numbered(_WORDS["unit" if _is_military(said) else "work"][at])
        return _numbered(_WORDS[type_.value][at])

    def _place(self, type_: EntityType, said: str, at: int) -> Suggestion:
        found = self._province_of(said)
        kind = _WORDS["FACILITY"][at] if type_ is EntityType.FACILITY else ""
        if found is None:
            return _numbered(kind or _WORDS["PLACE"][at])
        province, size = found
        name = _WORDS[province.country][at] if province.rare else province.names[at]
        kind = kind or _WORDS["place" if province.rare else size][at]
        text = f"[{name}{kind} {{n}}]" if at == _LANGUAGES.index("zh") else f"[{name} {kind.lower() if at else kind} {{n}}]"
        precise = f"[{province.names[at]}{'' if at == _LANGUAGES.index('zh') else ' '}{kind} {{n}}]"
        texts = {Profile.PUBLIC.value: text}
        if precise.lower() != text.lower():
            texts[Profile.COURT.value] = precise
        return Suggestion(texts, "", province.names[0])

    def _province_of(self, said: str) -> tuple[Province, str] | None:
        stem = said
        for kind in FACILITY_KINDS:
            stem = stem.removesuffix(kind).strip()
        for form in (stem, re.sub(r"(?:특별시|시|군|구역|현|진|읍)$", "", stem), stem.split(" ")[0]):
            if form in self._provinces:
                return self._provinces[form]
        return None


def _is_military(said: str) -> bool:
    return bool(_MILITARY.search(said)) or (bool(re.search(r"\d", said)) and not _CIVIL.search(said))


def _spoken_in(text: str) -> int:
    if re.search("[가-힣]", text):
        return 0
    return 2 if any(map(is_han, text)) else 1


def _numbered(kind: str, relation: str = "") -> Suggestion:
    return Suggestion({Profile.PUBLIC.value: f"[{kind} {{n}}]"}, relation)


def _relation(said: str, before: str, after: str) -> str:
    """What the words beside a name say that its bearer is: 여동생, 보위원, brother."""
    for pattern, text in ((_INSIDE, said), (_BEFORE, before), (_ENGLISH_KIN, before), (_CHINESE_KIN, before)):
        found = pattern.search(text)
        if found:
            return " ".join(found.group(1).split())
    found = _AFTER.match(after)
    return found.group(1) if found else ""


def _date(said: str, at: int) -> Suggestion:
    year, month = spoken_numbers.year(said), spoken_numbers.month(said)
    season = _SEASONS[(month - 3) % 12 // 3][at] if month else ""
    if year is None:
        return Suggestion({Profile.PUBLIC.value: f"[{season}]"}) if season else _numbered(_WORDS["DATE"][at])
    decade, late = year // 10 * 10, year % 10 >= 5
    public = (f"{decade}년대 {season}", f"{season} of the {decade}s", f"{decade}年代{season}")[at] if season else ""
    whole = (f"{decade}년대", f"the {decade}s", f"{decade}年代")[at]
    half = (
        f"{decade}년대 {'후반' if late else '초반'}",
        f"the {'late' if late else 'early'} {decade}s",
        f"{decade}年代{'后期' if late else '前期'}",
    )[at]
    return Suggestion({Profile.PUBLIC.value: f"[{public.strip() or whole}]", Profile.PARTNER.value: f"[{half}]"})


def _age(said: str, at: int) -> Suggestion:
    years = spoken_numbers.age(said)
    if years is None:
        return _numbered(_WORDS["AGE"][at])
    first = years // 5 * 5
    if first < 10:
        text = ("10세 미만", "under 10", "不到10岁")[at]
    else:
        half = ("초반", "후반")[first % 10 // 5]
        text = (f"{first // 10 * 10}대 {half}", f"{first}–{first + 4}", f"{first}–{first + 4}岁")[at]
    return Suggestion({Profile.PUBLIC.value: f"[{text}]"})
