"""After unlocking all that was half done goes on; what cannot keeps nothing else from its end."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from oralhistory.errors import Cancelled, StorageFailed
from oralhistory.services.desk import Desk
from oralhistory.services.resuming import Resumed, finished, resume
from tests.helpers.archives import quick_desk
from tests.helpers.interviews import add_interview, add_sound, pcm


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    with quick_desk(tmp_path) as made:
        yield made


def test_what_cannot_go_on_is_told_and_the_rest_is_done(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    interview = add_interview(desk, 1)
    add_sound(desk, interview, pcm(1))
    desk.archive.closing.set()
    with pytest.raises(Cancelled):
        desk.removing.remove(interview.code, 100, 200, "her family")
    desk.archive.closing.clear()

    def refused() -> None:
        raise StorageFailed("the disk refuses")

    with monkeypatch.context() as failing:
        failing.setattr(desk.destroying, "resume", refused)
        failing.setattr(desk.recording, "adopt", refused)
        found = resume(desk)
    assert [one.happened for one in found.troubles] == ["the disk refuses"] * 2
    assert (found.destroyed, found.removed, found.kept, found.missing) == ([], [interview.code], [], [])
    assert finished(found) == [f"Removing minutes from {interview.code} had been interrupted; it is finished now."]
    assert resume(desk) == Resumed([], [], [], [], [], [])


def test_an_archive_that_is_being_closed_begins_nothing_else(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    begun: list[str] = []

    def closing() -> None:
        raise Cancelled("It was stopped.")

    monkeypatch.setattr(desk.destroying, "resume", closing)
    monkeypatch.setattr(desk.recording, "adopt", lambda: begun.append("adopt"))
    with pytest.raises(Cancelled):
        resume(desk)
    assert begun == []
