"""What is said at the door of a take that was asked to end: an end only where archive and take are still to be seen."""

import subprocess
import sys
from pathlib import Path

from oralhistory.services.recording.at_the_door import AtTheDoor, Ending
from oralhistory.workers import stop_wish
from oralhistory.workers.recording import RecorderProcesses

HOLDER = """
import sys
from pathlib import Path
from oralhistory.workers.take_lock import TakeLock
lock = TakeLock(Path(sys.argv[1]))
print("held", flush=True)
sys.stdin.read()
"""


def test_an_end_is_believed_only_while_archive_and_take_are_seen(tmp_path: Path) -> None:
    take = tmp_path / "archive" / "audio" / "interview" / "take"
    take.mkdir(parents=True)
    sign = tmp_path / "archive" / "keyslots.json"
    sign.touch()
    door = AtTheDoor(RecorderProcesses(), "keyslots.json")
    assert door.ending(sign.parent, [take]) is Ending.ENDED
    sign.unlink()  # another disk, or the empty place where one was
    assert door.ending(sign.parent, [take]) is Ending.OUT_OF_SIGHT
    sign.touch()
    take.rmdir()
    assert door.ending(sign.parent, [take]) is Ending.OUT_OF_SIGHT


def test_a_lock_that_a_recorder_holds_is_no_fault_of_the_disk(tmp_path: Path) -> None:
    take = tmp_path / "audio" / "interview" / "take"
    take.mkdir(parents=True)
    door = AtTheDoor(RecorderProcesses(), "keyslots.json")
    assert not door.is_recording(tmp_path) and not door.cannot_be_told(tmp_path)
    with subprocess.Popen([sys.executable, "-c", HOLDER, take], stdin=subprocess.PIPE, stdout=subprocess.PIPE) as recorder:
        assert recorder.stdout is not None and recorder.stdout.readline()
        assert door.is_recording(tmp_path) and not door.cannot_be_told(tmp_path)
        recorder.communicate()


def test_a_lock_of_which_nobody_can_tell_goes_on_and_is_asked_to_end(tmp_path: Path) -> None:
    take = tmp_path / "audio" / "interview" / "take"
    (take / "take.lock").mkdir(parents=True)  # a name that cannot be opened
    door = AtTheDoor(RecorderProcesses(), "keyslots.json")
    assert door.is_recording(tmp_path)
    assert door.cannot_be_told(tmp_path), "the disk's fault is no recorder's hand"
    assert door.stop(tmp_path) == [take]
    assert (take / stop_wish.NAME).is_file()
    assert door.ending(tmp_path, [take]) is Ending.GOES_ON
