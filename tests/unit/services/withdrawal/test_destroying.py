"""Destroying an interview: what goes, what stays, what is told, what stands against it."""

import json
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from datetime import UTC, datetime
from pathlib import Path

import pytest

from oralhistory.domain.backup import Fault
from oralhistory.domain.destruction import Account, FormerBackup, Recall, Step
from oralhistory.domain.interview import TakePurpose
from oralhistory.domain.ports import ExportRecord
from oralhistory.domain.staff import Role
from oralhistory.errors import InUse, NotAllowed, NotFound, StorageFailed
from oralhistory.services.desk import Desk
from oralhistory.services.recording.filing_takes import missing_key
from oralhistory.services.recording.recording_places import RecordingPlaces
from oralhistory.services.recording.takes import TakeMemo, memo_key
from oralhistory.services.withdrawal import destruction_words
from oralhistory.storage.medium_lock import hold
from tests.helpers import mounts, old_archive
from tests.helpers.archives import PASSPHRASE, cheap_program, open_desk, quick_desk
from tests.helpers.interviews import add_interview, filed, heard


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    with quick_desk(tmp_path) as made:
        yield made


def test_only_the_interview_goes(desk: Desk, tmp_path: Path) -> None:
    gone, stays = add_interview(desk, 1, "카나리아", "김복순", "말"), add_interview(desk, 2, "두루미", "", "말")
    told = []
    with desk.archive.store.transaction() as records:
        records.notes.set("drafts_waiting", json.dumps([gone.id, stays.id]))
    desk.archive.notices.subscribe(lambda notice: told.append((notice.what, notice.code)))
    done = desk.destroying.destroy(gone.code)
    assert (done.step, done.told.files, done.told.rows["reviewed_segments"]) == (Step.DONE, 1, 1)
    assert ("destroyed", gone.code) in told
    with pytest.raises(NotFound):
        desk.interviews.card(gone.code)
    assert [hit.code for hit in desk.searching.search("말")] == [stays.code]
    assert heard(desk, stays.code) == filed(desk, stays.code) != {}
    assert not [path for path in (tmp_path / "archive").rglob("*") if gone.id in str(path)]
    with desk.archive.store.transaction() as records:
        actions = [event.action for event in records.custody.of(gone.id)]
        assert records.notes.get("drafts_waiting") == json.dumps([stays.id])
    assert actions[-2:] == ["destruction begun", "destroyed"]
    with pytest.raises(NotFound):
        desk.destroying.destroy(gone.code)


def test_a_hold_that_was_set_while_the_destruction_looked_around_stops_it_and_one_set_later_is_refused(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    code, second = add_interview(desk).code, "a second person's passphrase"
    desk.staffing.add("S2", "", Role.DIRECTOR)
    desk.admitting.add_passphrase("S2", second)
    with monkeypatch.context() as meanwhile:
        meanwhile.setattr(desk.archive.store, "refuse_without_room", lambda: desk.consent_acts.hold(code, "court", second))
        with pytest.raises(NotAllowed):
            desk.destroying.destroy(code)
    assert desk.destroying.all() == []
    desk.consent_acts.lift_hold(code, "over", second)

    def stuck(interview_id: str) -> None:
        raise StorageFailed("the disk refuses")

    with monkeypatch.context() as broken:
        broken.setattr(desk.archive.vault, "destroy_interview_key", stuck)
        with pytest.raises(StorageFailed):
            desk.destroying.destroy(code)
    with pytest.raises(InUse):
        desk.consent_acts.hold(code, "too late", second)
    assert desk.consenting.on_file(code).hold is None


def test_other_interviews_that_name_the_same_people_are_told_by_their_codes(desk: Desk) -> None:
    gone = add_interview(desk, 1, "카나리아", "김복순", "말")
    names_her, _ = (
        add_interview(desk, 2, "두루미", "", "그때 김복순을 만났다"),
        add_interview(desk, 3, "왜가리", "", "말"),
    )
    told = desk.destroying.destroy(gone.code).told
    assert told.named_in == (names_her.code,)
    assert "김복순" not in json.dumps(told.to_json(), ensure_ascii=False)


def test_what_was_given_out_is_told_with_recipient_and_hash(desk: Desk) -> None:
    gone = add_interview(desk)
    given = ExportRecord(
        "e1", gone.id, "E-1", "docx", "public", "publish_text", "Tagblatt", "ab" * 32, desk.archive.clock()
    )
    with desk.archive.store.transaction() as records:
        records.exports.add(given)
    done = desk.destroying.destroy(gone.code)
    [recall] = done.told.recall
    assert (recall.recipient, recall.sha256, recall.purpose) == ("Tagblatt", "ab" * 32, "publish_text")
    report = "\n".join(destruction_words.report(done))
    assert "Tagblatt" in report
    assert "ab" * 32 in report
    assert "flash memory" in report


@pytest.mark.usefixtures("in_seoul")
def test_the_report_names_the_day_that_the_history_names() -> None:
    late = datetime(2026, 5, 1, 16, tzinfo=UTC)
    given = Recall("Tagblatt", "media", "public", "docx", "E-1", "ab" * 32, late)
    left = FormerBackup("b1", "/stick", late)
    told = [*destruction_words.given_out((given,)), *destruction_words.copies_and_backups(Account(still_open=(left,)), "I-1")]
    assert sum("2026-05-02" in line for line in told) == 2
    assert "2026-05-01" not in "".join(told)


def test_a_backup_of_before_is_known_to_be_of_before(desk: Desk, tmp_path: Path) -> None:
    gone = add_interview(desk)
    desk.backing_up.back_up(tmp_path / "stick")
    (tmp_path / "stick").rename(tmp_path / "away")
    desk.destroying.destroy(gone.code)
    assert [one.fault for one in desk.backing_up.verify(tmp_path / "away").findings] == [Fault.EARLIER_KEY]
    [state] = (tmp_path / "away").glob("*/states/*")
    (state / "manifest.sealed").write_bytes(b"another")
    assert [one.fault for one in desk.backing_up.verify(tmp_path / "away").findings] == [Fault.UNKNOWN_STATE]


RECORDER = """
import sys
from pathlib import Path
from oralhistory.workers.take_lock import TakeLock
lock = TakeLock(Path(sys.argv[1]))
print("held", flush=True)
sys.stdin.read()
"""


def test_an_interview_that_is_being_recorded_is_not_destroyed(desk: Desk, tmp_path: Path) -> None:
    interview = add_interview(desk)
    take = tmp_path / "archive" / "audio" / interview.id / ("0" * 32)
    take.mkdir()
    with subprocess.Popen([sys.executable, "-c", RECORDER, str(take)], stdin=-1, stdout=-1) as recorder:
        assert recorder.stdout is not None
        recorder.stdout.readline()
        with pytest.raises(InUse):
            desk.destroying.destroy(interview.code)
        recorder.communicate()
    assert desk.destroying.all() == []
    assert heard(desk, interview.code) == filed(desk, interview.code) != {}


def test_a_disk_without_room_is_said_before_anything_is_destroyed(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    interview = add_interview(desk)
    with monkeypatch.context() as full:
        full.setattr(shutil, "disk_usage", lambda _: shutil._ntuple_diskusage(10**9, 10**9, 1000))
        with pytest.raises(StorageFailed):
            desk.destroying.destroy(interview.code)
    assert heard(desk, interview.code) == filed(desk, interview.code) != {}


def test_second_copies_and_old_copies_of_the_database_go_too(desk: Desk, tmp_path: Path) -> None:
    gone, stays = add_interview(desk), add_interview(desk, 2)
    second = tmp_path / "second copy"
    desk.recording.set_places(RecordingPlaces(copy=second))
    for interview in (gone, stays):
        folder = second / desk.archive.vault.archive_id / interview.id / "take"
        folder.mkdir(parents=True)
        shutil.copy(next((tmp_path / "archive" / "audio" / interview.id).rglob("*.oha")), folder)
    old = [tmp_path / "archive" / name for name in ("archive.db.before-0004", "keyslots.json.before")]
    for copy in old:
        copy.write_bytes(bytes(5000))
    done = desk.destroying.destroy(gone.code)
    assert done.told.elsewhere == (str(second),)
    assert done.told.copies == ("archive.db.before-0004", "keyslots.json.before")
    assert not any(copy.exists() for copy in old)
    assert [path.parent.parent.name for path in second.rglob("*.oha")] == [stays.id]


def test_the_database_of_before_a_newer_version_goes_too(tmp_path: Path) -> None:
    old_archive.make(tmp_path)
    with open_desk(tmp_path) as desk:
        [copy] = (tmp_path / "archive" / "before").iterdir()
        done = desk.destroying.destroy(old_archive.CODE)
    assert done.told.copies == (copy.name,)
    assert not copy.exists()


def test_where_a_take_went_then_is_emptied_too(desk: Desk, tmp_path: Path) -> None:
    gone = add_interview(desk)
    [recording] = desk.interviews.card(gone.code).recordings
    then = tmp_path / "then"
    folder = then / desk.archive.vault.archive_id / gone.id / recording.take_id
    folder.mkdir(parents=True)
    (folder / "part.oha").write_bytes(b"sealed")
    memo = TakeMemo(TakePurpose.TESTIMONY, "", "2026-01-01T00:00:00+00:00", 0, ("a" * 32,), fallback=str(then))
    with desk.archive.store.transaction() as records:
        records.notes.set(memo_key(recording.take_id), memo.to_json())
        records.notes.set(missing_key("a" * 32), "100")
    assert desk.destroying.destroy(gone.code).told.elsewhere == (str(then),)
    assert not folder.exists()
    with desk.archive.store.transaction() as records:
        assert [records.notes.get(one) for one in (memo_key(recording.take_id), missing_key("a" * 32))] == [None, None]


def test_a_second_copy_that_is_not_there_is_told(desk: Desk, tmp_path: Path) -> None:
    gone = add_interview(desk)
    desk.recording.set_places(RecordingPlaces(copy=tmp_path / "unplugged"))
    assert desk.destroying.destroy(gone.code).told.unreached == (str(tmp_path / "unplugged"),)


def test_a_second_copy_on_a_stick_that_takes_nothing_is_told_and_stops_nothing(desk: Desk, tmp_path: Path) -> None:
    gone = add_interview(desk)
    with mounts.mounted(tmp_path / "stick", 1) as stick:
        folder = stick / desk.archive.vault.archive_id / gone.id / "take"
        folder.mkdir(parents=True)
        (folder / "part.oha").write_bytes(b"sealed")
        mounts.make_read_only(stick)
        desk.recording.set_places(RecordingPlaces(copy=stick))
        done = desk.destroying.destroy(gone.code)
        assert (folder / "part.oha").exists()
    assert (done.step, done.told.unreached, done.told.elsewhere) == (Step.DONE, (str(stick),), ())
    assert not (tmp_path / "archive" / "keys" / f"{gone.id}.key").exists()


@contextmanager
def held(backup: Path) -> Iterator[None]:
    release = hold(backup)
    yield
    release()


@contextmanager
def strange(backup: Path) -> Iterator[None]:
    """Somebody put a file where the backup's states were."""
    (backup / "states").rename(backup.with_name("states"))
    (backup / "states").write_bytes(b"not ours")
    yield
    (backup / "states").unlink()
    backup.with_name("states").rename(backup / "states")


@pytest.mark.parametrize("bad", [held, strange])
def test_a_backup_that_cannot_be_rewritten_is_named_and_keeps_nobody_from_the_others(
    desk: Desk, tmp_path: Path, bad: Callable[[Path], AbstractContextManager[None]]
) -> None:
    gone = add_interview(desk)
    for name in ("one", "two"):
        desk.backing_up.back_up(tmp_path / name)
    with bad(next((tmp_path / "one").iterdir())):
        done = desk.destroying.destroy(gone.code)
    assert done.step is Step.DONE
    assert done.told.rewritten == (str(tmp_path / "two"),)
    [failed] = done.told.still_open
    assert (failed.place, failed.failed) == (str(tmp_path / "one"), True)
    assert [one.still_opens for one in desk.backing_up.standing().backups] == [(gone.code,), ()]
    assert desk.backing_up.back_up(tmp_path / "one").destroyed == (gone.code,)


def test_a_destruction_that_cannot_go_on_keeps_no_other_from_it(
    desk: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    first, second = add_interview(desk, 1), add_interview(desk, 2)
    with monkeypatch.context() as interrupted:
        interrupted.setattr(desk.archive.vault, "destroy_interview_key", _full)
        for one in (first, second):
            with pytest.raises(StorageFailed):
                desk.destroying.destroy(one.code)
    key = tmp_path / "archive" / "keys" / f"{first.id}.key"
    key.rename(key.with_suffix(".away"))
    key.mkdir()  # something that no step can overwrite
    with pytest.raises(StorageFailed):
        desk.destroying.resume()
    assert {one.interview_id: one.step for one in desk.destroying.all()} == {first.id: Step.KEY, second.id: Step.DONE}
    key.rmdir()
    key.with_suffix(".away").rename(key)
    assert [one.interview_id for one in desk.destroying.resume()] == [first.id]
    assert not key.exists()


def _full(_interview: str) -> None:
    raise StorageFailed("full")


def test_a_restored_archive_leaves_the_backups_alone(desk: Desk, tmp_path: Path) -> None:
    gone, _ = add_interview(desk), add_interview(desk, 2)
    desk.backing_up.back_up(tmp_path / "stick")
    desk.destroying.destroy(gone.code)
    restoring = cheap_program(tmp_path).restoring
    restoring.restore(tmp_path / "stick", tmp_path / "back" / "archive", restoring.by_passphrase(PASSPHRASE))
    with open_desk(tmp_path / "back") as restored:
        [resumed] = restored.destroying.resume()
        assert resumed.step is Step.DONE
    assert desk.backing_up.back_up(tmp_path / "stick").distrusted is None
