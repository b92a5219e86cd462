"""What is said at the door of a take that was asked to end: an end only where archive and take are still to be seen."""

from pathlib import Path

from oralhistory.services.recording.at_the_door import Ending, ending, is_recording, stop_recording
from oralhistory.workers import stop_wish
from oralhistory.workers.recording import RecorderProcesses


def test_an_end_is_believed_only_while_archive_and_take_are_seen(tmp_path: Path) -> None:
    take = tmp_path / "archive" / "audio" / "interview" / "take"
    take.mkdir(parents=True)
    sign = tmp_path / "archive" / "keyslots.json"
    sign.touch()
    recorders = RecorderProcesses()
    assert ending(recorders, sign, [take]) is Ending.ENDED
    sign.unlink()  # another disk, or the empty place where one was
    assert ending(recorders, sign, [take]) is Ending.OUT_OF_SIGHT
    sign.touch()
    take.rmdir()
    assert ending(recorders, sign, [take]) is Ending.OUT_OF_SIGHT


def test_a_lock_of_which_nobody_can_tell_goes_on_and_is_asked_to_end(tmp_path: Path) -> None:
    take = tmp_path / "audio" / "interview" / "take"
    (take / "take.lock").mkdir(parents=True)  # a name that cannot be opened
    recorders = RecorderProcesses()
    assert is_recording(recorders, tmp_path)
    assert stop_recording(recorders, tmp_path) == [take]
    assert (take / stop_wish.NAME).is_file()
    assert ending(recorders, tmp_path / "keyslots.json", [take]) is Ending.GOES_ON
