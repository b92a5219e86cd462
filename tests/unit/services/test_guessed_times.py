"""A text without times over sound: nothing of it leaves beside a closed passage until somebody says when it was said."""

import json
import random
from collections.abc import Iterator
from pathlib import Path

import pytest

from oralhistory.cli import documents
from oralhistory.domain.consent import Purpose, Stage
from oralhistory.domain.edits import ConfirmTimes, Join, Restore, SetTimes, Split
from oralhistory.domain.redaction import Decisions
from oralhistory.domain.sound import SoundFormat
from oralhistory.domain.transcript import Layer
from oralhistory.errors import MalformedInput, NotAllowed
from oralhistory.services.desk import Desk
from oralhistory.services.review.transcripts import PlannedEdit
from tests.helpers.archives import consent, open_desk, quick_archive, quick_desk
from tests.helpers.releases import ORDER
from tests.helpers.takes import filed

TEXT = "A: We crossed at night.\nB: Who waited there?\nA: Park Minji did, and she was caught.\nA: Then we walked.\n"
SECONDS, RADIO = 8, (Purpose.PUBLISH_AUDIO, "Radio")


def told(desk: Desk) -> str:
    """The code of an interview with sound and that text: heard, signed off, all decided, its consents given."""
    code = desk.interviews.create().code
    desk.consenting.record(code, consent(Stage.BEFORE, "record_audio"))
    desk.consenting.record(code, consent(Stage.AFTER, "publish_text", "publish_audio"))
    filed(desk, code, random.Random(1).randbytes(SECONDS * 8_000 * 3), sound=SoundFormat(8_000, 1, 24, 800))
    desk.transcripts.import_file(code, "talk.txt", TEXT)
    dismiss(desk, code)
    return code


def dismiss(desk: Desk, code: str) -> None:
    desk.redacting.add(code, Decisions(dismissed=frozenset(one.id for one in desk.redacting.propose(code))))


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    with quick_desk(tmp_path) as desk:
        yield desk


def guessed(desk: Desk, code: str) -> list[bool]:
    return [one.guessed for one in desk.transcripts.segments(code)]


def refusals(desk: Desk, code: str) -> list[str]:
    return [one.code for one in desk.releasing.outlook(code, ORDER).reasons]


def test_beside_a_closed_passage_it_leaves_only_once_somebody_heard_and_said_so(tmp_path: Path) -> None:
    quick_archive(tmp_path)
    with open_desk(tmp_path) as desk:
        code = told(desk)
        length = max(one.end_ms for one in desk.transcripts.segments(code))
        assert guessed(desk, code) == [True] * 4
        desk.interviews.seal(code, length - 400, length, "the neighbour")
        with pytest.raises(MalformedInput) as unheard:
            desk.transcripts.confirm_times(code, before=True)
        assert "00:00:00" in unheard.value.happened
        desk.attesting.heard(code)
        desk.attesting.sign_off(code)
        with pytest.raises(NotAllowed) as refused:
            desk.releasing.export(code, ORDER, tmp_path / "x.txt")
        (reason,) = refused.value.reasons
        assert (reason.code, reason.details["count"]) == ("times_guessed", "4")
        assert reason.details["at"].startswith("00:00:00, 00:00:")
        outlook = desk.releasing.outlook(code, ORDER)
        assert {one.sealed for one in outlook.rendered} == {True}  # whoever looked at it saw nothing of it either
        assert desk.searching.search("Minji") == []
        with pytest.raises(NotAllowed) as silent:
            desk.exporting_sound.export(code, tmp_path / "x.wav", *RADIO)
        assert [one.code for one in silent.value.reasons] == ["times_guessed"]
        with pytest.raises(MalformedInput, match="guessed"):
            desk.removing.remove(code, 0, 500, "a name")
        assert list(tmp_path.glob("x.*")) == []
        step = desk.transcripts.confirm_times(code, before=True)
        assert (step.kind, len(step.splices), guessed(desk, code)) == ("confirm_times", 1, [False] * 4)
        desk.releasing.export(code, ORDER, tmp_path / "x.txt")  # the sign-off is of the same text and times, and holds
        given = (tmp_path / "x.txt").read_text(encoding="utf-8")
        assert "Park Minji" in given
        assert "Then we walked" not in given
        assert [hit.found.text[:2] for hit in desk.searching.search("Minji")] == ["Pa"]
        desk.exporting_sound.export(code, tmp_path / "x.wav", *RADIO)
    with open_desk(tmp_path) as desk:
        assert guessed(desk, code) == [False] * 4
        desk.transcripts.undo(code)
    with open_desk(tmp_path) as desk:
        assert guessed(desk, code) == [True] * 4
        assert refusals(desk, code) == ["times_guessed"]
        desk.transcripts.redo(code)
        assert refusals(desk, code) == []


def test_without_a_closed_passage_it_leaves_and_only_a_name_in_it_keeps_the_sound_back(desk: Desk, tmp_path: Path) -> None:
    code = told(desk)
    desk.attesting.heard(code)
    desk.attesting.sign_off(code)
    desk.exporting_sound.export(code, tmp_path / "all.wav", *RADIO)
    third = desk.transcripts.segments(code)[2]
    everyone = dict.fromkeys(("public", "partner", "court"), "[a friend]")
    entity = {"id": "n", "type": "PERSON", "class": "DIRECT", "variants": ["Park Minji"], "replacement": everyone}
    desk.redacting.decide(code, {"entities": [entity]})
    assert refusals(desk, code) == []
    with pytest.raises(NotAllowed) as refused:
        desk.exporting_sound.export(code, tmp_path / "x.wav", *RADIO)
    (reason,) = refused.value.reasons
    assert (reason.code, reason.details["count"]) == ("times_guessed", "1")
    desk.transcripts.confirm_times(code, third.id)
    assert desk.exporting_sound.export(code, tmp_path / "x.wav", *RADIO).muted != ()
    desk.interviews.seal(code, 0, 1 << 40, "all of it")  # what closes everything needs no times
    assert "times_guessed" not in refusals(desk, code)


def test_what_was_split_and_joined_stays_guessed_and_what_a_person_timed_does_not(desk: Desk) -> None:
    code = told(desk)
    first, second, third, _ = desk.transcripts.segments(code)
    for end_ms in (second.end_ms, second.end_ms + 10):
        with pytest.raises(MalformedInput, match="not listened to yet"):
            desk.transcripts.edit(code, [PlannedEdit(SetTimes(second.id, second.start_ms, end_ms))])
    desk.attesting.heard(code, second.start_ms, second.end_ms)
    desk.transcripts.edit(code, [PlannedEdit(SetTimes(second.id, second.start_ms, second.end_ms))])
    assert guessed(desk, code) == [True, False, True, True]
    desk.transcripts.edit(code, [PlannedEdit(SetTimes(third.id, third.start_ms + 10, third.end_ms, guess_stays=True))])
    desk.transcripts.edit(code, [PlannedEdit(Split(second.id, 4)), PlannedEdit(Split(third.id, 12))])
    assert guessed(desk, code) == [True, False, False, True, True, True]
    desk.transcripts.edit(code, [PlannedEdit(Join(second.id))])
    assert guessed(desk, code)[:2] == [True, False]
    with pytest.raises(MalformedInput, match="There is no such segment"):
        desk.transcripts.edit(code, [PlannedEdit(ConfirmTimes("0" * 32))])
    with pytest.raises(MalformedInput, match="no machine text"):
        desk.transcripts.edit(code, [PlannedEdit(Restore(first.id))])


def test_the_printed_transcript_says_so_and_takes_it_along(desk: Desk, tmp_path: Path) -> None:
    code = told(desk)
    desk.attesting.heard(code)
    first = desk.transcripts.segments(code)[0]
    desk.transcripts.confirm_times(code, first.id)
    printed = documents.transcript(Layer.REVIEWED, desk.transcripts.segments(code))
    assert [one["times_guessed"] for one in printed["segments"]] == [False, True, True, True]
    for one in printed["segments"]:
        one["recording"] = ""
    other = desk.interviews.create().code
    desk.transcripts.import_file(other, "again.json", json.dumps(printed))
    assert guessed(desk, other) == [False, True, True, True]
    printed["segments"][0]["times_guessed"] = "no"
    with pytest.raises(MalformedInput, match="times_guessed"):
        desk.transcripts.import_file(desk.interviews.create().code, "again.json", json.dumps(printed))
