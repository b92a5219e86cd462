"""WebVTT and SubRip, read back by a strict reader of their grammars."""

import html
import re
from dataclasses import dataclass
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from oralhistory.domain.redaction import RenderedSegment
from oralhistory.export.cues import cues
from oralhistory.export.subrip import SubRip
from oralhistory.export.webvtt import WebVtt
from tests.helpers.released import released, segment

CLOCK = r"(\d{2,}):([0-5]\d):([0-5]\d)[.,](\d{3})"
SPOKEN = st.text(st.characters(codec="utf-8"), min_size=1, max_size=20)
SEGMENTS = st.lists(
    st.builds(segment, SPOKEN, st.integers(0, 20_000), st.integers(0, 20_000), st.sampled_from(["A", "B <&>", ""]))
)


@dataclass
class Read:
    start: int
    end: int
    speaker: str
    text: str


def ms(hours: str, minutes: str, seconds: str, millis: str) -> int:
    return ((int(hours) * 60 + int(minutes)) * 60 + int(seconds)) * 1000 + int(millis)


def read_vtt(document: bytes) -> list[Read]:
    blocks = document.decode().rstrip("\n").split("\n\n")
    assert re.fullmatch(r"WEBVTT( [^\n]*)?", blocks[0]) and "-->" not in blocks[0]
    read = []
    for block in blocks[1:]:
        if block.startswith("NOTE"):
            assert "-->" not in block
            continue
        times, text = block.split("\n")
        found = re.fullmatch(rf"{CLOCK} --> {CLOCK}", times)
        assert found, times
        voice = re.fullmatch(r"(?:<v ([^<>\n]+)>)?([^<>]*)", text)
        assert voice and not re.search(r"&(?!amp;|lt;|gt;)", text), text
        groups = found.groups()
        read.append(Read(ms(*groups[:4]), ms(*groups[4:]), html.unescape(voice[1] or ""), html.unescape(voice[2])))
    return read


def read_srt(document: bytes) -> list[Read]:
    read = []
    blocks = document.decode().rstrip("\n").split("\n\n") if document else []
    for number, block in enumerate(blocks, start=1):
        count, times, text = block.split("\n")
        assert count == str(number)
        found = re.fullmatch(rf"{CLOCK} --> {CLOCK}", times)
        assert found and times.count(",") == 2
        assert "-->" not in text and "<" not in text
        groups = found.groups()
        read.append(Read(ms(*groups[:4]), ms(*groups[4:]), "", text))
    return read


def assert_strictly_increasing(read: list[Read]) -> None:
    assert all(one.start < one.end for one in read)
    assert all(one.end <= after.start for one, after in pairwise(read))


@given(SEGMENTS)
def test_whatever_is_said_both_are_well_formed(segments: list[RenderedSegment]) -> None:
    wanted = cues(segments)
    for read in (read_vtt(WebVtt().document(released(segments))), read_srt(SubRip().document(released(segments)))):
        assert_strictly_increasing(read)
        assert [one.start for one in read] == [one.start_ms for one in wanted]


def test_vtt_gives_back_what_was_said() -> None:
    said = segment("a <b> & c --> d", 61_001, 62_500, speaker="M & <N>")
    assert read_vtt(WebVtt().document(released([said]))) == [Read(61_001, 62_500, "M & <N>", "a <b> & c --> d")]


def test_vtt_comments_cannot_begin_a_cue() -> None:
    document = WebVtt().document(released([], rights="00:00 --> 00:01"))
    assert b"-->" not in document


def test_srt_names_the_speaker_and_shows_brackets() -> None:
    document = SubRip().document(released([segment("<i>네</i> --> 아", 0, 900)]))
    assert document.decode() == "1\n00:00:00,000 --> 00:00:00,900\nNARRATOR: ‹i›네‹/i› --› 아\n"


def test_two_who_speak_at_once_follow_each_other() -> None:
    both = [segment("나중", 1500, 3000), segment("먼저", 0, 2000), segment("함께", 1500, 1800)]
    found = [(one.start_ms, one.end_ms, one.text) for one in cues(both)]
    assert found == [(0, 1500, "먼저"), (1500, 1501, "나중"), (1501, 1800, "함께")]


def test_silence_gives_no_cue() -> None:
    assert cues([segment("  "), segment("네")])[0].text == "네"
