"""An explained place no longer blocks, and nothing else is excused by it."""

from collections.abc import Sequence
from pathlib import Path

import pytest

from oralhistory.anonymise.leakcheck.check import FileLeakCheck
from oralhistory.domain.leaks import KnownString, LeakFinding, LeakPlace
from tests.helpers.planting import run, word_with

KNOWN = [KnownString("유선", "friend"), KnownString("김영희", "name")]
TELEPHONE = "그때 우리 아랫집에는 유선 전화가 한 대 놓여 있었습니다."


def check(
    folder: Path, text: str, explained: Sequence[LeakPlace] = (), name: str = "a.txt", known: Sequence[KnownString] = KNOWN
) -> list[LeakFinding]:
    path = folder / name
    path.write_bytes(word_with(run(text)) if name.endswith("docx") else text.encode())
    return FileLeakCheck()(path, known, explained)


def unexplained(findings: Sequence[LeakFinding]) -> list[str]:
    return [one.entity for one in findings if not one.explained]


def places(findings: Sequence[LeakFinding]) -> list[LeakPlace]:
    return [one.place for one in findings if one.place is not None]


@pytest.fixture
def explained(tmp_path: Path) -> list[LeakPlace]:
    """The word for a wired telephone, which is a woman's name too."""
    (finding,) = check(tmp_path, TELEPHONE)
    return places([finding])


def test_it_blocks_no_longer_and_stays_in_the_list(tmp_path: Path, explained: list[LeakPlace]) -> None:
    (again,) = check(tmp_path, TELEPHONE, explained, "another name.txt")
    assert (again.entity, again.rule, again.explained) == ("friend", "text", True)


@pytest.mark.parametrize(
    "text",
    [
        f"{TELEPHONE} {TELEPHONE}",
        f"{TELEPHONE} 유선은 제 친구입니다.",
        "집에는 유선이 있었습니다.",
        f"{TELEPHONE} 아랫집에는 유 선 전화가",
    ],
)
def test_once_more_or_elsewhere_it_blocks(tmp_path: Path, explained: list[LeakPlace], text: str) -> None:
    assert unexplained(check(tmp_path, text, explained)) == ["friend"]


def test_another_string_another_part_another_rule(tmp_path: Path, explained: list[LeakPlace]) -> None:
    assert unexplained(check(tmp_path, f"{TELEPHONE} 김영희", explained)) == ["name"]
    assert unexplained(check(tmp_path, "네.", explained, f"{TELEPHONE}.txt")) == ["friend"]
    assert unexplained(check(tmp_path, TELEPHONE, explained, "a.docx")) == ["friend"]
    written = KnownString("유선", "a second friend")
    assert unexplained(check(tmp_path, TELEPHONE, explained, known=[written])) == []
    romanised = TELEPHONE.replace("유선", "Yu-seon")
    assert unexplained(check(tmp_path, romanised, explained)) in ([], ["friend"])  # too short to be sought in Latin letters


def test_repeated_words_are_explained_one_by_one(tmp_path: Path, explained: list[LeakPlace]) -> None:
    twice = f"{TELEPHONE}\n{TELEPHONE}\n{TELEPHONE}"
    found = check(tmp_path, twice)
    assert len({one.mark for one in found}) == 3
    assert unexplained(check(tmp_path, twice, places(found))) == []
    assert len(unexplained(check(tmp_path, twice, places(found)[:2]))) == 1
    assert len(unexplained(check(tmp_path, f"{twice}\n{TELEPHONE}", places(found)))) == 1


def test_one_place_read_in_several_ways_is_one_finding(tmp_path: Path) -> None:
    said = ("아랫집에는 유선", "전화가 있었습니다.")
    subtitles = "\n".join(f"{n}\n00:00:0{n},000 --> 00:00:0{n},900\nA: {text}\n" for n, text in enumerate(said, start=1))
    (finding,) = check(tmp_path, subtitles, name="a.srt")
    assert unexplained(check(tmp_path, subtitles, places([finding]), name="b.srt")) == []
    assert len(unexplained(check(tmp_path, subtitles.replace("A:", "B:"), places([finding]), name="b.srt"))) <= 1


def test_what_a_decision_keeps_cannot_make_room_for_a_leak(tmp_path: Path) -> None:
    """유선 is kept once, as a name; somebody explains that very place away and the friend is named elsewhere too."""
    text = "유선이라는 이름을 썼습니다. 유선은 지금 거기에 있습니다."
    known = [KnownString("유선", "friend", kept=1, kept_at=(("", "이라는이름을썼습니다"),))]
    found = check(tmp_path, text, known=known)
    assert len(found) == 2
    kept = [one for one in places(found) if one.around[0][0] == ""]
    assert unexplained(check(tmp_path, text, kept, known=known)) == ["friend", "friend"]
    other = [one for one in places(found) if one not in kept]
    assert unexplained(check(tmp_path, text, other, known=known)) == []


def test_what_cannot_be_read_is_explained_by_its_bytes(tmp_path: Path) -> None:
    path = tmp_path / "a.png"
    path.write_bytes(b"\x89PNG\r\n\x1a\n\x00\xff")
    (finding,) = FileLeakCheck()(path, KNOWN)
    assert (finding.rule, finding.entity) == ("unreadable", "")
    (again,) = FileLeakCheck()(path, KNOWN, places([finding]))
    assert again.explained
    path.write_bytes(b"\x89PNG\r\n\x1a\n\x00\xfe")
    (other,) = FileLeakCheck()(path, KNOWN, places([finding]))
    assert not other.explained
