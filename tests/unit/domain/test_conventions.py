"""What is noted besides words: recognised wherever it stands, with the time and the length it tells."""

from oralhistory.domain.conventions import CONVENTIONS, inserted, known, noted, written
from oralhistory.domain.transcript import Segment, Word

SPOKEN = Segment(
    "s", "r", 10_000, 20_000, "그때 울었습니다.",
    words=(Word("그때", 10_500, 11_000), Word("울었습니다.", 16_200, 17_000)),
)  # fmt: skip


def texts(offset: int, at_ms: int = 754_000) -> dict[str, str]:
    return {one.code: written(one, SPOKEN, offset, at_ms) for one in CONVENTIONS}


def test_every_form_is_recognised_and_nothing_else_is() -> None:
    for words in texts(3).values():
        assert [words[start:end] for start, end in noted(words)] == [words]
    text = "저는 [inaudible 00:12:34] 갔습니다 [ [] " + "[" + "x" * 41 + "]"
    assert [text[start:end] for start, end in noted(text)] == ["[inaudible 00:12:34]"]


def test_times_and_pauses_come_from_the_sound() -> None:
    assert texts(3)["inaudible"] == "[inaudible 00:12:34]"
    assert texts(3)["pause"] == "[pause 5 s]"
    assert texts(0)["pause"] == "[pause]"
    assert texts(len(SPOKEN.text))["pause"] == "[pause 3 s]"
    assert written(CONVENTIONS[2], Segment("s", "r", 0, 9_000, "말"), 1, 0) == "[pause]"


def test_it_is_parted_from_its_neighbours() -> None:
    assert inserted("", 0, "[sigh]") == ("[sigh] ", 7)
    assert inserted("가 나", 1, "[sigh]") == (" [sigh]", 8)
    assert inserted("가나", 1, "[sigh]") == (" [sigh] ", 8)
    assert inserted("가 ", 2, "[sigh]") == ("[sigh] ", 7)


def test_each_form_is_known_again_with_what_it_tells() -> None:
    for code, words in texts(3).items():
        assert [(one.code, words[start:end]) for start, end, one, _ in known(words)] == [(code, words)]
    told = {one.code: detail for words in texts(3).values() for _, _, one, detail in known(words)}
    assert (told["inaudible"], told["pause"], told["crying"]) == ("00:12:34", "5", "")
    assert list(known("[pauses] [pause 5 min] [Crying]")) == []
