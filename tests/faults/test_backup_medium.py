"""Backups on a medium that is full, read-only, or pulled out in the middle; and beside a recording that goes on."""

import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from oralhistory.errors import MalformedInput, StorageFailed
from oralhistory.services.desk import Desk
from oralhistory.services.recording.coming_in import ComingIn
from tests.helpers import mounts
from tests.helpers.archives import PASSPHRASE, cheap_program, quick_desk
from tests.helpers.interviews import add_interview, add_sound, pcm


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    with quick_desk(tmp_path) as made:
        add_interview(made)
        yield made


def proven(folder: Path, stick: Path) -> int:
    """The number of the state on the medium, which would come back whole."""
    restoring = cheap_program(folder).restoring
    report = restoring.drill(stick, restoring.by_passphrase(PASSPHRASE))
    assert not report.unproven
    return report.number


class Once:
    """Does something when the first byte is copied."""

    def __init__(self, what: object) -> None:
        self._what = what
        self.done = False

    def __call__(self, *_: int) -> None:
        if not self.done:
            self.done = True
            self._what()  # type: ignore[operator]


def test_a_medium_that_fills_up_in_the_middle_keeps_the_state_before(desk: Desk, tmp_path: Path) -> None:
    with mounts.mounted(tmp_path / "stick", 24) as stick:
        desk.backing_up.back_up(stick / "backup")
        add_interview(desk, 2)
        with pytest.raises(StorageFailed) as full:
            desk.backing_up.back_up(stick / "backup", progress=Once(lambda: mounts.fill(stick)))
        assert "full" in full.value.happened
        assert not list(stick.rglob("*.part"))
        assert proven(tmp_path, stick / "backup") == 1
        (stick / "filler").unlink()
        again = desk.backing_up.back_up(stick / "backup")
        assert (again.copied + again.kept, again.number) == (2, 3)
        assert desk.backing_up.verify(stick / "backup").findings == ()


def test_a_read_only_medium_is_said_and_can_be_read(desk: Desk, tmp_path: Path) -> None:
    with mounts.mounted(tmp_path / "stick", 24) as stick:
        desk.backing_up.back_up(stick / "backup")
        mounts.make_read_only(stick)
        with pytest.raises(StorageFailed):
            desk.backing_up.back_up(stick / "backup")
        assert desk.backing_up.verify(stick / "backup").findings == ()
        assert proven(tmp_path, stick / "backup") == 1
        restoring = cheap_program(tmp_path).restoring
        restoring.restore(stick / "backup", tmp_path / "back", restoring.by_passphrase(PASSPHRASE))


def test_a_medium_pulled_out_in_the_middle_is_noticed_and_its_empty_place_not_filled(desk: Desk, tmp_path: Path) -> None:
    place = tmp_path / "stick"
    with mounts.mounted(place, 24):
        desk.backing_up.back_up(place / "backup")
        for seed in (2, 3):
            add_interview(desk, seed)
        with pytest.raises(StorageFailed):
            desk.backing_up.back_up(place / "backup", progress=Once(lambda: mounts.pull_out(place)))
        left = [path for path in place.rglob("*") if path.is_file()]
        assert [path.suffix for path in left if path.suffix in (".oha", ".db", ".sealed")] == []
    [known] = desk.backing_up.standing().backups
    assert (known.attached, known.known.number) == (False, 1)


RECORDER = """
import sys
from pathlib import Path
from oralhistory.workers.take_lock import TakeLock
lock = TakeLock(Path(sys.argv[1]))
print("held", flush=True)
sys.stdin.read()
"""


def test_a_take_that_goes_on_is_left_out_and_said(desk: Desk, tmp_path: Path) -> None:
    interview = desk.interviews.create()
    desk.backing_up.back_up(tmp_path / "stick")
    finished = add_sound(desk, interview, pcm(4))
    going_on = finished.parent.with_name("0" * 32)
    shutil.copytree(finished.parent, going_on)
    (going_on / finished.name).rename(going_on / f"{'1' * 32}.oha")
    command = [sys.executable, "-c", RECORDER, str(going_on)]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as recorder:
        assert recorder.stdout is not None
        recorder.stdout.readline()
        outcome = desk.backing_up.back_up(tmp_path / "stick")
        recorder.communicate()
    assert (outcome.left_out, outcome.copied) == ((interview.code,), 1)
    assert not list((tmp_path / "stick").rglob("1" * 32 + "*"))
    assert desk.backing_up.back_up(tmp_path / "stick").left_out == ()


def test_a_file_that_is_being_brought_in_is_left_out(desk: Desk, tmp_path: Path) -> None:
    [card] = desk.interviews.cards()
    take = tmp_path / "archive" / "audio" / card.interview.id / ("0" * 32)
    take.mkdir()
    (take / f"{'1' * 32}.oha").write_bytes(b"half")
    with desk.archive.store.transaction() as records:
        ComingIn(desk.archive.session).remember(records, card.interview, take.name)
    outcome = desk.backing_up.back_up(tmp_path / "stick")
    assert (outcome.left_out, outcome.copied) == ((card.interview.code,), 1)
    with desk.archive.store.transaction() as records:
        ComingIn("an earlier one, interrupted").remember(records, card.interview, take.name)
    outcome = desk.backing_up.back_up(tmp_path / "stick")
    assert (outcome.left_out, outcome.copied, outcome.kept) == ((), 0, 1)


def test_links_and_strange_files_in_the_archive_are_left_out_and_said(desk: Desk, tmp_path: Path) -> None:
    outside = tmp_path / "outside"
    outside.mkdir()
    (outside / "secret").write_bytes(b"not ours")
    (tmp_path / "archive" / "audio" / "link").symlink_to(outside)
    (tmp_path / "archive" / "holiday 2026.jpg").write_bytes(b"not ours")
    outcome = desk.backing_up.back_up(tmp_path / "stick")
    assert set(outcome.strange) == {"audio/link", "holiday 2026.jpg"}
    assert not any(path.read_bytes() == b"not ours" for path in (tmp_path / "stick").rglob("*") if path.is_file())


def test_a_path_too_long_for_a_database_is_said(desk: Desk, tmp_path: Path) -> None:
    deep = tmp_path.joinpath(*["a" * 120] * 4)
    with pytest.raises(MalformedInput):
        desk.backing_up.back_up(deep)
