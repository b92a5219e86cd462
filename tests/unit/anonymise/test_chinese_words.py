"""Chinese text parted into words, and the names that fall out of it."""

import re
from collections.abc import Callable
from pathlib import Path

import pytest

from oralhistory.anonymise.chinese_words import ChineseWords, Kind
from oralhistory.anonymise.detectors.chinese_names import ChineseNames
from oralhistory.anonymise.detectors.chinese_places import ChinesePlaces
from oralhistory.anonymise.detectors.chinese_shapes import ChineseShapes
from oralhistory.anonymise.detectors.chinese_sweep import ChineseSweep
from oralhistory.anonymise.detectors.finding import Detector, Passage
from oralhistory.anonymise.hangul import HAN, is_han
from oralhistory.anonymise.wordlists import read_chinese, read_names, read_places

Found = Callable[..., list[str]]


@pytest.fixture(scope="module")
def chinese(lists: Path) -> ChineseWords:
    return ChineseWords(lambda: read_chinese(lists))


@pytest.fixture(scope="module")
def by_shape(lists: Path) -> tuple[Detector, ...]:
    names, places = read_names(lists), read_places(lists)
    return ChineseNames(names), ChineseShapes(names), ChinesePlaces(places)


@pytest.fixture(scope="module")
def sweep(lists: Path) -> ChineseSweep:
    return ChineseSweep(read_names(lists), read_places(lists))


@pytest.fixture(scope="module")
def found(chinese: ChineseWords) -> Found:
    def said(text: str, *detectors: Detector) -> list[str]:
        passage = Passage(text, chinese=chinese.runs(text))
        spans = {(one.start, one.end) for detector in detectors for one in detector.find(passage)}
        return [text[start:end] for start, end in sorted(spans)]

    return said


def test_a_text_is_parted_into_words_and_what_nothing_explains(chinese: ChineseWords) -> None:
    (run,) = chinese.runs("邻居和我们住在河北")
    assert [one.said for one in run] == ["邻居", "和", "我们", "住", "在", "河北"]
    assert run[-1].kind is Kind.PLACE and run[3].kind is Kind.VERB
    assert "".join(one.said for one in run) == "邻居和我们住在河北"


def test_old_characters_are_read_as_simplified_ones_in_their_places(chinese: ChineseWords) -> None:
    (run,) = chinese.runs("鄰居和我們住在瀋陽")
    assert [one.said for one in run] == ["邻居", "和", "我们", "住", "在", "沈阳"]
    assert [(one.start, one.end) for one in run] == [(0, 2), (2, 3), (3, 5), (5, 6), (6, 7), (7, 9)]


@pytest.mark.parametrize("letter", "乾昇著徵")
def test_what_simplified_texts_write_as_well_stays(chinese: ChineseWords, letter: str) -> None:
    assert [one.said for run in chinese.runs(letter) for one in run] == [letter]


def test_every_stretch_of_characters_has_its_place_in_the_text(chinese: ChineseWords) -> None:
    text = "나는 延吉에서, 图们 river"
    assert [text[one.start : one.end] for run in chinese.runs(text) for one in run] == [
        one.said for run in chinese.runs(text) for one in run
    ]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("后来赵瘸子家收留了我", "赵瘸子"), ("卖给了关老五", "关老五"), ("玉花才十七", "玉花"), ("许军把我卖了", "许军"),
        ("小翠姐收留我", "小翠"), ("向导叫约翰·米勒", "约翰·米勒"), ("把我卖到大王屯", "大王屯"),
        ("住在富平区", "富平区"), ("丈夫在茂山铁矿开车", "茂山铁矿"), ("我被关进丹东看守所", "丹东看守所"),
    ],
)  # fmt: skip
def test_names_by_their_shape(found: Found, by_shape: tuple[Detector, ...], text: str, said: str) -> None:
    assert any(said in one or one in said for one in found(text, *by_shape))


@pytest.mark.parametrize(
    "text",
    ["那时候家里一点粮食都没有，妈妈天天上山挖野菜。", "他们把我关在一间小屋子里，白天锁着门。",
     "孩子上不了户口，也上不了学。", "邻居看了直掉眼泪。", "医生说我的病要慢慢养，可是我得挣钱。"],
)  # fmt: skip
def test_plain_talk_asks_nothing(found: Found, by_shape: tuple[Detector, ...], text: str) -> None:
    assert found(text, *by_shape) == []


def test_what_is_left_over_is_swept(found: Found, sweep: ChineseSweep) -> None:
    assert found("向导岩温说快走", sweep) == ["岩温"]
    assert found("金花的卡上没有钱", sweep) == ["金花"]


def test_where_names_stand_dense_every_one_is_swept(found: Found, sweep: ChineseSweep) -> None:
    assert found("那里有倮倮、佧佤、岩铓、玉囡、依珑、咪糯", sweep) == ["倮倮", "佧佤", "岩铓", "玉囡", "依珑", "咪糯"]


def test_names_and_what_is_left_over_in_old_characters(found: Found, by_shape: tuple[Detector, ...], sweep: ChineseSweep) -> None:
    text = "後來我病得很重，村裡的人就把我送進縣醫院，許軍說他不會付錢給醫生的，嚮導巖溫說快走"
    assert found(text, *by_shape) == ["許軍"]
    assert found(text, sweep) == ["許軍", "巖溫"]


def test_old_characters_are_not_swept_all_over(found: Found, sweep: ChineseSweep) -> None:
    assert found("這個國家發生過許多讓人難過與憤怒並傷心絕望無奈的事情", sweep) == []


def test_what_is_compared_and_what_patterns_match_are_the_same_characters() -> None:
    pattern = re.compile(f"[{HAN}]")
    edges = {at + by for at in (0x3400, 0x4DBF, 0x4E00, 0x9FFF, 0xF900, 0xFAFF, 0x20000, 0x3FFFF) for by in (-1, 0, 1)}
    assert all(is_han(chr(one)) == bool(pattern.match(chr(one))) for one in edges)


def test_a_rare_character_is_one_of_its_run(chinese: ChineseWords) -> None:
    assert [[one.said for one in run] for run in chinese.runs("㛃𠀾")] == [["㛃", "𠀾"]]
