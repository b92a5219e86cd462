"""The real converter: whole sentences, letter for letter."""

import pytest

from oralhistory.domain.chinese import ChineseScript
from oralhistory.transcription.chinese_writer import ChineseWriter


@pytest.mark.parametrize(
    ("simplified", "traditional"),
    [
        ("我在图们江边等了三天。", "我在圖們江邊等了三天。"),
        ("皇后在后面吃面，头发很长。", "皇后在後面吃麵，頭髮很長。"),
        ("他们说 thanks, 감사합니다", "他們說 thanks, 감사합니다"),
    ],
)
def test_both_ways(simplified: str, traditional: str) -> None:
    to_simplified, to_traditional = ChineseWriter(ChineseScript.SIMPLIFIED), ChineseWriter(ChineseScript.TRADITIONAL)
    assert to_traditional.convert(simplified) == traditional
    assert to_simplified.convert(traditional) == simplified
    mixed = traditional[:4] + simplified[4:]
    assert to_simplified.convert(mixed) == simplified
    assert to_simplified.convert(simplified) == simplified and to_traditional.convert(traditional) == traditional
    assert to_traditional.made_by.startswith("traditional (OpenCC ")
