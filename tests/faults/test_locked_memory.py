"""F14: the memory of a locked window, read from outside by root, holds no passphrase, no key and no row.

A real window on an invisible screen, driven by keys and clicks: unlocked, a transcript opened and heard, locked; unlocked
again, a recording begun, locked while it runs. Everything that is looked for is found while it is in use, but the key of the
interview: it exists only for as long as the key of one file is derived from it, so the keys of files stand for it.
"""

from collections.abc import Iterator
from pathlib import Path

import pytest

from oralhistory.domain.consent import Stage
from oralhistory.services.desk import Desk
from oralhistory.services.recording.filing import AUDIO
from oralhistory.vault.keyring import KeyRing
from oralhistory.vault.partkeys import PartKeys
from tests.helpers import figures, memory, screen
from tests.helpers.archives import cheap_program, consent
from tests.helpers.real_window import RealWindow, opened, until
from tests.helpers.sound_server import SoundServer
from tests.ui.material import taped, written

PASSPHRASE = "quartz ferry mandolin seven"
NARRATOR = "Zilverkraanvogel"
ROW = "옥수수밭 사이로 난 길을 밤새 걸었습니다."
FIRST_INTERVIEW = (150, 218)
"""Where the first interview of the list is on the screen."""

pytestmark = [
    pytest.mark.full,
    pytest.mark.timeout(600),
    pytest.mark.skipif(not memory.readable(), reason="reading another process's memory needs root on Linux"),
    pytest.mark.skipif(bool(screen.missing()), reason="there is no invisible screen on this machine"),
]


@pytest.fixture
def secrets(tmp_path: Path) -> dict[str, list[bytes]]:
    """Every spelling of what a locked window must not hold, from an archive with one interview made for it."""
    program = cheap_program(tmp_path)
    archive, _ = program.archives.create(tmp_path / "archive", PASSPHRASE)
    desk = program.desk(archive)
    code, file_id = _told(desk)
    with archive.store.transaction() as records:
        interview = archive.interview(records, code)
    keys = archive.vault
    assert isinstance(keys, KeyRing)
    interview_key = keys._interviews.key(interview.id)
    found = {
        "passphrase": memory.spellings(PASSPHRASE),
        "archive key": memory.key_spellings(keys.root().archive_key),
        "anchor": memory.key_spellings(keys.root().anchor),
        "database key": memory.key_spellings(keys.database_keys()[0]),
        "interview key": memory.key_spellings(interview_key),
        "file key": memory.key_spellings(
            PartKeys.derived(interview_key, archive.vault.archive_id, interview.id, file_id).data_key
        ),
        "pseudonym": memory.spellings(NARRATOR),
        "row": memory.spellings(ROW),
    }
    desk.close()
    return found


def _told(desk: Desk) -> tuple[str, str]:
    """The code of an interview with sound and text, and the id of its sealed file."""
    code = desk.interviews.create(("ko",), NARRATOR).code
    desk.consenting.record(code, consent(Stage.BEFORE, "record_audio", "machine_transcribe"))
    [tape] = taped(desk, code, 4)
    written(desk, code, [ROW, "그리고 강을 건넜습니다."])
    return code, tape.id


@pytest.fixture
def window(tmp_path: Path, secrets: object, sound_server: SoundServer) -> Iterator[RealWindow]:
    with screen.running(sound_server.env) as seen, opened(seen, tmp_path / "archive") as made:
        yield made


def test_nothing_is_left_in_a_locked_window(window: RealWindow, secrets: dict[str, list[bytes]], tmp_path: Path) -> None:
    pid = window.pid
    window.unlock(PASSPHRASE)
    until(lambda: "pseudonym" in memory.holds(pid, {"pseudonym": secrets["pseudonym"]}))

    def heard() -> bool:
        window.screen.click(*FIRST_INTERVIEW)
        window.screen.press("alt+3", "F13")  # a key that comes before the sound is open does nothing
        return {"row", "file key"} <= set(memory.holds(pid, secrets))

    until(heard)
    unlocked = memory.holds(pid, secrets)
    in_use = {"archive key", "anchor", "database key", "file key", "pseudonym", "row"}
    assert in_use <= set(unlocked), "the search must find what is there"
    window.lock()
    locked = memory.holds(pid, secrets)
    window.unlock(PASSPHRASE)
    is_recording = cheap_program(tmp_path).at_the_door.is_recording

    def recording() -> bool:
        window.screen.click(*FIRST_INTERVIEW)
        window.screen.press("alt+2", "F5")
        return is_recording(tmp_path / "archive")

    until(recording)
    window.lock()
    keyless = memory.holds(pid, secrets)
    window.screen.press("F9")
    until(lambda: not is_recording(tmp_path / "archive"))
    figures.keep("F14", whole=True, unlocked=unlocked, locked=locked, recording_locked=keyless)
    assert (locked, keyless) == ({}, {})
    assert list((tmp_path / "archive" / AUDIO).rglob("*.oha")), "a take was made"
