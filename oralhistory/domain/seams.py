"""What stands between two texts that become one: what was cut and joined again reads as before."""

_ENDING = frozenset(".,?!:;)]}%”’。，、！？：；）】》」』")
_CHINESE = frozenset("。，、！？：；（）【】《》「」『』“”")
_ELLIPSIS = ".."
"""What begins so is no end of a sentence: somebody goes on after a silence."""


def seam(before: str, after: str) -> str:
    """A space between two texts; nothing before a mark that ends something, within Chinese, or beside an empty text."""
    if not before or not after:
        return ""
    ends = after[0] in _ENDING and not after.startswith(_ELLIPSIS)
    return "" if ends or (_unspaced(before[-1]) and _unspaced(after[0])) else " "


def _unspaced(letter: str) -> bool:
    """Written without spaces: a Han character (those of Unicode's first block) or a mark of Chinese writing."""
    return "\u4e00" <= letter <= "\u9fff" or letter in _CHINESE
