"""What every format keeps: the same bytes for the same transcript, NFC in UTF-8, and nothing of what was taken out."""

import unicodedata

import pytest

from oralhistory.domain.ports import Layout
from oralhistory.domain.redaction import SEALED_TEXT, Change
from oralhistory.export.formats import formats
from tests.helpers.released import in_a_row, readable, released, segment

WITH_WORDS = ["txt", "md", "docx", "pdf", "vtt", "srt", "csv", "xlsx", "json", "qdpx", "eaf", "ohms", "tei"]
SUFFIXES = {"ohms": ".ohms.xml", "dc": ".dc.xml", "tei": ".tei.xml"}
"""Of those whose name is not what follows the dot: what other programs open is XML."""


def test_the_command_line_finds_them_under_its_names() -> None:
    exporters = formats()
    assert {name for name, one in exporters.items() if one.holds_words} == set(WITH_WORDS)
    assert set(exporters) - set(WITH_WORDS) == {"dc"}
    assert {name: (one.name, one.suffix) for name, one in exporters.items()} == {
        name: (name, SUFFIXES.get(name, f".{name}")) for name in exporters
    }


@pytest.mark.parametrize("name", WITH_WORDS)
class TestEveryFormat:
    def test_gives_the_same_bytes_for_the_same_transcript(self, name: str) -> None:
        transcript = released(in_a_row(["저는 살아 있습니다.", "어디에서 태어나셨습니까?"]))
        assert formats()[name].document(transcript) == formats()[name].document(transcript)

    def test_writes_composed_text_without_mark_or_carriage_return(self, name: str) -> None:
        decomposed = unicodedata.normalize("NFD", "강을 건넜습니다")
        text = readable(name, formats()[name].document(released([segment(decomposed)])))
        assert "강을 건넜습니다" in text
        assert unicodedata.is_normalized("NFC", text)
        assert "\r" not in text and not text.startswith("\ufeff")

    def test_never_tells_what_a_change_replaced(self, name: str) -> None:
        changed = segment("[여동생 1]이 왔습니다", changes=(Change(0, 7, "김영희가"),))
        text = readable(name, formats()[name].document(released([changed])))
        assert "[여동생 1]이 왔습니다" in text and "김영희" not in text

    def test_gives_of_a_sealed_passage_only_the_notice(self, name: str) -> None:
        sealed = segment("김영희라는 비밀", speaker="이순옥", sealed=True)
        text = readable(name, formats()[name].document(released([segment("앞"), sealed, segment("뒤")])))
        assert SEALED_TEXT.replace("'", "") in text.replace("'", "").replace("&apos;", "")
        assert "비밀" not in text and "순옥" not in text and "김영희" not in text

    def test_survives_text_that_no_format_can_hold(self, name: str) -> None:
        odd = "가\x00나\x0b다\ud800라\uffff마\u202e바\u200b사\n아"
        text = readable(name, formats()[name].document(released([segment(odd)])))
        assert "가나 다\N{REPLACEMENT CHARACTER}라\N{REPLACEMENT CHARACTER}마바사 아" in text

    def test_says_who_speaks(self, name: str) -> None:
        text = readable(name, formats()[name].document(released([segment("네", speaker="통역")])))
        assert "통역" in text

    def test_holds_for_a_transcript_without_a_segment(self, name: str) -> None:
        assert isinstance(formats()[name].document(released([])), bytes)


@pytest.mark.parametrize("name", ["txt", "md", "docx", "pdf", "qdpx"])
def test_reading_formats_tell_times_only_when_asked(name: str) -> None:
    transcript = released([segment("네", start_ms=3_723_000, end_ms=3_724_000)])
    assert "01:02:03" not in readable(name, formats()[name].document(transcript))
    assert "01:02:03" in readable(name, formats()[name].document(transcript, Layout(times=True)))


@pytest.mark.parametrize("name", ["txt", "md", "docx", "pdf", "vtt", "xlsx", "qdpx", "eaf", "ohms", "tei", "dc"])
def test_the_rights_and_the_code_travel_with_the_text(name: str) -> None:
    text = readable(name, formats()[name].document(released([], code="E-9KQ2", rights="Only for the inquiry.")))
    assert "E-9KQ2" in text and "Only for the inquiry." in text
