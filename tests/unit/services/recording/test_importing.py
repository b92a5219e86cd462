"""Bringing a file in: asked consent before and after, and nothing that counts as a recording before it is whole."""

import hashlib
import os
import random
import re
import resource
import shutil
import signal
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

import pytest

from oralhistory.domain.consent import Stage
from oralhistory.domain.interview import TakePurpose
from oralhistory.domain.ports import DecodedFile, Records
from oralhistory.errors import Incomplete, MalformedInput, NotAllowed, NotFound, StorageFailed
from oralhistory.services.desk import Desk
from oralhistory.services.recording import importing
from oralhistory.services.recording.coming_in import BROKE_OFF, REFUSED
from oralhistory.services.recording.importing import Importing
from oralhistory.services.recording.recording import AUDIO
from oralhistory.vault.container import SYNC_START
from tests.helpers.archives import consent, new_desk, open_desk
from tests.helpers.foreign_sound import encode, tones

SOUND = Path(__file__).resolve().parents[4] / "resources" / "demo" / "crane.flac"
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
        def decode(self, path: Path, track: int | None = None) -> Iterator[DecodedFile]:
            with sound.decode(path, track) as decoded:
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
        assert (BROKE_OFF, "removed") in [(one.action, one.outcome) for one in desk.interviews.history(code).custody]
        assert desk.recording.unopened() == []
        assert desk.importing.import_file(code, SOUND).start_ms == 0
        assert [one.duration_ms for one in desk.listening.recordings(code)] == [DURATION_MS]


@pytest.fixture
def snapped(tmp_path: Path) -> Iterator[tuple[Path, Path, str]]:
    """An archive as it was in the middle of an import, its source, and its interview; beside it, the one that went on."""
    source, later = tmp_path / "from a stick.flac", tmp_path / "later"
    shutil.copy(SOUND, source)
    with new_desk(tmp_path) as desk:
        code = consented(desk)
        disturbed(desk, lambda: shutil.copytree(tmp_path / "archive", later / "archive")).import_file(code, source)
    yield later, source, code


def test_a_snapshot_from_before_the_end_with_the_whole_sound_beside_it(snapped: tuple[Path, Path, str], tmp_path: Path) -> None:
    later, source, code = snapped
    shutil.copytree(tmp_path / "archive" / AUDIO, later / "archive" / AUDIO, dirs_exist_ok=True)  # a backup's files come last
    with open_desk(later) as desk:
        [filed] = desk.recording.adopt()
        assert (filed.complete, filed.duration_ms, filed.purpose) == (True, DURATION_MS, TakePurpose.TESTIMONY)
        assert filed.source_sha256 == hashlib.sha256(source.read_bytes()).hexdigest()
        assert [one.unchanged for one in desk.fixity.verify(code)] == [True]
        assert desk.recording.adopt() == desk.recording.unopened() == []
        with pytest.raises(MalformedInput, match="as part 1"):
            desk.importing.import_file(code, source)


@pytest.mark.parametrize("gone", ["removed", "replaced", "overwritten"])
def test_half_of_a_file_is_kept_when_the_file_is_not_there_any_more(snapped: tuple[Path, Path, str], gone: str) -> None:
    later, source, code = snapped
    about = source.stat()
    source.unlink() if gone == "removed" else source.write_bytes(b"another one")
    if gone == "overwritten":  # by something as long and, to the disk, as old
        source.write_bytes(bytes(about.st_size))
        os.utime(source, ns=(about.st_atime_ns, about.st_mtime_ns))
    with open_desk(later) as desk:
        [filed] = desk.recording.adopt()
        assert (filed.complete, filed.source_sha256) == (False, "")
        assert 0 < filed.duration_ms < DURATION_MS
        assert desk.importing.import_file(code, SOUND).duration_ms == DURATION_MS  # when it is found again


def test_what_does_not_open_is_kept_and_named_when_the_file_is_not_there(snapped: tuple[Path, Path, str]) -> None:
    later, source, code = snapped
    source.unlink()
    [part] = sealed_files(later)
    content = bytearray(part.read_bytes())
    for record in re.finditer(re.escape(SYNC_START), content):
        content[record.start() + 100] ^= 1
    part.write_bytes(content)
    with open_desk(later) as desk:
        assert desk.recording.adopt() == []
        assert [(one.code, one.file_id) for one in desk.recording.unopened()] == [(code, part.stem)]
        assert part.exists()


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
        assert notes_of_imports(desk) == [], "where the file lay is still known"


def notes_of_imports(desk: Desk) -> list[str]:
    with desk.archive.store.reading() as records:
        return records.notes.keys("import:")


def test_sound_of_a_killed_import_waits_until_a_consent_covers_it(snapped: tuple[Path, Path, str], tmp_path: Path) -> None:
    later, source, code = snapped
    source.unlink()
    with open_desk(later) as desk:
        desk.consenting.withdraw(code)
        assert desk.recording.adopt() == desk.recording.adopt() == []
        assert [(one.code, one.refused) for one in desk.recording.unopened()] == [(code, True)]
        assert [one.outcome for one in desk.interviews.history(code).custody if one.action == REFUSED] == ["refused"]
        with desk.archive.store.reading() as records:
            assert source.name not in (records.notes.get(records.notes.keys("import:")[0]) or "")
        desk.destroying.destroy(code)
        assert notes_of_imports(desk) == []


def test_an_import_that_left_no_folder_is_forgotten(snapped: tuple[Path, Path, str]) -> None:
    later, _, _ = snapped
    for part in sealed_files(later):
        shutil.rmtree(part.parent)
    with open_desk(later) as desk:
        assert len(notes_of_imports(desk)) == 1
        assert desk.recording.adopt() == []
        assert notes_of_imports(desk) == []


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


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    with new_desk(tmp_path) as desk:
        yield desk


@pytest.fixture
def code(desk: Desk) -> str:
    return consented(desk)


@pytest.fixture
def short(tmp_path: Path) -> Path:
    """A second of sound."""
    return encode(tmp_path / "short.wav", "pcm_s16le", "s16", tones(1.0, 1, 8_000), 8_000)


def nothing_is_left(desk: Desk, code: str) -> bool:
    takes = list((desk.archive.folder / AUDIO).rglob("*")) if (desk.archive.folder / AUDIO).exists() else []
    return [one for one in takes if one.is_file()] == [] and desk.listening.recordings(code) == []


def test_the_same_file_twice(desk: Desk, code: str, short: Path, tmp_path: Path) -> None:
    first = desk.importing.bring_in(code, short)
    assert (first.recording.source_sha256, first.elsewhere) == (hashlib.sha256(short.read_bytes()).hexdigest(), ())
    again = tmp_path / "under another name.mp3"  # the name says nothing
    again.write_bytes(short.read_bytes())
    with pytest.raises(MalformedInput, match="as part 1"):
        desk.importing.bring_in(code, again)
    assert len(desk.listening.recordings(code)) == 1
    other = consented(desk)
    assert desk.importing.bring_in(other, again).elsewhere == (code,)


def test_another_track_of_the_same_file_is_other_sound(desk: Desk, code: str, tmp_path: Path) -> None:
    film = encode(tmp_path / "film.mkv", "flac", "s16", tones(0.5, 1), more=[tones(0.5, 2)[:, 1:]], video=True)
    first = desk.importing.bring_in(code, film)
    assert (first.tracks, first.track, first.recording.part) == (2, 1, 1)
    second = desk.importing.bring_in(code, film, 2)
    assert (second.track, second.recording.part) == (2, 2)
    assert first.recording.source_sha256 == second.recording.source_sha256
    with pytest.raises(MalformedInput, match="as part 2"):
        desk.importing.bring_in(code, film, 2)
    assert len(sealed_files(desk.archive.folder)) == 2


def test_a_file_that_breaks_off_is_refused_or_taken_as_it_is(desk: Desk, code: str, tmp_path: Path) -> None:
    broken = encode(tmp_path / "x.wav", "pcm_s16le", "s16", tones(4.0, 1, 8_000), 8_000)
    broken.write_bytes(broken.read_bytes()[:-24_000])
    with pytest.raises(Incomplete, match="00:00:04"):
        desk.importing.bring_in(code, broken)
    assert nothing_is_left(desk, code)
    brought = desk.importing.bring_in(code, broken, incomplete=True)
    assert not brought.whole
    assert (brought.recording.complete, brought.recording.duration_ms) == (False, 2_500)
    assert [one.unchanged for one in desk.fixity.verify(code)] == [True]


def test_what_is_no_file_is_said_to_be_none(desk: Desk, code: str, tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    (tmp_path / "empty.wav").touch()
    for path, wrong in (
        (tmp_path, "a folder"), (tmp_path / "pipe", "a folder or a device"), (Path("/dev/zero"), "a device"),
        (tmp_path / "empty.wav", "is empty"),
    ):  # fmt: skip
        with pytest.raises(MalformedInput, match=wrong):
            desk.importing.bring_in(code, path)
    with pytest.raises(NotFound):
        desk.importing.bring_in(code, tmp_path / "nowhere.wav")
    (tmp_path / "link.wav").symlink_to(tmp_path / "nowhere.wav")
    with pytest.raises(NotFound):
        desk.importing.bring_in(code, tmp_path / "link.wav")
    assert nothing_is_left(desk, code)


def test_a_file_that_may_not_be_read(short: Path) -> None:
    short.chmod(0)
    root = os.geteuid() == 0
    if root:
        os.seteuid(65_534)  # the superuser may read everything
    try:
        with pytest.raises(NotFound, match="could not be opened"):
            importing._sha256(short)
    finally:
        if root:
            os.seteuid(0)


def test_a_file_that_changes_while_it_is_read(desk: Desk, code: str, tmp_path: Path) -> None:
    growing = tmp_path / "growing.flac"
    shutil.copy(SOUND, growing)

    def grow() -> None:
        with growing.open("ab") as file:
            file.write(b"more")

    with pytest.raises(MalformedInput, match="changed while"):
        disturbed(desk, grow).import_file(code, growing)
    assert nothing_is_left(desk, code)


def test_a_file_that_is_gone_at_the_end_was_read_to_the_end_and_is_kept(desk: Desk, code: str, tmp_path: Path) -> None:
    pulled = tmp_path / "from a stick.flac"
    shutil.copy(SOUND, pulled)
    brought = disturbed(desk, pulled.unlink).bring_in(code, pulled)
    assert (brought.whole, brought.recording.complete, brought.recording.duration_ms) == (True, True, DURATION_MS)
    assert brought.recording.source_sha256 == hashlib.sha256(SOUND.read_bytes()).hexdigest()
    assert "could not be read a second time" in importing.remarks(brought)[0]
    assert [one.unchanged for one in desk.fixity.verify(code)] == [True]


def test_what_is_on_file_is_not_removed_by_what_fails_afterwards(
    desk: Desk, code: str, short: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    store = desk.archive.store
    transaction = store.transaction

    @contextmanager
    def failing_afterwards() -> Iterator[Records]:
        with transaction() as records:
            yield records
        with store.reading() as records:
            filed = any(one.source_sha256 for interview in records.interviews.all()
                        for one in records.recordings.of(interview.id))  # fmt: skip
        if filed:
            raise StorageFailed("after the commit")

    with monkeypatch.context() as failing:
        failing.setattr(store, "transaction", failing_afterwards)
        with pytest.raises(StorageFailed, match="after the commit"):
            desk.importing.bring_in(code, short)
    assert [one.unchanged for one in desk.fixity.verify(code)] == [True]
    assert len(sealed_files(desk.archive.folder)) == 1


def test_what_is_no_sound_leaves_nothing(desk: Desk, code: str, tmp_path: Path) -> None:
    (tmp_path / "noise.mp3").write_bytes(random.Random(1).randbytes(20_000))
    with pytest.raises(MalformedInput):
        desk.importing.bring_in(code, tmp_path / "noise.mp3")
    assert nothing_is_left(desk, code)


def test_a_disk_that_fills_up_meanwhile(desk: Desk, code: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(importing, "_LOOK_AT_DISK_EVERY_BYTES", 1 << 20)
    asked: list[int] = []

    def room(_: Path, needed: int) -> None:
        asked.append(needed)
        if len(asked) > 2:
            raise StorageFailed("full")

    monkeypatch.setattr(importing, "require_room", room)  # no disk here fills up on request
    with pytest.raises(StorageFailed, match="full"):
        desk.importing.bring_in(code, SOUND)
    assert nothing_is_left(desk, code)
