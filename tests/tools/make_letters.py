"""Make `resources/gazetteer/letters_chinese.json`: which simplified character stands for a traditional one, by OpenCC's table.

One for one, and both among the 20,992 characters of Unicode's first block. Left out are those that simplified texts write as
well: what the national standard GB 2312 has, but for two that nobody writes any more, and what came back for names (昇).
"""

import json
from pathlib import Path

from opencc import OpenCC

TARGET = Path(__file__).resolve().parents[2] / "resources" / "gazetteer" / "letters_chinese.json"
HAN = range(0x4E00, 0xA000)
GONE = frozenset("後於")
CAME_BACK = frozenset("昇堃淼犇甦喆")
NOTE = (
    "Traditional Chinese characters and, at the same place of the second string, the simplified one of each. Drawn from the table"
    " of characters of OpenCC 1.4.2 (Apache License 2.0, Carbo Kuo and contributors), without those that simplified texts write"
    " as well."
)


def main() -> None:
    table = OpenCC("t2s")
    pairs = [(old, table.convert(old)) for old in map(chr, HAN)]
    chosen = [(old, new) for old, new in pairs if old != new and _is_one(new) and not _is_simplified_too(old)]
    traditional, simplified = ("".join(letters) for letters in zip(*chosen, strict=True))
    content = {"note": NOTE, "traditional": traditional, "simplified": simplified}
    TARGET.write_text(json.dumps(content, ensure_ascii=False, indent=1) + "\n", "utf-8")


def _is_one(said: str) -> bool:
    return len(said) == 1 and ord(said) in HAN


def _is_simplified_too(letter: str) -> bool:
    if letter in GONE:
        return False
    try:
        letter.encode("gb2312")
    except UnicodeEncodeError:
        return letter in CAME_BACK
    return True


if __name__ == "__main__":
    main()
