"""Doubts: what models invent is flagged, what people say is not."""

import itertools
from dataclasses import replace

import pytest

from oralhistory import paths
from oralhistory.domain.transcript import Segment, WindowResult, Word
from oralhistory.services.review.phantoms import starting_lists
from oralhistory.transcription.doubts import DoubtFinder, compression_ratio

SURE = WindowResult((), "ko", -0.2, 0.01, 1.3)


@pytest.fixture(scope="module")
def finder() -> DoubtFinder:
    return DoubtFinder(starting_lists(paths.resources() / "phantoms.json"))


def said(
    text: str, seconds: float = 3.0, language: str = "ko", beliefs: tuple[float | None, ...] = (0.9, 0.9)
) -> Segment:
    words = tuple(Word(f"w{i}", 0, 1, belief) for i, belief in enumerate(beliefs))
    return Segment("1", "r", 0, round(seconds * 1000), text, language=language, words=words)


def flags(finder: DoubtFinder, segment: Segment, *before: Segment, result: WindowResult = SURE) -> set[str]:
    (flagged,) = finder.flagged([segment], before, result)
    assert replace(flagged, flags=frozenset()) == replace(segment, flags=frozenset())
    assert ("check" in flagged.flags) == bool(flagged.flags) <= flagged.doubtful
    return set(flagged.flags - {"check"})


@pytest.mark.parametrize(
    ("text", "seconds", "language"),
    [
        ("저는 이천십구년에 서울에 도착했습니다.", 3.4, "ko"),
        ("네.", 0.4, "ko"),
        ("우리는 너무 배가 고팠습니다. 어머니는 시장에서 두부를 팔았습니다.", 4.0, "ko"),
        ("I crossed the Tumen River at night.", 2.1, "en"),
        ("They were watching us, thanks to the guards.", 2.5, "en"),
        ("我在图们江边等了三天。", 2.4, "zh"),
    ],
)
def test_plain_speech_is_not_doubted(finder: DoubtFinder, text: str, seconds: float, language: str) -> None:
    assert flags(finder, said(text, seconds, language)) == set()


@pytest.mark.parametrize(
    "text",
    ["시청해주셔서 감사합니다.", "시청해 주셔서 감사합니다!", "구독과 좋아요 부탁드립니다", "请不吝点赞 订阅 转发", "謝謝觀看",
     "Thanks for watching!", "Subtitles by the community"],
)  # fmt: skip
def test_phantom_sentences_are_known_in_every_language(finder: DoubtFinder, text: str) -> None:
    assert "phantom" in flags(finder, said(text, language="ko"))


def test_a_sentence_said_again_is_flagged_on_both_sides(finder: DoubtFinder) -> None:
    first, second = said("저는 두만강을 건넜습니다."), said("저는 두만강을 건넜습니다")
    assert flags(finder, second, said("다른 말입니다."), first) == {"repeat"}
    assert [one.flags for one in finder.flagged([first, second], [], SURE)] == [frozenset({"repeat", "check"})] * 2
    assert flags(finder, second, first, said("다른 말입니다.")) == set()
    assert flags(finder, said("네."), said("네.")) == set()


def test_loops_are_repeats(finder: DoubtFinder) -> None:
    loop = "우리는 " * 40
    assert compression_ratio(loop) > 2.4
    assert "repeat" in flags(finder, said(loop, 20))
    assert flags(finder, said("그때는 겨울이었습니다."), result=replace(SURE, compression_ratio=3.0)) == {"repeat"}


def test_unlikely_speed(finder: DoubtFinder) -> None:
    assert flags(finder, said("저는 이천십구년에 서울에 도착했습니다.", 0.9)) == {"fast"}
    assert flags(finder, said("네.", 20)) == {"slow"}
    assert flags(finder, said("我在图们江边等了三天。", 0.5, "zh")) == {"fast"}


def test_time_that_stands_still(finder: DoubtFinder) -> None:
    """Whisper lays invented words onto single moments; a short word between others may well take but one."""

    def timed(*words: tuple[str, int]) -> Segment:
        ends = list(itertools.accumulate((length for _, length in words), initial=1_000))
        spoken = tuple(Word(text, start, end, 0.9) for (text, _), start, end in zip(words, ends, ends[1:], strict=False))
        return replace(said(" ".join(text for text, _ in words), 5), words=spoken)

    assert flags(finder, timed(("저는", 300), ("두만강을", 0), ("건넜습니다", 20), ("그날", 0))) == {"stuck"}
    assert flags(finder, timed(("저는", 300), ("그", 20), ("강을", 400), ("건넜습니다", 20), ("그날", 900))) == set()
    assert flags(finder, timed(("저는", 300), ("두만강을", 60), ("건넜습니다", 60), ("그날", 40))) == set()
    assert flags(finder, timed(*((one, 20) for one in "我在图们江"), ("边等了三天", 900))) == {"stuck"}


def test_low_belief(finder: DoubtFinder) -> None:
    assert flags(finder, said("그 사람은 갔습니다.", beliefs=(0.9, 0.3))) == {"unsure"}
    assert flags(finder, said("그 사람은 갔습니다.", beliefs=(0.9,) * 9 + (0.4,))) == set()
    assert flags(finder, said("그 사람은 갔습니다.", beliefs=(None, None))) == set()
    assert flags(finder, said("그 사람은 갔습니다."), result=replace(SURE, average_log_probability=-1.4)) == {"unsure"}


def test_text_where_nobody_spoke(finder: DoubtFinder) -> None:
    assert flags(finder, said("그때는 겨울이었습니다."), result=replace(SURE, no_speech_probability=0.8)) == {"silence"}
    told_by_engine = replace(said("그때는 겨울이었습니다."), flags=frozenset({"silence"}))
    assert flags(finder, told_by_engine) == {"silence"}


def test_another_language_than_before(finder: DoubtFinder) -> None:
    assert flags(finder, said("我在延吉。", language="zh"), said("저는 연길에 있었습니다.")) == {"language"}
    assert flags(finder, said("我在延吉。", language="zh"), said("저는 연길에 있었습니다.", language="")) == set()


def test_one_unsure_word_is_doubtful_without_a_flag(finder: DoubtFinder) -> None:
    (flagged,) = finder.flagged([said("그 사람은 갔습니다.", beliefs=(0.9,) * 9 + (0.4,))], [], SURE)
    assert flagged.doubtful
