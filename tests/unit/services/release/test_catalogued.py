"""What the catalogue says of an interview leaves in a project for analysis programs, and only as far as it may."""

import zipfile
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from oralhistory.domain.consent import Purpose, Stage
from oralhistory.domain.redaction import Profile
from oralhistory.errors import LeakFound
from oralhistory.services.desk import Desk
from tests.helpers.archives import consent, quick_desk
from tests.helpers.releases import ORDER, sign_off

TEXT = "WEBVTT\n\n00:01.000 --> 00:02.000\n<v N1>강을 건넜어요.\n\n00:03.000 --> 00:04.000\n<v N1>그리고 쉬었어요.\n"
PUBLIC = replace(ORDER, format="qdpx")
PARTNER = replace(PUBLIC, profile=Profile.PARTNER, purpose=Purpose.EXTERNAL_RESEARCHERS)


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    with quick_desk(tmp_path) as desk:
        yield desk


@pytest.fixture
def code(desk: Desk) -> str:
    code = desk.interviews.create().code
    desk.interviews.set_field(code, "route", "third_country")
    desk.transcripts.import_file(code, "talk.vtt", TEXT)
    desk.consenting.record(code, consent(Stage.AFTER, "publish_text", "external_researchers"))
    sign_off(desk, code)
    desk.topics.assign(code, "border_crossing", (1000, 2000))
    desk.topics.assign(code, "healing")
    return code


def told(file: Path) -> str:
    with zipfile.ZipFile(file) as package:
        return package.read("project.qde").decode()


def test_topics_leave_with_every_text_and_the_route_not_in_public(desk: Desk, code: str, tmp_path: Path) -> None:
    for name, order in (("public", PUBLIC), ("partner", PARTNER)):
        desk.releasing.export(code, order, tmp_path / f"{name}.qdpx")
    public, partner = told(tmp_path / "public.qdpx"), told(tmp_path / "partner.qdpx")
    assert all("Crossing the border" in one and "Healing" in one for one in (public, partner))
    assert ["through a third country" in one for one in (public, partner)] == [False, True]


def test_topics_are_called_as_the_file_speaks(desk: Desk, code: str, tmp_path: Path) -> None:
    desk.releasing.export(code, replace(PUBLIC, language="ko"), tmp_path / "x.qdpx")
    assert "국경을 넘음" in told(tmp_path / "x.qdpx")


def test_topics_that_people_named_stay(desk: Desk, code: str, tmp_path: Path) -> None:
    desk.topics.put("uncle", {"en": "Uncle Ri"})
    desk.topics.put("healing", {"en": "The doctor"})
    desk.topics.assign(code, "uncle", (1000, 2000))
    desk.releasing.export(code, PUBLIC, tmp_path / "x.qdpx")
    text = told(tmp_path / "x.qdpx")
    assert "Crossing the border" in text
    assert not any(one in text for one in ("Uncle", "doctor", "Healing"))


def test_a_closed_passage_takes_its_topic_and_those_of_the_whole_with_it(desk: Desk, code: str, tmp_path: Path) -> None:
    desk.topics.assign(code, "famine", (3000, 4000))
    desk.interviews.seal(code, 3000, 4000, "asked")
    desk.releasing.export(code, PUBLIC, tmp_path / "x.qdpx")
    text = told(tmp_path / "x.qdpx")
    assert "Crossing the border" in text and "Famine" not in text and "Healing" not in text


def test_a_name_that_a_topic_is_called_by_keeps_the_file_shut(desk: Desk, code: str, tmp_path: Path) -> None:
    desk.interviews.set_field(code, "names", "넘음")
    with pytest.raises(LeakFound) as found:
        desk.releasing.export(code, replace(PUBLIC, language="ko"), tmp_path / "x.qdpx")
    assert {one.part for one in found.value.findings} == {"project.qde (attributes)"}
    assert not (tmp_path / "x.qdpx").exists()
