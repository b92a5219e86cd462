"""Numbers and addresses that lead straight to a person: phones, identity numbers, passports, accounts, e-mail, messengers.

Digits may be spoken: 공일공 일이삼사, 공일공에 삼칠칠이, one three five, 幺三五. A short number is proposed only where the words
beside it say what it is (a prisoner's number, a number of a permit); dates and ages have detectors of their own.
"""

import re
from collections.abc import Iterator, Mapping

from oralhistory.anonymise.detectors.finding import Passage
from oralhistory.anonymise.detectors.scored import Scored
from oralhistory.domain.redaction import EntityType, Finding, IdentifierClass

_SPOKEN = "[공영일이삼사오육륙칠팔구]"
_SINO_DIGIT = "[공영일이삼사오육륙칠팔구십백천]"
_SPOKEN_GROUPS = (
    rf"(?<![가-힣]){_SPOKEN}{{2,4}}(?:국에|국|에|의|다시)?[\s,.-]*(?:{_SPOKEN}{{2,4}}(?:국에"
    rf"|국|에|의|다시)?[\s,.-]+)+{_SPOKEN}{{3,4}}"
)
_FROM_TWO = "[이삼사오육륙칠팔구]"
_SINO_HUNDREDS = rf"(?:{_FROM_TWO}?천\s?)?{_FROM_TWO}?백\s?(?:{_FROM_TWO}?십\s?)?[일이삼사오육륙칠팔구]?"
_ENGLISH_DIGIT = r"(?:zero|oh|one|two|three|four|five|six|seven|eight|nine|double|triple)"
_PROVINCE = r"(?:함북|함남|량강|양강|평북|평남|자강|황북|황남|강원|평양|개성|남포|라선)"
_MESSENGER = (
    r"(?:위챗|위쳇|웨이신|카톡|카카오톡|라인|텔레그램|왓츠앱|아이디|wechat"
    r"|weixin|kakao(?:talk)?|telegram|whatsapp|微信号?|qq号?)"
)
_NUMBER_WORD = r"(?:번호|수번|번호표|군번|학번|사번|끝자리|뒷자리|앞자리|뒷번호|끝번호|비번)(?:\s?(?:뒤|앞|끝))?"
_ON_PLATES = "가나다라마바사아자허하호거너더러머버서어저고노도로모보소오조구누두루무부수우주배"
"""Syllables between the numbers of a Korean number plate."""
_PROVINCES_ON_PLATES = "京津沪渝冀豫云辽黑湘皖鲁新苏浙赣鄂桂甘晋蒙陕吉闽贵粤青藏川宁琼滬雲遼魯蘇贛晉陝閩貴粵寧瓊"
_CHINESE_PLATES_IN_HANGUL = "길료요흑로노기예진경호소절환민월계운천감몽섬녕상악감신"
"""The same as Koreans read them: 길H 3T672."""
_SUM = r"\s?(?:(?:원|위안|달러|엔화|명)(?![래칙인찰령단])|(?:won|yuan|dollars)(?![a-z'’])|[元块人])"
"""Of money or of people; not 엔 alone, which is a particle as well, and not 원래, 명찰."""
_DOOR = r"(?:building|bldg|apartment|apt|flat|room)"
_PATTERNS: Mapping[str, tuple[tuple[float, str], ...]] = {
    r"\d{4}": (
        (0.9, rf"(?<!\d)\d{{2,3}}\s?[{_ON_PLATES}]\s?\d{{4}}(?!\d)"),
        (0.85, r"(?<![a-z0-9])[a-z]{1,2}\d{3,4}\s\d{4}(?!\d)"),
        (0.97, r"(?<!\d)\d{6}\s?-\s?[0-9]\d{6}(?!\d)"),
        (0.9, r"(?<!\d)\d{6}\s?-\s?[1-8](?:[\d*x]{0,6})(?!\d)"),
        (0.95, r"(?<!\d)\d{17}[\dx](?![\da-z])"),
        (0.95, r"(?<!\d)0\d{1,2}[\s.)-]{0,2}\d{3,4}[\s.-]{0,2}\d{4}(?!\d)"),
        (0.9, r"(?<!\d)1[3-9]\d[\s.-]?\d{4}[\s.-]?\d{4}(?!\d)"),
        (0.85, r"(?<![a-z0-9])[a-z]{1,2}\s?\d{7,8}(?!\d)|(?<![a-z0-9])[a-z]\d{3}[a-z]\d{4}(?!\d)"),
        (0.6, rf"(?<![a-z\d])(?<!\d[.,])\d{{6,}}(?!\d|[.,]\d|{_SUM})"),
        (0.7, r"(?<![\d.,])\d{8,}(?!\d)"),
        (0.8, r"(?<![\d.])\d{3,4}\s\d{4}\s\d{4}(?!\d)"),
        (0.85, rf"{_PROVINCE}\s?(?:제\s?)?\d{{4,8}}\s?호?"),
        (0.8, r"제\s?\d{5,8}\s?호"),
    ),
    r"0\d": (
        (0.9, r"(?<!\d)0\d{2}(?:[\s.-]\d{1,4}){2,4}(?!\d)"),
        (0.85, r"(?<!\d)0\d{1,2}\s?(?:국에|에|의|다시)(?:\s?\d{3,4}(?:국에|에|의|다시|번)?)+(?:\s?\d{1,4})?(?!\d)"),
    ),
    r"\d\s?번|제\s?\d": (
        (0.6, r"제\s?\d{3,4}\s?호(?!\s?(?:관리소|교화소|농장|초소|차|실|부대|공장))"),
        (0.6, r"(?<!\d)\d{3,5}\s?번(?=\s?(?:이라|나와|나오|죄수|수인|이였|이었|으로\s?불|하고\s?불|아\s|,))"),
    ),
    r"\d[\s-]?\d[\s-]?\d[\s-]?\d": (
        (0.85, r"(?<![a-z0-9])[a-z]{1,2}\s?(?=(?:[\s-]?\d){7,9}(?![\d]))\d[\d\s-]*\d"),
        (0.8, r"(?<!\d)(?<!\d[.,])(?=(?:[\s-]?\d){9,}(?!\d))\d{2,}(?:[\s-]\d{2,}){1,5}(?!\d)"),
        (0.85, r"(?<![\d-])\d{2,6}-\d{2,6}-\d{2,8}(?:-\d{1,6})?(?![\d-])"),
    ),
    rf"[{_PROVINCES_ON_PLATES}{_CHINESE_PLATES_IN_HANGUL}]\s?[a-z]": (
        (0.9, rf"[{_PROVINCES_ON_PLATES}]\s?[a-z]\s?[·.-]?\s?(?=[a-z\d]*\d)[a-z\d]{{5,6}}(?![a-z\d])"),
        (0.8, rf"(?<![가-힣])[{_CHINESE_PLATES_IN_HANGUL}]\s?[a-z]\s?[·.-]?\s?(?=[a-z\d]*\d)[a-z\d]{{5,6}}(?![a-z\d])"),
    ),
    r"\d[\s,.-]{1,2}\d": (
        (0.8, r"(?<!\d)\d{1,2}(?:[\s,.-]{1,2}\d{1,2}){6,}(?!\d)"),
    ),
    "호|번지": (
        (0.8, r"(?<!\d)\d{1,3}\s?단지\s?\d{2,4}\s?동\s?\d{2,4}\s?호|(?<!\d)\d{1,4}\s?동\s\d{2,4}\s?호"),
        (0.75, r"(?<!\d)\d{1,3}\s?(?:인민)?반\s?\d{1,4}\s?호(?!실|차)"),
        (0.75, r"(?<!\d)\d{1,4}동\s?\d{2,4}호|(?<![\d가-힣])\d{1,5}(?:-\d{1,4})?\s?번지"),
    ),
    r"\+": (
        (0.95, r"(?:\+\s?\d{1,3}[\s.-]?)(?:\(?\d{1,4}\)?[\s.-]?){2,5}\d{2,4}(?!\d)"),
    ),
    _DOOR: (
        (0.7, rf"(?<![a-z]){_DOOR}\.?\s(?:no\.?\s|number\s)?\d{{1,5}}(?:,?\s{_DOOR}\.?\s?\d{{1,5}})?(?!\d)"),
    ),
    "[号號栋棟单單弄]": (
        (0.7, r"\d{1,4}\s?(?:[号號][楼樓院]|[栋棟]|[单單]元|弄)(?:\s?\d{1,4}\s?(?:[单單]元|室|[号號]|[层層])?)*"),
    ),
    r"[a-z][\d._]": (
        (0.7, r"(?<![a-z0-9])[a-z]{3,}[._]?\d{3,}(?![a-z0-9])|(?<![a-z0-9._@])[a-z]+(?:_[a-z0-9]+)+(?![a-z0-9_])"),
    ),
    "@": (
        (0.98, r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+"),
    ),
    r"://|www\.": (
        (0.9, r"(?:https?://|www\.)[^\s,]+"),
    ),
    "wxid_": (
        (0.9, r"(?<![\w])wxid_\w+"),
    ),
    rf"{_SPOKEN}\s?-?\s?{_SPOKEN}": (
        (0.85, rf"(?:{_SPOKEN}\s?-?\s?){{6,}}{_SPOKEN}(?=[^년월]|$)"),
    ),
    f"{_SPOKEN}{{2}}": (
        (0.85, _SPOKEN_GROUPS),
    ),
    "공일": (
        (0.85, (rf"(?<![가-힣])공일[공일육칠팔구](?:국에|국|에|의|다시)?"
                rf"(?:[\s,.-]*{_SINO_DIGIT}{{2,7}}(?:국에|국|에|의|다시)?){{2}}")),
    ),
    r"반\s": (
        (0.75, r"(?<![가-힣])[일이삼사오육륙칠팔구십백]{1,5}\s?(?:인민)?반\s[일이삼사오육륙칠팔구십]{1,3}\s?호(?!실|차)"),
    ),
    r"동\s": (
        (0.75, rf"(?<![가-힣]){_SINO_DIGIT}{{1,4}}\s?동\s{_SINO_DIGIT}{{1,6}}\s?호(?!실|차)"),
    ),
    r"백": (
        (0.6, rf"(?<![가-힣]){_SINO_HUNDREDS}\s?번(?=\s?(?:이라|나와|나오|죄수|수인|이였|이었|으로\s?불|하고\s?불|,))"),
    ),
    rf"{_ENGLISH_DIGIT}[\s,-]": (
        (0.85, rf"(?<![a-z])(?:plus[\s,-]+)?{_ENGLISH_DIGIT}(?:[\s,-]+{_ENGLISH_DIGIT}){{5,}}(?![a-z])"),
    ),
    "[零〇一二三四五六七八九幺两]": (
        (0.85, r"[零〇一二三四五六七八九幺两](?:\s?[零〇一二三四五六七八九幺两]){6,}"),
    ),
}  # fmt: skip
_AFTER_NUMBER_WORD = re.compile(
    rf"{_NUMBER_WORD}(?:가|는|도|를|이|은)?\s?[:,]?\s?((?:no\.?\s?|[가-힣]\s?-\s?|[가-힣]자?\s)?\d{{2,8}}|[a-z]?{_SPOKEN}{{3,}}|{_SINO_DIGIT}{{2,}}만?(?:\s{_SINO_DIGIT}{{2,}})+|{_SINO_DIGIT}{{3,}}만?(?:\s?{_SINO_DIGIT}{{2,}})?)(?=번|호|[^가-힣\d]|[이였로입임예인라]|$)"
)
_AFTER_MESSENGER = re.compile(rf"(?<![a-z]){_MESSENGER}(?![a-z])[^a-z\d]{{0,12}}((?=[\w.-]*[\d_a-z])[a-z][\w.-]{{3,}})")
_PRISONER = re.compile(
    r"(?:prisoner|number|no\.|inmate)\s(?:number\s|no\.\s)?(?:(?:was|is)\s)?(?:only\s)?(\d{2,6})(?!\d)"
    r"|号码?是?\s?(\d{2,6})(?!\d)"
    r"|号码?[是叫]\s?([零〇一二三四五六七八九十百]{2,6})号?(?![岁年月天])"
)


_SEEN_THROUGH = dict.fromkeys(map(ord, "\u200c\u200d"), " ")
"""Joiners, which stay in a text because some scripts are spelled with them: between digits they part no number."""


class Codes:
    name = "codes"

    def __init__(self) -> None:
        self._scored = Scored(_PATTERNS)

    def find(self, passage: Passage) -> Iterator[Finding]:
        plain = passage.plain.translate(_SEEN_THROUGH)
        for score, match in self._scored.matches(plain):
            said = match.group().rstrip(" .,-")
            if said:
                yield _code(match.start(), match.start() + len(said), score)
        for announced in (_AFTER_NUMBER_WORD, _AFTER_MESSENGER, _PRISONER):
            for match in announced.finditer(plain):
                group = next(i for i, said in enumerate(match.groups(), start=1) if said is not None)
                if match.group(group).strip():
                    yield _code(*match.span(group), 0.8)


def _code(start: int, end: int, score: float) -> Finding:
    return Finding(start, end, EntityType.CODE, IdentifierClass.DIRECT, score)
