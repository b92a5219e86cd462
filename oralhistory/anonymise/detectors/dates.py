"""Days, months and years, in digits and in words: 천구백구십칠년, 1997年, June 2009, nineteen ninety-seven.

How long something lasted (이 년, 석 달, two years) is no date and is not proposed.
"""

from collections.abc import Iterator, Mapping

from oralhistory.anonymise.detectors.finding import Passage
from oralhistory.anonymise.detectors.scored import Scored
from oralhistory.domain.redaction import EntityType, Finding, IdentifierClass

_ONES = "[일이삼사오육륙칠팔구]"
_KOREAN_YEAR = (
    rf"(?:천\s?구백\s?{_ONES}?\s?십?\s?{_ONES}?|이천\s?(?:{_ONES}?\s?십)?\s?{_ONES}?"
    rf"|일구{_ONES}{_ONES}|이공[공일이]{_ONES})"
)
_KOREAN_SHORT_YEAR = r"(?:[오육륙칠팔구]십\s?[일이삼사오육륙칠팔구]?|공\s?[일이삼사오육칠팔구])"
_KOREAN_MONTH = r"(?:1[0-2]|0?[1-9]|십이|십일|시|일|이|삼|사|오|유|류|육|륙|칠|팔|구|정|동짓|섣달)"
_NATIVE_DAY = (
    r"(?:초\s?(?:하루|이틀|사흘|나흘|닷새|엿새|이레|여드레|아흐레|열흘)|열\s?(?:하루|이틀|사흘|나흘|닷새|엿새|이레|여드레|아흐레)"
    r"|스무\s?(?:하루|이틀|사흘|나흘|닷새|엿새|이레|여드레|아흐레|날)|보름|그믐|단오|초순|중순|하순)"
)
_KOREAN_DAY = (
    rf"(?:[0-3]?\d|[이삼]?십[일이삼사오육칠팔구]?|[일이삼사오육칠팔구]|{_NATIVE_DAY})"
)
_A_DAY = rf"(?:(?:[0-3]?\d|[이삼]?십\s?[일이삼사오육칠팔구]?|[일이삼사오육칠팔구])\s?일|{_NATIVE_DAY}날?)"
_SEASON = r"(?:이른\s?|늦은?\s?|초|늦)?(?:봄|여름|가을|겨울)"
_AND_DAY = (
    rf"(?:\s?(?:음력\s?|양력\s?)?{_KOREAN_MONTH}\s?월(?:달)?(?:\s?{_A_DAY})?|\s?{_SEASON}|\s?(?:연말|년말|초|중반|말)(?=[에부까경쯤]))?"
)
_NOT_A_SPAN = r"(?!\s?(?:동안|간|만에|전에?|뒤|후|넘|정도|가까이|째|씩|반|을|이나|여))"
_MONTHS = (
    r"(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sep(?:t|tember)?|oct(?:ober)?"
    r"|nov(?:ember)?|dec(?:ember)?)\.?"
)
_UNDER_TEN = r"(?:one|two|three|four|five|six|seven|eight|nine)"
_TENS = r"(?:twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety)"
_TEENS = r"(?:ten|eleven|twelve|thirteen|fourteen|fifteen|sixteen|seventeen|eighteen|nineteen)"
_LAST_TWO = rf"(?:{_TENS}(?:[\s-]{_UNDER_TEN})?|{_TEENS}|oh[\s-]{_UNDER_TEN}|hundred)"
_ENGLISH_YEAR = (
    rf"(?:nineteen[\s-]{_LAST_TWO}|twenty[\s-](?:{_TEENS}|twenty(?:[\s-]{_UNDER_TEN})?|oh[\s-]{_UNDER_TEN})"
    rf"|two thousand(?:[\s-](?:and[\s-])?(?:{_TEENS}|{_TENS}(?:[\s-]{_UNDER_TEN})?|{_UNDER_TEN}))?)"
)
_ORDINAL = (
    r"(?:\d{1,2}(?:st|nd|rd|th)?|first|second|third|fourth|fifth|sixth|seventh|eighth|ninth|tenth|eleventh|twelfth"
    r"|(?:twenty|thirty)[\s-]?(?:first|second|third|fourth|fifth|sixth|seventh|eighth|ninth)|[a-z]{5,8}teenth|twentieth|thirtieth)"
)
_ENGLISH_OR_DIGITS = rf"(?:(?:19|20)\d\d|{_ENGLISH_YEAR})"
_CHINESE_ONE = "[一二三四五六七八九十]"
_CHINESE_NUMBER = r"[零〇一二三四五六七八九十\d]"

_DAY_BY_ITS_NAME = (
    r"(?:초|열|스무)(?:하룻|이튿|사흗|나흗|닷샛|엿샛|이렛|여드렛|아흐렛)날|(?<![가-힣])(?:사흗날|나흗날|스무날|그믐날|보름날|단옷날|동짓날)"
)
_REMEMBERED = (
    r"(?:고난의\s?행군|화폐\s?(?:개혁|교환)|올림픽|월드컵|축전|큰물|삼년상\S{0,2}\s\S{1,3}"
    r"|(?:수령|장군|대원수|김일성|김정일)님?\S{0,4}\s(?:돌아가|서거|사망|죽)\S{0,3})"
)
"""What everybody remembers, and what dates a story by it: 고난의 행군 이듬해."""
_FEAST = r"(?:설|설날|추석|단오|한식|동지|대보름|성탄절|크리스마스|태양절|광명성절)"
_CHINESE_FEAST = (
    "(?:春[节節]|元宵[节節]?|清明[节節]?|端午[节節]?|中秋[节節]?|[国國][庆慶][节節]?"
    "|三八[节節]|五一[节節]?|冬至|小年|除夕|大年三十|大年初[一二三四五六七八九十])"
)
_TWO_DIGITS = rf"(?:fifty|sixty|seventy|eighty|ninety)(?:[\s-]{_UNDER_TEN})?"
_AFTER_IN = "|".join(rf"(?<=\b{one}\s)" for one in ("in", "since", "until", "by", "of", "around", "year"))
_ENGLISH_FEAST = (
    r"(?:christmas\s(?:eve|day)|new\syear['’]?s\s(?:eve|day)|(?:the\s)?lunar\snew\syear|chuseok|the\smid-?autumn\sfestival|easter)"
)

_PATTERNS: Mapping[str, tuple[tuple[float, str], ...]] = {
    "년": (
        (0.95, rf"(?<!\d)(?:19|20)\d\d\s?년도?(?:\s?대)?{_AND_DAY}"),
        (0.95, rf"(?<![가-힣]){_KOREAN_YEAR}\s?년도?(?:\s?대)?{_AND_DAY}{_NOT_A_SPAN}"),
        (0.7, rf"(?<!\d)(?:[5-9]\d|0\d)\s?년도?생?{_AND_DAY}{_NOT_A_SPAN}"),
        (0.7, rf"(?<![가-힣]){_KOREAN_SHORT_YEAR}\s?년도?생?{_AND_DAY}{_NOT_A_SPAN}"),
        (0.5, r"(?<!\d)[1-4]\d\s?년도?(?=\s?(?:도|에|[1-9]\d?\s?월))"),
        (0.5, r"(?<![가-힣])[이삼]?십\s?[일이삼사오육칠팔구]?\s?년도?(?=\s?(?:에\s|도에|[가-힣\d]{1,2}\s?월))"),
        (0.8, rf"(?<![가-힣])(?:{_ONES}십\s?{_ONES}?|[오육륙칠팔구공영][공영일이삼사오육륙칠팔구])\s?년\s?생"),
        (0.7, r"(?<![가-힣])[오육륙칠팔구공영][공영일이삼사오육륙칠팔구]\s?년도"),
        (0.7, (rf"(?<![가-힣])[오육륙칠팔구공영][공영일이삼사오육륙칠팔구]\s?년(?=\s?(?:생|{_KOREAN_MONTH}\s?월|{_SEASON}))"
               rf"(?:\s?{_KOREAN_MONTH}\s?월(?:\s?{_A_DAY})?|\s?{_SEASON})?(?:\s?생)?")),
        (0.5, rf"(?<![가-힣])[칠팔구공영](?:{_ONES}|[공영])\s?년(?=에|도|인가|쯤|이[였던었]|부터|까지|\?|[\s,.]){_NOT_A_SPAN}"),
    ),
    "[달월]": (
        (0.9, rf"(?<![\d가-힣]){_KOREAN_MONTH}\s?월\s?{_A_DAY}"),
        (0.5, r"(?<![가-힣])(?:동짓달|섣달|정월|시월|유월)(?:\s?(?:초하루|보름|그믐))?(?=[에이은도부까\s,.])"),
        (0.6, rf"(?<![\d가-힣]){_KOREAN_MONTH}\s?월(?=\s?(?:에|달|초|말|중|초순|하순|쯤|부터|까지|이|생|도|$|[\s.,]))"),
        (0.5, r"(?<![가-힣])동지섣달"),
    ),
    "력": (
        (0.6, rf"(?<![가-힣])(?:음력|양력)\s?(?:{_KOREAN_MONTH}\s?월\s?)?(?:{_KOREAN_DAY}\s?일?)"),
    ),
    "날": (
        (0.6, rf"(?<![가-힣])(?:(?:음력|양력)\s?)?(?:{_KOREAN_MONTH}\s?월\s?)?(?:{_DAY_BY_ITS_NAME})"),
        (0.4, rf"(?<![가-힣]){_FEAST}\s?(?:전날|다음\s?날|이튿날|날\s?(?:아침|저녁|밤|새벽))"),
    ),
    "주체": (
        (0.9, rf"주체\s?(?:\d{{2,3}}|[일이삼사오육칠팔구십백\s]{{2,6}})\s?년도?{_AND_DAY}"),
    ),
    "작년|지난해|그러께|올해|금년": (
        (0.5, (rf"(?<![가-힣])(?:재재작년|재작년|지지난해|지난해|작년|그러께|올해|금년)\s?"
               rf"(?:{_KOREAN_MONTH}\s?월(?:\s?{_A_DAY})?"
               rf"|{_SEASON}|동짓달|섣달|정월|{_FEAST})(?:\s(?:{_A_DAY}|{_DAY_BY_ITS_NAME}))?")),
    ),
    "고난|화폐|올림픽|월드컵|축전|큰물|삼년상|수령|장군|대원수|김일성|김정일": (
        (0.5, rf"(?<![가-힣]){_REMEMBERED}\s?(?:이듬해|전해|다음\s?해|해|(?:하|나|있|끝나|열리)던\s?해|난\s?해)"),
    ),
    r"19\d|20\d": (
        (0.9, r"(?<!\d)(?:19|20)\d\d\s?[-./]\s?\d{1,2}(?:\s?[-./]\s?\d{1,2})?(?!\d)"),
        (0.85, r"(?<![\d.,-])(?:19[2-9]\d|20[0-4]\d)(?:s|'s)?(?![\d,.-]*\d)(?!\s?(?:년|年|원|위안|달러|명|won|yuan|dollars))"),
    ),
    r"\d[./]\d": (
        (0.9, r"(?<!\d)\d{1,2}[./]\d{1,2}[./](?:19|20)?\d\d(?!\d)"),
    ),
    "['’]": (
        (0.7, r"(?<![\w’'])['’][5-9]\d(?!\d)|(?<![\w’'])['’][01]\d(?![\d])"),
    ),
    "jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec|spring|summer|autumn|fall|winter": (
        (0.85, (rf"(?<![a-z])(?:the\s)?(?:early\s|late\s|mid-?\s?)?(?:spring|summer|autumn|fall"
               rf"|winter|{_MONTHS})\s(?:of\s|in\s)?{_ENGLISH_OR_DIGITS}(?![a-z\d])")),
        (0.9, rf"(?<![a-z])(?:{_ORDINAL}\s(?:of\s)?{_MONTHS}|{_MONTHS}\s{_ORDINAL})(?:,?\s{_ENGLISH_OR_DIGITS})?(?![a-z])"),
        (0.85, rf"(?<![a-z]){_MONTHS}\s(?:of\s)?{_ENGLISH_OR_DIGITS}(?![a-z])"),
        (0.6, rf"(?:(?<=\bin\s)|(?<=\bof\s)|(?<=\bby\s)|(?<=\bsince\s)|(?<=\blast\s)){_MONTHS}(?![a-z])"),
    ),
    "early|late|mid": (
        (0.7, rf"(?<![a-z])(?:early|late|mid)[\s-](?:{_MONTHS}|{_ENGLISH_OR_DIGITS}s?)(?![a-z\d])"),
    ),
    "nineteen|twenty|two thousand": (
        (0.9, rf"(?<![a-z]){_ENGLISH_YEAR}(?![a-z])(?!\s(?:won|yuan|dollars|people|kilomet|years|days))"),
    ),
    _TWO_DIGITS: (
        (0.6, rf"(?:{_AFTER_IN}){_TWO_DIGITS}(?![a-z%])(?!\s(?:percent|per|people|days|years|minutes|kilo|yuan|won|dollars|of))"),
    ),
    r"(?:spring|summer|autumn|winter)\sof\s": (
        (0.5, (r"(?<![a-z])(?:early\s|late\s)?(?:spring|summer|autumn|winter)\sof\s"
               r"(?:that|the\s(?:same|next|following))(?:\syear)?")),
    ),
    r"christmas|new\syear|chuseok|festival|easter": (
        (0.5, rf"(?<![a-z]){_ENGLISH_FEAST}(?![a-z])(?:\s(?:of\s)?{_ENGLISH_OR_DIGITS})?"),
    ),
    "[月年]": (
        (0.8, (f"(?:[正腊臘冬]月|[闰閏]?{_CHINESE_ONE}{{1,2}}月)(?:初|廿)?{_CHINESE_ONE}{{1,3}}"
               "(?![岁歲个個斤块塊元万萬千百年月])")),
        (0.95, rf"{_CHINESE_NUMBER}{{4}}\s?年(?:\s?{_CHINESE_NUMBER}{{1,3}}\s?月(?:\s?{_CHINESE_NUMBER}{{1,3}}\s?[日号號])?)?"),
        (0.7, rf"[零〇五六七八九]{_CHINESE_NUMBER}\s?年(?![前后後])(?:[春夏秋冬]天?|年?[底初末])?"),
        (0.85, rf"{_CHINESE_NUMBER}{{1,3}}\s?月\s?{_CHINESE_NUMBER}{{1,3}}\s?[日号號]"),
        (0.6, rf"(?<!个){_CHINESE_NUMBER}{{1,2}}月(?!\s?{_CHINESE_NUMBER})"),
    ),
    _CHINESE_FEAST: (
        (0.5, f"{_CHINESE_FEAST}(?:前后|前一天|第二天|那天)?"),
    ),
}  # fmt: skip


class Dates:
    name = "dates"

    def __init__(self) -> None:
        self._scored = Scored(_PATTERNS)

    def find(self, passage: Passage) -> Iterator[Finding]:
        for score, match in self._scored.matches(passage.plain):
            yield Finding(*match.span(), EntityType.DATE, IdentifierClass.QUASI, score)
