"""Ages: 스물세 살, 스물셋에, 23세, aged twenty-three, when I was nine, 二十三岁; and the animal of a year of birth (토끼띠)."""

from collections.abc import Iterator, Mapping

from oralhistory.anonymise.detectors.finding import Passage
from oralhistory.anonymise.detectors.scored import Scored
from oralhistory.domain.redaction import EntityType, Finding, IdentifierClass

_HIGH_TENS = r"(?:스물|서른|마흔|쉰|예순|일흔|여든|아흔)"
_NATIVE_TENS = rf"(?:열|스무|{_HIGH_TENS})"
_NATIVE_ONES = r"(?:하나|둘|셋|넷|한|두|세|네|다섯|여섯|일곱|여덟|아홉)"
_FULL_ONES = r"(?:하나|둘|셋|넷|다섯|여섯|일곱|여덟|아홉)"
_NATIVE = rf"(?:{_NATIVE_TENS}\s?{_NATIVE_ONES}?|{_NATIVE_ONES})"
_SINO = r"(?:[이삼사오육칠팔구]?십\s?[일이삼사오육칠팔구]?|[일이삼사오육칠팔구])"
_OF_AN_AGE = (
    r"(?=에(?:\s|[가-힣]|[.,]|$)|이(?:었|였|고|구|던|더|라|래|랬|며|니|네|에|오|요|야|여|메|면|지|죠|잖|거|다|ㄴ|\s)|인(?:데|가|지|걸|디|\s)|임다|임까|입니다|입데다"
    r"|이\s?(?:되|된|넘)|을\s?(?:먹|넘)|은\s?(?:넘|됐|되)|두?\s?(?:안\s?[되됐]|못\s?[되됐])"
    r"|\s?먹|\s?난\s|\s?나던|\s?나는\s해|\s?된\s|\s?됐|\s?되던|때|살|쯤|밖에|짜리|배기|에서|부터|까지|[,.]|$)"
)
_UNDER_TEN = "(?:one|two|three|four|five|six|seven|eight|nine)"
_TEENS = "(?:ten|eleven|twelve|thirteen|fourteen|fifteen|sixteen|seventeen|eighteen|nineteen)"
_TENS = rf"(?:(?:twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety)(?:[\s-]{_UNDER_TEN})?)"
_ENGLISH = rf"(?:\d{{1,2}}|{_TENS}|{_TEENS}|{_UNDER_TEN})"
_OVER_NINE = rf"(?:[1-9]\d|{_TENS}|{_TEENS})"
_ENDS = r"(?=\s?(?:[.,;:!?]|when\b|at\b|then\b|and\b|that\b|by\b|already\b|now\b|in\b|$))"
_ANIMALS = "(?:쥐|소|범|호랑이|토끼|룡|용|뱀|말|양|원숭이|잔나비|닭|개|돼지)"
_SUCH = r"(?:홀아비|홀애비|총각|로총각|노총각|과부|처녀|먹은|난\s|된\s|되던|짜리)"
_THEN = r"(?=[,.;!?]|\s(?:now|and|when|in\skorean)\b|$)"
_PATTERNS: Mapping[str, tuple[tuple[float, str], ...]] = {
    r"\d\s?[살세歲岁]": (
        (0.9, r"(?<!\d)\d{1,3}\s?(?:살|세(?![가-힣]{3})|歲|岁)"),
    ),
    "살": (
        (0.9, rf"(?<![가-힣])(?:만\s?)?{_NATIVE}\s?살"),
        (0.7, (r"(?<![가-힣])(?:한두|두세|두서너|서너|너댓|네댓|네다섯|대여섯"
               r"|예닐곱|일고여덟|일여덟|여덟아홉|여남은|열댓|열두어|열두세"
               r"|열서너|열대여섯|열예닐곱|스무남은|스물댓|스물두어)\s?살")),
    ),
    "열|스무|스물|서른|마흔|쉰|예순|일흔|여든|아흔": (
        (0.6, rf"(?<![가-힣])(?:만\s?)?{_NATIVE_TENS}\s?{_FULL_ONES}(?=\s{_SUCH})"),
        (0.65, rf"(?<![가-힣])(?:만\s?)?{_NATIVE_TENS}\s?{_FULL_ONES}{_OF_AN_AGE}"),
        (0.55, (rf"(?<![가-힣])(?:만\s?)?{_HIGH_TENS}(?=에(?:\s|[.,]|도|는)|이\s?(?:넘"
               rf"|되|된|됐|돼|다)|이(?:었|였|라|던|더|고|지)|인(?:데|가|지)|을\s?(?:넘|바라)|살|도\s?안|\s?안팎|\s(?:된|됐|되던|나던|넘은|넘긴|가까이))")),
    ),
    "세": (
        (0.85, rf"(?<![가-힣])(?:만\s?)?{_SINO}\s?세(?=에|가|때|였|이|의|[\s.,]|$)"),
    ),
    "십|[2-9]0": (
        (0.5, (r"(?<![가-힣])(?:[이삼사오육륙칠팔구]십|[2-9]0)\s?"
              r"(?:대(?=[에의였초중후]|\s(?:초|중|후|남|여|녀)|는|가\s|로\s|이[에고였])|줄(?=에|이))")),
    ),
    "돌": (
        (0.5, rf"(?<![가-힣])(?:첫|{_NATIVE_ONES})\s?돌(?=이|도|을|때|잔치|지나|\s(?:지|되|된|때|잔치))"),
    ),
    "나이": (
        (0.7, (rf"(?:(?<=나이\s)|(?<=나이르\s)|(?<=나이가\s)|(?<=나이는\s)|(?<=나이도\s)"
              rf"|(?<=나이로\s))(?:만\s?)?(?:{_NATIVE_TENS}\s?{_FULL_ONES}?|\d{{1,2}})")),
    ),
    "띠": (
        (0.6, rf"(?<![가-힣]){_ANIMALS}띠(?=입니다|임다|이[라고에었였니]|예요|여서|라[고서]|[은는가를도의]|[\s.,]|$)"),
    ),
    "환갑|회갑|진갑|칠순|팔순|구순": (
        (0.5, r"(?<![가-힣])(?:환갑|회갑|진갑|칠순|팔순|구순)(?=에|을|이|도|두|은|때|지나|넘|잔치|[\s.,]|$)"),
    ),
    "old": (
        (0.85, rf"(?<![a-z\d]){_ENGLISH}[\s-]years?[\s-]olds?(?![a-z])"),
    ),
    rf"(?:was|am|were|turned|is|i'm|just|only|of|at|age|aged)\s{_ENGLISH}": (
        (0.8, rf"(?<=\baged\s){_ENGLISH}(?![a-z\d])"),
        (0.8, rf"(?<=\bage\s){_ENGLISH}(?![a-z\d])"),
        (0.8, rf"(?<=\bage\sof\s){_ENGLISH}(?![a-z\d])"),
        (0.7, (rf"(?:(?<=\bwas\s)|(?<=\bam\s)|(?<=\bwere\s)|(?<=\bturned\s)|(?<=\bis\s)"
              rf"|(?<=\bi'm\s)|(?<=\bjust\s)|(?<=\bonly\s)){_OVER_NINE}{_ENDS}")),
        (0.6, rf"(?:(?<=\bwas\s)|(?<=\bonly\s)){_UNDER_TEN}{_ENDS}"),
        (0.7, rf"(?<=\bturned\s){_ENGLISH}(?![a-z\d-])(?!\s(?:times|days|weeks|months|people|of\b))"),
        (0.7, rf"(?:(?<=\bboy\sof\s)|(?<=\bman\sof\s)|(?<=\bgirl\sof\s)|(?<=\bwoman\sof\s)){_OVER_NINE}(?![a-z\d])"),
        (0.7, rf"(?<=\bchild\sof\s){_ENGLISH}(?![a-z\d])"),
        (0.5, rf"(?:(?<=\bwere\s)|(?<=\bis\s)|(?<=\bturned\s)){_ENGLISH}(?:\sand\s{_ENGLISH})?{_THEN}"),
        (0.6, rf"(?<=\bdied\sat\s){_OVER_NINE}(?![a-z\d])"),
    ),
    r"in\smy\s": (
        (0.6, r"(?<=\bin\smy\s)(?:early\s|mid-?\s?|late\s)?(?:twenties|thirties|forties|fifties|sixties|seventies|teens)"),
    ),
    r"\sin\skorean": (
        (0.5, rf"{_ENGLISH}(?=\sin\skorean\sage)"),
    ),
    "十": (
        (0.5, "(?<=[我他她才刚都了年在])(?:[二三四五六七]?十[一二三四五六七八九]?)(?=[，。,.]|了)"),
        (0.5, "(?<=[，,])[二三四五六七]十[一二三四五六七八九]?(?=[，,])"),
        (0.5, "(?<=[，。,])[二三四五六七]十[一二三四五六七八九]?(?=了)"),
        (0.5, "(?<=一个)[二三四]?十[一二三四五六七八九]?(?=，)"),
    ),
    "[岁歲]": (
        (0.85, r"[一二三四五六七八九十两]{1,3}\s?[岁歲]"),
    ),
}  # fmt: skip


class Ages:
    name = "ages"

    def __init__(self) -> None:
        self._scored = Scored(_PATTERNS)

    def find(self, passage: Passage) -> Iterator[Finding]:
        for score, match in self._scored.matches(passage.plain):
            yield Finding(*match.span(), EntityType.AGE, IdentifierClass.QUASI, score)
