"""Bringing a file in: asked consent before and after, and nothing that counts as a recording before it is whole."""

import resource
import shutil
import signal
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

import pytest

from oralhistory.domain.consent import Stage
from oralhistory.domain.ports import DecodedFile
from oralhistory.errors import MalformedInput, NotAllowed, StorageFailed
from oralhistory.services.desk import Desk
from oralhistory.services.importing import Importing
from tests.helpers.archives import consent, new_desk, open_desk

SOUND = Path(__file__).resolve().parents[3] / "resources" / "demo" / "crane.flac"
DURATION_MS = 71_007


def consented(desk: Desk) -> str:
    code = desk.interviews.create().code
    desk.consenting.record(code, consent(Stage.BEFORE, "record_audio"))
    return code


def disturbed(desk: Desk, halfway: Callable[[], object]) -> Importing:
    """The real import, with something happening after the first of its sound is sealed."""
    sound = desk.importing._sound

    class Sound:
        @contextmanager
        def decode(self, path: Path) -> Iterator[DecodedFile]:
            with sound.decode(path) as decoded:
                yield replace(decoded, blocks=self._blocks(decoded))

        def _blocks(self, decoded: DecodedFile) -> Iterator[bytes]:
            for number, block in enumerate(decoded.blocks):
                yield block
                if number == 1:
                    halfway()

    return Importing(desk.archive, Sound())  # type: ignore[arg-type]


def sealed_files(archive: Path) -> list[Path]:
    return list(archive.rglob("*.oha"))


def test_a_power_cut_in_the_middle_leaves_no_half_recording(tmp_path: Path) -> None:
    later = tmp_path / "later"
    with new_desk(tmp_path) as desk:
        code = consented(desk)
        disturbed(desk, lambda: shutil.copytree(tmp_path / "archive", later / "archive")).import_file(code, SOUND)
    with open_desk(later) as desk:
        assert len(sealed_files(later)) == 1, "nothing was cut off"
        assert desk.recording.adopt() == []
        assert sealed_files(later) == [], "what nobody can use was kept"
        assert desk.recording.unopened() == []
        assert desk.importing.import_file(code, SOUND).start_ms == 0
        assert [one.duration_ms for one in desk.listening.recordings(code)] == [DURATION_MS]


def test_takes_are_looked_for_while_a_file_comes_in(tmp_path: Path) -> None:
    with new_desk(tmp_path) as desk:
        code, adopted = consented(desk), []
        disturbed(desk, lambda: adopted.append(desk.recording.adopt())).import_file(code, SOUND)
        assert adopted == [[]]
        assert [one.duration_ms for one in desk.listening.recordings(code)] == [DURATION_MS]


def test_consent_withdrawn_while_the_file_comes_in(tmp_path: Path) -> None:
    with new_desk(tmp_path) as desk:
        code = consented(desk)
        with pytest.raises(NotAllowed):
            disturbed(desk, lambda: desk.consenting.withdraw(code)).import_file(code, SOUND)
        assert desk.listening.recordings(code) == []
        assert sealed_files(tmp_path / "archive") == []
        assert desk.recording.adopt() == []


def test_the_session_that_is_going_on_decides_as_it_does_for_recording(tmp_path: Path) -> None:
    with new_desk(tmp_path) as desk:
        code = consented(desk)
        desk.consenting.record(code, consent(Stage.BEFORE, session=2))
        with pytest.raises(NotAllowed):
            desk.importing.import_file(code, SOUND)
        assert sealed_files(tmp_path / "archive") == []


def test_a_full_disk_is_said_and_leaves_nothing(tmp_path: Path) -> None:
    with new_desk(tmp_path) as desk:
        code = consented(desk)
        soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
        ignored = signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
        try:
            resource.setrlimit(resource.RLIMIT_FSIZE, (2_000_000, hard))
            with pytest.raises(StorageFailed):
                desk.importing.import_file(code, SOUND)
        finally:
            resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))
            signal.signal(signal.SIGXFSZ, ignored)
        assert sealed_files(tmp_path / "archive") == []
        assert desk.listening.recordings(code) == []


def test_the_same_file_twice(tmp_path: Path) -> None:
    with new_desk(tmp_path) as desk:
        code = consented(desk)
        desk.importing.import_file(code, SOUND)
        with pytest.raises(MalformedInput):
            desk.importing.import_file(code, SOUND)
        assert len(desk.listening.recordings(code)) == 1
