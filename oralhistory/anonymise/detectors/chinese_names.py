"""Names in Chinese characters where the sentence says that a name comes: 我叫李明, 名字是…, 叫王芳的女人, 王先生.

Without such a cue three characters are not taken for a name.
"""

import re
from collections.abc import Iterator

from oralhistory.anonymise.detectors.finding import Finding
from oralhistory.anonymise.hangul import is_han
from oralhistory.anonymise.wordlists import GivenNames
from oralhistory.domain.redaction import EntityType, IdentifierClass

_CUES = re.compile(
    r"名字(?:叫|是)|本名(?:叫|是)?|姓名是?|叫做|(?<![大喊吼把被让叫])叫|我是|她是|他是"
    r"|丈夫|老公|哥哥|弟弟|姐姐|妹妹|儿子|女儿|朋友|姓(?!名)"
)
_TITLES = re.compile(r"先生|女士|小姐|老师|大姐|大哥|阿姨|叔叔|老板|同志|主任|所长|医生")
_ENDS_A_NAME = frozenset("的来來是在和了有说說住从從他她我你们們那被把就也不到给給对對跟与與去过過会會要想很都还還")
_LONGEST_GIVEN = 2


class ChineseNames:
    name = "chinese_names"

    def __init__(self, names: GivenNames) -> None:
        self._surnames = names.chinese_surnames

    def find(self, text: str) -> Iterator[Finding]:
        for cue in _CUES.finditer(text):
            end = self._name_end(text, cue.end())
            if end is not None:
                score = 0.9 if "叫" in cue.group() or "名" in cue.group() else 0.6
                yield Finding(cue.end(), end, EntityType.PERSON, IdentifierClass.DIRECT, score)
        for title in _TITLES.finditer(text):
            for length in (3, 2, 1):
                start = title.start() - length
                if start >= 0 and self._name_end(text, start, allow_bare=True) == title.start():
                    yield Finding(start, title.start(), EntityType.PERSON, IdentifierClass.DIRECT, 0.7)
                    break

    def _name_end(self, text: str, start: int, allow_bare: bool = False) -> int | None:
        """Where a name that starts at `start` ends: surname and up to two characters that no sentence goes on with."""
        surname = next((n for n in (2, 1) if text[start : start + n] in self._surnames), 0)
        if not surname:
            return None
        end = start + surname
        while end < len(text) and end - start - surname < _LONGEST_GIVEN and _belongs(text, end):
            end += 1
        return end if end > start + surname or allow_bare or text[start - 1 : start] == "姓" else None


def _belongs(text: str, at: int) -> bool:
    return is_han(text[at]) and text[at] not in _ENDS_A_NAME and not _TITLES.match(text, at)
