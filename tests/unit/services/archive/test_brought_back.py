"""An older state of the archive is asked about, however it came back, and nothing leaves before somebody answers."""

import shutil
import threading
from pathlib import Path

import pytest

from oralhistory.domain.consent import Allowed, Context, Operation, Purpose
from oralhistory.errors import Damaged, NotAllowed
from oralhistory.services.archive.brought_back import WITNESS, in_words
from oralhistory.services.archive.opened import DATABASE
from oralhistory.services.desk import Desk
from tests.helpers.archives import PASSPHRASE, cheap_program, open_desk, quick_archive
from tests.helpers.releases import ORDER, releasable

TEXT = "N1: 강을 건넜습니다.\n"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    quick_archive(tmp_path)
    return tmp_path


def why(desk: Desk, code: str, operation: Operation = Operation.EXPORT_TEXT) -> list[str]:
    answer = desk.consenting.why(code, operation, Context(Purpose.PUBLISH_TEXT, "Readers"))
    return [] if isinstance(answer, Allowed) else [one.code for one in answer.reasons]


def confirmed(folder: Path, code: str, to: Path) -> None:
    """Nothing leaves of the state that stands there, until a person says that all of it is entered again."""
    for _ in range(2):
        with open_desk(folder) as desk:
            assert desk.archive.brought_back.question is not None, "asked until somebody answers"
            for operation in (Operation.EXPORT_TEXT, Operation.EXPORT_SUMMARY, Operation.EXPORT_AUDIO):
                assert "brought_back" in why(desk, code, operation)
            assert "brought_back" not in why(desk, code, Operation.EDIT)
            with pytest.raises(NotAllowed) as refused:
                desk.releasing.export(code, ORDER, to)
            assert [(one.code, one.field) for one in refused.value.reasons] == [("brought_back", "archive")]
            with pytest.raises(NotAllowed):
                desk.voices.to_give_out(desk.library.glances())
    with open_desk(folder) as desk:
        desk.archive.brought_back.confirm(desk.archive.actor)
        assert why(desk, code) == []
        with desk.archive.store.transaction() as records:
            last = records.custody.last()
            records.custody.verify_chain()
        assert last is not None
        assert "confirmed after it was brought back" in last.event.action
    with open_desk(folder) as desk:
        assert desk.archive.brought_back.question is None
        desk.releasing.export(code, ORDER, to)


def test_a_thread_that_commits_takes_no_line_of_another_for_its_own(folder: Path) -> None:
    with open_desk(folder) as desk:
        archive, witness = desk.archive, folder / "archive" / WITNESS
        desk.interviews.create()
        with archive.store.transaction() as records:
            archive.record_custody_of_archive(records, "looked at")
            before = witness.read_bytes()
            other = threading.Thread(target=archive.brought_back.keep_up)
            other.start()
            other.join()
        assert witness.read_bytes() == before
        archive.brought_back.keep_up()
        assert witness.read_bytes() != before


def test_an_archive_that_goes_on_is_asked_nothing(folder: Path) -> None:
    with open_desk(folder) as desk:
        code = releasable(desk, TEXT)
        witness = (folder / "archive" / WITNESS).read_bytes()
        desk.consenting.withdraw(code, [Purpose.MEDIA])
        assert (folder / "archive" / WITNESS).read_bytes() != witness, "noted at once: nobody waits for the end of the day"
    (folder / "archive" / WITNESS).write_bytes(witness)  # killed before it was noted
    with open_desk(folder) as desk:
        assert desk.archive.brought_back.question is None
    for content in (b"", b"torn"):
        (folder / "archive" / WITNESS).write_bytes(content)
        with open_desk(folder) as desk:
            assert desk.archive.brought_back.question is None
            assert why(desk, code) == []


def test_a_restored_archive_is_asked_about_what_was_withdrawn_since(folder: Path, tmp_path: Path) -> None:
    with open_desk(folder) as desk:
        code = releasable(desk, TEXT)
        made = desk.backing_up.back_up(tmp_path / "stick")
        desk.consenting.withdraw(code)
        assert why(desk, code) == ["withdrawn"]
    restoring = cheap_program(tmp_path).restoring
    report = restoring.restore(tmp_path / "stick", tmp_path / "back" / "archive", restoring.by_passphrase(PASSPHRASE))
    assert report.findings == ()
    with open_desk(tmp_path / "back") as desk:
        question = desk.archive.brought_back.question
        assert question is not None
        assert (question.as_of, question.last_known) == (made.at, None)
        assert f"{made.at:%Y-%m-%d}" in in_words(question)
        again = desk.backing_up.back_up(tmp_path / "another")
        assert again.copied == made.copied
    confirmed(tmp_path / "back", code, tmp_path / "x.txt")
    restoring.restore(tmp_path / "another", tmp_path / "twice" / "archive", restoring.by_passphrase(PASSPHRASE))
    with open_desk(tmp_path / "twice") as desk:
        assert desk.archive.brought_back.question is not None


def test_a_database_put_back_by_hand_is_asked_about(folder: Path, tmp_path: Path) -> None:
    database = folder / "archive" / DATABASE
    with open_desk(folder) as desk:
        code = releasable(desk, TEXT)
    shutil.copy(database, tmp_path / "drawer.db")
    with open_desk(folder):
        pass
    shutil.copy(tmp_path / "drawer.db", database)
    with open_desk(folder) as desk:
        assert desk.archive.brought_back.question is None, "nothing was noted since"
        desk.consenting.withdraw(code)
    shutil.copy(tmp_path / "drawer.db", database)
    with open_desk(folder) as desk:
        question = desk.archive.brought_back.question
        assert question is not None
        assert question.last_known is not None
        assert question.as_of <= question.last_known
        desk.interviews.set_field(code, "pseudonym", "Heron")
    shutil.copy(tmp_path / "drawer.db", database)
    with open_desk(folder) as desk:
        assert desk.archive.brought_back.question == question, "put back again before anybody answered"
    confirmed(folder, code, tmp_path / "x.txt")


def test_an_interview_that_was_destroyed_does_not_come_back_with_the_database(folder: Path, tmp_path: Path) -> None:
    """Its key is gone with the archive's old one: the older database opens with nothing."""
    database = folder / "archive" / DATABASE
    with open_desk(folder) as desk:
        code = releasable(desk, TEXT)
    shutil.copy(database, tmp_path / "drawer.db")
    with open_desk(folder) as desk:
        desk.destroying.destroy(code)
    shutil.copy(tmp_path / "drawer.db", database)
    with pytest.raises(Damaged), open_desk(folder):
        pass
