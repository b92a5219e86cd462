"""QDPX, read back as a plain zip and plain XML, by what the standard asks for (REFI-QDA 1.0, Project.xsd of 18 March 2019)."""

import io
import re
import zipfile
from dataclasses import replace
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest

from oralhistory.anonymise.leakcheck.check import FileLeakCheck
from oralhistory.domain.interview import Route
from oralhistory.domain.leaks import KnownString
from oralhistory.domain.ports import AS_USUAL, Layout
from oralhistory.domain.redaction import Catalogued, Profile, ReleasedTranscript
from oralhistory.export.qda_project import QdaProject
from tests.helpers.released import in_a_row, released, segment

Q = "{urn:QDA-XML:project:1.0}"
CHILDREN = {
    "Project": ["Users", "CodeBook", "Variables", "Cases", "Sources", "Notes", "Links", "Sets", "Graphs", "Description"],
    "Case": ["Description", "CodeRef", "VariableValue", "SourceRef", "SelectionRef"],
    "TextSource": ["Description", "PlainTextContent", "PlainTextSelection", "Coding", "NoteRef", "VariableValue"],
    "VariableValue": ["VariableRef", "TextValue"],
    "PlainTextSelection": ["Description", "Coding", "NoteRef"],
}
NAMES = {"famine": "Famine of the 1990s", "border_crossing": "Crossing the border", "healing": "Healing"}
SAID = [
    replace(segment("언제 건넜습니까?", 0, 1000, "I1"), segment="a" * 32),
    replace(segment("𠀀 강을 건넜습니다.", 1000, 2000, "N1"), segment="b" * 32),
    replace(segment("밤이었어요.", 2000, 3000, "N1"), segment="c" * 32),
    replace(segment("비밀", 3000, 4000, "N1", sealed=True), segment="d" * 32),
    replace(segment("잡혔어요.", 4000, 5000, "N1"), segment="e" * 32),
]
TOPICS = {
    "a" * 32: ("border_crossing",), "b" * 32: ("border_crossing",), "c" * 32: ("border_crossing", "famine"),
    "d" * 32: ("famine",), "e" * 32: ("border_crossing",),
}  # fmt: skip


def transcript(route: Route = Route.UNKNOWN, code: str = "E-4MX9") -> ReleasedTranscript:
    told = Catalogued(NAMES, TOPICS, ("healing", "famine"), route)
    return replace(released(SAID, code), profile=Profile.PARTNER, catalogued=told)


class Read:
    """The project, and the text its one source points to."""

    def __init__(self, one: ReleasedTranscript, layout: Layout = AS_USUAL) -> None:
        with zipfile.ZipFile(io.BytesIO(QdaProject().document(one, layout))) as package:
            self.entries = package.infolist()
            self.root = ET.fromstring(package.read("project.qde"))
            self.source = self.one("Sources/TextSource")
            path = self.source.attrib["plainTextPath"]
            assert path.startswith("internal://")
            self.text = package.read("sources/" + path.removeprefix("internal://")).decode()

    def one(self, path: str) -> ET.Element:
        [found] = self.all(path)
        return found

    def all(self, path: str) -> list[ET.Element]:
        return self.root.findall("/".join(Q + step for step in path.split("/")))

    def codes(self) -> dict[str, dict[str, str]]:
        """By the code above them: the names by GUID."""
        return {
            above.attrib["name"]: {one.attrib["guid"]: one.attrib["name"] for one in above}
            for above in self.all("CodeBook/Codes/Code")
        }

    def coded(self, kind: str) -> list[tuple[str, str]]:
        """(name of a code, the words that it stands at)."""
        names = self.codes()[kind]
        found = []
        for one in self.source.findall(Q + "PlainTextSelection"):
            [code] = one.findall(f"{Q}Coding/{Q}CodeRef")
            place = slice(int(one.attrib["startPosition"]), int(one.attrib["endPosition"]))
            if name := names.get(code.attrib["targetGUID"]):
                found.append((name, self.text[place]))
        return found


def test_the_package_holds_the_project_and_its_text_by_guid_and_no_time() -> None:
    read = Read(transcript())
    assert [one.filename for one in read.entries] == ["project.qde", f"sources/{read.source.attrib['guid']}.txt"]
    assert {(one.date_time, one.create_system, one.comment) for one in read.entries} == {((1980, 1, 1, 0, 0, 0), 0, b"")}
    assert read.root.tag == Q + "Project" and read.root.attrib["name"] == "Interview E-4MX9"


@pytest.mark.parametrize("one", [transcript(Route.STRAIGHT), released(SAID), released([])], ids=["all", "no topic", "nothing"])
def test_every_element_stands_where_the_standard_wants_it(one: ReleasedTranscript) -> None:
    read = Read(one)
    for element in read.root.iter():
        order = CHILDREN.get(element.tag.removeprefix(Q), [])
        places = [order.index(child.tag.removeprefix(Q)) for child in element if order]
        assert places == sorted(places), element.tag
        assert element.tag.startswith(Q)
    assert read.all("CodeBook") == [] or len(read.all("CodeBook/Codes/Code")) > 0, "a list of codes is never empty"
    assert not read.source.findall(Q + "PlainTextContent"), "the text stands in one place"
    assert not [key for element in read.root.iter() for key in element.attrib if "Date" in key]


def test_every_guid_is_one_of_its_own_and_every_reference_leads_to_one() -> None:
    read = Read(transcript(Route.STRAIGHT))
    guids = [one.attrib["guid"] for one in read.root.iter() if "guid" in one.attrib]
    assert len(guids) == len(set(guids))
    assert all(re.fullmatch("[0-9a-f]{8}-[0-9a-f]{4}-8[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}", one) for one in guids)
    references = {value for one in read.root.iter() for key, value in one.attrib.items() if key in ("targetGUID", "creatingUser")}
    assert references <= set(guids)


def test_guids_are_of_the_export_and_of_nothing_in_the_archive() -> None:
    def guids(one: ReleasedTranscript) -> set[str]:
        return {element.attrib["guid"] for element in Read(one).root.iter() if "guid" in element.attrib}

    other_ids = replace(transcript(), segments=tuple(replace(one, segment="f" * 32) for one in SAID), catalogued=Catalogued())
    assert guids(other_ids) == guids(replace(transcript(), catalogued=Catalogued()))
    assert not any(one.segment.encode() in QdaProject().document(transcript()) for one in SAID)
    shared = guids(transcript()) & guids(transcript(code="E-9KQ2"))
    codes = Read(transcript()).codes()
    assert set(codes["Topics"]) < shared, "projects of several interviews have their topics in common"
    assert shared.isdisjoint({*codes["Speakers"], Read(transcript()).source.attrib["guid"]})


def test_speakers_and_topics_are_codes_at_their_words() -> None:
    read = Read(transcript())
    assert read.text.split("\n") == [
        "I1: 언제 건넜습니까?", "N1: 𠀀 강을 건넜습니다. 밤이었어요.", "[sealed at the narrator's request]", "N1: 잡혔어요."
    ]  # fmt: skip
    assert read.coded("Speakers") == [
        ("I1", "I1: 언제 건넜습니까?"), ("N1", "N1: 𠀀 강을 건넜습니다. 밤이었어요."), ("N1", "N1: 잡혔어요.")
    ]  # fmt: skip
    assert sorted(read.coded("Topics")) == [
        ("Crossing the border", "언제 건넜습니까?\nN1: 𠀀 강을 건넜습니다. 밤이었어요."), ("Crossing the border", "잡혔어요."),
        ("Famine of the 1990s", "밤이었어요."), ("Healing", read.text),
    ]  # fmt: skip
    assert [one.attrib["isCodable"] for one in read.all("CodeBook/Codes/Code")] == ["false", "false"]
    assert {one.attrib["isCodable"] for one in read.all("CodeBook/Codes/Code/Code")} == {"true"}


def test_times_stand_before_the_turns_when_asked_and_move_what_is_coded() -> None:
    read = Read(transcript(), Layout(times=True))
    assert read.text.startswith("[00:00:00] I1: 언제")
    assert ("N1", "[00:00:04] N1: 잡혔어요.") in read.coded("Speakers")
    assert ("Crossing the border", "잡혔어요.") in read.coded("Topics")


def test_the_interview_is_the_one_case_and_says_what_may_be_told() -> None:
    def values(one: ReleasedTranscript) -> dict[str, str | None]:
        read = Read(one)
        names = {variable.attrib["guid"]: variable.attrib["name"] for variable in read.all("Variables/Variable")}
        case = read.one("Cases/Case")
        assert case.attrib["name"] == "Interview E-4MX9"
        assert [source.attrib["targetGUID"] for source in case.findall(Q + "SourceRef")] == [read.source.attrib["guid"]]
        told = case.findall(Q + "VariableValue")
        return {names[value[0].attrib["targetGUID"]]: value[1].text for value in told}

    known = {"Languages": "Korean, English"}
    assert values(transcript()) == known
    assert values(transcript(Route.THIRD_COUNTRY)) == {**known, "How the narrator came": "through a third country"}


def test_numbers_of_places_and_ids_are_no_year_and_hide_none(tmp_path: Path) -> None:
    """As many passages as a long interview has; the second begins where a year could stand."""
    years = [KnownString(f"{year}년", str(year)) for year in range(1900, 2030)]
    years += [KnownString(one, one) for one in ("3b", "배", "Bae")]
    texts = ["가" * (1998 - len("INTERVIEWER: ") - 1), *["네" * 30] * 900]
    clean, leak = tmp_path / "clean.qdpx", tmp_path / "leak.qdpx"
    clean.write_bytes(QdaProject().document(released(in_a_row(texts))))
    leak.write_bytes(QdaProject().document(released(in_a_row([*texts, "그게 1998년이었어요."]))))
    with zipfile.ZipFile(clean) as package:
        assert b'Position="1998"' in package.read("project.qde")
    assert FileLeakCheck()(clean, years) == []
    assert {one.entity for one in FileLeakCheck()(leak, years)} == {"1998"}
