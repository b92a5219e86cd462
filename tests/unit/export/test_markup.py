"""The XML formats as their readers take them: ELAN's tiers, TEI's utterances, the record of OHMS, a catalogue's statements."""

import io
import warnings
from dataclasses import replace
from pathlib import Path

import pytest
from lxml import etree

from oralhistory.domain.redaction import Content, ReleasedTranscript
from oralhistory.export.formats import formats
from tests.helpers.released import in_a_row, readable, released, segment

TEI = "{http://www.tei-c.org/ns/1.0}"
OHMS = "{https://www.weareavp.com/nunncenter/ohms}"
DC = "{http://purl.org/dc/elements/1.1/}"
XML = "{http://www.w3.org/XML/1998/namespace}"
IN_ORDER = [
    "version", "date", "date_nonpreferred_format", "cms_record_id", "title", "accession", "duration", "collection_id",
    "collection_name", "series_id", "series_name", "repository", "funding", "repository_url", "file_name", "sync",
    "sync_alt", "transcript_alt_lang", "translate", "media_id", "media_url", "mediafile", "kembed", "language",
    "user_notes", "index", "type", "description", "rel", "transcript", "transcript_alt", "rights", "fmt", "usage",
    "userestrict", "xmllocation", "xmlfilename", "collection_link", "series_link",
]  # fmt: skip


@pytest.fixture
def transcript() -> ReleasedTranscript:
    """Two people, who speak over each other, and over themselves; a passage that is closed; marks that XML knows."""
    return released([
        segment("<저는> & \"그\" 여자", 0, 4000, "N1"),
        segment("어디에서?", 3500, 5000, "I1", language=""),
        segment("강에서.", 3000, 3500, "N1"),
        segment("너무 추웠습니다.", 58_000, 62_000, "N1"),
        segment("비밀", 65_000, 70_000, "N1", sealed=True),
        segment("我在那里。", 180_000, 181_000, "N1", "zh"),
    ])  # fmt: skip


def tree(name: str, transcript: ReleasedTranscript) -> etree._Element:
    return etree.fromstring(formats()[name].document(transcript))


class TestElan:
    def test_another_program_reads_the_tiers_back(self, transcript: ReleasedTranscript, tmp_path: Path) -> None:
        from pympi.Elan import Eaf

        file = tmp_path / "x.eaf"
        file.write_bytes(formats()["eaf"].document(transcript))
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            read = Eaf(str(file))
        assert set(read.get_tier_names()) == {"N1", "I1", "without a speaker"}
        said = sorted(read.get_annotation_data_for_tier("N1"))
        assert [one[:3] for one in said] == [
            (0, 3000, "<저는> & \"그\" 여자"), (3000, 3500, "강에서."), (58_000, 62_000, "너무 추웠습니다."),
            (180_000, 181_000, "我在那里。"),
        ]  # fmt: skip
        assert read.get_annotation_data_for_tier("I1")[0][:2] == (3500, 5000)
        assert read.get_annotation_data_for_tier("without a speaker")[0][2] == "[sealed at the narrator's request]"
        assert read.get_linked_files() == []

    def test_every_name_in_it_is_one_and_every_reference_has_its_aim(self, transcript: ReleasedTranscript) -> None:
        document = tree("eaf", transcript)
        slots = [one.get("TIME_SLOT_ID") for one in document.iter("TIME_SLOT")]
        held = list(document.iter("ALIGNABLE_ANNOTATION"))
        names = [*slots, *(one.get("ANNOTATION_ID") for one in held)]
        assert len(held) == 6 and len(set(names)) == len(names)
        assert all(str(name)[0].isalpha() for name in names)
        assert {one.get(end) for one in held for end in ("TIME_SLOT_REF1", "TIME_SLOT_REF2")} == set(slots)
        [kind] = document.iter("LINGUISTIC_TYPE")
        assert {one.get("LINGUISTIC_TYPE_REF") for one in document.iter("TIER")} == {kind.get("LINGUISTIC_TYPE_ID")}
        order = list(dict.fromkeys(one.tag for one in document))
        assert order == ["LICENSE", "HEADER", "TIME_ORDER", "TIER", "LINGUISTIC_TYPE", "LANGUAGE"]


class TestTei:
    def test_utterances_stand_on_the_timeline_and_name_their_speakers(self, transcript: ReleasedTranscript) -> None:
        document = tree("tei", transcript)
        moments = {f"#{one.get(XML + 'id')}": int(one.get("interval", "0")) for one in document.iter(TEI + "when")}
        people = {f"#{one.get(XML + 'id')}": one.findtext(TEI + "persName") for one in document.iter(TEI + "person")}
        said = [
            (moments[str(one.get("start"))], moments[str(one.get("end"))], people.get(str(one.get("who"))), one.text)
            for one in document.iter(TEI + "u")
        ]
        assert said[0] == (0, 4000, "N1", "<저는> & \"그\" 여자")
        assert said[1][:3] == (3500, 5000, "I1")
        assert [one.get(XML + "lang") for one in document.iter(TEI + "u")] == ["ko", None, "ko", "ko", None, "zh"]
        assert list(moments.values()) == sorted(moments.values())

    def test_a_closed_passage_is_a_gap_with_its_notice_and_no_speaker(self, transcript: ReleasedTranscript) -> None:
        [gap] = tree("tei", transcript).iter(TEI + "gap")
        around = gap.getparent()
        assert around is not None and around.get("who") is None
        assert "".join(around.itertext()).strip() == gap.findtext(TEI + "desc")
        assert gap.get("reason") == "sealed"
        assert gap.findtext(TEI + "desc") == "[sealed at the narrator's request]"

    def test_a_summary_is_paragraphs_without_times(self) -> None:
        summary = replace(released([segment("한 여자의 이야기."), segment("강을 건넜다.")]), content=Content.SUMMARY)
        document = tree("tei", summary)
        assert [one.text for one in document.iterfind(f"{TEI}text/{TEI}body/{TEI}p")] == ["한 여자의 이야기.", "강을 건넜다."]
        assert not list(document.iter(TEI + "when"))


class TestOhms:
    def test_the_record_has_a_number_and_its_children_in_the_order_of_the_schema(self, transcript: ReleasedTranscript) -> None:
        document = tree("ohms", transcript)
        [record] = document
        assert (document.tag, record.tag) == (OHMS + "ROOT", OHMS + "record")
        assert [one.tag.removeprefix(OHMS) for one in record] == IN_ORDER
        assert 0 <= int(str(record.get("id"))) < 2**31
        other = tree("ohms", replace(transcript, code="E-OTHER"))[0].get("id")
        assert other != record.get("id") == tree("ohms", transcript)[0].get("id")

    def test_each_minute_is_at_the_line_that_is_being_said_then(self, transcript: ReleasedTranscript) -> None:
        record = tree("ohms", transcript)[0]
        lines = str(record.findtext(OHMS + "transcript")).split("\n")
        assert lines[1:] == [
            "", "I1: 어디에서?", "", "N1: 강에서.", "너무 추웠습니다.", "",
            "[sealed at the narrator's request]", "", "N1: 我在那里。",
        ]  # fmt: skip
        assert record.findtext(OHMS + "sync") == "1:|5(1)|7(1)|9(1)"
        assert record.findtext(OHMS + "duration") == "00:03:01"

    def test_nothing_that_was_said_is_taken_for_a_note_or_a_time_of_the_viewer(self) -> None:
        record = tree("ohms", released([segment("[[note]] {00:12} [[link]]", speaker="N1")]))[0]
        text = str(record.findtext(OHMS + "transcript"))
        assert "[[" not in text and "]]" not in text and "{" not in text
        assert "note" in text and "00:12" in text

    def test_of_no_words_there_is_no_line_and_no_minute(self) -> None:
        record = tree("ohms", released([]))[0]
        assert not record.findtext(OHMS + "transcript") and not record.findtext(OHMS + "sync")


class TestDublinCore:
    def test_the_record_describes_the_text_and_holds_no_word_of_it(self, transcript: ReleasedTranscript) -> None:
        document = formats()["dc"].document(transcript)
        record = etree.parse(io.BytesIO(document)).getroot()
        told = {one.tag.removeprefix(DC) for one in record}
        assert told == {"title", "description", "type", "identifier", "language", "rights"}
        assert record.findtext(DC + "identifier") == "E-4MX9"
        assert [one.text for one in record.iter(DC + "language")] == ["ko", "en"]
        assert not any(one in document.decode() for one in ("여자", "N1", "I1", "강에서"))

    def test_a_summary_is_its_first_description(self) -> None:
        summary = replace(released([segment("한 여자의 이야기.")]), content=Content.SUMMARY)
        assert tree("dc", summary).findtext(DC + "description") == "한 여자의 이야기."


def test_what_holds_no_words_says_so_and_the_others_hold_them() -> None:
    spoken = released(in_a_row(["한마디"]))
    told = {name: "한마디" in readable(name, one.document(spoken)) for name, one in formats().items()}
    assert told == {name: formats()[name].holds_words for name in told}
