"""Chinese from one script into the other, by OpenCC: the dictionaries of letters and phrases that come with it, no network.

https://github.com/BYVoid/OpenCC (Apache-2.0). Traditional is as it is written in Taiwan; no word is exchanged for another one.
"""

import unicodedata
from functools import cached_property
from typing import Any

from oralhistory.domain.chinese import ChineseScript

_TABLES = {ChineseScript.SIMPLIFIED: "t2s", ChineseScript.TRADITIONAL: "s2tw"}


class ChineseWriter:
    def __init__(self, script: ChineseScript) -> None:
        """`script`: SIMPLIFIED or TRADITIONAL."""
        self._script = script

    @property
    def made_by(self) -> str:
        """What converts, for the record of a draft."""
        import opencc

        return f"{self._script} (OpenCC {opencc.__version__})"

    def convert(self, text: str) -> str:
        """NFC; letters that both scripts share, and other languages', stay as they are."""
        return unicodedata.normalize("NFC", self._tables.convert(text))

    @cached_property
    def _tables(self) -> Any:
        from opencc import OpenCC

        return OpenCC(_TABLES[self._script])
