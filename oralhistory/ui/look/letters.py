"""Which fonts the letters come from: the system's own; in a Chinese window those of Chinese stand in before any other.

A Chinese character is drawn otherwise in China, Korea and Japan. Left to itself, Qt takes the first font that has one: on an
English system that is the Japanese, on a Korean one the Korean, and whoever reads Chinese finds wrong forms in every sentence.
"""

from collections.abc import Callable, Sequence

from PySide6.QtGui import QFont, QFontDatabase, QFontInfo

_CHINESE = ("Microsoft YaHei UI", "PingFang SC", "Noto Sans CJK SC", "Noto Sans SC", "Source Han Sans SC")
_System = QFontDatabase.WritingSystem
_HAN = (_System.SimplifiedChinese, _System.TraditionalChinese, _System.Japanese, _System.Korean)


def families(own: str, *, has_han: bool, is_there: Callable[[str], bool]) -> list[str]:
    """For a Chinese window, in the order in which they are asked for a letter. `own` is the system's font; where it has Chinese
    characters itself (`has_han`), it would never let another draw them, and stands last."""
    wanted = [one for one in _CHINESE if is_there(one)]
    return list(dict.fromkeys([*wanted, own] if has_han else [own, *wanted]))


def dressed(font: QFont, language: str) -> QFont:
    """`font` with the families for a window in `language`."""
    made, system = QFont(font), QFontDatabase.systemFont(QFontDatabase.SystemFont.GeneralFont)
    made.setFamilies(_chinese(system) if language == "zh_CN" else system.families())
    return made


def _chinese(system: QFont) -> Sequence[str]:
    own = QFontInfo(system).family()  # by its name: of one that stands for another, Qt would go on to the next
    has_han = any(one in _HAN for one in QFontDatabase.writingSystems(own))
    return families(own, has_han=has_han, is_there=QFontDatabase.hasFamily)
