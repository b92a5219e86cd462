"""What stays of a person's words when a recorder dies in the middle and another one follows it."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from oralhistory.domain.consent import Stage
from oralhistory.domain.interview import NoteKind, Recording, TakeNote
from oralhistory.domain.ports import Device, Heartbeat, RecorderOrder, TakeState
from oralhistory.errors import StorageFailed, WorkerFailed
from oralhistory.services.archive.opened import OpenArchive
from oralhistory.services.desk import Desk
from oralhistory.services.recording.adopting import TAKEN_BACK
from oralhistory.services.recording.going_on import GoingOn
from oralhistory.services.recording.recording import RecordingService
from oralhistory.services.recording.takes import RunningTake
from tests.helpers.archives import consent, quick_desk
from tests.helpers.scripted_recorder import Said, ScriptedRecorders, ScriptedTake, seal_part, service

DIED = WorkerFailed("The recorder ended unexpectedly.")


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    with quick_desk(tmp_path) as made:
        yield made


@pytest.fixture
def recorders() -> ScriptedRecorders:
    return ScriptedRecorders(Device("Built-in", 1, True))


@pytest.fixture
def recording(desk: Desk, recorders: ScriptedRecorders) -> RecordingService:
    return service(desk, recorders)


def beat(**more: int) -> Heartbeat:
    return Heartbeat(TakeState.RECORDING, 300, 200, (0.5,), 1 << 40, 0, **more)  # type: ignore[arg-type]


def begun(desk: Desk, recording: RecordingService, recorders: ScriptedRecorders) -> RunningTake:
    """A take whose recorder will have died after 300 ms."""
    code = desk.interviews.create().code
    desk.consenting.record(code, consent(Stage.BEFORE, "record_audio"))
    take = recording.start(code, outlives_starter=True)
    recorders.takes[-1].beats, recorders.takes[-1].ends = [beat()], DIED
    return take


def dies(take: RunningTake) -> None:
    with pytest.raises(WorkerFailed):
        list(take.events())


def sealed(desk: Desk, take: RunningTake) -> list[tuple[int, bool]]:
    return [(one.start_ms, one.open_ended) for one in desk.interviews.sealed(take.interview.code)]


def test_filing_what_broke_off_does_not_end_what_the_take_behind_it_seals(
    desk: Desk, recording: RecordingService, recorders: ScriptedRecorders
) -> None:
    take, going_on = begun(desk, recording, recorders), GoingOn(recording)
    going_on.begin()
    recorders.takes[0].beats = [beat(sealing_since_ms=0)]
    take.seal_from_here(at_ms=0)
    dies(take)
    new = going_on.begin_again(take)
    assert new is not None
    assert sealed(desk, take) == [(0, True), (300, True)]
    order = recorders.takes[0].order
    second = [bytes(order.sound.frames_per_record * order.sound.bytes_per_frame)] * 4  # 100 ms more than the last heartbeat told
    note = Said(0, NoteKind.SEAL_FROM, note_id=recorders.takes[0].notes[0].id)
    seal_part(desk, order.folder, order.keys[0], order.sound, second, note, finish=False)
    assert len(going_on.file()) == 1
    assert desk.interviews.sealed(take.interview.code)[0].end_ms == 400
    assert sealed(desk, take) == [(0, False), (300, True)]


class Hasty(ScriptedRecorders):
    """Somebody presses Stop while the next recorder begins."""

    going_on: GoingOn

    def start(self, order: RecorderOrder) -> ScriptedTake:
        if self.takes:
            self.going_on.asked("stop")
        return super().start(order)


def test_nothing_stays_sealed_by_a_take_that_nobody_wanted(desk: Desk) -> None:
    recorders = Hasty(Device("Built-in", 1, True))
    recording = service(desk, recorders)
    take, recorders.going_on = begun(desk, recording, recorders), GoingOn(recording)
    recorders.going_on.begin()
    recorders.takes[0].beats = [beat(sealing_since_ms=0)]
    dies(take)
    assert recorders.going_on.begin_again(take) is None
    assert sealed(desk, take) == []


def test_sound_that_nobody_wanted_is_gone_before_anything_else_can_fail(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    recorders = Hasty(Device("Built-in", 1, True))
    recording = service(desk, recorders)
    take, recorders.going_on = begun(desk, recording, recorders), GoingOn(recording)
    recorders.going_on.begin()
    dies(take)
    recorded = OpenArchive.record_custody

    def full(*said: object) -> None:
        if TAKEN_BACK in said:
            raise StorageFailed("The disk is full.")
        recorded(*said)  # type: ignore[arg-type]

    monkeypatch.setattr(OpenArchive, "record_custody", full)
    with pytest.raises(StorageFailed):
        recorders.going_on.begin_again(take)
    assert not recorders.takes[1].order.folder.exists()


def test_what_was_asked_to_be_sealed_since_the_last_heartbeat_goes_on_being_sealed(
    desk: Desk, recording: RecordingService, recorders: ScriptedRecorders
) -> None:
    take = begun(desk, recording, recorders)
    going_on = GoingOn(recording)
    going_on.begin()
    dies(take)
    take.seal_from_here()
    assert going_on.begin_again(take) is not None
    assert [one.kind for one in recorders.takes[1].notes] == [NoteKind.SEAL_FROM]


def test_what_a_dead_recorder_does_not_hear_of_is_sealed_all_the_same(
    desk: Desk, recording: RecordingService, recorders: ScriptedRecorders
) -> None:
    take = begun(desk, recording, recorders)
    dies(take)
    recorders.takes[0].gone = DIED
    take.seal_last(1)
    take.mark("경계", at_ms=250)
    take.seal_from_here()
    with pytest.raises(WorkerFailed):
        take.seal_until_here()
    first, second = desk.interviews.sealed(take.interview.code)
    assert first.start_ms == 0 and 300 <= first.end_ms <= second.start_ms and second.open_ended
    [mark] = desk.interviews.marks(take.interview.code)
    assert (mark.at_ms, mark.word) == (250, "경계")
    assert take.sealing, "and what follows in the next take, too"


def test_what_broke_off_and_could_not_be_filed_is_filed_with_what_a_person_records_next(
    desk: Desk, recording: RecordingService, recorders: ScriptedRecorders, monkeypatch: pytest.MonkeyPatch
) -> None:
    take, going_on = begun(desk, recording, recorders), GoingOn(recording)
    going_on.begin()
    dies(take)
    new = going_on.begin_again(take)
    assert new is not None
    for one in recorders.takes:
        order = one.order
        record = bytes(order.sound.frames_per_record * order.sound.bytes_per_frame)
        seal_part(desk, order.folder, order.keys[0], order.sound, [record], finish=False)

    def full(_take: RunningTake) -> list[Recording]:
        raise StorageFailed("The disk is full.")

    with monkeypatch.context() as patched:
        patched.setattr(RunningTake, "file", full)
        with pytest.raises(StorageFailed):
            going_on.file(new)
    going_on.begin()
    assert [one.take_id for one in going_on.file(new)] == [take.take_id, new.take_id]


def test_stop_is_obeyed_in_the_last_moment_before_the_next_take_is_in_hand(
    desk: Desk, recording: RecordingService, recorders: ScriptedRecorders, monkeypatch: pytest.MonkeyPatch
) -> None:
    take, going_on = begun(desk, recording, recorders), GoingOn(recording)
    going_on.begin()
    recorders.takes[0].beats = [beat(sealing_since_ms=0)]
    dies(take)
    note = ScriptedTake.note

    def asked_meanwhile(new: ScriptedTake, one: TakeNote) -> tuple[int, int]:
        going_on.asked("stop")
        return note(new, one)

    monkeypatch.setattr(ScriptedTake, "note", asked_meanwhile)
    assert going_on.begin_again(take) is not None
    assert recorders.takes[1].told == ["stop"]
